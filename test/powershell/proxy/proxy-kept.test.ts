import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { ACCOUNT, binary, blob, machine } from '../../support/proxy-formers.ts';
import { newChangeId, only, proxyCommands } from './proxy-commands.ts';

describe('what a node keeps of changes', () => {
  let node: TestNode;
  before(async () => {
    node = await startNode();
  });
  after(() => node.stop());
  const { run, read, bound } = proxyCommands(() => node);

  it('does not let changes that never began push a kept state out', async () => {
    await node.seed({ proxyModule: true });
    const first = await bound({ Server: 'new:1' });
    only(await run('Set-ProxySetting', first));
    for (let turn = 0; turn < 12; turn++) only(await run('Close-ProxyChange', { Change: newChangeId() }));
    only(await run('Set-ProxySetting', await bound({ Server: 'new:2' })));
    const kept = (await read())['changes'] as { id: string }[];
    assert.equal(kept.length, 2);
    assert.ok(kept.some(({ id }) => id === first.Change));
  });

  it('keeps the very first state, although a later one has an earlier name', async () => {
    await node.seed({ proxyModule: true });
    const first = await bound({ Values: ['env.NO_PROXY=String|first'] });
    only(await run('Restore-ProxySetting', first));
    for (let turn = 0; turn < 12; turn++) {
      // A browser whose clock is a day behind.
      const Change = newChangeId().replace('20261126', '20261125');
      only(
        await run('Restore-ProxySetting', await bound({ Change, Values: [`env.NO_PROXY=String|${turn}`] })),
      );
    }
    const kept = ((await read())['changes'] as { id: string }[]).map(({ id }) => id);
    assert.ok(kept.includes(first.Change));
    assert.equal(kept.length, 11);
  });

  it('keeps the very first state and the new one after the node’s clock was set back', async () => {
    await node.seed({ proxyModule: true });
    const ids: string[] = [];
    const change = async (text: string) => {
      const more = await bound({ Values: [`env.NO_PROXY=String|${text}`] });
      ids.push(more.Change);
      only(await run('Restore-ProxySetting', more));
    };
    for (let turn = 0; turn < 11; turn++) await change(String(turn));
    const ahead = `
      $days = 365
      foreach ($id in '${ids.join("','")}') {
        $days++
        (Get-Item -LiteralPath "$env:ProgramData\\OutboundConnectivity\\Proxy\\$id\\snapshot.json").LastWriteTimeUtc = (Get-Date).ToUniversalTime().AddDays($days)
      }`;
    assert.deepEqual((await node.run(ahead)).errors, []);
    await change('back');
    await change('again');
    const kept = ((await read())['changes'] as { id: string }[]).map(({ id }) => id);
    assert.ok(kept.includes(ids[0] ?? ''));
    assert.ok(kept.includes(ids[12] ?? ''));
    assert.equal(kept.length, 11);
  });

  it('numbers changes on and on, from the highest that the page knows of, whatever the clock says', async () => {
    await node.seed({ proxyModule: true });
    const change = async (text: string, Number?: number) => {
      const more = await bound({ Values: [`env.NO_PROXY=String|${text}`], ...(Number && { Number }) });
      only(await run('Restore-ProxySetting', more));
      return more.Change;
    };
    const ids = [await change('a'), await change('b'), await change('c', 40), await change('d', 7)];
    // What would make the next number one that is not read.
    ids.push(await change('e', 1_000_000_000_000), await change('f', -5));
    // The snapshot of the third cannot be read any more.
    const damaged = `Set-Content -LiteralPath "$env:ProgramData\\OutboundConnectivity\\Proxy\\${ids[2]}\\snapshot.json" -Value 'x'`;
    assert.deepEqual((await node.run(damaged)).errors, []);
    const kept = (await read())['changes'] as { id: string; number: number }[];
    const numbers = new Map(kept.map(({ id, number }) => [id, number]));
    assert.deepEqual(
      ids.map(id => numbers.get(id)),
      [1, 2, 40, 41, 42, 43],
    );
  });

  it('keeps the last ten by their numbers after the clock was set back, and numbers what earlier versions kept', async () => {
    await node.seed({ proxyModule: true });
    const ids: string[] = [];
    const change = async () => {
      const more = await bound({ Values: [`env.NO_PROXY=String|${ids.length}`] });
      ids.push(more.Change);
      only(await run('Restore-ProxySetting', more));
    };
    for (let turn = 0; turn < 3; turn++) await change();
    // The clock was a year ahead for the first three, which an earlier version of the tool kept.
    const ahead = `
      foreach ($id in '${ids.join("','")}') {
        $folder = "$env:ProgramData\\OutboundConnectivity\\Proxy\\$id"
        foreach ($file in 'begin.json', 'snapshot.json') {
          $text = (Get-Content -LiteralPath "$folder\\$file" -Raw) -replace ',?"number":[0-9]+', '' -replace '\{,', '{'
          Set-Content -LiteralPath "$folder\\$file" -Value $text }
        (Get-Item -LiteralPath "$folder\\snapshot.json").LastWriteTimeUtc = (Get-Date).ToUniversalTime().AddDays(365)
      }`;
    assert.deepEqual((await node.run(ahead)).errors, []);
    const kept = async () => ((await read())['changes'] as { id: string }[]).map(({ id }) => id).sort();
    for (let turn = 0; turn < 8; turn++) await change();
    assert.deepEqual(await kept(), [...ids].sort());
    await change();
    assert.deepEqual(await kept(), [ids[0], ...ids.slice(2)].sort());
    await change();
    assert.deepEqual(await kept(), [ids[0], ...ids.slice(3)].sort());
  });

  it('keeps the last ten and the first', async () => {
    await node.seed({ proxyModule: true });
    const ids: string[] = [];
    for (let turn = 0; turn < 13; turn++) {
      const change = await bound({ Values: [`env.NO_PROXY=String|${turn}`] });
      ids.push(change.Change);
      only(await run('Restore-ProxySetting', change));
    }
    const kept = ((await read())['changes'] as { id: string }[]).map(({ id }) => id).sort();
    assert.deepEqual(kept, [ids[0], ...ids.slice(3)].sort());
  });

  it('tells of the other changes, and of a command at work, where what is kept of one cannot be read', async () => {
    await node.seed({ proxyModule: true });
    const good = await bound({ Server: 'new:1' });
    only(await run('Set-ProxySetting', good));
    const [damaged, atWork] = [newChangeId(), newChangeId()];
    // A folder in a file's place cannot be read as a text.
    const make = `
      $store = "$env:ProgramData\\OutboundConnectivity\\Proxy"
      New-Item -ItemType Directory -Path "$store\\${damaged}\\snapshot.json" -Force | Out-Null
      New-Item -ItemType Directory -Path "$store\\${atWork}" -Force | Out-Null
      New-Item -ItemType Directory -Path "$store\\${atWork}\\begin.json" -Force | Out-Null`;
    assert.deepEqual((await node.run(make)).errors, []);
    const changes = (await read())['changes'] as { id: string; snapshot: string; ended: boolean }[];
    const of = (id: string) => changes.find(each => each.id === id);
    assert.match(of(good.Change)?.snapshot ?? '', /new:1|values/);
    assert.equal(of(damaged)?.snapshot, '');
    // Nobody knows whether it ended.
    assert.equal(of(atWork)?.ended, false);
  });

  for (const name of ['Set-ProxySetting', 'Remove-ProxySetting'] as const)
    it(`gives the account its own values back after ${name} was killed before it did`, async () => {
      const account = { [ACCOUNT]: { DefaultConnectionSettings: binary(blob(3, 'me:2')) } };
      await node.seed({ proxyModule: true, registry: { ...machine(blob(3, 'old:1')), ...account } });
      const registry = async () => (await node.state()).registry;
      const start = await registry();
      // Ends where the process would, and was begun by one that is gone.
      const killed = nodeScript(name)
        .replace('finally { foreach ($line in $own) { Set-RawValue $line } }', "finally { throw 'killed' }")
        .replace('finally { Complete-Change }', 'finally { }')
        .replace('"process`":$PID', '"process`":2147483000');
      const end = await node.run(killed, await bound(name === 'Set-ProxySetting' ? { Server: 'new:1' } : {}));
      assert.equal(end.errors[0]?.message, 'killed');
      assert.notDeepEqual(await registry(), start);
      const [record] = (await read())['changes'] as { snapshot: string; ended: boolean; cutOff: boolean }[];
      assert.deepEqual([record?.ended, record?.cutOff], [true, true]);
      const { values } = JSON.parse(record?.snapshot.replace(/^\ufeff/, '') ?? '') as { values: string[] };
      only(await run('Restore-ProxySetting', await bound({ Values: values })));
      assert.deepEqual(await registry(), start);
    });

  it('lets only administrators and SYSTEM at what is kept', async () => {
    await node.seed({ proxyModule: true });
    only(await run('Set-ProxySetting', await bound({ Server: 'new:1' })));
    const icacls = (await node.state()).calls.filter(({ command }) => command === 'icacls');
    assert.match(JSON.stringify(icacls), /inheritance:r.*S-1-5-32-544.*S-1-5-18/);
  });
});

