import type { PowerShellConnection } from '@microsoft/windows-admin-center-sdk/core/data/powershell-connection';
import { BehaviorSubject, EMPTY, type Observable, of, Subject, throwError } from 'rxjs';
import { SCRIPT_NAMES, type ScriptName } from '../remote-shell';
import { SdkRemoteShell } from './sdk-remote-shell';

const SCRIPTS = Object.fromEntries(SCRIPT_NAMES.map(name => [name, ''])) as Record<ScriptName, string>;
const DONE = { completed: 'True', results: ['a result'] };

/** The SDK's channel, in the test's hand: each start gives the next of these. */
function shellOver(...runs: readonly Observable<unknown>[]) {
  const asking = new BehaviorSubject(false);
  const started: string[] = [];
  const channel = {
    createAutomaticSession: (node: string) => ({ node }),
    run: (_: unknown, command: { command: string }) => {
      started.push(command.command);
      return runs[started.length - 1] ?? EMPTY;
    },
    cancel: () => EMPTY,
  };
  const shell = new SdkRemoteShell(channel as unknown as PowerShellConnection, SCRIPTS, () => asking);
  const seen: unknown[] = [];
  const run = (name: ScriptName): void => {
    shell.run('node1', { name }, 1000).subscribe({
      next: value => seen.push(value),
      error: (error: { kind: string }) => seen.push(error.kind),
      complete: () => seen.push('end'),
    });
  };
  return { asking, started, seen, run };
}

describe('A command for a node', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    (globalThis as unknown as { MsftSme: unknown }).MsftSme = { self: () => ({ Init: {} }) };
  });
  afterEach(() => void jest.useRealTimers());

  it('waits as long as the administrator is asked for credentials, and not longer', () => {
    const { asking, seen, run } = shellOver(new Subject());
    asking.next(true);
    run('Test-Endpoint');
    jest.advanceTimersByTime(120_000);
    expect(seen).toEqual([]);
    asking.next(false);
    jest.advanceTimersByTime(999);
    expect(seen).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(seen).toEqual(['timeout']);
  });

  it('is started again when the gateway is away at its start, if it only reads', () => {
    const away = throwError(() => ({ status: 503, response: null }));
    const reading = shellOver(away, of(DONE));
    reading.run('Test-Endpoint');
    jest.advanceTimersByTime(300);
    expect(reading.seen).toEqual(['a result', 'end']);
    const changing = shellOver(away, of(DONE));
    changing.run('Set-ProxySetting');
    jest.advanceTimersByTime(300);
    expect(changing.seen).toEqual(['gateway']);
  });

  it('is not started again once it has answered', () => {
    const broken = new Subject();
    const { started, seen, run } = shellOver(broken, of(DONE));
    run('Test-Endpoint');
    broken.next({ completed: 'False', results: ['first'] });
    broken.error({ status: 503, response: null });
    jest.advanceTimersByTime(500);
    expect(started.length).toBe(1);
    expect(seen).toEqual(['first', 'gateway']);
  });

  it('hands many results on in turns, in their order, and its end behind them', () => {
    const answers = new Subject();
    const { seen, run } = shellOver(answers);
    run('Test-Endpoint');
    const results = Array.from({ length: 50 }, (_, index) => index);
    answers.next({ completed: 'False', results });
    answers.error({ status: 503, response: null });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThan(results.length);
    jest.runAllTimers();
    expect(seen).toEqual([...results, 'gateway']);
  });
});
