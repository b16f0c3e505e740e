import * as fc from 'fast-check';
import { defer, type Observable, of, throwError } from 'rxjs';
import {
  type RemoteCommand,
  RemoteError,
  type RemoteErrorKind,
  type RemoteShell,
} from '../../wac/remote-shell';
import { canRetry, countChange, planForAll, planPutBack, planRetry, type ProxyChange } from './change-plan';
import { changeNode } from './proxy-calls';
import { advance, type NodeChange } from './proxy-change';
import { differencesFrom, type ProxySetting } from '../setting/proxy-setting';

const DIRECT: ProxySetting = {
  machineWide: false,
  perUserPolicy: null,
  server: '',
  bypass: [],
  pacUrl: '',
  autoDetect: false,
  moduleVersion: '0.1.0',
  readable: true,
  leftoverServer: '',
};
const WANTED = { server: 'new.contoso.com:8080', bypass: ['localhost'] };
const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;

/** What one call to a node does: works, fails before or after it changed something, or changes something else. */
type Fate = 'works' | 'fails' | 'fails-after' | 'does-nothing' | 'module-missing' | 'access-denied';

/** One node that obeys a schedule of fates. */
class FatefulNode implements RemoteShell {
  readonly calls: string[] = [];
  constructor(
    public setting: ProxySetting,
    private readonly fates: Fate[],
  ) {}

  /** From now on everything works. */
  repair(): void {
    this.fates.length = 0;
  }

  run(node: string, command: RemoteCommand): Observable<unknown> {
    return defer(() => {
      this.calls.push(command.name);
      const fate = this.fates.shift() ?? 'works';
      const reads = command.name === 'Get-ProxySetting';
      const fail = (kind: RemoteErrorKind, message: string) =>
        throwError(() => new RemoteError(kind, node, message));
      if (fate === 'access-denied') return fail('access-denied', 'no');
      if (fate === 'module-missing' && !reads) return fail('script', 'module-missing: not there');
      if (fate === 'fails') return fail('gateway', 'broken');
      if (!reads && fate !== 'does-nothing') this.apply(command);
      if (fate === 'fails-after') return fail('timeout', 'late');
      return of(reads ? this.setting : { action: 'done' });
    });
  }

  private apply({ name, parameters }: RemoteCommand): void {
    this.setting =
      name === 'Remove-ProxySetting'
        ? { ...DIRECT }
        : {
            ...DIRECT,
            machineWide: true,
            perUserPolicy: 0,
            server: parameters?.['Server'] as string,
            bypass: parameters?.['Bypass'] as string[],
          };
  }
}

async function drive(shell: RemoteShell, change: ProxyChange): Promise<ProxyChange> {
  const nodes: NodeChange[] = [];
  for (const node of change.nodes) {
    const waits = node.phase.at === 'waiting';
    nodes.push(waits ? await changeNode(shell, node, () => undefined) : node);
  }
  return { ...change, nodes };
}

const only = (change: ProxyChange): NodeChange => change.nodes[0] as NodeChange;
const OLD: ProxySetting = {
  ...DIRECT,
  machineWide: true,
  perUserPolicy: 0,
  server: 'old:3128',
  bypass: ['a', 'b'],
};

describe('changeNode', () => {
  it('reads, changes, reads back, and tells each step', async () => {
    const node = new FatefulNode(OLD, []);
    const steps: string[] = [];
    const end = await changeNode(node, only(planForAll([NODE], WANTED)), step => steps.push(step.phase.at));
    expect(steps).toEqual(['reading', 'applying', 'reading-back', 'verified']);
    expect(node.calls).toEqual(['Get-ProxySetting', 'Set-ProxySetting', 'Get-ProxySetting']);
    expect(end.before).toEqual(OLD);
  });

  it('changes nothing when the node could not be read', async () => {
    const node = new FatefulNode(OLD, ['access-denied']);
    const end = await changeNode(node, only(planForAll([NODE], WANTED)), () => undefined);
    expect(end.phase).toMatchObject({ at: 'failed', failure: { code: 'access-denied' } });
    expect(node.calls).toEqual(['Get-ProxySetting']);
  });

  it('does not call a policy that did not take a success', async () => {
    const end = await drive(new FatefulNode(OLD, ['works', 'does-nothing']), planForAll([NODE], WANTED));
    expect(only(end).phase).toMatchObject({ at: 'mismatch', differences: ['server', 'bypass'] });
  });

  it('finds out by reading back what a call did that did not end in time', async () => {
    const done = await drive(new FatefulNode(OLD, ['works', 'fails-after']), planForAll([NODE], WANTED));
    expect(only(done).phase.at).toBe('verified');
    const undone = await drive(new FatefulNode(OLD, ['works', 'fails']), planForAll([NODE], WANTED));
    expect(only(undone).phase).toMatchObject({ at: 'unknown', failure: { code: 'gateway' }, after: OLD });
    const unseen = await drive(
      new FatefulNode(OLD, ['works', 'fails-after', 'fails']),
      planForAll([NODE], WANTED),
    );
    expect(only(unseen).phase).toEqual({ at: 'unknown', failure: { code: 'timeout', message: 'late' } });
  });

  it('keeps what the node said although the setting reads as wanted', async () => {
    const done = await drive(new FatefulNode(OLD, ['works', 'fails-after']), planForAll([NODE], WANTED));
    expect(only(done).phase).toMatchObject({ at: 'verified', doubt: { code: 'timeout', message: 'late' } });
  });

  it('does not say that nothing changed when the retry of an unknown node is refused', async () => {
    const node = new FatefulNode(OLD, ['works', 'fails-after', 'fails', 'access-denied']);
    const first = await drive(node, planForAll([NODE], WANTED));
    expect(only(await drive(node, planRetry(first))).phase.at).toBe('unknown');
  });

  it('does not trust an equal read-back while the command may still run, and corrects itself', async () => {
    const late = only(await drive(new FatefulNode(OLD, ['works', 'fails']), planForAll([NODE], WANTED)));
    expect(late.phase.at).toBe('unknown');
    const after = { ...OLD, server: WANTED.server, bypass: WANTED.bypass };
    expect(advance(late, { on: 'read', setting: after }).phase).toMatchObject({ at: 'verified', after });
  });

  it('does not take a gateway’s refusal after the command began for a proof', async () => {
    class RefusesLate extends FatefulNode {
      override run(node: string, command: RemoteCommand): Observable<unknown> {
        const run = super.run(node, command);
        if (command.name === 'Get-ProxySetting') return run;
        run.subscribe();
        return throwError(() => new RemoteError('access-denied', node, 'HTTP 403'));
      }
    }
    const done = await drive(new RefusesLate(OLD, []), planForAll([NODE], WANTED));
    expect(only(done).phase).toMatchObject({ at: 'verified', doubt: { code: 'access-denied' } });
  });

  it('tells when somebody else changed the node since', async () => {
    const done = only(await drive(new FatefulNode(OLD, []), planForAll([NODE], WANTED)));
    expect(advance(done, { on: 'read', setting: DIRECT }).phase).toEqual({ at: 'overtaken', after: DIRECT });
  });

  it('tells a missing module apart from a failure', async () => {
    const end = await drive(new FatefulNode(OLD, ['works', 'module-missing']), planForAll([NODE], undefined));
    expect(only(end).phase).toEqual({ at: 'module-missing' });
  });

  it('skips nodes that are down', async () => {
    const down = { ...NODE, state: 'down' } as const;
    const node = new FatefulNode(OLD, []);
    expect(countChange(await drive(node, planForAll([down], WANTED)))).toMatchObject({ skipped: 1 });
    expect(node.calls).toEqual([]);
  });
});