for (const languageMode of ['Full', 'Constrained'] as const)
  describe(`a command that is stopped on the way, in the language mode ${languageMode}`, () => {
    let node: TestNode;
    before(async () => {
      node = await startNode();
    });
    after(() => node.stop());
    const { run, read, bound } = proxyCommands(() => node);

    /** Runs a script that stands still once it has come behind a text of it, and stops it there, as a gateway does that restarts. */
    async function stoppedBehind(
      name: string,
      text: string,
      parameters: Record<string, unknown>,
    ): Promise<void> {
      const script = nodeScript(name);
      assert.ok(script.includes(text), text);
      const there = new AbortController();
      const held = script.replace(text, () => `${text}; Write-Warning 'held'; Start-Sleep -Seconds 600`);
      const end = await node.run(held, parameters, { signal: there.signal, onWarning: () => there.abort() });
      assert.deepEqual([end.stopped, end.output], [true, []]);
    }

    it('before it wrote anything has never begun, and leaves nothing behind', async () => {
      await node.seed({ languageMode, proxyModule: true });
      const start = await read();
      for (const text of [
        'Encoding UTF8 -ErrorAction Stop\n        $before = @(Get-RawValueLines)',
        '$running = Get-NextNumber',
      ]) {
        const more = await bound({ Server: 'new:1' });
        await stoppedBehind('Set-ProxySetting', text, more);
        assert.deepEqual(await read(), start);
        const state = only(await run('Close-ProxyChange', { Change: more.Change }));
        assert.deepEqual([state['begun'], state['ended']], [false, true]);
      }
    });

    it('after that is over, and gave the account its own settings back', async () => {
      const own = { [ACCOUNT]: { DefaultConnectionSettings: binary(blob(3, 'me:2')) } };
      await node.seed({ languageMode, proxyModule: true, registry: own });
      const values = async () => (await read())['values'] as readonly string[];
      const account = (all: readonly string[]) => all.filter(line => line.startsWith('user.'));
      const before = await values();
      const more = await bound({ Server: 'new:1' });
      const text =
        languageMode === 'Full'
          ? 'Set-WinInetProxy @Arguments | Out-Null'
          : "'ProxySettingsPerUser' -Value 0 -Type 'DWord' -ErrorAction Stop";
      await stoppedBehind('Set-ProxySetting', text, more);
      const after = await values();
      assert.deepEqual(account(after), account(before));
      assert.ok(after.includes('policy=DWord|0'));
      const [kept] = (await read())['changes'] as Record<string, unknown>[];
      assert.deepEqual([kept?.['id'], kept?.['begun'], kept?.['ended']], [more.Change, true, true]);
      only(
        await run(
          'Restore-ProxySetting',
          await bound({ Values: before.filter(line => !line.startsWith('winhttp')) }),
        ),
      );
      assert.deepEqual(await values(), before);
    });
  });
