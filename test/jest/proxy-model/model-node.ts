import { defer, EMPTY, type Observable, of, throwError } from 'rxjs';
import {
  ABSENT,
  type RawValues,
  rawLines,
  type ValueId,
  VALUE_IDS,
} from '../../../src/app/proxy/setting/layers/raw-values';
import { readConnection, writeConnection } from '../../../src/app/proxy/setting/layers/blobs';
import {
  type RemoteCommand,
  RemoteError,
  type RemoteErrorKind,
  type RemoteShell,
} from '../../../src/app/wac/remote-shell';

/** What becomes of one command that changes something. */
export const CHANGE_FATES = [
  'works',
  /** The gateway fails before the node hears of it. */
  'lost',
  /** The page gives up; the node begins later. */
  'begins-late',
  /** It begins, the page gives up, it goes on later. */
  'hangs',
  /** It begins, and its process is killed before it wrote anything. */
  'killed-early',
  /** Half of it is written when its process is killed. */
  'killed-half-way',
  /** The documented command wrote the account's values, too, and the process is killed before it gave them back. */
  'killed-before-account',
  /** All is done, and the gateway restarts before it answers. */
  'answer-lost',
  /** All is done, and the gateway answers 403. */
  'refused-late',
  /** The gateway refuses and passes nothing on. */
  'refused',
  /** Half of it is written when a gateway that restarts stops it, and says that it is over. */
  'stopped-half-way',
  /** The module fails half-way and the script says so. */
  'fails-half-way',
  /** A policy takes back what was written. */
  'does-nothing',
] as const;
export type ChangeFate = (typeof CHANGE_FATES)[number];
export const CALL_FATES = ['works', 'unreachable', 'times-out', 'answer-lost'] as const;
export type CallFate = (typeof CALL_FATES)[number];

interface Kept {
  readonly values: RawValues;
  readonly number: number;
  /** It told its end. */
  ended: boolean;
  /** Its process is there. */
  running: boolean;
  readonly note: string;
  outcome?: string;
}

const WRITTEN_BY_MODULE: readonly ValueId[] = ['policy', 'machine.default', 'machine.legacy'];

/** What the documented command makes of the account's own values. */
export const OVERWRITTEN: readonly [ValueId, string] = [
  'user.default',
  writeConnection({ flags: 1, server: '', bypass: '', pacUrl: '' }, ABSENT),
];

/** Every value that a node of the model starts with: whoever set it, it must come back. */
export const NOTHING = Object.fromEntries(VALUE_IDS.map(id => [id, ABSENT])) as RawValues;

/** One node behind its gateway, as the scripts of `src/powershell` behave; each call meets the next of its fates. */
export class ModelNode implements RemoteShell {
  readonly kept = new Map<string, Kept>();
  /** Closed before they began. */
  readonly closed = new Set<string>();
  /** Work that goes on later, whatever the page does. */
  readonly pending: (() => void)[] = [];
  changeFates: ChangeFate[] = [];
  callFates: CallFate[] = [];

  /** Others that write its settings, as `Get-ProxySetting.ps1` tells them. */
  owners: readonly string[] = [];

  /** Told of each writing, with the attempt that wrote. */
  written: (attempt: string) => void = () => undefined;

  constructor(public values: RawValues) {}

  run(node: string, command: RemoteCommand): Observable<unknown> {
    return defer(() => {
      const isChange = /^(Set|Remove|Restore)-/.test(command.name);
      return isChange ? this.change(node, command) : this.call(node, command);
    });
  }

  /** Its power fails: whatever was under way is over, and nothing of it goes on later. */
  die(): void {
    this.pending.length = 0;
    for (const kept of this.kept.values()) kept.running = false;
  }

  /** What was under way goes on. */
  goOn(): void {
    for (const work of this.pending.splice(0)) work();
  }

  private call(node: string, command: RemoteCommand): Observable<unknown> {
    const fate = this.callFates.shift() ?? 'works';
    if (fate === 'unreachable') return fail('unreachable', node);
    if (fate === 'times-out') return fail('timeout', node);
    const answer = command.name === 'Close-ProxyChange' ? this.close(command) : this.read();
    return fate === 'answer-lost' ? fail('gateway', node) : of(answer);
  }

  private change(node: string, command: RemoteCommand): Observable<unknown> {
    const fate = this.changeFates.shift() ?? 'works';
    switch (fate) {
      case 'lost':
        return fail('gateway', node);
      case 'refused':
        return fail('access-denied', node);
      case 'begins-late':
        this.pending.push(() => {
          if (this.begin(command) === undefined) this.finish(command, this.targets(command));
        });
        return fail('timeout', node);
      default: {
        const refusal = this.begin(command);
        return refusal === undefined
          ? this.work(node, command, fate)
          : throwError(() => new RemoteError('script', node, refusal));
      }
    }
  }

