import { computed, inject, Injectable, signal } from '@angular/core';
import { numberIn, type Range } from '../../ui/fields/number-in';
import { HOST } from '../../wac/host';
import { LASTING_KEEP_SAFE } from '../../wac/platform';
import { OWN_WAY, typedProxy, type Way, type WayKind } from '../plan/way';
import { USUAL_CONCURRENT } from '../run/checks/node-check';

/** Seconds that one endpoint may take. */
export const TIMEOUT_SECONDS = { min: 1, max: 60, usual: 5 } as const;
/** How many nodes are asked at the same time. A gateway bears many; each costs it a session and a poll a second. */
export const NODES_AT_ONCE = { min: 1, max: 64, usual: 16 } as const;
/** How many endpoints a node measures at the same time. */
export const ENDPOINTS_AT_ONCE = { min: 1, max: 300, usual: USUAL_CONCURRENT } as const;
/** How many calls of one node are under way through the gateway. A check has no use for more. */
export const CALLS_AT_ONCE = { min: 1, max: 4, usual: 4 } as const;

interface Limits extends Range {
  readonly usual: number;
}

/**
 * How the next check is made. The limits are kept for the cluster; a forced way is not: who comes back tomorrow
 * must not take its results for the nodes' own. Nor is the time.
 */
@Injectable({ providedIn: 'root' })
export class CheckOptions {
  private readonly safe = inject(LASTING_KEEP_SAFE);
  private readonly key = `check-limits:${inject(HOST).connection.name}`;
  private readonly kept = readLimits(this.safe.read(this.key));
  private readonly nodesText = signal(String(this.kept.nodes));
  private readonly endpointsText = signal(String(this.kept.endpoints));
  private readonly callsText = signal(String(this.kept.calls));
  private readonly timeoutText = signal(String(TIMEOUT_SECONDS.usual));
  private readonly kindSignal = signal<WayKind>('own');
  private readonly proxyText = signal('');

  /** As entered. */
  readonly nodesEntry = this.nodesText.asReadonly();
  readonly endpointsEntry = this.endpointsText.asReadonly();
  readonly callsEntry = this.callsText.asReadonly();
  readonly timeoutEntry = this.timeoutText.asReadonly();
  readonly proxyEntry = this.proxyText.asReadonly();
  readonly kind = this.kindSignal.asReadonly();

  /** Each undefined while its entry cannot be used. */
  readonly nodesAtOnce = computed(() => numberIn(this.nodesText(), NODES_AT_ONCE));
  readonly endpointsAtOnce = computed(() => numberIn(this.endpointsText(), ENDPOINTS_AT_ONCE));
  readonly callsAtOnce = computed(() => numberIn(this.callsText(), CALLS_AT_ONCE));
  readonly timeoutMs = computed(() => {
    const seconds = numberIn(this.timeoutText(), TIMEOUT_SECONDS);
    return seconds === undefined ? undefined : seconds * 1000;
  });
  readonly way = computed((): Way | undefined => {
    const kind = this.kindSignal();
    if (kind !== 'proxy') return kind === 'own' ? OWN_WAY : { kind };
    const proxy = typedProxy(this.proxyText());
    return proxy === undefined ? undefined : { kind, proxy };
  });
  readonly isUsable = computed(
    () =>
      this.nodesAtOnce() !== undefined &&
      this.endpointsAtOnce() !== undefined &&
      this.callsAtOnce() !== undefined &&
      this.timeoutMs() !== undefined &&
      this.way() !== undefined,
  );

  chooseWay(kind: WayKind): void {
    this.kindSignal.set(kind);
  }

  enterTimeout(text: string): void {
    this.timeoutText.set(text);
  }

  enterProxy(text: string): void {
    this.proxyText.set(text);
  }

  enterNodes(text: string): void {
    this.nodesText.set(text);
    this.keep();
  }

  enterEndpoints(text: string): void {
    this.endpointsText.set(text);
    this.keep();
  }

  enterCalls(text: string): void {
    this.callsText.set(text);
    this.keep();
  }

  private keep(): void {
    const limits = {
      nodes: this.nodesAtOnce(),
      endpoints: this.endpointsAtOnce(),
      calls: this.callsAtOnce(),
    };
    this.safe.write(this.key, JSON.stringify(limits));
  }
}

/** What other code may have written there is no limit. */
function readLimits(kept: string | undefined): Readonly<Record<'nodes' | 'endpoints' | 'calls', number>> {
  let fields: Readonly<Record<string, unknown>> = {};
  try {
    const json: unknown = JSON.parse(kept ?? '{}');
    if (typeof json === 'object' && json !== null) fields = json as Readonly<Record<string, unknown>>;
  } catch {
    // Then the usual ones count.
  }
  const limit = (name: string, range: Limits): number =>
    numberIn(typeof fields[name] === 'number' ? String(fields[name]) : '', range) ?? range.usual;
  return {
    nodes: limit('nodes', NODES_AT_ONCE),
    endpoints: limit('endpoints', ENDPOINTS_AT_ONCE),
    calls: limit('calls', CALLS_AT_ONCE),
  };
}
