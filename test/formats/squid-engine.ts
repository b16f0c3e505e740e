import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { debianEngine, unpackedRoot } from '../../scripts/lib/suites/engines.ts';
import type { Request } from './requests.ts';

/** A Squid of its own folder and port that decides requests but forwards none. */
export class SquidEngine {
  private readonly process: ChildProcess;
  private readonly folder: string;
  private readonly port: number;

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Throws with Squid's own words when it does not take the configuration. */
  static async start(configuration: string): Promise<SquidEngine> {
    const engine = debianEngine('squid');
    assert.ok(engine, 'Squid is needed to prove its format: npm test brings it on Debian and Ubuntu.');
    const folder = mkdtempSync(join(tmpdir(), 'squid-'));
    // Started as root, Squid becomes another user.
    chmodSync(folder, 0o777);
    const port = await freePort();
    writeFileSync(join(folder, 'allowlist.conf'), configuration);
    writeFileSync(
      join(folder, 'squid.conf'),
      surroundings(folder, port, engine.program.startsWith(unpackedRoot)),
    );
    const squid = spawn(engine.program, ['-N', '-d1', '-f', join(folder, 'squid.conf')], {
      env: engine.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    squid.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    while (squid.exitCode === null && squid.signalCode === null) {
      if (await opens(port)) {
        const loud = said
          .split('\n')
          .filter(line => /WARNING|ERROR|FATAL/.test(line) && !HARMLESS.test(line));
        if (loud.length > 0) {
          squid.kill('SIGKILL');
          throw new Error(loud.join('\n'));
        }
        return new SquidEngine(squid, folder, port);
      }
      await delay(20);
    }
    rmSync(folder, { recursive: true, force: true });
    throw new Error(said);
  }

  /** 403 is a refusal; what begins with 5 says that it would have gone on, had it a way. */
  async allows({ host, port, protocol }: Request): Promise<boolean> {
    const target =
      protocol === 'http' ? `GET http://${host}:${port}/ HTTP/1.1` : `CONNECT ${host}:${port} HTTP/1.1`;
    const status = await ask(this.port, `${target}\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`);
    assert.ok(status === 403 || status >= 500, `Squid answered ${status} to ${target}`);
    return status !== 403;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What has to do with this computer, not with the list. */
const HARMLESS =
  /mime|icon|errorpage|error pages|templates|pinger|hosts_file|no_suid|BCP 177|unlinkd|Netdb|IPv6/i;

function surroundings(folder: string, port: number, isUnpacked: boolean): string {
  const own = [
    ['mime_table', 'usr/share/squid/mime.conf'],
    ['icon_directory', 'usr/share/squid/icons'],
    ['error_directory', 'usr/share/squid-langpack/templates'],
    ['unlinkd_program', 'usr/lib/squid/unlinkd'],
    ['logfile_daemon', 'usr/lib/squid/log_file_daemon'],
    ['pinger_program', 'usr/lib/squid/pinger'],
  ] as const;
  return `${[
    `include ${join(folder, 'allowlist.conf')}`,
    'http_access deny all',
    'never_direct allow all',
    `http_port 127.0.0.1:${port}`,
    `cache_log ${join(folder, 'cache.log')}`,
    'pid_filename none',
    'access_log none',
    `coredump_dir ${folder}`,
    'cache deny all',
    'cache_mem 8 MB',
    'max_filedescriptors 1024',
    'shutdown_lifetime 0 seconds',
    'pinger_enable off',
    ...(isUnpacked
      ? own
          .map(([directive, path]) => [directive, join(unpackedRoot, path)] as const)
          .filter(([, path]) => existsSync(path))
          .map(line => line.join(' '))
      : []),
  ].join('\n')}\n`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

function opens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function ask(port: number, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text;
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
      if (status === undefined) return;
      socket.destroy();
      resolve(Number(status));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`Squid closed: ${answer}`)));
  });
}
