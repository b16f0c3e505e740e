import { type Address, addressesIn, readAddress } from './cells/address.ts';
import { wordOf } from './cells/cell-text.ts';
import { readPorts, type WrittenPort } from './cells/read-ports.ts';
import type { ListRow } from './read-list.ts';

/** A row as it stands in its list. */
export type AsWritten = Pick<ListRow, 'url' | 'port' | 'arcGateway' | 'requiredFor'>;

/** What a row opens: one door a host and port. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly protocol: 'https' | 'http' | 'udp';
  readonly placeholder?: { readonly name: string; readonly host: string };
}

export interface RowMeaning {
  readonly doors: readonly Door[];
  readonly requirement: 'required' | 'optional';
  readonly when?: 'deployment' | 'after' | 'both';
  readonly arcGateway: boolean;
  readonly scheme: boolean;
}

const HERE = 'src/catalog/tools/import/read-row.ts';

const WHEN: Readonly<Record<string, Pick<RowMeaning, 'when' | 'requirement'>>> = {
  deployment: { when: 'deployment', requirement: 'required' },
  'post deployment': { when: 'after', requirement: 'required' },
  'deployment & post deployment': { when: 'both', requirement: 'required' },
  // So it stands in one list, between rows that have the sign.
  'deployment 8 post deployment': { when: 'both', requirement: 'required' },
  // A tool that a vendor offers for fetching updates by hand.
  'download connector': { requirement: 'optional' },
};

/** 80 is where plain HTTP is; 123 is NTP, which has no other transport; the rest of these lists is TLS. */
const PROTOCOLS: Readonly<Record<string, Door['protocol']>> = {
  80: 'http',
  123: 'udp',
  443: 'https',
  8084: 'https',
};

/** What a row says; or a sentence about what of it cannot be interpreted, and how to mend it. */
export function readRow(row: AsWritten): RowMeaning | string {
  const needed = wordOf(row.requiredFor).replace(' and ', ' & ');
  const when = Object.hasOwn(WHEN, needed) ? WHEN[needed] : undefined;
  if (when === undefined)
    return `"${row.requiredFor}" under "Required for" is not known: write Deployment, Post deployment or both with "&" between them, or add it to WHEN in ${HERE}`;
  const arcGateway = readArcGateway(row.arcGateway);
  if (arcGateway === undefined)
    return `"${row.arcGateway}" under "Arc gateway support" is not known: begin it with Yes, No or Not required`;
  const addresses = addressesIn(row.url).map(readAddress);
  if (addresses.length === 0) return 'the row has no host: write the one that it is about';
  const wrong = addresses.find(each => typeof each === 'string');
  if (wrong !== undefined) return wrong;
  const read = addresses.filter(each => typeof each !== 'string');
  const opened = read.map(address => doorsOf(address, row));
  const problem = opened.find(each => typeof each === 'string');
  if (problem !== undefined) return problem;
  const doors = opened.flatMap(each => (typeof each === 'string' ? [] : each));
  return {
    ...when,
    doors: unique(doors),
    arcGateway,
    scheme: read.every(({ scheme }) => scheme !== undefined),
  };
}

function doorsOf(address: Address, { url, port }: AsWritten): readonly Door[] | string {
  const { host, placeholder, scheme, port: own } = address;
  const said: readonly WrittenPort[] | undefined = port === '' ? impliedPort(address) : readPorts(port);
  if (said === undefined) return unknownPort(port);
  if (own !== undefined && !said.some(each => each.port === own))
    return `"${url}" names port ${own}, and the column "Port" ${port}: write the one that holds`;
  const doors: Door[] = [];
  for (const each of said) {
    const protocol = protocolOf(each, scheme);
    if (protocol === undefined) return unknownPort(port);
    if (protocol === 'contradiction')
      return `"${url}" and port ${each.port} contradict each other: http:// is port 80, https:// another; mend the one that is wrong`;
    doors.push({ host, ...(placeholder && { placeholder }), port: each.port, protocol });
  }
  return doors;
}

function impliedPort({ port, scheme }: Address): readonly WrittenPort[] | undefined {
  if (port !== undefined) return [{ port }];
  return scheme === undefined ? undefined : [{ port: scheme === 'https' ? 443 : 80 }];
}

function unknownPort(written: string): string {
  return `what listens on port "${written}" is not known: write single ports such as 443 or "80, 443", with HTTPS/ or UDP/ before one that is not among PROTOCOLS in ${HERE}`;
}

function protocolOf(
  { port, transport, scheme: beside }: WrittenPort,
  before: Address['scheme'],
): Door['protocol'] | 'contradiction' | undefined {
  const usual = Object.hasOwn(PROTOCOLS, port) ? PROTOCOLS[port] : undefined;
  const scheme = before ?? beside;
  if (before !== undefined && beside !== undefined && before !== beside) return 'contradiction';
  if (transport === 'udp') return scheme === undefined ? 'udp' : 'contradiction';
  if (transport === 'tcp' && usual === 'udp') return undefined;
  if (scheme === undefined) return usual;
  if (usual === undefined) return scheme === 'https' ? 'https' : undefined;
  return scheme === usual ? usual : 'contradiction';
}

function unique(doors: readonly Door[]): readonly Door[] {
  return [...new Map(doors.map(door => [JSON.stringify(door), door])).values()];
}

/** `Yes` with a version from which on, or that it has to be there before Arc gateway can be. */
function readArcGateway(text: string): boolean | undefined {
  if (/^(yes|supported)\b/i.test(text)) return true;
  return /^(no|not required|not supported)\b/i.test(text) ? false : undefined;
}
