/**
 * Puts an edition together from its own file, the lists that it names, and what is known of hosts:
 * one file that the tool, the command line and the simulated network read alike.
 */

/** JSON whose schema holds; only what composing looks at is named. */
export interface EditionFile {
  readonly id: string;
  readonly sources: Sources;
  readonly features: readonly FeatureFile[];
  readonly rules: readonly RuleFile[];
  readonly internal?: string;
  /** Of the product as a whole; put together, the uses of its own rules have it. */
  readonly bypassInspection?: unknown;
  readonly [field: string]: unknown;
}

export interface ListFile {
  readonly id: string;
  readonly sources: Sources;
  readonly feature: FeatureFile;
  readonly rules: readonly RuleFile[];
}

/** Rules inside the network that several editions share. */
export interface InternalFile {
  readonly id: string;
  readonly sources: Sources;
  readonly internalRules: readonly unknown[];
}

export interface HostsFile {
  readonly sources: Sources;
  readonly hosts: Readonly<Record<string, Fields & { readonly purpose?: string }>>;
}

export interface ComposedEdition extends EditionFile {
  readonly features: readonly (FeatureFile & { readonly uses: readonly UseFile[] })[];
}

type Fields = Readonly<Record<string, unknown>>;
type Sources = Readonly<Record<string, unknown>>;

interface FeatureFile extends Fields {
  readonly id?: string;
  readonly list?: string;
  readonly links?: readonly unknown[];
  readonly uses?: readonly UseFile[];
}

interface UseFile extends Fields {
  readonly rule: string;
  readonly purpose?: string;
}

interface RuleFile extends Fields {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly clouds: readonly string[];
}

/** A part of an edition that brings sources and rules of its own. */
interface Part {
  readonly sources: Sources;
  readonly features: readonly FeatureFile[];
  readonly rules: readonly RuleFile[];
  readonly bypassInspection?: unknown;
}

/** What is wrong with the parts together; each message says how to mend it. */
export class ComposeError extends Error {}

export function compose(
  edition: EditionFile,
  lists: ReadonlyMap<string, ListFile>,
  hosts: HostsFile,
  internals: ReadonlyMap<string, InternalFile> = new Map(),
): ComposedEdition {
  const own = without(edition, 'bypassInspection');
  const parts: Part[] = [edition];
  const features = edition.features.map(feature => {
    const [part, whole] = feature.list === undefined ? [edition, feature] : listed(feature, lists);
    if (feature.list !== undefined) parts.push(part);
    return { ...whole, uses: (whole.uses ?? []).map(use => standalone(use, part, hosts)) };
  });
  const rules = parts.flatMap(part => part.rules).map(rule => known(rule, hosts));
  const sources = Object.assign({}, ...parts.map(part => part.sources)) as Sources;
  const inside = internalOf(edition.internal, internals);
  const all = { ...own, features, rules: merged(edition.id, rules), ...inside.part };
  return { ...all, sources: { ...sources, ...inside.sources, ...citedHosts([features, all.rules], hosts) } };
}

function internalOf(
  id: string | undefined,
  internals: ReadonlyMap<string, InternalFile>,
): { readonly part: Fields; readonly sources: Sources } {
  if (id === undefined) return { part: {}, sources: {} };
  const found = internals.get(id);
  if (!found) throw new ComposeError(`it takes the internal rules "${id}", which are not there.`);
  const { sources, internalRules } = withSourcePrefix(found, id);
  return { part: { internalRules }, sources };
}

/** The list's feature under the edition's title, every source named after its list. */
function listed(
  { list, ...own }: FeatureFile,
  lists: ReadonlyMap<string, ListFile>,
): readonly [Part, FeatureFile] {
  const id = list ?? '';
  const found = lists.get(id);
  if (!found) throw new ComposeError(`feature "${own.id ?? ''}" takes the list "${id}", which is not there.`);
  const { sources, feature, rules } = withSourcePrefix(found, id);
  return [
    { sources, features: [], rules },
    { ...feature, ...own, links: links(own, feature) },
  ];
}

