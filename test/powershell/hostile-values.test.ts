import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { nodeScript, nodeScriptNames } from '../../scripts/lib/node-scripts.ts';
import { startNode, type TestNode, type TestRun } from '../support/node-host.ts';
import { HOSTILE, hostileText } from './hostile-text.ts';
import { loadToolCode, type ToolCode } from './tool-code.ts';
import '../support/fixed-seed.ts';

const SCRIPTS = nodeScriptNames();

/** The script's own parameters, and instead of its work one object that tells what arrived. */
function echoOf(script: string): string {
  const end = /^\)$/m.exec(script);
  if (end === null) throw new Error('The param block does not end with a line of its own.');
  const block = script.slice(0, end.index + 1);
  return `${block}\n[pscustomobject]@{ bound = [pscustomobject]$PSBoundParameters }\n`;
}

interface TextParameter {
  readonly script: string;
  readonly name: string;
  readonly list: boolean;
}

/** Every parameter of every script that takes text. */
function textParameters(): readonly TextParameter[] {
  return SCRIPTS.flatMap(script => {
    const text = nodeScript(script);
    const block = text.slice(text.search(/^param\(/m), /^\)$/m.exec(text)?.index ?? 0);
    return [...block.matchAll(/\[string(\[\])?\]\s+\$(\w+)/g)].map(([, list, name = '']) => ({
      script,
      name,
      list: list !== undefined,
    }));
  });
}

describe('hostile values', () => {
  let node: TestNode;
  let tool: ToolCode;
  before(async () => {
    tool = await loadToolCode();
    node = await startNode({ name: 'node1', proxyModule: true });
  });
  after(() => node.stop());

  const calls = async () => (await node.state()).calls.map(call => call.command);
  const boundBy = (run: TestRun): unknown => {
    assert.deepEqual(run.errors, []);
    return (run.output[0] as { bound: unknown }).bound;
  };

  /** One text holds all the commands, one behind the other: what breaks out of one is missed in the next. */
  const getsEach = async (
    echo: string,
    each: readonly Readonly<Record<string, unknown>>[],
  ): Promise<void> => {
    const run = await node.run(each.map(parameters => tool.commandScript(echo, parameters)).join('\n'));
    assert.deepEqual(run.errors, []);
    assert.deepEqual(
      run.output.map(output => (output as { bound: unknown }).bound),
      each,
    );
  };

  it('covers the parameters that it is meant for', () => {
    const names = textParameters().map(parameter => `${parameter.script} ${parameter.name}`);
    for (const known of ['Set-ProxySetting Server', 'Set-ProxySetting Bypass', 'Test-Endpoint ProxyServer'])
      assert.ok(names.includes(known), `${known} is not among ${names.join(', ')}`);
  });

  for (const { script, name, list } of textParameters()) {
    const wrap = (value: string) => ({
      ...(script.startsWith('Test-Endpoint') ? { Endpoints: [] } : {}),
      [name]: list ? [value, 'second'] : value,
    });
    const echo = echoOf(nodeScript(script));

    it(`${script} -${name} gets each value as it is, of the list and generated`, async () => {
      await getsEach(echo, [...HOSTILE, ...fc.sample(hostileText, 25)].map(wrap));
      assert.deepEqual(await calls(), []);
    });
  }

  for (const isList of [false, true])
    it(`a ${isList ? 'list' : 'text'} that is handed over without a command's text arrives as it is, too`, async () => {
      const echo = `param([string${isList ? '[]' : ''}] $Value)\n[pscustomobject]@{ bound = [pscustomobject]$PSBoundParameters }`;
      for (const value of HOSTILE) {
        const parameters = { Value: isList ? [value, 'second'] : value };
        assert.deepEqual(boundBy(await node.run(echo, parameters)), parameters);
      }
    });

  it('Test-Endpoint -Endpoints gets hosts as they are', async () => {
    await getsEach(
      echoOf(nodeScript('Test-Endpoint')),
      fc
        .sample(hostileText, 25)
        .map(host => ({ Endpoints: [{ id: '1', host, port: 443, protocol: 'https' }] })),
    );
  });

  it('would not hold without the escaping: the SDK’s own text lets a value run', async () => {
    const parameters = { Server: 'x’); Set-WinInetProxy; (‘' };
    await node.run(tool.unescapedScript(echoOf(nodeScript('Set-ProxySetting')), parameters));
    assert.deepEqual(await calls(), ['Set-WinInetProxy']);
    await node.seed({ proxyModule: true });
  });

  it('does not let the command end early in a text that looks like the call', () => {
    const text = tool.commandScript('param($A)\n$A\n', { A: '’}\nSmeSubmit ’' });
    assert.equal(text.split('\nSmeSubmit').length, 2);
    assert.match(text, /^[\x20-\x7e\n]*$/);
  });

  describe('Set-ProxySetting refuses them on the node', () => {
    /** Words that are hostile to a parser and yet host names. */
    const words = ['null', 'true', '-ProxySettingsPerUser', '--%'];
    const script = nodeScript('Set-ProxySetting');

    const expectRefusal = (run: TestRun, code: string, what: string): void => {
      assert.equal(run.outcome, 'failed', `${what} was taken`);
      assert.match(run.errors[0]?.message ?? '', new RegExp(`^${code}: `), what);
      assert.deepEqual(run.output, []);
    };

    it('as a server, and nothing is called', async () => {
      for (const value of HOSTILE) {
        const wrapped = tool.commandScript(script, { Server: value });
        expectRefusal(await node.run(wrapped), 'invalid-server', value);
        const behind = `proxy:8080${value}`;
        expectRefusal(await node.run(script, { Server: behind }), 'invalid-server', behind);
        if (words.includes(value)) continue;
        const before = `${value}:8080`;
        expectRefusal(await node.run(script, { Server: before }), 'invalid-server', before);
      }
      assert.deepEqual(await calls(), []);
    });

    it('as a bypass entry, and nothing is called', async () => {
      for (const value of HOSTILE.filter(text => !words.includes(text))) {
        const parameters = { Server: 'proxy:8080', Bypass: ['localhost', value] };
        expectRefusal(await node.run(script, parameters), 'invalid-bypass', value);
        expectRefusal(await node.run(tool.commandScript(script, parameters)), 'invalid-bypass', value);
      }
      assert.deepEqual(await calls(), []);
    });
  });
});
