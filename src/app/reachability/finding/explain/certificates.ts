import type { Cause } from '../../verdict/causes';
import { displayName } from '../../verdict/certificates/distinguished-name';
import {
  type Draft,
  type Explainer,
  hostList,
  hosts,
  nodeNames,
  plural,
  sentence,
  sideOf,
  where,
} from './draft';
import { type Cell, groupBy, hostsOf, nodesOf, type Seen, without } from '../seen';

/** The node lacks what would prove them: no device is involved. */
const LACKING: ReadonlySet<Cause> = new Set(['root-missing', 'root-named', 'chain-incomplete']);

/** Whom certificates show: a root that a node lacks, one device behind many hosts, or single hosts with something else. */
export const explainCertificates: Explainer = (open, seen) => {
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
    signed,
  );
  const lacking = open.filter(({ result }) => LACKING.has(result.cause));
  const incomplete = lacking.filter(({ result }) => result.cause === 'chain-incomplete');
  return [
    ...roots(without(lacking, incomplete), seen),
    ...roots(incomplete, seen, 'chain'),
    ...inspection(signed, seen),
    ...singles(others, seen),
  ];
};

/** @param what `chain`: certificates between host and root, which Windows gets from elsewhere than roots */
function roots(cells: readonly Cell[], seen: Seen, what: 'root' | 'chain' = 'root'): readonly Draft[] {
  return [...groupBy(cells, authorityOf)].map(([authority, group]): Draft => ({
    kind: 'root-missing',
    about: what === 'root' ? authority : `${what} ${authority}`,
    cells: group,
    owner: 'server',
    title: sentence(
      plural('finding.root-missing', nodesOf(group, seen).length),
      nodeNames(group, seen),
      displayName(authority),
      hosts(group),
    ),
    ...(what === 'chain' && {
      next: sentence('finding.root-missing.chain.next'),
      ask: sentence('finding.root-missing.chain.ask'),
    }),
  }));
}

function inspection(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  return [...groupBy(cells, authorityOf)].map(([authority, group]): Draft => ({
    kind: 'intercepted',
    about: authority,
    cells: group,
    owner: sideOf(group),
    title: sentence('finding.intercepted', displayName(authority), hosts(group), where(group, seen)),
    context: hostList(group),
  }));
}

function singles(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  return [
    {
      kind: 'certificates',
      about: '',
      cells,
      owner: sideOf(cells),
      title: sentence(
        plural('finding.certificates', hostsOf(cells).length),
        hosts(cells),
        where(cells, seen),
      ),
    },
  ];
}

function authorityOf({ result }: Cell): string {
  return result.certificate?.root ?? '';
}