function links(...features: readonly FeatureFile[]): readonly unknown[] {
  const all = features.flatMap(feature => feature.links ?? []);
  const keys = all.map(link => JSON.stringify(link));
  return all.filter((_, at) => keys.indexOf(keys[at] ?? '') === at);
}

/** Several lists may use one rule: what only holds in one file goes with its uses. */
function standalone(use: UseFile, part: Part, hosts: HostsFile): UseFile {
  const rule = part.rules.find(each => each.id === use.rule);
  if (!rule) return use;
  const { clouds, scheme, correction, placeholder } = rule;
  const bypassInspection = inspectionOf(rule, part, hosts);
  const purpose = use.purpose ?? hosts.hosts[rule.host]?.purpose;
  if (purpose === undefined)
    throw new ComposeError(
      `rule "${rule.id}" has no purpose: say it in its use, or for ${rule.host} in hosts.json.`,
    );
  return {
    clouds,
    scheme,
    ...(correction === undefined ? {} : { correction }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(bypassInspection === undefined ? {} : { bypassInspection }),
    ...use,
    purpose,
  };
}

/** That TLS inspection must leave it alone: of the rule, of the whole product, of the host. Only TLS is inspected. */
function inspectionOf(rule: RuleFile, part: Part, hosts: HostsFile): unknown {
  const ofProduct = rule.protocol === 'https' ? part.bypassInspection : undefined;
  return rule['bypassInspection'] ?? ofProduct ?? factsOf(rule.host, hosts)['bypassInspection'];
}

function known(rule: RuleFile, hosts: HostsFile): RuleFile {
  const { representatives, ...facts } = without(factsOf(rule.host, hosts), 'purpose');
  const shown = ((representatives ?? []) as readonly Fields[])
    .filter(({ protocol = rule.protocol }) => protocol === rule.protocol)
    .map(each => without(each, 'protocol'));
  return { ...facts, ...(shown.length > 0 && { representatives: shown }), ...rule };
}

function factsOf(host: string, { hosts }: HostsFile): Fields {
  return Object.hasOwn(hosts, host) ? (prefixed(hosts[host] ?? {}, 'hosts') as Fields) : {};
}

/** One rule an id: a door that two parts bring is one door. */
function merged(edition: string, rules: readonly RuleFile[]): readonly RuleFile[] {
  const byId = new Map<string, RuleFile>();
  for (const whole of rules) {
    const rule = without(without(whole, 'correction'), 'bypassInspection');
    const first = byId.get(rule.id);
    if (first && doorOf(first) !== doorOf(rule))
      throw new ComposeError(
        `rule "${rule.id}" is ${doorOf(first)} in one part of ${edition} and ${doorOf(rule)} in another: give one of them another id.`,
      );
    byId.set(rule.id, {
      ...rule,
      ...first,
      clouds: [...new Set([...(first?.clouds ?? []), ...rule.clouds])],
    });
  }
  return [...byId.values()];
}

function without<T extends Fields>(from: T, field: string): T {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key !== field)) as T;
}

function doorOf({ host, port, protocol }: RuleFile): string {
  return `${protocol}://${host}:${String(port)}`;
}

function citedHosts(facts: unknown, { sources }: HostsFile): Sources {
  const text = JSON.stringify(facts);
  return Object.fromEntries(
    Object.entries(sources).flatMap(([name, source]) =>
      text.includes(`"source":"hosts.${name}"`) ? [[`hosts.${name}`, source]] : [],
    ),
  );
}

function withSourcePrefix<T extends { readonly sources: Sources }>(list: T, prefix: string): T {
  const sources = Object.fromEntries(
    Object.entries(list.sources).map(([name, source]) => [`${prefix}.${name}`, source]),
  );
  return { ...(prefixed(list, prefix) as T), sources };
}

/** A copy in which every `source` names the source of one part. */
function prefixed(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map(item => prefixed(item, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'source' && typeof inner === 'string' ? `${prefix}.${inner}` : prefixed(inner, prefix),
    ]),
  );
}
