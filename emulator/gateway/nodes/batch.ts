import { randomUUID } from 'node:crypto';
import { parseJson } from '../http/json.ts';
import type { NodeApi } from './node-api.ts';
import { nodeAddress } from './node-url.ts';
import type { Headers } from './node-access.ts';
import { gatewayError, type Reply } from '../http/reply.ts';

interface Part {
  readonly method: string;
  readonly pathname: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface BatchAnswer {
  readonly contentType: string;
  readonly text: string;
}

/**
 * `POST /api/batch`: several node requests in one multipart body, run at once and answered together.
 * One that fails has its own status and leaves the others alone. Undefined: the body is not a batch.
 */
export async function answerBatch(
  contentType: string,
  body: string,
  api: NodeApi,
  signal: AbortSignal,
): Promise<BatchAnswer | undefined> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const parts = body
    .split(`--${boundary}`)
    .map(readPart)
    .filter(part => part !== undefined);
  const answers = await Promise.all(
    parts.map(async part => writePart(part, await answerPart(part, api, signal))),
  );
  const mark = randomUUID();
  const text = answers.map(answer => `--${mark}\r\n${answer}\r\n`).join('') + `--${mark}--\r\n`;
  return { contentType: `multipart/mixed; boundary="${mark}"`, text };
}

async function answerPart(part: Part, api: NodeApi, signal: AbortSignal): Promise<Reply> {
  const address = nodeAddress(part.pathname);
  if (!address) return gatewayError(404, 'NotFound', `The gateway has no ${part.pathname}.`);
  return api.handle({
    via: 'batch',
    method: part.method,
    ...address,
    headers: part.headers,
    body: part.body,
    signal,
  });
}

/** A part holds a whole HTTP request: request line, headers, empty line, body. */
function readPart(source: string): Part | undefined {
  const lines = source.split('\r\n');
  const start = lines.findIndex(line => line.endsWith(' HTTP/1.1'));
  const [method, target] = lines[start]?.split(' ') ?? [];
  if (method === undefined || target === undefined) return undefined;
  const end = lines.indexOf('', start);
  const headerLines = lines.slice(start + 1, end < 0 ? undefined : end);
  const headers = Object.fromEntries(
    headerLines.map(line => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = end < 0 ? '' : lines.slice(end).join('\r\n').trim();
  return {
    method,
    pathname: new URL(target, 'http://gateway').pathname,
    headers,
    body: body === '' ? undefined : parseJson(body),
  };
}

/** The SDK looks for the status line, `request-id`, and one line of JSON (its data/batch-connection.ts). */
function writePart(part: Part, reply: Reply): string {
  return [
    'Content-Type: application/http; msgtype=response',
    '',
    `HTTP/1.1 ${String(reply.status)} ${reply.status < 400 ? 'OK' : 'Error'}`,
    `request-id: ${part.headers['request-id'] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    '',
    reply.body === undefined ? '' : JSON.stringify(reply.body),
  ].join('\r\n');
}
