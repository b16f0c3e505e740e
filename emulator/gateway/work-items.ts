import type { ScriptRequest } from '../nodes/node-engine.ts';
import type { JsonRecord } from './http/json.ts';
import type { NotificationHub } from './notification-hub.ts';
import type { WireError } from './http/reply.ts';
import type { Session } from './nodes/session.ts';

/** A long job that survives the tool and the page, as `GET /api/workitems` lists it. */
interface WorkItem {
  readonly id: string;
  readonly connection: string;
  readonly userId: string;
  readonly jobType: 'PowerShellApi.GetOutput';
  readonly startedTime: string;
  readonly completedTime: string | null;
  readonly completed: boolean;
  readonly failed: boolean;
  readonly errorMessage: string | null;
  readonly metadata: JsonRecord;
}

const USER = 'CONTOSO\\administrator';

/** Runs work items and tells the hub how they go on. */
export class WorkItems {
  readonly #items = new Map<string, WorkItem>();
  readonly #hub: NotificationHub;

  constructor(hub: NotificationHub) {
    this.#hub = hub;
  }

  start(session: Session, node: string, request: ScriptRequest, metadata: JsonRecord): void {
    const { id } = session;
    this.#items.set(id, {
      id,
      connection: node,
      userId: USER,
      jobType: 'PowerShellApi.GetOutput',
      startedTime: new Date().toISOString(),
      completedTime: null,
      completed: false,
      failed: false,
      errorMessage: null,
      metadata,
    });
    const results: unknown[] = [];
    session.start(request, {
      chunk: chunk => {
        results.push(...(chunk.results ?? []));
        this.#hub.publish(id, { sessionId: id, completed: 'False', ...chunk });
      },
      end: errors => {
        this.#finish(id, errors);
        const last = { sessionId: id, completed: 'True', results, ...(errors ? { errors } : {}) };
        this.#hub.publishLast(id, last);
      },
    });
  }

  #finish(id: string, errors: readonly WireError[] | undefined): void {
    const item = this.#items.get(id);
    if (!item) return;
    this.#items.set(id, {
      ...item,
      completed: true,
      completedTime: new Date().toISOString(),
      failed: errors !== undefined,
      errorMessage: errors?.[0]?.message ?? null,
    });
  }

  /** Those that still run; a page that was reloaded takes them up again. */
  get active(): readonly WorkItem[] {
    return [...this.#items.values()].filter(item => !item.completed);
  }
}
