import { randomUUID } from 'node:crypto';
import { type RawData, WebSocket } from 'ws';
import type { ScriptRun } from '../../nodes/node-engine.ts';
import type { AuditLog } from '../audit.ts';
import { camelCased } from './camel-case.ts';
import { commandProperties, scriptRequest, type CommandProperties } from './command.ts';
import { isRecord, parseJson, recordAt, textAt, type JsonRecord } from '../http/json.ts';
import { hasCredentials, type Headers, type NodeAccess } from './node-access.ts';
import { type Reply, wireErrors } from '../http/reply.ts';

/** States of the SDK's stream packets (its data/websocket-stream.ts). */
const PACKET_DATA = 2;
const CANCEL = 3;
const COMPLETED = 2;
const DATA = 3;
const FAILED = 4;

/** One browser's stream: scripts run on nodes and their output is pushed as it comes. */
export class NodeStream {
  readonly #socket: WebSocket;
  readonly #module: string;
  readonly #access: NodeAccess;
  readonly #audit: AuditLog;
  readonly #running = new Map<string, () => void>();

  constructor(socket: WebSocket, module: string, access: NodeAccess, audit: AuditLog) {
    this.#socket = socket;
    this.#module = module;
    this.#access = access;
    this.#audit = audit;
    socket.on('message', raw => {
      this.#receive(raw);
    });
    socket.on('close', () => {
      for (const stop of this.#running.values()) stop();
    });
  }

  #receive(raw: RawData): void {
    const packet = parseJson(
      (Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw as Buffer)).toString(),
    );
    const data = recordAt(packet, 'data');
    const id = textAt(data, 'id');
    if (id === '') return;
    const stream = textAt(packet, 'streamName');
    if (stream === 'SME-PowerShell') {
      if (data['requestState'] === CANCEL) this.#cancel(id);
      else void this.#run(id, data);
      return;
    }
    this.#send(stream, id, FAILED, 0, failure(501, 'NotSupported', `The emulator has no ${stream} stream.`));
  }

  /** The SDK frees its slot for the node only on Completed or Error, never on a state of its own for "cancelled". */
  #cancel(id: string): void {
    const stop = this.#running.get(id);
    if (stop) stop();
    else this.#send('SME-PowerShell', id, COMPLETED, 0, { sessionId: id, completed: 'True', results: [] });
  }

  async #run(id: string, data: JsonRecord): Promise<void> {
    const target = recordAt(data, 'target');
    const node = textAt(target, 'nodeName');
    const headers = lowerCase(recordAt(target, 'headers'));
    const properties = commandProperties({ properties: data });
    this.#record(node, headers, properties);
    const sessionId = randomUUID();
    let index = 0;
    const send = (state: number, response: unknown): void => {
      this.#send('SME-PowerShell', id, state, index++, response);
    };
    const complete = (): void => {
      this.#running.delete(id);
      send(COMPLETED, { sessionId, completed: 'True', results: [] });
    };
    const connecting = new AbortController();
    this.#running.set(id, () => {
      connecting.abort();
    });
    const access = await this.#access.open(node, headers, connecting.signal);
    if (connecting.signal.aborted) {
      complete();
      return;
    }
    if (access.kind === 'refused' || !properties) {
      this.#running.delete(id);
      send(
        FAILED,
        access.kind === 'refused' ? refusal(access.reply) : failure(400, 'BadRequest', 'No script.'),
      );
      return;
    }
    const run: ScriptRun = access.engine.run(scriptRequest(properties, headers), {
      output: value => {
        send(DATA, { sessionId, completed: 'False', results: [camelCased(value)] });
      },
      progress: record => {
        send(DATA, { sessionId, completed: 'False', results: [], progress: [record] });
      },
      end: end => {
        this.#running.delete(id);
        const errors = wireErrors(end);
        if (errors.length === 0) complete();
        else send(FAILED, { sessionId, completed: 'True', statusCode: 400, errors });
      },
    });
    if (this.#running.has(id)) this.#running.set(id, () => run.stop());
  }

  #send(streamName: string, id: string, state: number, index: number, response: unknown): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(
      JSON.stringify({ streamName, state: PACKET_DATA, data: { id, state, index, response } }),
    );
  }

  #record(node: string, headers: Headers, properties: CommandProperties | undefined): void {
    this.#audit.add({
      via: 'stream',
      method: 'POST',
      node,
      path: '',
      module: this.#module,
      command: properties?.command ?? '',
      script: properties?.script ?? '',
      logAudit: headers['x-ms-sme-log-audit'] ?? '',
      credentials: hasCredentials(headers),
      jeaEndpoint: headers['x-ms-sme-jea-endpoint'] ?? '',
    });
  }
}

/** The SDK asks for credentials on a stream when it reads status 401 here (its security/authorization-manager.ts). */
function refusal(reply: Reply): unknown {
  const error = recordAt(reply.body, 'error');
  const status = textAt(error, 'forbidden') === 'Unauthorized' ? 401 : reply.status;
  return failure(status, textAt(error, 'code'), textAt(error, 'message'));
}

function failure(statusCode: number, code: string, message: string): unknown {
  return {
    sessionId: '',
    completed: 'True',
    results: [],
    statusCode,
    error: { code, message },
    errors: [{ errorType: code, message, detailRecord: {} }],
  };
}

function lowerCase(headers: JsonRecord): Headers {
  return Object.fromEntries(
    Object.entries(isRecord(headers) ? headers : {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
    ),
  );
}
