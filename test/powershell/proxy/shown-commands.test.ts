import assert from 'node:assert/strict';
import { after, before as prepare, it } from 'node:test';
import fc from 'fast-check';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { ENVIRONMENT } from '../../support/proxy-formers.ts';
import { bundleTool } from '../../support/tool-bundle.ts';
import { only, proxyCommands } from './proxy-commands.ts';
import '../../support/fixed-seed.ts';

interface Shown {
  readonly shownCommands: (
    order: { readonly script: string; readonly parameters: object; readonly names?: object },
    kept?: string,
  ) => readonly string[];
}

let node: TestNode;
let tool: Shown;
prepare(async () => {
  node = await startNode();
  tool = await bundleTool("export { shownCommands } from './src/app/proxy/change/preview/shown-commands'");
});
after(() => node.stop());

/** Texts with all that a PowerShell or a console could take otherwise. */
const text = fc
  .array(
    fc.constantFrom(
      'a',
      ' ',
      '%x%',
      "'",
      '’',
      '‚',
      '"',
      '`',
      '$x',
      '$(1)',
      '\r',
      '\n',
      '\t',
      '\x1b',
      '\u202e',
      '€',
      '😀',
      ';',
      '|',
      '=',
      '@',
      '#',
    ),
    { maxLength: 8 },
  )
  .map(letters => letters.join(''));
const line = text.map(each => each.replaceAll('\n', '')).filter(each => each !== '');
const whole = (bits: number) => fc.bigInt(-(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n);
const value = fc.oneof(
  fc.constant('absent'),
  fc.uint8Array({ maxLength: 6 }).map(bytes => `Binary|${Buffer.from(bytes).toString('hex')}`),
  whole(32).map(number => `DWord|${number}`),
  fc.constantFrom('DWord|-2147483648', 'QWord|-9223372036854775808', 'QWord|9223372036854775807', 'DWord|0'),
  whole(64).map(number => `QWord|${number}`),
  text.map(each => `String|${each}`),
  text.map(each => `ExpandString|${each}`),
  fc.array(line, { minLength: 1, maxLength: 3 }).map(lines => `MultiString|${lines.join('\n')}`),
);
/** What can stand there before: of each kind one that the node tells to the byte. */
const former = fc.constantFrom(
  'absent',
  'Binary|00',
  'DWord|1',
  'QWord|1',
  'String|old',
  'ExpandString|old',
  'MultiString|a\nb',
);
const ids = [
  'policy',
  'machine.default',
  'machine.migrate',
  'winhttp32',
  'env.HTTP_PROXY',
  'env.NO_PROXY',
  'user.legacy',
];
const linesOf = (each: fc.Arbitrary<string>) =>
  fc.tuple(...ids.map(() => each)).map(found => found.map((one, index) => `${ids[index] ?? ''}=${one}`));

const { run, bound } = proxyCommands(() => node);

it('the commands that are shown write what the script writes, to the byte, whatever stood there', async () => {
  for (const [before, wanted] of fc.sample(fc.tuple(linesOf(former), linesOf(value)), 10)) {
    const ends = [];
    for (const by of ['script', 'shown'] as const) {
      await node.seed();
      only(await run('Restore-ProxySetting', await bound({ Values: before })));
      if (by === 'script') only(await run('Restore-ProxySetting', await bound({ Values: wanted })));
      else {
        const parameters = { Values: wanted };
        const commands = tool.shownCommands({ script: 'Restore-ProxySetting', parameters });
        // As it is copied.
        const end = await node.run(commands.join('\r\n'));
        assert.deepEqual([end.outcome, end.errors], ['completed', []], commands.join('\n'));
        for (const command of commands)
          assert.doesNotMatch(command, /[\p{Cc}\p{Cf}]/u, 'a console reads it otherwise');
      }
      const { registry } = await node.state();
      ends.push(
        Object.fromEntries(Object.entries(registry).filter(([, has]) => Object.keys(has).length > 0)),
      );
    }
    assert.deepEqual(ends[1], ends[0], wanted.join('\n'));
  }
});

it('the commands that are shown write a name as it was spelled, whatever stands there', async () => {
  const former: readonly Readonly<Record<string, string>>[] = [{}, { NO_PROXY: 'b' }, { No_Proxy: 'c' }];
  for (const there of former) {
    await node.seed({ registry: { [ENVIRONMENT]: there } });
    const parameters = { Values: ['env.NO_PROXY=String|a'] };
    const names = { 'env.NO_PROXY': 'no_proxy' };
    const commands = tool.shownCommands({ script: 'Restore-ProxySetting', parameters, names });
    assert.deepEqual((await node.run(commands.join('\r\n'))).errors, []);
    assert.deepEqual((await node.state()).registry[ENVIRONMENT], { no_proxy: 'a' });
  }
});

it('reads a value with a password out of the copy on the node, and writes it as the script does', async () => {
  const proxy = 'http://user:S3cret|;$x@proxy.contoso.com:8080';
  const bytes = Buffer.from(proxy, 'latin1').toString('hex');
  const held = [
    `winhttp32=Binary|ff${bytes}`,
    `machine.migrate=MultiString|a\n${proxy}`,
    `env.HTTP_PROXY=String|${proxy}`,
    `env.HTTPS_PROXY=ExpandString|${proxy}`,
    'env.NO_PROXY=absent',
  ];
  await node.seed();
  only(await run('Restore-ProxySetting', await bound({ Values: held })));
  const wanted = (await node.state()).registry;
  const change = await bound({
    Values: ['env.HTTP_PROXY=absent', 'env.NO_PROXY=String|x', 'winhttp32=absent'],
  });
  only(await run('Restore-ProxySetting', change));
  only(
    await run(
      'Restore-ProxySetting',
      await bound({ Values: held.map(line => line.replace(/=.*/s, '=absent')) }),
    ),
  );
  const order = { script: 'Restore-ProxySetting', parameters: { Values: held } };
  const commands = tool.shownCommands(order, change.Change).join('\r\n');
  assert.doesNotMatch(commands, /S3cret|0x53/);
  const end = await node.run(commands);
  assert.deepEqual([end.outcome, end.errors], ['completed', []], commands);
  assert.deepEqual((await node.state()).registry, wanted);
});
