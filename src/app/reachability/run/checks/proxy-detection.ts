import {
  catchError,
  concatMap,
  dematerialize,
  from,
  last,
  map,
  materialize,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  switchMap,
  take,
  takeWhile,
  toArray,
} from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import type { RemoteShell } from '../../../wac/remote-shell';
import type { PlanEntry } from '../../plan/probe-plan';
import { type Detection, foundIn, gapOf, readDetection } from '../../probe/detection-report';
import { type ProxyScriptReport } from '../../probe/proxy-script-report';
import type { ProxyNotice } from '../run';
import { readScript } from './proxy-script';
import type { ProxyUse } from './proxy-use';

/** `dhcp-unread` and `name-unclear`: unknown, for that reason. */
type Found = 'nothing' | 'script' | 'unknown' | 'dhcp-unread' | 'name-unclear';

/** What automatic detection would find on a node, as far as the node can tell. */
interface Detected {
  readonly found: Found;
  /** What was read; absent: nothing was there to be read. */
  readonly report?: ProxyScriptReport;
}

const UNKNOWN: Detected = { found: 'unknown' };
/** Looking at most at nine names, with a name server that takes its time. */
const FIND_MS = 20_000;
/** Opening a session to a busy node. */
const SESSION_MS = 20_000;

/**
 * A node's way with what automatic detection finds, and what was read of the script that it found. Where it finds none, or is off,
 * Windows goes by the other settings. Emits once, and never errors.
 */
export function settle(
  shell: RemoteShell,
  node: Pick<Node, 'fqdn'>,
  targets: readonly PlanEntry[],
  timeoutMs: number,
  use: ProxyUse,
): Observable<{ readonly use: ProxyUse; readonly report?: ProxyScriptReport }> {
  const { detects, script } = use;
  if (detects === undefined) return of({ use });
  return detect(shell, node, targets, timeoutMs, detects.isResolvable).pipe(
    map(({ found, report }) => ({
      use: foundBy(use, found),
      ...(report && (found === 'script' || script === undefined) && { report }),
    })),
  );
}

/** A node's way once it is known what detection finds; of one that does not look for a script, the same. */
export function foundBy({ detects, script, ...fixed }: ProxyUse, found: Found): ProxyUse {
  if (detects === undefined) return { ...fixed, ...(script && { script }) };
  return {
    ...fixed,
    // What detection finds comes before a script that is set.
    ...(found !== 'script' && script && { script }),
    ...(found !== 'nothing' && ({ byScript: true } as const)),
    notices: [...fixed.notices, NOTICES[found]],
  };
}

const NOTICES = {
  nothing: 'detection-none',
  script: 'detection-found',
  unknown: 'detection',
  'dhcp-unread': 'detection-dhcp',
  'name-unclear': 'detection-name',
} as const satisfies Readonly<Record<Found, ProxyNotice>>;

/** Keeps all, an error too, until `settled` has emitted. */
export function heldUntil<T>(settled: Observable<unknown>): MonoTypeOperatorFunction<T> {
  return source =>
    source.pipe(
      materialize(),
      concatMap(event =>
        settled.pipe(
          take(1),
          map(() => event),
        ),
      ),
      dematerialize(),
    );
}

/**
 * Looks for the script that Windows would follow: what DHCP gave, then a host named wpad. Emits once, and never errors: what goes
 * wrong leaves it unknown.
 *
 * @param isResolvable as in `ScriptSetting`
 */
function detect(
  shell: RemoteShell,
  node: Pick<Node, 'fqdn'>,
  targets: readonly PlanEntry[],
  timeoutMs: number,
  isResolvable: boolean,
): Observable<Detected> {
  return shell.run(node.fqdn, { name: 'Find-ProxyScript' }, FIND_MS + SESSION_MS).pipe(
    last(null, undefined),
    switchMap(value => {
      const detection = readDetection(value);
      if (detection === undefined) return of(UNKNOWN);
      const found = foundIn(detection);
      if (found !== undefined) return of<Detected>({ found });
      return fetched(detection, address =>
        readScript(shell, node, { address, isResolvable }, targets, timeoutMs),
      );
    }),
    catchError(() => of(UNKNOWN)),
  );
}

/** The first address that has a script decides; one that clearly has none is passed over. */
function fetched(
  detection: Detection,
  read: (address: string) => Observable<ProxyScriptReport>,
): Observable<Detected> {
  const { dhcp, names } = detection;
  const resolving = names.filter(({ state }) => state === 'resolves');
  const addresses = [
    ...(dhcp === undefined || dhcp === '' ? [] : [dhcp]),
    ...resolving.map(({ host }) => `http://${host}/wpad.dat`),
  ];
  return from(addresses).pipe(
    concatMap(read),
    takeWhile(({ script }) => hasNone(script), true),
    toArray(),
    map((reports): Detected => {
      const report = reports.at(-1);
      if (report === undefined) return UNKNOWN;
      if (report.script.state === 'read') return { found: 'script', report };
      return { found: hasNone(report.script) ? (gapOf(detection) ?? 'nothing') : 'unknown', report };
    }),
  );
}

/** Whether who is there said clearly that there is no script: everything else may be another answer the next time. */
function hasNone({ state, detail }: ProxyScriptReport['script']): boolean {
  return state === 'no-script' || (state === 'status' && /^4\d\d$/.test(detail));
}
