import { blockedBy, type ManifestRow, SEVERITIES, type Severity } from './manifest.ts';

/** As `Blocks` in `src/app/allowlist/catalog/catalog.ts`. */
export interface JoinedBlocks {
  readonly what: readonly string[];
  readonly severity: Severity;
  readonly less?: Readonly<Record<string, Severity>>;
}

/** In the order of `BLOCKED` in `src/app/allowlist/catalog/catalog.ts`. */
const ORDER = ['registration', 'deployment', 'update', 'witness', 'support', 'extensions', 'workload'];

/** What several rows for one door block, each as hard as the hardest says. */
export function joinRows(
  rows: readonly ManifestRow[],
  more: Readonly<Record<string, readonly string[]>>,
): JoinedBlocks {
  const hard = new Map<string, Severity>();
  for (const row of rows)
    for (const each of [...blockedBy(row), ...(more[row.service] ?? [])])
      hard.set(each, harder(hard.get(each), row.severity));
  const what = ORDER.filter(each => hard.has(each));
  const severity = [...hard.values()].reduce(harder, 'informational');
  const less = what.flatMap(each => {
    const own = hard.get(each);
    return own === undefined || own === severity ? [] : [[each, own] as const];
  });
  return { what, severity, ...(less.length > 0 && { less: Object.fromEntries(less) }) };
}

export function harder(a: Severity | undefined, b: Severity): Severity {
  return a !== undefined && SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b) ? a : b;
}
