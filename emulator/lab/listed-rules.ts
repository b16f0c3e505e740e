import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const EDITIONS = join(import.meta.dirname, '../../src/catalog/editions');

/** Of a catalog rule only what a network needs to know. */
export interface ListedRule {
  /** Host name, or `*.` and a host name. */
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'tcp';
  /** Concrete hosts under a wildcard, the witness account's host among them. */
  readonly hosts: readonly string[];
}

interface RuleOnFile {
  readonly host: string;
  readonly port: number;
  readonly protocol: ListedRule['protocol'];
  readonly placeholder?: { readonly host: string };
  readonly representatives?: readonly { readonly host: string }[];
}

/** Rules of every edition of the catalog, for all clouds: which one is looked at is the user's choice. */
export function listedRules(witnessAccount: string | undefined): readonly ListedRule[] {
  return readdirSync(EDITIONS)
    .filter(file => file.endsWith('.json'))
    .flatMap(file => {
      const edition = JSON.parse(readFileSync(join(EDITIONS, file), 'utf8')) as { rules?: RuleOnFile[] };
      return edition.rules ?? [];
    })
    .map(({ host, port, protocol, placeholder, representatives = [] }) => ({
      host,
      port,
      protocol,
      hosts: [
        ...representatives.map(each => each.host),
        ...(placeholder && witnessAccount ? [placeholder.host.replace(/\[[^\]]*\]/, witnessAccount)] : []),
      ],
    }));
}
