import { hostProblem } from '../checks/host-form.ts';
import type { ListRow } from './read-list.ts';

/** A row as it stands in its list. */
export type AsWritten = Pick<ListRow, 'url' | 'port' | 'arcGateway' | 'requiredFor'>;

/** What a row opens: one door a port. */
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

/** Literal names that the lists write where each cluster has its own. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  yourarcgatewayendpointid: 'arc-gateway',
  yourhcikeyvaultname: 'key-vault',
  yourwitnessstorageaccount: 'witness-account',
};

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

/** What a row says; or a sentence about what of it cannot be interpreted. */
export function readRow(row: AsWritten): RowMeaning | string {
  const when = WHEN[row.requiredFor.toLowerCase()];
  if (when === undefined) return `"${row.requiredFor}" under "Required for" is not known`;
  const arcGateway = readArcGateway(row.arcGateway);
  if (arcGateway === undefined) return `"${row.arcGateway}" under "Arc gateway support" is not known`;
  const [, scheme, rest = ''] = /^(https?:\/\/)?(.*)$/.exec(row.url) ?? [];
  const name = readHost(rest.split('/')[0] ?? '');
  const problem = hostProblem(name.host);
  if (problem !== undefined) return `the host of "${row.url}" ${problem}`;
  const ports = row.port.split(/\s*,\s*/);
  const doors: Door[] = [];
  for (const port of ports) {
    const protocol = Object.hasOwn(PROTOCOLS, port) ? PROTOCOLS[port] : undefined;
    if (protocol === undefined) return `what listens on port "${row.port}" is not known`;
    doors.push({ ...name, port: Number(port), protocol });
  }
  const written = doors.find(({ protocol }) => scheme !== undefined && scheme !== `${protocol}://`);
  if (written !== undefined) return `"${row.url}" and port ${written.port} contradict each other`;
  return { ...when, doors, arcGateway, scheme: scheme !== undefined };
}

function readHost(written: string): Pick<Door, 'host' | 'placeholder'> {
  const host = written.toLowerCase().replace(/[<>]/g, '');
  const [first = '', ...others] = host.split('.');
  const name = Object.hasOwn(PLACEHOLDERS, first) ? PLACEHOLDERS[first] : undefined;
  if (name === undefined) return { host };
  const rest = others.join('.');
  return { host: `*.${rest}`, placeholder: { name, host: `[${first}].${rest}` } };
}

/** `Yes` with a version from which on, or that it has to be there before Arc gateway can be. */
function readArcGateway(text: string): boolean | undefined {
  if (/^yes\b/i.test(text)) return true;
  return /^(no\b|not required\b)/i.test(text) ? false : undefined;
}
