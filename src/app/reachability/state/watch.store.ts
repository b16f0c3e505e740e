import { doorName } from '../../allowlist/catalog/door';
import { computed, inject, Injectable, signal } from '@angular/core';
import { numberIn } from '../../ui/fields/number-in';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { CLOCK } from '../../wac/platform';
import type { ProbeResult } from '../verdict/probe-result';
import { isFailure, isUnknown } from '../verdict/verdicts';
import { ReachabilityStore } from './reachability.store';

/** Minutes between two tries. */
export const WATCH_MINUTES = { min: 1, max: 240, usual: 5 } as const;

const TICK_MS = 1000;
/** One notification, updated in place. */
const NOTICE = 'outbound-connectivity-watch';

interface Watch {
  /** The results that are watched: what failed when it began. */
  readonly keys: ReadonlySet<string>;
  readonly everyMs: number;
  /** Milliseconds since 1970. */
  readonly nextAt: number;
  /** How many still fail, as far as was said. */
  readonly said: number;
}

/** Tries what failed again and again until it works, while the network team works. Goes on while other tabs are shown. */
@Injectable({ providedIn: 'root' })
export class WatchStore {
  private readonly reachability = inject(ReachabilityStore);
  private readonly clock = inject(CLOCK);
  private readonly host = inject(HOST);
  private readonly t = inject(TEXT);
  private readonly watch = signal<Watch | undefined>(undefined);
  private readonly minutesText = signal(String(WATCH_MINUTES.usual));
  private readonly toldSignal = signal('');
  /** Spoken: that it began, and what became of it whenever that changed. */
  readonly told = this.toldSignal.asReadonly();
  private stopTicking: () => void = () => undefined;

  /** As entered. */
  readonly minutes = this.minutesText.asReadonly();
  /** Undefined while the entry is no usable number. */
  readonly everyMs = computed(() => {
    const minutes = numberIn(this.minutesText(), WATCH_MINUTES);
    return minutes === undefined ? undefined : minutes * 60_000;
  });
  readonly isWatching = computed(() => this.watch() !== undefined);
  /** When it is tried next. */
  readonly nextAt = computed(() => {
    const watch = this.watch();
    return watch && new Date(watch.nextAt);
  });
  /** How many of the watched results do not work yet; what could not be tried does not. */
  readonly open = computed(() => this.openKeys(this.watch()?.keys).size);
  readonly canStart = computed(
    () => !this.isWatching() && !this.reachability.isRunning() && this.failed().size > 0,
  );
  private readonly failed = computed(() => this.keysOf(({ verdict }) => isFailure(verdict)));

  enterMinutes(text: string): void {
    this.minutesText.set(text);
  }

  start(): void {
    const everyMs = this.everyMs();
    const keys = this.failed();
    if (!this.canStart() || everyMs === undefined) return;
    this.watch.set({ keys, everyMs, nextAt: this.clock.now().getTime() + everyMs, said: keys.size });
    this.toldSignal.set(this.t('reachability.watch.started', keys.size, everyMs / 60_000));
    this.stopTicking = this.clock.every(TICK_MS, () => this.look());
  }

  stop(): void {
    this.stopTicking();
    this.watch.set(undefined);
  }

  private look(): void {
    const watch = this.watch();
    if (watch === undefined || this.reachability.isRunning()) return;
    const open = this.openKeys(watch.keys);
    if (open.size === 0) {
      this.stop();
      this.tell('success', this.t('reachability.watch.done'), this.t('reachability.watch.done.text'));
      return;
    }
    if (open.size !== watch.said) {
      this.watch.set({ ...watch, said: open.size });
      const text = this.t('reachability.watch.left', open.size, watch.keys.size);
      this.tell('progress', this.t('reachability.watch.title'), text);
    }
    if (this.clock.now().getTime() < watch.nextAt) return;
    this.watch.set({ ...watch, said: open.size, nextAt: this.clock.now().getTime() + watch.everyMs });
    this.reachability.repeat(result => open.has(keyOf(result)), true);
  }

  private tell(state: 'success' | 'progress', title: string, text: string): void {
    this.host.notify(NOTICE, state, title, text);
    this.toldSignal.set(text);
  }

  private openKeys(keys: ReadonlySet<string> | undefined): ReadonlySet<string> {
    const notYet = this.keysOf(({ verdict }) => isFailure(verdict) || isUnknown(verdict));
    return new Set([...(keys ?? [])].filter(key => notYet.has(key)));
  }

  private keysOf(wanted: (result: ProbeResult) => boolean): ReadonlySet<string> {
    const cells = [...(this.reachability.run()?.cells.values() ?? [])];
    return new Set(cells.flatMap(each => [...each.values()].filter(wanted).map(keyOf)));
  }
}

function keyOf(result: ProbeResult): string {
  return `${result.node} ${doorName(result)}`;
}
