import type { NodeEngine } from '../../nodes/node-engine.ts';
import { Session } from './session.ts';

/** A session that nobody asked for is dropped after this time, as a gateway recycles runspaces. */
const IDLE_LIMIT_MS = 10 * 60_000;

/** All sessions of the gateway by id. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  open(node: string, engine: NodeEngine): Session {
    this.#dropIdle();
    const session = new Session(node, engine);
    this.#byId.set(session.id, session);
    return session;
  }

  find(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  /** Closing a runspace ends what runs in it. */
  async close(id: string, waitMs: number): Promise<void> {
    const session = this.#byId.get(id);
    this.#byId.delete(id);
    await session?.cancel(waitMs);
  }

  async closeAll(waitMs: number): Promise<void> {
    await Promise.all([...this.#byId.keys()].map(id => this.close(id, waitMs)));
  }

  get count(): number {
    return this.#byId.size;
  }

  #dropIdle(): void {
    for (const [id, session] of this.#byId) {
      if (!session.running && session.idleMs > IDLE_LIMIT_MS) this.#byId.delete(id);
    }
  }
}
