import { isPrivateAddress } from '../../verdict/answers/address-cause';
import { isProven } from '../../verdict/verdicts';
import { type Cell, groupBy, hostsOf, nodesOf, type Seen, without } from '../seen';
import { type Draft, type Explainer, hosts, sentence, where } from './draft';
import { connectsNowhere } from './filters';

/** Names of so many domains at one address have nothing in common but whoever gave the address. */
const ENOUGH_DOMAINS = 3;

/** What name servers answer in place of a service's address: none at all, or one for names that have nothing in common. */
export const explainAddresses: Explainer = (open, seen) => {
  const blocked = open.filter(({ result }) => result.cause === 'blocked-by-name');
  const shared = sharedAddresses(without(open, blocked), seen);
  const claimed = shared.flatMap(({ cells }) => cells);
  const onlyIpv6 = without(open, claimed).filter(({ result }) => result.cause === 'only-ipv6');
  return [...blockAddresses(blocked, seen), ...shared, ...withoutIpv4(onlyIpv6, seen)];
};

function blockAddresses(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  const addresses = [...new Set(cells.flatMap(({ result }) => result.addresses))].sort();
  return [
    {
      kind: 'sinkhole',
      about: '',
      cells,
      owner: 'dns',
      title: sentence('finding.sinkhole', hosts(cells), addresses.join(', '), where(cells, seen)),
      context: otherAddresses(cells, seen),
    },
  ];
}

/**
 * One address for unrelated names, at which no service was found. A private one is the network's own. A public one may
 * belong to a content network, so that the finding says how to tell.
 */
function sharedAddresses(open: readonly Cell[], seen: Seen): readonly Draft[] {
  const everything = groupBy(
    seen.cells.filter(({ result }) => addressOf(result) !== undefined),
    ({ result }) => addressOf(result),
  );
  const isCutOff = connectsNowhere(seen);
  const candidates = open.filter(cell => addressOf(cell.result) !== undefined && !isCutOff(cell));
  return [...groupBy(candidates, ({ result }) => addressOf(result))].flatMap(
    ([address = '', telling]): Draft[] => {
      const here = everything.get(address) ?? [];
      const isShared =
        new Set(hostsOf(telling).map(domainOf)).size >= ENOUGH_DOMAINS &&
        !here.some(({ result }) => isProven(result.verdict));
      if (!isShared) return [];
      // Where it was given in their place, no other port of it tells anything of a firewall.
      const nodes = new Set(telling.map(({ result }) => result.node));
      const cells = open.filter(({ result }) => nodes.has(result.node) && addressOf(result) === address);
      const kind = isPrivateAddress(address) ? 'sinkhole' : 'one-address';
      return [
        {
          kind,
          about: address,
          cells,
          owner: 'dns',
          title: sentence('finding.one-address', hosts(cells), address, where(cells, seen)),
          context: otherAddresses(cells, seen),
        },
      ];
    },
  );
}

function withoutIpv4(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  const title = sentence('finding.only-ipv6', hosts(cells), where(cells, seen));
  return [{ kind: 'only-ipv6', about: '', cells, owner: 'dns', title, context: otherAddresses(cells, seen) }];
}

/** On which nodes the same names have other addresses: then it is a name server, and no content network. */
function otherAddresses(cells: readonly Cell[], seen: Seen): Draft['context'] {
  const wanted = new Set(hostsOf(cells));
  const given = new Set(cells.flatMap(({ result }) => result.addresses));
  const elsewhere = seen.cells.filter(
    ({ entry, result }) =>
      wanted.has(entry.host) &&
      result.route.kind === 'direct' &&
      result.addresses.length > 0 &&
      !result.addresses.some(address => given.has(address)),
  );
  const nodes = nodesOf(elsewhere, seen);
  return nodes.length === 0 ? [] : [sentence('finding.context.otherAddresses', nodes.join(', '))];
}

/** The only address of a direct result; undefined when it has several, none, or the host itself is one. */
function addressOf({ route, addresses, host }: Cell['result']): string | undefined {
  const [address] = addresses;
  return route.kind === 'direct' && addresses.length === 1 && address !== host ? address : undefined;
}

/** The last two labels: enough to see that two names have nothing in common. */
export function domainOf(host: string): string {
  return host.toLowerCase().split('.').slice(-2).join('.');
}
