import type { Cause } from '../verdict/causes';
import { displayName } from '../verdict/distinguished-name';
import { type Draft, type Explainer, hosts, nodeNames, plural, sentence, where } from './draft';
import { type Cell, groupBy, hostsOf, nodesOf, type Seen } from './seen';

const OUT_OF_TIME: ReadonlySet<Cause> = new Set(['certificate-expired', 'certificate-not-yet-valid']);
/** So many certificates at once do not run out: the clock is wrong. */
const ENOUGH_OUT_OF_TIME = 3;

/** Whom certificates show: one device behind many hosts, a wrong clock, or single hosts with something else. */
export const explainCertificates: Explainer = (open, seen) => {
  const clock = open.filter(cell => isClock(cell, open));
  const signed = open.filter(
    cell =>
      !clock.includes(cell) &&
      (cell.result.verdict === 'tls-intercepted' || isSharedAuthority(cell, open)) &&
      authorityOf(cell) !== '',
  );
  const others = open.filter(
    cell => !clock.includes(cell) && !signed.includes(cell) && cell.result.cause.startsWith('certificate-'),
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

/** Not yet valid is the clock's; expired only when it is many at once on one node. */
function isClock({ result }: Cell, open: readonly Cell[]): boolean {
  if (!OUT_OF_TIME.has(result.cause)) return false;
  const same = open.filter(other => other.result.node === result.node && other.result.cause === result.cause);
  return result.cause === 'certificate-not-yet-valid' || hostsOf(same).length >= ENOUGH_OUT_OF_TIME;
}

/** An authority that the node does not trust, but that signs for several hosts: a device, not a host's mistake. */
function isSharedAuthority(cell: Cell, open: readonly Cell[]): boolean {
  if (cell.result.cause !== 'certificate-untrusted') return false;
  const authority = authorityOf(cell);
  const same = open.filter(
    other => other.result.cause === 'certificate-untrusted' && authorityOf(other) === authority,
  );
  return hostsOf(same).length > 1;
}

function authorityOf({ result }: Cell): string {
  return result.certificate?.root ?? '';
}
