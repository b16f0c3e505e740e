import { csvText } from '../text/csv';
import { fileName } from '../text/file-name';
import type { FileOut } from '../../wac/platform';
import type { ProbeResult } from '../../reachability/verdict/probe-result';
import { resultsOf, runRecord } from '../../reachability/record/run-file';
import { chainsOf, clientOf, type Hop } from '../../reachability/run/follow-up/redirect-chain';
import type { RunState } from '../../reachability/run/run';
import { wayWords } from '../../reachability/run/ways-tried';

export const RUN_FORMATS = ['json', 'csv'] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];

/** The results of a run that is over, as a file. Codes and not words: files are read by programs and in all languages. */
export function runFile(
  run: RunState,
  format: RunFormat,
  toolVersion: string,
  date: Date,
  findings: readonly object[] = [],
): FileOut {
  const [mime, text] =
    format === 'json'
      ? ['application/json', runJson(run, toolVersion, findings)]
      : ['text/csv;charset=utf-8', runCsv(run)];
  return { fileName: runFileName(run, format, date), mime, text };
}

export function runFileName({ request }: RunState, format: RunFormat | 'html', date: Date): string {
  const { cluster, cloud } = request;
  return fileName({ content: 'outbound-reachability', cluster, cloud, date, extension: format });
}

/**
 * One object: what was asked, of whom, every result and the findings; `docs/run-file.md`.
 *
 * @param findings as `findingRecords` makes them
 */
export function runJson(run: RunState, toolVersion: string, findings: readonly object[] = []): string {
  const tool = { name: 'Outbound connectivity', version: toolVersion };
  return `${JSON.stringify(runRecord(run, { tool, findings }), null, 2)}\n`;
}

const COLUMNS = [
  'node',
  'host',
  'port',
  'protocol',
  'rules',
  'standsFor',
  'verdict',
  'cause',
  'route',
  'proxy',
  'nameMs',
  'connectMs',
  'proxyMs',
  'tlsMs',
  'httpMs',
  'detail',
  'addresses',
  'certificateSubject',
  'certificateIssuer',
  'certificateRoot',
  'certificateRecognizedBy',
  'certificateNotAfter',
  'httpStatus',
  'httpServer',
  'httpLocation',
  'startedAt',
  'client',
  'ntpMs',
  'cluster',
  'cloud',
  'edition',
  'runStartedAt',
  'runEndedAt',
  'slowStep',
  'slowMs',
  'redirects',
  'otherAddress',
  'otherCause',
  'otherMs',
  'otherDetail',
  'kind',
] as const;

/**
 * One record for each result, each host to which redirects led, and each way that was tried, behind one header. Each says of
 * which run it is, so that the table can be imported.
 */
export function runCsv(run: RunState): string {
  const { request, startedAt, endedAt = '' } = run;
  const whole = {
    ...{ cluster: request.cluster, cloud: request.cloud, edition: request.edition.id },
    ...{ runStartedAt: startedAt, runEndedAt: endedAt },
  };
  const chainOf = chainsOf(run);
  const records = resultsOf(run).map(result => ({
    ...record(result),
    ...whole,
    redirects: chainOf(result).map(hopCode).join(' > '),
    kind: '',
  }));
  const hops = [...(run.hops?.values() ?? [])].flatMap(results =>
    [...results].map(([id, result]) => ({
      ...record(result),
      ...whole,
      redirects: '',
      kind: `redirect ${clientOf(id) ?? ''}`.trimEnd(),
    })),
  );
  const ways = [...(run.ways?.values() ?? [])].flatMap(tried =>
    [...tried.values()].flatMap(each =>
      each.ways.flatMap(way =>
        way.result === undefined
          ? []
          : { ...record(way.result), ...whole, redirects: '', kind: wayWords(way) },
      ),
    ),
  );
  return csvText([
    COLUMNS,
    ...[...records, ...hops, ...ways].map(fields => COLUMNS.map(column => fields[column])),
  ]);
}

/** `host:port`, what the list says of it, and what was seen there or why it was not tried. */
function hopCode({ host, port, listed, result, refused }: Hop): string {
  const place = host === undefined || port === undefined ? [] : [`${host}:${port}`, `list:${listed.kind}`];
  return [...place, refused === undefined ? (result?.verdict ?? 'untried') : `not-followed:${refused}`].join(
    ' ',
  );
}

type OfRun = 'cluster' | 'cloud' | 'edition' | 'runStartedAt' | 'runEndedAt' | 'redirects' | 'kind';

function record(
  result: ProbeResult,
): Readonly<Record<Exclude<(typeof COLUMNS)[number], OfRun>, string | number>> {
  const time = (name: string): string | number => result.phases.find(item => item.phase === name)?.ms ?? '';
  return {
    node: result.node,
    host: result.host,
    port: result.port,
    protocol: result.protocol,
    rules: result.rules.join(' '),
    standsFor: result.standsFor.join(' '),
    verdict: result.verdict,
    cause: result.cause,
    route: result.route.kind,
    proxy: result.route.proxy ?? '',
    nameMs: time('name'),
    connectMs: time('connect'),
    proxyMs: time('proxy'),
    tlsMs: time('tls'),
    httpMs: time('http'),
    detail: result.phases.find(item => item.outcome !== 'ok')?.detail ?? '',
    addresses: result.addresses.join(' '),
    certificateSubject: result.certificate?.subject ?? '',
    certificateIssuer: result.certificate?.issuer ?? '',
    certificateRoot: result.certificate?.root ?? '',
    certificateRecognizedBy: result.certificate?.recognizedBy ?? '',
    certificateNotAfter: result.certificate?.notAfter ?? '',
    httpStatus: result.http?.status ?? '',
    httpServer: result.http?.server ?? '',
    httpLocation: result.http?.location ?? '',
    startedAt: result.startedAt,
    client: result.route.client ?? '',
    ntpMs: time('ntp'),
    slowStep: result.slow?.step ?? '',
    slowMs: result.slow?.ms ?? '',
    otherAddress: result.otherFamily?.address ?? '',
    otherCause: result.otherFamily?.cause ?? '',
    otherMs: result.otherFamily?.ms ?? '',
    otherDetail: result.otherFamily?.detail ?? '',
  };
}
