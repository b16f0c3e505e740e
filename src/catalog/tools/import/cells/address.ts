import { hostProblem } from '../../checks/hosts/host-form.ts';

/** What a cell or an endpoint connects to, its path left out. */
export interface Address {
  readonly host: string;
  readonly scheme?: 'https' | 'http';
  readonly port?: number;
  readonly placeholder?: { readonly name: string; readonly host: string };
}

/** Names that lists write where each cluster has its own, letters and digits only. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  yourarcgatewayendpointid: 'arc-gateway',
  yourarcgatewayid: 'arc-gateway',
  yoururlprefix: 'arc-gateway',
  yourhcikeyvaultname: 'key-vault',
  yourkeyvaultname: 'key-vault',
  yourwitnessstorageaccount: 'witness-account',
  yourblobstorageforcloudwitnessname: 'witness-account',
};
/** Only in brackets: without them these are names. */
const BRACKETED: Readonly<Record<string, string>> = { region: 'region', yourregion: 'region' };
const HERE = 'src/catalog/tools/import/cells/address.ts';

const ADDRESS = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)(.*)$/is;

/** A cell may name several hosts, with blanks, commas or semicolons between them. Those within a path or query are not. */
export function addressesIn(cell: string): readonly string[] {
  return cell
    .replace(/[<[{][^<>[\]{}]*[>\]}]/g, name => name.replace(/\s+/g, ''))
    .split(/\s*[,;]\s+|\s+|[,;](?=(?:https?:\/\/)?[\w*<[{-]+[>\]}]?\.[\w.-]+(?:[/:,;]|$))/i)
    .filter(part => part !== '' && !/^(?:and|or|&|\+)$/i.test(part));
}

/** Reads one address; or says, as the rest of a sentence, what of it cannot be one and how to mend it. */
export function readAddress(written: string): Address | string {
  const [, scheme, authority = '', rest = ''] = ADDRESS.exec(written) ?? [];
  const known = (['https', 'http'] as const).find(each => each === scheme?.toLowerCase());
  if (scheme !== undefined && known === undefined)
    return `"${written}" has the scheme ${scheme}://: write https:// or http://, or none`;
  const [, name = authority, digits] = /^([^:]*):(\d*)$/.exec(authority) ?? [];
  const port = digits === undefined || digits === '' ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65535))
    return `"${written}" has the port ${digits ?? ''}: ports go from 1 to 65535`;
  const read = readName(name.toLowerCase().replace(/\.$/, ''), rest);
  if (typeof read === 'string') return `the host of "${written}" ${read}`;
  return { ...read, ...(known && { scheme: known }), ...(port !== undefined && { port }) };
}

function readName(name: string, rest: string): Pick<Address, 'host' | 'placeholder'> | string {
  if (/^\d+(?:\.\d+){3}$/.test(name) && /^\/\d{1,3}$/.test(rest))
    return 'is a network: rules have names; write the service that is there, or leave the row out';
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*\]?/.test(name) && !name.includes('<'))
    return 'is an IPv6 address: write the name of the service';
  if (name.includes('~~')) return 'is struck out: take the row out, or the marks';
  const placeholder = placeholderIn(name);
  if (typeof placeholder === 'object') return placeholder;
  return placeholder ?? wildcardProblem(name) ?? hostProblem(name) ?? { host: name };
}

/** A known one, or what to do about one that is not; undefined where there is none. */
function placeholderIn(name: string): Pick<Address, 'host' | 'placeholder'> | string | undefined {
  const [, first = '', after = ''] =
    /^([<[{][^<>[\]{}]*[>\]}]|[^.<>[\]{}]*)\.([^<>[\]{}]+)$/.exec(name) ?? [];
  const inBrackets = /^[<[{]/.test(first);
  const key = first.replace(/[^a-z0-9]/g, '');
  const known = [PLACEHOLDERS, ...(inBrackets ? [BRACKETED] : [])].find(each => Object.hasOwn(each, key))?.[
    key
  ];
  if (known !== undefined) {
    const problem = hostProblem(after);
    return problem ?? { host: `*.${after}`, placeholder: { name: known, host: `[${key}].${after}` } };
  }
  const [unknown] = /[<[{][^.]*|^your-?[a-z][^.]*(?=\.[^.]+\.)/.exec(name) ?? [];
  return unknown === undefined
    ? undefined
    : `has "${unknown}", which stands for a name of one's own and is not known: write the wildcard, or add it to the placeholders of ${HERE}`;
}

/** As the check `leading-wildcard` has it. */
function wildcardProblem(name: string): string | undefined {
  return !name.includes('*') || /^(?:azgn)?\*\.[^*]+$/.test(name)
    ? undefined
    : 'has a wildcard that is not the whole first label, which no firewall reads alike: write "*." and the rest, or the hosts';
}
