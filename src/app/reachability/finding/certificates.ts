import type { Cause } from '../verdict/causes';
import { displayName } from '../verdict/distinguished-name';
import { type Draft, type Explainer, hosts, nodeNames, plural, sentence, where } from './draft';
import { type Cell, groupBy, hostsOf, nodesOf, type Seen, without } from './seen';

const OUT_OF_TIME: ReadonlySet<Cause> = new Set(['certificate-expired', 'certificate-not-yet-valid']);
/** So many certificates at once do not run out: the clock is wrong. */
const ENOUGH_OUT_OF_TIME = 3;

/** Whom certificates show: one device behind many hosts, a wrong clock, or single hosts with something else. */
export const explainCertificates: Explainer = (open, seen) => {
  const clock = [
    ...groupBy(
      open.filter(({ result }) => OUT_OF_TIME.has(result.cause)),
      ({ result }) => `${result.cause} ${result.node}`,
    ).values(),
  ]
    .filter(isClock)
    .flat();
  const shared = [
    ...groupBy(
      open.filter(({ result }) => result.cause === 'certificate-untrusted'),
      authorityOf,
    ).values(),
  ]
    .filter(cells => hostsOf(cells).length > 1)
    .flat();
  const signed = [...open.filter(({ result }) => result.verdict === 'tls-intercepted'), ...shared].filter(
    cell => authorityOf(cell) !== '',
  );
  const others = without(
    open.filter(({ result }) => result.cause.startsWith('certificate-')),
    [...clock, ...signed],
  );
  return [...clocks(clock, seen), ...inspection(signed, seen), ...singles(others, seen)];
};

function clocks(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  const title = sentence(
    plural('finding.clock', nodesOf(cells, seen).length),
    nodeNames(cells, seen),
    hosts(cells),
  );
  return [{ kind: 'clock', about: '', cells, owner: 'server', title }];
}

function inspection(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  return [...groupBy(cells, authorityOf)].map(([authority, group]): Draft => ({
    kind: 'intercepted',
    about: authority,
    cells: group,
    owner: 'network',
    title: sentence('finding.intercepted', displayName(authority), hosts(group), where(group, seen)),
  }));
}

function singles(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  return [
    {
      kind: 'certificates',
      about: '',
      cells,
      owner: 'network',
      title: sentence(
        plural('finding.certificates', hostsOf(cells).length),
        hosts(cells),
        where(cells, seen),
      ),
    },
  ];
}

/** Of one cause and node: not yet valid is the clock's; expired only when it is many at once. */
function isClock(cells: readonly Cell[]): boolean {
  return (
    cells[0]?.result.cause === 'certificate-not-yet-valid' || hostsOf(cells).length >= ENOUGH_OUT_OF_TIME
  );
}

function authorityOf({ result }: Cell): string {
  return result.certificate?.root ?? '';
}
