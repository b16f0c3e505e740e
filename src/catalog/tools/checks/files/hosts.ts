import type { Rule } from '../edition.ts';
import { hostProblem } from '../hosts/host-form.ts';
import { representatives } from '../editions/representatives.ts';

export interface HostsFile {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly hosts: Readonly<Record<string, HostFacts>>;
}

type HostFacts = Pick<Rule, 'risk' | 'note' | 'bypassInspection'> & {
  readonly representatives?: readonly {
    readonly host: string;
    readonly source: string;
    readonly protocol?: string;
  }[];
};

/** What is wrong with the facts about hosts, as `CHECK: what, where, how to mend it`. */
export function checkHosts({ sources, hosts }: HostsFile): readonly string[] {
  const cited = new Set<string>();
  const problems = Object.entries(hosts).flatMap(([host, facts]) => {
    const form = hostProblem(host);
    const rule: Rule = { id: host, host, port: 443, protocol: 'https', clouds: [], scheme: false, ...facts };
    const named = [...(facts.representatives ?? []), facts.note, facts.bypassInspection].flatMap(each =>
      each === undefined ? [] : [each.source],
    );
    for (const source of named) cited.add(source);
    return [
      ...(form === undefined ? [] : [`host-form: host ${JSON.stringify(host)} ${form}.`]),
      ...representatives
        .find({ id: '', sources: {}, features: [], rules: [rule] })
        .map(problem => `representatives: ${problem}`),
      ...named
        .filter(source => !Object.hasOwn(sources, source))
        .map(source => `known-sources: host "${host}" names the source "${source}", which is not there.`),
    ];
  });
  return [
    ...problems,
    ...Object.keys(sources)
      .filter(source => !cited.has(source))
      .map(source => `known-sources: source "${source}" backs nothing: cite it or remove it.`),
  ];
}
