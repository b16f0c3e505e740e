import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { pathWithSystemFolders } from '../../emulator/lab/lab-entrance.ts';

const run = promisify(execFile);

/** Led to an address of the closed network, where nothing listens. One of loopback would be a filter's answer. */
const ADDRESS = '198.18.0.1';
const MAPPED = ['login.microsoftonline.com', 'go.microsoft.com', 'www.powershellgallery.com'];

interface Outcome {
  readonly cells: Readonly<Record<string, string>>;
  readonly network: string;
  readonly complaints: readonly string[];
}

const isRoot = process.getuid?.() === 0;
/** Ends with its first process, and everything in it too. */
const CLOSED_NETWORK = [
  'unshare',
  ...['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
  ...(isRoot ? [] : ['--user', '--map-root-user']),
];
/** Own names first, and no server for the others. */
const PREPARE = `
ip link set lo up
ip address add ${ADDRESS}/32 dev lo
mount --bind "$1/hosts" /etc/hosts
mount --bind "$1/resolv.conf" /etc/resolv.conf
shift
exec "$@"`;

describe('the check in the local network', async () => {
  const refusal = await whyNot();
  const options = refusal === '' ? {} : { skip: refusal };
  const folder = mkdtempSync(join(tmpdir(), 'local-network-'));
  let outcome: Outcome;

  before(async () => {
    if (refusal !== '') return;
    const names = ['127.0.0.1 localhost', '::1 localhost', ...MAPPED.map(host => `${ADDRESS} ${host}`)];
    writeFileSync(join(folder, 'hosts'), `${names.join('\n')}\n`);
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
    const { stdout } = await inClosedNetwork(PREPARE, folder, [
      process.execPath,
      join(import.meta.dirname, 'support/local-check.ts'),
    ]);
    outcome = JSON.parse(stdout) as Outcome;
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('says that the nodes use the network of this computer', options, () => {
    assert.match(outcome.network, /^local\b/);
  });

  it('gives each name its own verdict, measured by each node', options, () => {
    const cells = Object.entries(outcome.cells).filter(([cell]) => !cell.startsWith('*.'));
    assert.ok(cells.length > 80, `${cells.length} cells`);
    for (const [cell, verdict] of cells) {
      const mapped = MAPPED.some(host => cell.startsWith(`${host}:`));
      assert.equal(verdict, mapped ? 'Refused' : 'Name not resolved', cell);
    }
    const refused = cells.filter(([, verdict]) => verdict === 'Refused');
    assert.ok(refused.length >= MAPPED.length * 4, `${refused.length} cells of mapped names`);
  });

  it('leaves the browser without a complaint', options, () => {
    assert.deepEqual(outcome.complaints, []);
  });
});

/** Why this computer does not let this user make such a network; '' when it does. Root must always be able to. */
async function whyNot(): Promise<string> {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux alone';
  try {
    await inClosedNetwork('ip link set lo up', '', []);
    return '';
  } catch (error) {
    if (isRoot) throw error;
    return `this user may not make a network namespace: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function inClosedNetwork(script: string, folder: string, command: readonly string[]) {
  const [program = '', ...args] = [...CLOSED_NETWORK, 'sh', '-ec', script, 'sh', folder, ...command];
  return run(program, args, {
    env: { ...process.env, PATH: pathWithSystemFolders() },
    maxBuffer: 16 * 1024 * 1024,
    timeout: 120_000,
  });
}
