import type { SimulatedCluster } from '../nodes/cluster.ts';
import { isRecord, type JsonRecord } from './http/json.ts';

/** The connection list that the gateway keeps (the SDK's security/connection-manager.ts). */
export class Connections {
  readonly #byId = new Map<string, JsonRecord>();

  constructor(cluster: SimulatedCluster) {
    this.#add('msft.sme.connection-type.cluster', cluster.name, {
      displayName: cluster.name,
      nodes: cluster.members.map(member => member.fqdn),
    });
    for (const member of cluster.members) {
      this.#add('msft.sme.connection-type.server', member.fqdn, { displayName: member.fqdn });
    }
  }

  #add(type: string, fqdn: string, properties: JsonRecord): void {
    const name = fqdn.toLowerCase();
    const id = `${type}!${name}`;
    this.#byId.set(id, { id, type, name, properties, tags: [] });
  }

  get list(): { value: readonly { properties: JsonRecord }[] } {
    return { value: [...this.#byId.values()].map(properties => ({ properties })) };
  }

  save(id: string, connection: unknown): { properties: JsonRecord } {
    const kept = isRecord(connection) ? connection : {};
    this.#byId.set(id, kept);
    const { properties } = kept;
    return { properties: isRecord(properties) ? properties : {} };
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }
}
