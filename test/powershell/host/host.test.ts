import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { onlyError, wholeOutput } from '../../support/run-script.ts';
import '../../support/fixed-seed.ts';

let node: TestNode;
before(async () => {
  node = await startNode();
});
after(() => node.stop());
beforeEach(() => node.seed());

const outputOf = (script: string, parameters?: Readonly<Record<string, unknown>>) =>
  wholeOutput(node, script, parameters);

describe('a run', () => {
  it('gives each object as it is written, while the script still runs', async () => {
    const first = Promise.withResolvers<unknown>();
    const waiting = node.run(
      '1; while (-not $env:GO) { Start-Sleep -Milliseconds 5 }; 2',
      {},
      { onOutput: first.resolve },
    );
    assert.equal(await first.promise, 1);
    // A second run at the same time, over the same environment, lets the first one go on.
    await outputOf("$env:GO = 'yes'");
    assert.deepEqual((await waiting).output, [1, 2]);
  });

  it('has variables and functions of its own', async () => {
    await outputOf('$global:left = 1; function global:Get-Left { 1 }');
    assert.deepEqual(
      await outputOf('"[$left]"; [bool](Get-Command Get-Left -ErrorAction SilentlyContinue)'),
      ['[]', false],
    );
  });

  for (const [title, loop] of Object.entries({
    'a busy loop': 'while ($true) { }',
    'a loop that polls': 'while ($true) { Start-Sleep -Milliseconds 10 }',
    'a long sleep': 'Start-Sleep -Seconds 600',
    'a pipeline that catches': 'while ($true) { try { Start-Sleep -Seconds 600 } catch { } }',
  })) {
    it(`stops within a second in ${title}`, async () => {
      const stop = new AbortController();
      let stoppedAt = 0;
      const run = await node.run(
        `1; ${loop}`,
        {},
        {
          signal: stop.signal,
          onOutput: () => {
            stoppedAt = performance.now();
            stop.abort();
          },
        },
      );
      assert.ok(performance.now() - stoppedAt < 1000);
      assert.deepEqual([run.outcome, run.stopped, run.output], ['stopped', true, [1]]);
    });
  }

  it('is stopped when its time is over', async () => {
    const run = await node.run('1; while ($true) { Start-Sleep -Milliseconds 10 }', {}, { timeoutMs: 300 });
    assert.deepEqual([run.outcome, run.stopped, run.output], ['timedOut', true, [1]]);
    assert.ok(run.ms < 1300, `${run.ms} ms`);
  });

  it('tells errors that end it from those that do not', async () => {
    const going = await node.run("Write-Error 'first' -ErrorId 'Contoso' -Category 'InvalidData'\n1");
    assert.deepEqual([going.outcome, going.output], ['completed', [1]]);
    const { errorType, message, category } = going.errors[0] ?? assert.fail();
    assert.deepEqual(
      { errorType, message, category },
      {
        errorType: 'Microsoft.PowerShell.Commands.WriteErrorException',
        message: 'first',
        category: 'InvalidData',
      },
    );
    assert.match(going.errors[0]?.fullyQualifiedErrorId ?? '', /^Contoso\b/);

    const ended = await node.run("Write-Error 'first'\n1\nthrow 'second'\n2");
    assert.deepEqual([ended.outcome, ended.output], ['failed', [1]]);
    assert.deepEqual(
      ended.errors.map(error => error.message),
      ['first', 'second'],
    );
    assert.equal(ended.errors[1]?.line, 3);
  });

  it('reports progress and warnings', async () => {
    const run = await node.run(
      "Write-Progress -Activity 'Work' -Status 'Half' -PercentComplete 50; Write-Warning 'Careful'",
    );
    assert.deepEqual(run.warnings, ['Careful']);
    assert.deepEqual(run.progress, [
      {
        activity: 'Work',
        statusDescription: 'Half',
        currentOperation: null,
        percentComplete: 50,
        completed: false,
      },
    ]);
  });

  it('says where a script that is none breaks', async () => {
    const error = await onlyError(node, 'if ($true) {');
    assert.deepEqual([error.category, error.fullyQualifiedErrorId], ['ParserError', 'MissingEndCurlyBrace']);
  });

  it('passes output as remoting does: plain values and property bags, other objects flattened', async () => {
    const script = `
      [pscustomobject]@{
        list = @(1, 'two', $null); bag = [pscustomobject]@{ inner = [pscustomobject]@{ deep = $true } }
        bytes = [byte[]]@(1, 2, 255); day = [DayOfWeek]'Friday'; time = [datetime]::SpecifyKind('2026-02-03 04:05:06', 'Utc')
        builder = [Text.StringBuilder]'x'; version = [version]'1.2'; part = 1.5
      }`;
    assert.deepEqual(await outputOf(script), [
      {
        list: [1, 'two', null],
        bag: { inner: { deep: true } },
        bytes: 'AQL/',
        day: 5,
        time: '2026-02-03T04:05:06.0000000Z',
        builder: { Capacity: 16, MaxCapacity: 2147483647, Length: 1 },
        version: '1.2',
        part: 1.5,
      },
    ]);
  });

  it('shows nothing of the computer that it runs on', async () => {
    await node.seed({ name: 'node7', environment: { CONTOSO: 'seeded' } });
    const script =
      '$env:COMPUTERNAME; $env:CONTOSO; "[$env:PATH$env:HOME$env:USERNAME]"; Test-Path C:\\Windows';
    // The account is the simulated one.
    assert.deepEqual(await outputOf(script), ['NODE7', 'seeded', '[admin]', false]);
  });
});

describe('hostile text', () => {
  const HOSTILE = [
    'x’); Get-Process; (‘',
    '‘’‚‛',
    '“”„',
    '$(1)',
    '$env:COMPUTERNAME',
    '`u{41}',
    '`0`n',
    "'",
    "''",
    '"',
    '\n',
    '\r\n\t',
    '\u0001\u001b\u007f',
    '{0}',
    '%s',
    '<#',
    '#>',
    '@"\n',
    '\\u0041',
    '\u2028',
    '💥',
    'é',
    '',
    ' ',
    '_x0041_',
    '</S>',
  ];
  const ECHO = 'param([string[]] $Values) , $Values';

  it('arrives unchanged as a parameter', async () => {
    assert.deepEqual(await outputOf(ECHO, { Values: HOSTILE }), [HOSTILE]);
  });

  it('arrives unchanged as a parameter, whatever it is', async () => {
    const text = fc.string({ unit: 'binary' }).map(value => value.replaceAll('\0', ''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async Values => {
        assert.deepEqual(await outputOf(ECHO, { Values }), [Values]);
      }),
      { numRuns: 50 },
    );
  });

  const call = (json: string): string =>
    `function cvt($o){return ConvertFrom-Json $o}\n function SmeSubmit{\n${ECHO}}\nSmeSubmit -Values (cvt '${json}')`;

  it('arrives unchanged inside a script as Windows Admin Center sends it, with everything but ASCII escaped', async () => {
    const json = JSON.stringify(HOSTILE)
      .replaceAll("'", "''")
      .replace(/[^\x20-\x7e]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
    assert.deepEqual(await outputOf(call(json)), [HOSTILE]);
  });

  it('would run as a script without the escapes: the engine takes typographic quotes for quotes', async () => {
    await node.run(call(`["x’); $env:PROOF = 1; (cvt ‘1"]`));
    assert.equal((await node.state()).environment['PROOF'], '1');
  });
});