  private work(node: string, command: RemoteCommand, fate: ChangeFate): Observable<unknown> {
    const targets = this.targets(command);
    switch (fate) {
      case 'hangs':
        this.pending.push(() => {
          this.finish(command, targets);
        });
        return fail('timeout', node);
      case 'killed-early':
        this.endProcess(command);
        return fail('gateway', node);
      case 'killed-half-way':
        this.write(command, targets.slice(0, 1));
        this.endProcess(command);
        return fail('gateway', node);
      case 'killed-before-account':
        this.write(command, command.name === 'Restore-ProxySetting' ? targets : [...targets, OVERWRITTEN]);
        this.endProcess(command);
        return fail('gateway', node);
      case 'stopped-half-way':
        this.finish(command, targets.slice(0, 1));
        return EMPTY;
      case 'fails-half-way':
        this.finish(command, targets.slice(0, 1));
        return throwError(() => new RemoteError('script', node, 'set-failed: half-way'));
      case 'does-nothing':
        this.finish(command, []);
        return of({});
      default:
        this.finish(command, targets);
        if (fate === 'answer-lost') return fail('gateway', node);
        return fate === 'refused-late' ? fail('access-denied', node) : of({});
    }
  }

  /** The folder, the comparison and the snapshot; a refusal in the script's words. */
  private begin({ parameters = {} }: RemoteCommand): string | undefined {
    const id = parameters['Change'] as string;
    if (this.closed.has(id) || this.kept.has(id)) return 'change-closed: it is closed';
    const expected = parameters['Expected'] as readonly string[];
    if (rawLines(this.values).join('\n') !== expected.join('\n'))
      return 'state-changed: it is not as expected';
    const note = parameters['Note'] as string;
    const last = Math.max(0, ...[...this.kept.values()].map(each => each.number));
    const number = Math.max(last + 1, Number(parameters['Number'] ?? 0));
    this.kept.set(id, { values: this.values, number, ended: false, running: true, note });
    return undefined;
  }

  private finish(command: RemoteCommand, targets: readonly (readonly [ValueId, string])[]): void {
    this.write(command, targets);
    const kept = this.kept.get(command.parameters?.['Change'] as string);
    if (kept !== undefined) kept.ended = true;
    this.endProcess(command);
  }

  private endProcess({ parameters = {} }: RemoteCommand): void {
    const kept = this.kept.get(parameters['Change'] as string);
    if (kept !== undefined) kept.running = false;
  }

  private write(command: RemoteCommand, targets: readonly (readonly [ValueId, string])[]): void {
    const before = rawLines(this.values).join('\n');
    this.values = { ...this.values, ...Object.fromEntries(targets) };
    if (rawLines(this.values).join('\n') !== before) this.written(command.parameters?.['Change'] as string);
  }

  private targets({ name, parameters = {} }: RemoteCommand): readonly (readonly [ValueId, string])[] {
    const server = parameters['Server'];
    const byModule =
      name === 'Set-ProxySetting' && typeof server === 'string'
        ? rawLines(
            setByModule(server, parameters['Bypass'], this.values['machine.default']),
            WRITTEN_BY_MODULE,
          )
        : [];
    return [...byModule, ...(parameters['Values'] as readonly string[])].map(line => {
      const sign = line.indexOf('=');
      return [line.slice(0, sign) as ValueId, line.slice(sign + 1)];
    });
  }

  private close({ parameters = {} }: RemoteCommand): unknown {
    const id = parameters['Change'] as string;
    const kept = this.kept.get(id);
    if (kept === undefined) this.closed.add(id);
    else if (parameters['Outcome'] !== 'closed') kept.outcome = parameters['Outcome'] as string;
    return { begun: kept !== undefined, ended: kept?.running === false };
  }

  private read(): unknown {
    const machine = readConnection(this.values['machine.default']);
    const machineWide = this.values.policy === 'DWord|0';
    return {
      machineWide,
      perUserPolicy: machineWide ? 0 : null,
      server: machineWide ? (machine?.server ?? '') : '',
      bypass: machineWide ? (machine?.bypass ?? '').split(';').filter(Boolean) : [],
      pacUrl: machineWide ? (machine?.pacUrl ?? '') : '',
      autoDetect: false,
      moduleVersion: '0.1.0',
      readable: machine !== undefined,
      leftoverServer: machineWide ? '' : (machine?.server ?? ''),
      values: rawLines(this.values),
      account: 'CONTOSO\\admin',
      owners: this.owners,
      changes: [...this.kept].map(([id, { values, ended, running, note, outcome, number }]) => ({
        id,
        number,
        begun: true,
        ended: !running,
        cutOff: !ended,
        ...(outcome !== undefined && { outcome: JSON.stringify({ outcome }) }),
        snapshot: JSON.stringify({
          // Its clock is set back again and again.
          when: new Date(Date.UTC(2026, 0, 1) - number * 1000).toISOString().replace('.000', ''),
          who: 'CONTOSO\\admin',
          note,
          values: rawLines(values),
        }),
      })),
    };
  }
}

function setByModule(server: string, entries: unknown, former: string): RawValues {
  const bypass = Array.isArray(entries) ? entries.join(';') : '';
  const blob = writeConnection({ flags: 3, server, bypass, pacUrl: '' }, former);
  return { ...NOTHING, policy: 'DWord|0', 'machine.default': blob, 'machine.legacy': blob };
}

/** A machine-wide setting as WinINet keeps it. */
export function machineWide(server: string, pacUrl = ''): RawValues {
  const blob = writeConnection({ flags: pacUrl === '' ? 3 : 7, server, bypass: 'a;b', pacUrl }, ABSENT);
  return { ...NOTHING, policy: 'DWord|0', 'machine.default': blob, 'machine.legacy': blob };
}

function fail(kind: RemoteErrorKind, node: string): Observable<never> {
  return throwError(() => new RemoteError(kind, node, kind));
}
