import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { FAULT_FORMS, FAULT_NAMES } from '../../emulator/lab/servers/faults.ts';
import {
  ScenarioError,
  checkScenario,
  readScenario,
  shippedScenarios,
} from '../../emulator/lab/read-scenario.ts';

const MINIMAL = { cluster: { name: 'c.contoso.local' }, nodes: [{ name: 'node1' }] };

function problemsOf(data: unknown): readonly string[] {
  try {
    checkScenario(data, 'test');
  } catch (error) {
    assert.ok(error instanceof ScenarioError, String(error));
    assert.equal(error.message, error.problems.map(problem => `test: ${problem}`).join('\n'));
    return error.problems;
  }
  return [];
}

describe('A scenario', () => {
  test('that ships is valid, and the default one mixes faults, states and proxies', () => {
    assert.deepEqual(shippedScenarios(), ['all-open', 'azure-local', 'default', 'proxy-only']);
    for (const name of shippedScenarios()) readScenario(name);
    const { nodes, proxies } = readScenario('default');
    assert.equal(nodes.length, 4);
    assert.deepEqual(new Set(nodes.map(node => node.state)), new Set(['Up', 'Paused', 'Down']));
    assert.deepEqual(new Set(proxies.map(proxy => proxy.requiresAuthentication)), new Set([true, false]));
    const faults = new Set(nodes.flatMap(node => node.faults.map(fault => fault.fault.replace(/:.*/, ''))));
    for (const fault of [
      'nxdomain',
      'dns-timeout',
      'refuse',
      'drop',
      'intercept',
      'untrusted',
      'expired',
      'slow',
    ])
      assert.ok(faults.has(fault), fault);
    assert.ok(
      readScenario('all-open').nodes.every(node => node.faults.length === 0 && node.egress === 'open'),
    );
  });

  test('gets the defaults of the schema where keys are absent', () => {
    const { cluster, nodes, proxies } = checkScenario(
      { ...MINIMAL, proxies: [{ host: 'proxy.contoso.com', port: 8080 }] },
      'test',
    );
    assert.deepEqual(cluster, { name: 'c.contoso.local', build: 20348 });
    assert.deepEqual(nodes[0], {
      name: 'node1',
      state: 'Up',
      proxy: null,
      proxyBypass: '',
      languageMode: 'Full',
      winHttpProxy: null,
      environment: {},
      arcAgent: null,
      arcAgentFault: null,
      blockedPrograms: [],
      wininet: {},
      proxyModule: true,
      credentials: 'gateway',
      egress: 'open',
      clockSkewSeconds: 0,
      resolvers: ['192.0.2.53'],
      faults: [],
    });
    assert.deepEqual(proxies, [
      { host: 'proxy.contoso.com', port: 8080, requiresAuthentication: false, deny: [], denyPorts: [] },
    ]);
    assert.deepEqual(checkScenario(MINIMAL, 'test').proxies, []);
  });

  test('has constrained language from the build on in which it is usual', () => {
    const modeOf = (build: number, more: object = {}) =>
      checkScenario({ cluster: { name: 'c', build }, nodes: [{ name: 'node1', ...more }] }, 'test').nodes[0]
        ?.languageMode;
    assert.deepEqual([modeOf(20349), modeOf(25398), modeOf(26100)], ['Full', 'Constrained', 'Constrained']);
    assert.equal(modeOf(26100, { languageMode: 'Full' }), 'Full');
  });

  test('of the published example is valid', () => {
    const example = {
      cluster: { name: 'c', cloud: 'public', witnessAccount: 'account1' },
      nodes: [
        {
          name: 'node1',
          state: 'Up',
          proxy: 'proxy.contoso.com:8080',
          languageMode: 'Constrained',
          faults: [
            { host: 'management.azure.com', port: 443, fault: 'drop' },
            { host: '*.microsoft.com', fault: 'slow:1500' },
          ],
        },
      ],
      proxies: [
        { host: 'proxy.contoso.com', port: 8080, requiresAuthentication: false, deny: ['*.example'] },
      ],
    };
    assert.deepEqual(problemsOf(example), []);
  });

  test('is refused for every unknown key, named with its place and with what is allowed there', () => {
    assert.deepEqual(
      problemsOf({
        cluster: { name: 'c', colour: 'red' },
        nodes: [{ name: 'node1', faults: [{ host: 'a.b', fault: 'drop', ports: 443 }] }],
        proxy: [],
      }),
      [
        'unknown key "proxy"; allowed here: cluster, nodes, proxies',
        'cluster: unknown key "colour"; allowed here: name, cloud, build, address, subnetMask, witnessAccount',
        'nodes[0].faults[0]: unknown key "ports"; allowed here: host, port, fault',
      ],
    );
  });

  test('is refused for an unknown fault, and the message lists the faults', () => {
    for (const fault of ['dropp', 'slow', 'slow:', 'slow:fast', 'Drop', '']) {
      const [problem = '', ...more] = problemsOf({
        ...MINIMAL,
        nodes: [{ name: 'node1', faults: [{ host: 'a.b', fault }] }],
      });
      assert.deepEqual(more, []);
      assert.match(problem, /^nodes\[0\]\.faults\[0\]\.fault: ".*" is not a fault; use one of /);
      for (const name of [...FAULT_NAMES, ...FAULT_FORMS]) assert.ok(problem.includes(name), problem);
    }
  });

  test('takes faults with values', () => {
    const faults = [
      'http-470',
      'http-103',
      'redirect:https://portal.contoso.com/a?b=c',
      'resolve:0.0.0.0',
      'resolve:10.0.0.4,self,2001:db8::1',
      'signed-by:GTS Root R1',
      'signed-by:CN=Contoso Root, O="Contoso, Inc."',
    ].map(fault => ({ host: 'a.b', fault }));
    assert.deepEqual(problemsOf({ ...MINIMAL, nodes: [{ name: 'n', faults }] }), []);
    for (const fault of [
      'http-99',
      'http-1000',
      'http-',
      'redirect:',
      'redirect:a b',
      'resolve:',
      'signed-by:',
    ])
      assert.equal(
        problemsOf({ ...MINIMAL, nodes: [{ name: 'n', faults: [{ host: 'a.b', fault }] }] }).length,
        1,
        fault,
      );
    assert.deepEqual(
      problemsOf({ ...MINIMAL, nodes: [{ name: 'n', faults: [{ host: 'a.b', fault: 'resolve:1.2.3' }] }] }),
      ['nodes[0].faults[0].fault: "1.2.3" is not an address'],
    );
  });

  for (const [title, change, expected] of [
    ['a missing name', { nodes: [{}] }, /^nodes\[0\]: key "name" is missing$/],
    ['no nodes', { nodes: [] }, /^nodes: /],
    [
      'an unknown state',
      { nodes: [{ name: 'n', state: 'up' }] },
      /^nodes\[0\]\.state: "up" is not one of Up, Down, Paused$/,
    ],
    [
      'a proxy without port',
      { nodes: [{ name: 'n', proxy: 'proxy' }] },
      /^nodes\[0\]\.proxy: "proxy" does not have the form .*host:port/,
    ],
    [
      'a proxy on a port that does not exist',
      { nodes: [{ name: 'n', proxy: 'proxy:70000' }] },
      /^nodes\[0\]\.proxy: port 70000 /,
    ],
    [
      'a port as text',
      { proxies: [{ host: 'p', port: '8080' }] },
      /^proxies\[0\]\.port: must be integer, not "8080"$/,
    ],
    [
      'two nodes of one name',
      { nodes: [{ name: 'n' }, { name: 'N' }] },
      /^nodes\[1\]\.name: "n" is there twice/,
    ],
    [
      'a URL for a host',
      { nodes: [{ name: 'n', faults: [{ host: 'https://a.b/', fault: 'drop' }] }] },
      /^nodes\[0\]\.faults\[0\]\.host: "https:\/\/a\.b\/" does not have the form/,
    ],
    ['a name that would reach a shell', { nodes: [{ name: 'n; reboot' }] }, /^nodes\[0\]\.name: /],
  ] as const)
    test(`is refused for ${title}`, () => {
      const problems = problemsOf({ ...MINIMAL, ...change });
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', expected);
    });

  test('in a schema that knows exactly the faults that the lab has', () => {
    const schema = readFileSync('emulator/lab/scenario.schema.json', 'utf8');
    const pattern = /"\^\((nxdomain[^"]*)\)\$"/.exec(schema)?.[1] ?? '';
    const [names, forms] = [
      (each: string) => /^[a-z-]+$/.test(each),
      (each: string) => /[:[]/.test(each),
    ].map(kind => pattern.split('|').filter(each => kind(each)));
    assert.deepEqual(names, [...FAULT_NAMES]);
    const starts = forms?.map(form => /^[a-z]+(-by)?/.exec(form)?.[0]);
    assert.deepEqual(
      starts,
      FAULT_FORMS.map(form => /^[a-z]+(-by)?/.exec(form)?.[0]),
    );
  });
});

describe('Reading a scenario', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  after(() => rmSync(folder, { recursive: true }));

  test('takes a file, also with a byte order mark', () => {
    const file = join(folder, 'own.json');
    writeFileSync(file, `\uFEFF${JSON.stringify(MINIMAL)}`);
    assert.equal(readScenario(file).cluster.name, 'c.contoso.local');
  });

  test('says which scenarios there are when the wanted one is not', () => {
    assert.throws(() => readScenario('defualt'), {
      name: 'ScenarioError',
      message: /^defualt: cannot be read \(ENOENT\); .*: all-open, azure-local, default, proxy-only$/,
    });
  });

  test('says that a file is not JSON', () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{ "cluster": }');
    assert.throws(() => readScenario(file), { name: 'ScenarioError', message: /not valid JSON: / });
  });
});
