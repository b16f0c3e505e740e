import type { NodeEngine, ScriptRequest } from '../../nodes/node-engine.ts';
import type { AuditLog } from '../audit.ts';
import { hasCredentials, type Headers, type NodeAccess } from './node-access.ts';
import { sessionAddress } from './node-url.ts';
import { gatewayError, powerShellReply, type Reply } from '../http/reply.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { type CommandProperties, commandProperties, scriptRequest } from './command.ts';
import type { WorkItems } from '../work-items.ts';

/** A request for one node, from a URL of its own or from a part of a batch. */
export interface NodeCall {
  readonly via: 'rest' | 'batch';
  readonly method: string;
  readonly node: string;
  /** What follows the node in the URL. */
  readonly rest: string;
  readonly headers: Headers;
  readonly body: unknown;
  /** Aborts when the browser has gone. */
  readonly signal: AbortSignal;
}

/** How long the gateway holds requests, in milliseconds. */
export interface PollTimes {
  /** The answer to a new command. */
  readonly first: number;
  /** The answer to each look for more. */
  readonly next: number;
}

const NO_SESSION = 'The session does not exist or has ended.';

/** The gateway's PowerShell API of a node: run, look for more, cancel, close. */
export class NodeApi {
  readonly #access: NodeAccess;
  readonly #sessions: Sessions;
  readonly #audit: AuditLog;
  readonly #workItems: WorkItems;
  readonly #poll: PollTimes;

  constructor(
    access: NodeAccess,
    sessions: Sessions,
    audit: AuditLog,
    workItems: WorkItems,
    poll: PollTimes,
  ) {
    this.#access = access;
    this.#sessions = sessions;
    this.#audit = audit;
    this.#workItems = workItems;
    this.#poll = poll;
  }

  async handle(call: NodeCall): Promise<Reply> {
    const properties = commandProperties(call.body);
    this.#record(call, properties);
    const session = sessionAddress(call.rest);
    if (session && call.method !== 'PUT') return this.#onSession(call, session, properties);
    const starts =
      session === undefined
        ? call.method === 'POST' && call.rest.toLowerCase() === 'invokecommand'
        : session.action === '';
    if (!starts) return gatewayError(404, 'NotFound', `The gateway has no ${call.method} ${call.rest}.`);
    if (!properties)
      return gatewayError(400, 'BadRequest', 'The request has neither a script nor a command.');
    const access = await this.#access.open(call.node, call.headers, call.signal);
    if (access.kind === 'refused') return access.reply;
    return this.#start(call, access.engine, properties);
  }

  async #start(call: NodeCall, engine: NodeEngine, properties: CommandProperties): Promise<Reply> {
    const session = this.#sessions.open(call.node, engine);
    const request = scriptRequest(properties, call.headers);
    if (properties.metadata) {
      this.#workItems.start(session, call.node, request, properties.metadata);
      return { status: 200, body: { sessionId: session.id, completed: 'False', results: [] } };
    }
    return this.#run(session, request, call, properties.waitTimeMs ?? this.#poll.first);
  }

  async #run(session: Session, request: ScriptRequest, call: NodeCall, waitMs: number): Promise<Reply> {
    session.start(request);
    return powerShellReply(await session.take(waitMs, call.signal));
  }

  async #onSession(
    call: NodeCall,
    address: { id: string; action: string },
    properties: CommandProperties | undefined,
  ): Promise<Reply> {
    if (call.method === 'DELETE' && address.action === '') {
      await this.#sessions.close(address.id, this.#poll.next);
      return { status: 204 };
    }
    const session = this.#sessions.find(address.id);
    if (!session) return gatewayError(404, 'SessionNotFound', NO_SESSION);
    if (call.method === 'GET' && address.action === '') {
      return powerShellReply(await session.take(this.#poll.next, call.signal));
    }
    if (call.method === 'POST' && address.action === 'cancel') {
      await session.cancel(this.#poll.next);
      return { status: 200, body: { sessionId: session.id, completed: 'True', results: [] } };
    }
    if (call.method === 'POST' && address.action === 'invokecommand' && properties) {
      if (session.running) return gatewayError(409, 'SessionBusy', 'The session is still running a command.');
      return this.#run(session, scriptRequest(properties, call.headers), call, this.#poll.first);
    }
    return gatewayError(404, 'NotFound', `The gateway has no ${call.method} ${call.rest}.`);
  }

  #record(call: NodeCall, properties: CommandProperties | undefined): void {
    this.#audit.add({
      via: call.via,
      method: call.method,
      node: call.node,
      path: call.rest,
      module: call.headers['x-ms-sme-module-name'] ?? '',
      command: properties?.command ?? '',
      script: properties?.script ?? '',
      logAudit: call.headers['x-ms-sme-log-audit'] ?? '',
      credentials: hasCredentials(call.headers),
      jeaEndpoint: call.headers['x-ms-sme-jea-endpoint'] ?? '',
    });
  }
}
