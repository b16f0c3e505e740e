import { BLOCKED, type Blocked, type Blocks, SEVERITIES, type Severity } from './catalog';

/** How hard one thing is blocked; undefined when it is not. */
export function severityOf({ what, severity, less }: Blocks, blocked: Blocked): Severity | undefined {
  return what.includes(blocked) ? (less?.[blocked] ?? severity) : undefined;
}

/** Everything that one of them blocks, each as hard as the hardest says. */
export function joinBlocks(all: readonly Blocks[]): Blocks {
  const hard = BLOCKED.flatMap(blocked => {
    const said = all.map(each => severityOf(each, blocked)).filter(severity => severity !== undefined);
    return said.length === 0 ? [] : [[blocked, hardest(said)] as const];
  });
  const severity = hardest(hard.map(([, each]) => each));
  const less = hard.filter(([, each]) => each !== severity);
  return {
    what: hard.map(([blocked]) => blocked),
    severity,
    ...(less.length > 0 && { less: Object.fromEntries(less) }),
  };
}

function hardest(severities: readonly Severity[]): Severity {
  return SEVERITIES.find(severity => severities.includes(severity)) ?? 'informational';
}
