import { isIP } from 'node:net';
import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';

/** Of a catalog rule only what a network needs to know. */
export interface ListedRule {
  /** Host name, or a wildcard such as `*.x` or `a*.x`. */
  readonly host: string;
  readonly port: number;
  /** `ntp`: a time server, over UDP. */
  readonly protocol: 'https' | 'http' | 'tcp' | 'ntp';
  /** Concrete hosts under a wildcard, the witness account's host among them. */
  readonly hosts: readonly string[];
}

const NTP = 123;

interface RuleOnFile {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Exclude<ListedRule['protocol'], 'ntp'> | 'udp';
  readonly representatives?: readonly { readonly host: string }[];
}

/**
 * Rules of every edition of the catalog, or of one, for all clouds: which one is looked at is the user's choice.
 * Over UDP only time servers answer, and what the list names by address belongs to other networks.
 */
export function listedRules(witnessAccount: string | undefined, edition?: string): readonly ListedRule[] {
  return readCatalog()
    .filter(({ id }) => edition === undefined || id === edition)
    .flatMap(({ rules, features }) => {
      const uses = features.flatMap(feature => feature.uses) as unknown as readonly UseOnFile[];
      return (rules as unknown as readonly RuleOnFile[])
        .filter(({ protocol, port, host }) => (protocol !== 'udp' || port === NTP) && isIP(host) === 0)
        .map(({ id, host, port, protocol, representatives = [] }) => ({
          host,
          port,
          protocol: protocol === 'udp' ? ('ntp' as const) : protocol,
          hosts: [
            ...representatives.map(each => each.host),
            ...uses.filter(use => use.rule === id).flatMap(use => witnessOf(use, witnessAccount)),
          ],
        }));
    });
}

interface UseOnFile {
  readonly rule: string;
  readonly placeholder?: { readonly name: string; readonly host: string };
}

function witnessOf({ placeholder }: UseOnFile, account: string | undefined): readonly string[] {
  return placeholder?.name === 'witness-account' && account
    ? [placeholder.host.replace(/\[[^\]]*\]/, account)]
    : [];
}
