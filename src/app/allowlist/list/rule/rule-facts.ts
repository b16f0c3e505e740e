import type { Text } from '../../../ui/words/make-text';
import type { AllowlistRow } from '../allowlist';
import { blocksOf } from './blocks-of';
import { severityOf } from '../../catalog/blocks';
import type { Edition } from '../../catalog/catalog';
import { correctionText } from './correction-text';

/** One thing to know of a rule. */
export interface RuleFact {
  readonly label: string;
  readonly text: string;
  /** Name of the source that says so, where it is not the list itself. */
  readonly source?: string;
}

/** Everything that is known of a row besides its places in documents, in the order in which it matters. */
export function ruleFacts(row: AllowlistRow, edition: Edition, t: Text): readonly RuleFact[] {
  const { use, rule, state, connects, when, regions } = row;
  const fact = (name: string, text: string | undefined, source?: string): readonly RuleFact[] =>
    text === undefined ? [] : [{ label: t(`allowlist.fact.${name}`), text, source }];
  const successor = state?.by === undefined ? undefined : successorOf(state.by, edition);
  return [
    ...fact('correction', correctionText(row, t), row.correction?.source),
    ...fact('mistake', mistakeText(row, t), use.correction?.source),
    ...fact('state', state && `${t(`allowlist.state.${state.kind}`)}. ${state.text}`, state?.source),
    ...fact('successor', successor),
    ...fact('blocks', blocksText(row, t), use.blocks?.origins[0]?.source),
    ...fact('connects', connects && t(`allowlist.connects.${connects}`)),
    ...fact('when', when && t(`allowlist.when.${when}`)),
    ...fact('regions', regions && regions.map(id => regionTitle(id, edition)).join(', ')),
    ...fact('arcGateway', arcGatewayText(row, t), use.notRedirected?.source),
    ...fact(
      'inspection',
      use.bypassInspection && (use.bypassInspection.text ?? t('allowlist.inspection')),
      use.bypassInspection?.source,
    ),
    ...fact('note', use.note?.text, use.note?.source),
    ...fact('note', rule.note?.text, rule.note?.source),
  ];
}

/** What does not work without it, and how hard; undefined where nothing says so. */
export function blocksText(row: AllowlistRow, t: Text): string | undefined {
  const blocks = blocksOf(row);
  if (blocks.what.length === 0) return undefined;
  const parts = blocks.what.map(each =>
    t(
      'allowlist.blocks.part',
      t(`allowlist.blocks.${each}`),
      t(`allowlist.severity.${severityOf(blocks, each) ?? blocks.severity}`),
    ),
  );
  return t(`allowlist.blocks.from.${blocks.from}`, parts.join(', '));
}

/** What works instead, in a list as published; undefined when it is right as it stands. */
export function mistakeText({ corrected, use }: AllowlistRow, t: Text): string | undefined {
  if (corrected === undefined) return undefined;
  const door = `${corrected.host}:${corrected.port}`;
  return use.correction === undefined
    ? t('allowlist.mistake.other', door)
    : t('allowlist.mistake', door, use.correction.reason);
}

function arcGatewayText({ arcGateway, use }: AllowlistRow, t: Text): string | undefined {
  if (arcGateway === undefined) return undefined;
  const written = use.origins.map(({ asWritten }) => asWritten.arcGateway).filter(text => text !== undefined);
  const { notRedirected } = use;
  const answer =
    notRedirected === undefined
      ? t(arcGateway ? 'allowlist.arcGateway.yes' : 'allowlist.arcGateway.no')
      : t('allowlist.arcGateway.notRedirected', notRedirected.section);
  return written.length === 0
    ? answer
    : `${answer} ${t('allowlist.arcGateway.written', [...new Set(written)].join('; '))}`;
}

/** The feature or host that takes the place of another. */
function successorOf(id: string, { features, rules }: Edition): string | undefined {
  return features.find(feature => feature.id === id)?.title ?? rules.find(rule => rule.id === id)?.host;
}

function regionTitle(id: string, { regions = [] }: Edition): string {
  return regions.find(region => region.id === id)?.title ?? id;
}