describe('a change under any schedule of faults', () => {
  const fates = fc.array(
    fc.constantFrom<Fate>('works', 'fails', 'fails-after', 'does-nothing', 'module-missing', 'access-denied'),
    { maxLength: 4 },
  );
  const befores = fc.constantFrom<ProxySetting>(
    OLD,
    DIRECT,
    { ...OLD, readable: false },
    { ...DIRECT, server: 'me:1' },
  );
  const wishes = fc.constantFrom(WANTED, undefined);

  it('ends, never claims what is not on the node, and never denies a change that is', async () => {
    await fc.assert(
      fc.asyncProperty(fates, befores, wishes, async (schedule, before, wish) => {
        const node = new FatefulNode(before, [...schedule]);
        const change = await drive(node, planForAll([NODE], wish));
        expect(countChange(change).open).toBe(0);
        const { phase } = only(change);
        if (phase.at === 'verified') expect(differencesFrom(node.setting, wish)).toEqual([]);
        if (phase.at === 'failed') expect(node.setting).toEqual(before);
        if (phase.at === 'module-missing') expect(node.setting).toEqual(before);
      }),
    );
  });

  it('gets there on a retry without faults, and the way back leads to what was before the first attempt', async () => {
    await fc.assert(
      fc.asyncProperty(fates, fc.constantFrom(OLD, DIRECT), wishes, async (schedule, before, wish) => {
        const node = new FatefulNode(before, [...schedule]);
        let change = await drive(node, planForAll([NODE], wish));
        for (let tries = 0; tries < 5 && change.nodes.some(canRetry); tries++) {
          change = await drive(node, planRetry(change));
        }
        expect(only(change).phase.at).toBe('verified');
        node.repair();
        await drive(node, planPutBack(change).change);
        expect({ ...node.setting, perUserPolicy: null }).toEqual({ ...before, perUserPolicy: null });
      }),
    );
  });
});

describe('planPutBack', () => {
  const changed = (before: ProxySetting): ProxyChange => ({
    kind: 'set',
    nodes: [
      {
        node: NODE,
        desired: WANTED,
        before,
        phase: { at: 'verified', after: { ...OLD, server: WANTED.server, bypass: WANTED.bypass } },
      },
    ],
  });

  it('gives back the proxy that was set, or none', () => {
    expect(planPutBack(changed(OLD)).change.nodes[0]?.desired).toEqual({
      server: 'old:3128',
      bypass: ['a', 'b'],
    });
    expect(planPutBack(changed(DIRECT)).change.nodes).toMatchObject([{ desired: undefined }]);
  });

  it('does not attempt what the two commands cannot make', () => {
    for (const before of [
      { ...OLD, pacUrl: 'http://wpad/p.pac' },
      { ...OLD, readable: false },
      { ...OLD, server: 'http=a:1;https=b:2' },
      { ...OLD, server: '' },
      { ...OLD, bypass: ['<local>'] },
      { ...OLD, autoDetect: true },
      { ...DIRECT, server: 'account:1' },
    ]) {
      expect(planPutBack(changed(before))).toMatchObject({ change: { nodes: [] }, impossible: [NODE] });
    }
  });

  it('leaves nodes alone that are as they were', () => {
    const same = { ...OLD, server: WANTED.server, bypass: WANTED.bypass };
    expect(planPutBack(changed(same))).toMatchObject({ change: { nodes: [] }, impossible: [] });
  });
});
