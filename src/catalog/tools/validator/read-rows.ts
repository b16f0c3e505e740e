import { readAddress } from '../import/cells/address.ts';
import type { Problem } from '../import/problem.ts';
import { type ManifestRow, OPERATIONS, SEVERITIES } from './manifest.ts';

/** A row as either kind of file has it, nothing checked. */
export interface RawRow {
  readonly line: number;
  readonly endpoint: string;
  readonly protocol: string;
  readonly severity: string;
  readonly mandatory: string;
  readonly operations: readonly string[];
  readonly arcGateway: string;
  readonly service: string;
  readonly name: string;
  readonly title: string;
  /** Where the file says it row by row. */
  readonly region?: string;
  /** Of single values, where a row has several lines. */
  readonly lines?: Partial<Readonly<Record<'severity' | 'endpoint' | 'region', number>>>;
}

/** What a file says of itself, and its rows. */
export interface ReadManifest {
  readonly version?: string;
  readonly origin?: { readonly repository: string; readonly path: string; readonly commit: string };
  readonly rows: readonly RawRow[];
  readonly problems: readonly Problem[];
}

/** The row, or what of it cannot be interpreted and how to mend it. */
export function readManifestRow(raw: RawRow): ManifestRow | readonly Problem[] {
  const problems: Problem[] = [];
  const wrong = (text: string, line = raw.line): void => void problems.push({ line, text });
  const severity = SEVERITIES.find(each => each === raw.severity.toLowerCase());
  if (severity === undefined)
    wrong(
      `the severity "${raw.severity}" of "${raw.name}" is not known: write one of ${SEVERITIES.join(', ')}`,
      raw.lines?.severity,
    );
  const protocol = (['', 'https', 'http'] as const).find(each => each === raw.protocol.toLowerCase());
  if (protocol === undefined)
    wrong(`the protocol "${raw.protocol}" is not known: write https or http, or nothing for a name alone`);
  const mandatory = flag('mandatory', raw.mandatory, wrong);
  const arcGateway = flag('arcGateway', raw.arcGateway, wrong);
  for (const operation of raw.operations.filter(each => !Object.hasOwn(OPERATIONS, each.toLowerCase())))
    wrong(
      `the operation "${operation}" is not known: mend it, or say what it blocks in OPERATIONS of src/catalog/tools/validator/manifest.ts`,
    );
  const host = endpointProblem(raw);
  if (host !== undefined) wrong(host, raw.lines?.endpoint);
  if (raw.name === '') wrong('the row has no name: write the one that the validator gives the check');
  if (problems.length > 0 || severity === undefined || protocol === undefined) return problems;
  const { endpoint, operations, service, name, title } = raw;
  return { endpoint, protocol, severity, mandatory, operations, arcGateway, service, name, title };
}

function flag(column: string, text: string, wrong: (text: string) => void): boolean {
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false')
    wrong(`"${text}" under "${column}" is neither True nor False: write one of them`);
  return lower === 'true';
}

const NOT_ONES_OWN =
  "stands for a name of one's own: write the one that the validator connects to, or take the row out";

function endpointProblem({ endpoint, protocol }: RawRow): string | undefined {
  if (endpoint === '')
    return protocol === '' ? undefined : 'the row has a protocol and no endpoint: write the host';
  const [authority = ''] = endpoint.replace(/^[a-z]+:\/\//i, '').split(/[/?#]/);
  if (/[\s,;]/.test(authority))
    return `the host of "${endpoint}" has a blank, comma or semicolon: write a row for each endpoint`;
  if (/[<{]/.test(authority)) return `the host of "${endpoint}" ${NOT_ONES_OWN}`;
  const address = readAddress(endpoint);
  if (typeof address === 'string') return address;
  if (address.placeholder !== undefined) return `the host of "${endpoint}" ${NOT_ONES_OWN}`;
  if (address.scheme !== undefined && protocol !== '' && address.scheme !== protocol.toLowerCase())
    return `the endpoint "${endpoint}" and the protocol ${protocol} contradict each other: mend the one that is wrong`;
  return undefined;
}
