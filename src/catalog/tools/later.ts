import { covers } from '../../app/allowlist/catalog/host-pattern.ts';
import type { EditionFile } from './compose.ts';
import { withRule } from './validator/add-missing.ts';
import type { FoldedFeature, FoldedRule, FoldedUse } from './validator/folded.ts';

/** `src/catalog/later.json`: what other sources say of the lists by region. */
export interface LaterFile {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly features: readonly { readonly id: string; readonly [field: string]: unknown }[];
  readonly added: readonly Added[];
  readonly gateway: {
    readonly source: string;
    readonly section: string;
    readonly cloud: string;
    readonly rows: readonly { readonly row: number; readonly url: string; readonly host: string }[];
  };
  readonly alternatives: readonly {
    readonly host: string;
    readonly text: string;
    readonly source: string;
  }[];
}

interface Added {
  /** `vendors`: the feature of each hardware vendor. */
  readonly feature: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly clouds: readonly string[];
  readonly reason: string;
  readonly when?: string;
  readonly placeholder?: unknown;
  readonly origins: readonly { readonly source: string; readonly regions?: readonly string[] }[];
  /** Placeholder, requirement, purpose and the like, as the use has them. */
  readonly [field: string]: unknown;
}

interface Part {
  readonly features: readonly FoldedFeature[];
  readonly rules: readonly FoldedRule[];
}

/** An edition by region with what later sources add to it, and say of Arc gateway and of alternatives. */
export function withLater(edition: EditionFile, later: LaterFile): EditionFile {
  if (edition['regions'] === undefined) return edition;
  const clouds = (edition['clouds'] ?? []) as readonly string[];
  const marked = edition.features.map(feature => ({
    ...feature,
    ...(feature.uses && { uses: feature.uses.map(use => markedUse(use, edition.rules, later)) }),
  }));
  const part = later.added.reduce<Part>((before, added) => withAdded(before, added, clouds, later), {
    features: marked,
    rules: edition.rules,
  });
  const text = JSON.stringify(part);
  const cited = Object.entries(later.sources).filter(([name]) => text.includes(`"later.${name}"`));
  return {
    ...edition,
    features: part.features,
    rules: part.rules,
    sources: {
      ...edition.sources,
      ...Object.fromEntries(cited.map(([name, source]) => [`later.${name}`, source])),
    },
  };
}

function markedUse(
  use: FoldedUse,
  rules: readonly FoldedRule[],
  { gateway, alternatives }: LaterFile,
): FoldedUse {
  const rule = rules.find(({ id }) => id === use.rule);
  if (rule === undefined) return use;
  const here = (use.clouds ?? rule.clouds).includes(gateway.cloud);
  const row = here
    ? gateway.rows.find(({ host, url }) => portsOf(url).includes(rule.port) && isSame(host, rule.host))
    : undefined;
  const alternative = alternatives.find(({ host }) => host === rule.host);
  return {
    ...use,
    ...(row && {
      // The page is about the gateway itself: where a list says otherwise, the rule stays.
      arcGateway: false,
      notRedirected: {
        source: `later.${gateway.source}`,
        section: `${gateway.section}, row ${row.row}`,
        asWritten: { url: row.url },
      },
    }),
    ...(alternative && { alternative: alternative.text }),
  };
}

function isSame(pattern: string, host: string): boolean {
  return pattern === host || (!host.includes('*') && covers(pattern, host));
}

/** The page writes ports only where they are unusual. */
function portsOf(url: string): readonly number[] {
  const port = /:(\d+)$/.exec(url)?.[1];
  if (port !== undefined) return [Number(port)];
  return url.startsWith('http://') ? [80] : [443];
}

function withAdded(before: Part, added: Added, all: readonly string[], later: LaterFile): Part {
  const clouds = added.clouds.filter(cloud => all.includes(cloud));
  const ids = before.features.flatMap(({ id, vendor }) =>
    added.feature === 'vendors' ? (vendor === undefined ? [] : [id]) : id === added.feature ? [id] : [],
  );
  const head = later.features.find(({ id }) => id === added.feature);
  const targets = ids.length === 0 && head !== undefined ? [head.id] : ids;
  if (clouds.length === 0 || targets.length === 0) return before;
  const { host, port, protocol, reason, origins } = added;
  const rule = before.rules.find(
    each => each.host === host && each.port === port && each.protocol === protocol,
  ) ?? {
    ...{ id: `${host.replace(/^\*\./, 'any-').replaceAll('.', '-')}-${port}`, host, port, protocol },
    ...{ clouds, scheme: false },
  };
  const part = clouds.reduce((each, cloud) => withRule(each, rule, cloud), before);
  const use: FoldedUse = {
    ...fieldsOf(added),
    rule: rule.id,
    clouds,
    correction: { field: 'added', reason, source: `later.${origins[0]?.source ?? ''}` },
    origins: origins.map(origin => ({ ...origin, source: `later.${origin.source}` })),
  };
  const features = ids.length > 0 ? part.features : inserted(part.features, head);
  return {
    rules: part.rules,
    features: features.map(each =>
      targets.includes(each.id) ? { ...each, uses: [...(each.uses ?? []), use] } : each,
    ),
  };
}

/** What the use says as it stands there. */
function fieldsOf(added: Added): Readonly<Record<string, unknown>> {
  const own = ['requirement', 'purpose', 'placeholder', 'when', 'arcGateway'];
  return Object.fromEntries(Object.entries(added).filter(([name]) => own.includes(name)));
}

/** Behind the list's own features, before those of vendors and those that are linked. */
function inserted(
  features: readonly FoldedFeature[],
  head: LaterFile['features'][number] | undefined,
): Part['features'] {
  const at = features.findIndex(
    each => each.vendor !== undefined || each['optIn'] !== undefined || each['kind'] === 'linked',
  );
  const place = at < 0 ? features.length : at;
  return [
    ...features.slice(0, place),
    { ...head, kind: 'rules', links: [], uses: [] },
    ...features.slice(place),
  ];
}
