import { randomUUID } from 'node:crypto';
import type { SimulatedCluster } from '../nodes/cluster.ts';
import type { AuditLog } from './audit.ts';
import { Connections } from './connections.ts';
import { gatewayError, type Reply } from './http/reply.ts';
import type { WorkItems } from './work-items.ts';

export interface SiteCall {
  readonly method: string;
  /** After `/api`, for example `/connections`. */
  readonly path: string;
  readonly body: unknown;
}

const GATEWAY_STATUS = {
  name: 'emulator',
  machineName: 'EMULATOR',
  fullyQualifiedDNSName: 'emulator.contoso.local',
  gatewayVersion: '2.6.4.0',
  gatewayMode: 'Service',
  gatewayOperationalMode: 'Development',
  isGatewayProcessElevated: true,
  installationType: 'Standard',
  jwk: null,
  addressList: [],
};

const ok = (body: unknown): Reply => ({ status: 200, body });

/** What the gateway answers about itself: connections, settings, status, work items, sinks for logs. */
export class SiteApi {
  readonly #connections: Connections;
  readonly #cluster: SimulatedCluster;
  readonly #workItems: WorkItems;
  readonly #audit: AuditLog;
  readonly #settings = new Map<string, unknown>();
  readonly #rootSubscription = randomUUID();

  constructor(cluster: SimulatedCluster, workItems: WorkItems, audit: AuditLog) {
    this.#connections = new Connections(cluster);
    this.#cluster = cluster;
    this.#workItems = workItems;
    this.#audit = audit;
  }

  async handle(call: SiteCall): Promise<Reply> {
    const [, room = '', ...rest] = call.path.split('/');
    switch (room.toLowerCase()) {
      case 'connections':
        return this.#onConnections(call, rest);
      case 'settings':
        return this.#onSettings(call, rest.join('/'));
      case '__audit':
        return ok(this.#audit.entries);
      case '__state':
        return this.#nodeState(decodeURIComponent(rest[0] ?? ''));
      default:
        return this.#onFixed(call);
    }
  }

  #onFixed(call: SiteCall): Reply {
    const key = `${call.method} ${call.path.toLowerCase()}`;
    switch (key) {
      case 'GET /gateway/status':
        return ok(GATEWAY_STATUS);
      case 'GET /access/check':
      case 'GET /gateway/access/check':
        return ok(true);
      case 'GET /workitems':
        return ok({ value: this.#workItems.active });
      case 'GET /notificationmessage/id':
        return ok({ id: this.#rootSubscription });
      case 'GET /notificationmessage/stored':
        return ok({ value: [] });
      case 'POST /log':
      case 'POST /telemetry':
        return ok({});
      case 'POST /notifications/negotiate':
        return ok({
          connectionId: randomUUID(),
          connectionToken: randomUUID(),
          negotiateVersion: 1,
          availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text'] }],
        });
      default:
        return gatewayError(404, 'NotFound', `The emulated gateway has no ${call.method} /api${call.path}.`);
    }
  }

  #onConnections(call: SiteCall, rest: readonly string[]): Reply {
    const id = decodeURIComponent(rest.join('/'));
    switch (call.method) {
      case 'GET':
        return ok(this.#connections.list);
      case 'PUT':
        return ok(this.#connections.save(id, call.body));
      case 'DELETE':
        this.#connections.remove(id);
        return { status: 204 };
      default:
        return gatewayError(405, 'MethodNotAllowed', `Connections have no ${call.method}.`);
    }
  }

  #onSettings(call: SiteCall, key: string): Reply {
    if (call.method === 'GET') return ok(this.#settings.get(key) ?? {});
    this.#settings.set(key, call.body);
    return ok({});
  }

  /** Only the emulator has this: what a node's registry and environment hold, for tests to look at. */
  async #nodeState(name: string): Promise<Reply> {
    const engine = this.#cluster.find(name)?.engine;
    if (!engine) return gatewayError(404, 'NotFound', `There is no running node '${name}'.`);
    return ok(await engine.state());
  }
}
