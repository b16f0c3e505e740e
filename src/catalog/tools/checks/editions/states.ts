import { basename } from 'node:path';
import { jsonFiles } from '../../read-catalog.ts';
import { type Check, type Edition, type State, usedRules } from '../edition.ts';

interface Place {
  readonly where: string;
  readonly id: string;
  readonly state: State;
  /** Ids of what may take its place. */
  readonly successors: readonly string[];
  readonly requirements: readonly string[];
}

/** What is over is not asked for, and what takes a place is there to be looked at. */
export const states: Check = {
  name: 'states',
  find: edition =>
    places(edition).flatMap(({ where, id, state: { kind, by }, successors, requirements }) => [
      ...(kind === 'retired' && requirements.some(each => each !== 'optional')
        ? [`${where} is retired and still asked for: make its uses "optional", or its state "superseded".`]
        : []),
      ...(by !== undefined && (by === id || !successors.includes(by))
        ? [
            `${where} is ${kind} by "${by}", which is not there: name another rule of the file, or a feature or list.`,
          ]
        : []),
    ]),
};

function places(edition: Edition): readonly Place[] {
  const { features, rules } = edition;
  const used = usedRules(edition);
  const lists = jsonFiles('lists').map(file => basename(file, '.json'));
  return [
    ...features.flatMap(({ id, state, uses = [] }) =>
      state === undefined
        ? []
        : [
            {
              ...{ where: `feature "${id}"`, id, state },
              successors: [...features.map(feature => feature.id), ...lists],
              requirements: uses.map(use => use.requirement),
            },
          ],
    ),
    ...rules.flatMap(({ id, state }) =>
      state === undefined
        ? []
        : [
            {
              ...{ where: `rule "${id}"`, id, state },
              successors: rules.map(rule => rule.id),
              requirements: used.filter(({ rule }) => rule.id === id).map(({ use }) => use.requirement),
            },
          ],
    ),
  ];
}
