import type { LaterFile } from '../../later.ts';
import { hostProblem } from '../hosts/host-form.ts';

/** What is wrong with what later sources say, as `CHECK: what, where, how to mend it`. */
export function checkLater({ sources, added, gateway, alternatives }: LaterFile): readonly string[] {
  const hosts = [...added, ...gateway.rows, ...alternatives].map(({ host }) => host);
  const cited = [
    gateway.source,
    ...alternatives.map(({ source }) => source),
    ...added.flatMap(({ origins }) => origins.map(({ source }) => source)),
  ];
  return [
    ...[...new Set(hosts)].flatMap(host => {
      const problem = hostProblem(host);
      return problem === undefined ? [] : [`host-form: host ${JSON.stringify(host)} ${problem}.`];
    }),
    ...[...new Set(cited)]
      .filter(source => !Object.hasOwn(sources, source))
      .map(
        source => `known-sources: the source "${source}" is named, and is not there: add it to "sources".`,
      ),
    ...Object.keys(sources)
      .filter(source => !cited.includes(source))
      .map(source => `known-sources: source "${source}" backs nothing: cite it or remove it.`),
    ...added
      .filter(({ when }) => when === undefined)
      .map(({ host }) => `stated-facts: "${host}" does not say in which phase it is needed: add "when".`),
    ...added
      .filter(({ host, placeholder }) => host.startsWith('*.') && placeholder === undefined)
      .map(
        ({ host }) =>
          `stated-facts: "${host}" is added by a source that has one name in mind: say in "placeholder" which part is the cluster's own.`,
      ),
    ...added
      .filter(({ reason }) => /^[A-Z]|\.$/.test(reason.replace(/^Microsoft/, 'microsoft')))
      .map(
        ({ host }) =>
          `corrections: the reason of "${host}" continues a sentence after "because": begin in lower case, end without a full stop.`,
      ),
  ];
}
