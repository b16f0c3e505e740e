import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';
import { nodeScript } from '../../scripts/lib/node-scripts.ts';

/** How one run of curl goes: of each transfer in turn, the last repeats. */
type Round = readonly Fate[];
/** Answered; out of time with the connection, before it or with the name, at the moment or half a second too late. */
type Fate = 'answer' | 'silent' | 'unconnected' | 'unnamed' | 'late' | 'late-unconnected';

const TIMEOUT_MS = 1000;

/** A curl that plays the rounds of a file beside it, one a call, and notes how many transfers each had. */
const CURL = `
const { readFileSync, appendFileSync } = require('node:fs');
const read = name => readFileSync(__dirname + '/' + name, 'utf8');
const sections = readFileSync(0, 'utf8').split('\\nnext\\n')
  .flatMap(section => section.match(/^url = .*$/gm).map(() => section));
const round = JSON.parse(read('rounds'))[read('calls').split('\\n').length - 1];
appendFileSync(__dirname + '/calls', sections.length + '\\n');
const fates = {
  answer: ['0', '200', '127.0.0.1', '0.01', '0.02', '0.03', '0.04', '0.05'],
  silent: ['28', '000', '127.0.0.1', '0.01', '0.02', '0', '0', '1.002'],
  unconnected: ['28', '000', '', '0.01', '0', '0', '0', '1.002'],
  unnamed: ['28', '000', '', '0', '0', '0', '0', '1.002'],
  late: ['28', '000', '127.0.0.1', '0.01', '0.02', '0', '0', '1.5'],
  'late-unconnected': ['28', '000', '', '0.01', '0', '0', '0', '1.5'],
};
sections.forEach((section, index) => {
  const [exit, status, ip, name, connect, tls, first, total] = fates[round[Math.min(index, round.length - 1)]];
  const values = {
    exitcode: exit, http_code: status, http_connect: '000', remote_ip: ip, time_namelookup: name, time_connect: connect,
    urlnum: index, time_appconnect: tls, time_starttransfer: first, time_total: total, num_certs: '0', header_json: exit === '0' ? '{}' : '',
  };
  const text = /write-out = "(.*)"/.exec(section)[1];
  process.stdout.write(text.replace(/%\\{(\\w+)\\}/g, (_, key) => values[key] ?? '').replaceAll('\\\\t', '\\t').replaceAll('\\\\n', '\\n'));
});
`;

describe('curl that ran out of time', () => {
  let folder: string;
  let host: PowerShellHost;

  before(async () => {
    await buildHost(line => console.error(line));
    folder = mkdtempSync(join(tmpdir(), 'outbound-curl-'));
    writeFileSync(join(folder, 'curl.exe'), `#!${process.execPath}\n${CURL}`, { mode: 0o755 });
    host = PowerShellHost.spawn({ PATH: `${folder}:${process.env['PATH'] ?? ''}` });
    await host.seed({ name: 'node1', languageMode: 'Constrained', curl: 'none' });
  });
  after(async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  });

  /** What the script told of each endpoint, in their order, and how many transfers each call of curl had. */
  async function play(count: number, rounds: readonly Round[], DeadlineMs = 20_000) {
    writeFileSync(join(folder, 'rounds'), JSON.stringify(rounds));
    writeFileSync(join(folder, 'calls'), '');
    const Endpoints = Array.from({ length: count }, (_, id) => ({
      id: String(id),
      host: '127.0.0.1',
      port: 443,
      protocol: 'https',
    }));
    const told = new Map<number, string>();
    await new Promise<void>((resolve, reject) => {
      const parameters = { Endpoints, TimeoutMs: TIMEOUT_MS, DeadlineMs };
      host.run(
        { script: nodeScript('Test-EndpointByCurl'), parameters },
        {
          output: value => {
            const [, number, exit] = /^T(\d+)\t(\d+)/m.exec(String(value)) ?? [];
            if (number === undefined) return;
            assert.ok(!told.has(Number(number)), 'told once');
            told.set(Number(number), `${exit}${/^K$/m.test(String(value)) ? ' K' : ''}`);
          },
          end: ({ errors }) => {
            if (errors.length === 0) resolve();
            else reject(new Error(errors.map(each => each.message).join('\n')));
          },
        },
      );
    });
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').map(Number);
    return { told: Array.from({ length: count }, (_, index) => told.get(index)), calls };
  }

  it('is believed at once where it ended in time', async () => {
    const { told, calls } = await play(4, [['answer', 'silent', 'unconnected', 'unnamed']]);
    assert.deepEqual([told, calls], [['0', '28', '28', '28'], [4]]);
  });

  it('is asked again a few at a time where it was late, and believed when it keeps up', async () => {
    const first: Round = ['late'];
    const second: Round = [...Array<Fate>(30).fill('answer'), 'silent', 'unconnected'];
    const { told, calls } = await play(80, [first, second, ['silent']]);
    const expected = [...Array<string>(30).fill('0'), ...Array<string>(50).fill('28')];
    assert.deepEqual([told, calls], [expected, [80, 32, 48]]);
  });

  it('goes on while anything gets through', async () => {
    const { told, calls } = await play(3, [
      ['late'],
      ['late', 'answer', 'late'],
      ['late', 'answer'],
      ['answer'],
    ]);
    assert.deepEqual(
      [told, calls],
      [
        ['0', '0', '0'],
        [3, 3, 2, 1],
      ],
    );
  });

  it('is believed of nothing where it stays late and nothing gets through', async () => {
    const { told, calls } = await play(40, [
      ['late', 'late-unconnected'],
      ['late', 'late-unconnected'],
    ]);
    assert.deepEqual([told, calls], [Array<string>(40).fill('28 K'), [40, 32]]);
  });

  it('is not asked again when no time is left, nor believed', async () => {
    const { told, calls } = await play(3, [['answer', 'late', 'silent']], 2 * TIMEOUT_MS);
    assert.deepEqual([told, calls], [['0', '28 K', '28 K'], [3]]);
  });
});
