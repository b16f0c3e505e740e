import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { debianEngine } from '../../scripts/lib/suites/engines.ts';
import type { Door } from './format-code.ts';

const run = promisify(execFile);

/** The least that Suricata needs to read a file of packets. */
const SETTINGS = `%YAML 1.1
---
vars:
  address-groups:
    HOME_NET: "[192.168.0.0/16]"
    EXTERNAL_NET: "!$HOME_NET"
outputs:
  - eve-log:
      enabled: yes
      filetype: regular
      filename: eve.json
      types: [alert]
app-layer:
  protocols:
    tls:
      enabled: yes
      detection-ports: { dp: 1-65535 }
    http:
      enabled: yes
logging:
  outputs:
    - console: { enabled: yes }
`;

/**
 * Which of the connections the rules let pass, by Suricata's own decision on real greetings. `pass` leaves no trace in
 * the log, so the copy that runs says `alert` in its place.
 */
export async function passed(rules: string, doors: readonly Door[]): Promise<readonly boolean[]> {
  const engine = debianEngine('suricata');
  assert.ok(engine, 'Suricata is needed to prove its format: npm test brings it on Debian and Ubuntu.');
  const folder = await mkdtemp(join(tmpdir(), 'suricata-'));
  try {
    await writeFile(join(folder, 'suricata.yaml'), SETTINGS);
    await writeFile(join(folder, 'test.rules'), rules.replace(/^pass /gm, 'alert '));
    await writeFile(join(folder, 'test.pcap'), await capture(doors));
    const files = ['-c', join(folder, 'suricata.yaml'), '-S', join(folder, 'test.rules'), '-l', folder];
    const { stdout, stderr } = await run(
      engine.program,
      [...files, '-r', join(folder, 'test.pcap'), '-k', 'none', '--runmode', 'single'],
      { env: engine.env },
    );
    assert.doesNotMatch(`${stdout}${stderr}`, /error parsing signature|[1-9]\d* rules? failed/i);
    const ports = new Set(
      (await readFile(join(folder, 'eve.json'), 'utf8').catch(() => ''))
        .split('\n')
        .filter(line => line !== '')
        .map(line => (JSON.parse(line) as { src_port: number; dest_port: number }).src_port),
    );
    return doors.map((_, index) => ports.has(FIRST_PORT + index));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const FIRST_PORT = 10_000;
const CLIENT = '192.168.7.7';
const SERVER = '203.0.113.9';

/** A capture with one connection a door, each from a port of its own. */
async function capture(doors: readonly Door[]): Promise<Buffer> {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(1, 20);
  const records: Buffer[] = [header];
  const greetings = new Greetings();
  await greetings.open();
  try {
    for (const [index, door] of doors.entries()) {
      const isAddress = /^\d+(\.\d+){3}$/.test(door.host);
      const first =
        door.protocol === 'http'
          ? Buffer.from(`GET / HTTP/1.1\r\nHost: ${door.host}\r\n\r\n`)
          : await greetings.of(isAddress ? undefined : door.host);
      records.push(...connection(FIRST_PORT + index, isAddress ? door.host : SERVER, door.port, first));
    }
  } finally {
    await greetings.close();
  }
  return Buffer.concat(records);
}

/** Client hellos of Node's own TLS, caught on loopback. */
class Greetings {
  private readonly server: Server = createServer(socket => {
    socket.once('data', data => {
      socket.destroy();
      this.caught?.(data);
    });
    socket.on('error', () => undefined);
  });
  private caught: ((greeting: Buffer) => void) | undefined;

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  of(servername: string | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const address = this.server.address();
      if (typeof address !== 'object' || address === null) {
        reject(new Error('not listening'));
        return;
      }
      this.caught = resolve;
      const name = servername === undefined ? {} : { servername };
      connect({ port: address.port, host: '127.0.0.1', rejectUnauthorized: false, ...name }).on(
        'error',
        () => undefined,
      );
    });
  }

  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}

function connection(sourcePort: number, server: string, port: number, data: Buffer): readonly Buffer[] {
  const answer = Buffer.from('HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n');
  const none = Buffer.alloc(0);
  const out = (sequence: number, acknowledged: number, flags: number, payload: Buffer): Buffer =>
    packet([CLIENT, sourcePort], [server, port], sequence, acknowledged, flags, payload);
  const back = (sequence: number, acknowledged: number, flags: number, payload: Buffer): Buffer =>
    packet([server, port], [CLIENT, sourcePort], sequence, acknowledged, flags, payload);
  const [SYN, SYN_ACK, ACK, PUSH, FIN] = [0x02, 0x12, 0x10, 0x18, 0x11];
  const end = 1001 + data.length;
  return [
    out(1000, 0, SYN, none),
    back(5000, 1001, SYN_ACK, none),
    out(1001, 5001, ACK, none),
    out(1001, 5001, PUSH, data),
    back(5001, end, PUSH, answer),
    out(end, 5001 + answer.length, FIN, none),
    back(5001 + answer.length, end + 1, FIN, none),
  ];
}

let time = 1_700_000_000;

/** A record of a capture file around an Ethernet frame with IPv4 and TCP. */
function packet(
  from: readonly [string, number],
  to: readonly [string, number],
  sequence: number,
  acknowledged: number,
  flags: number,
  data: Buffer,
): Buffer {
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(from[1], 0);
  tcp.writeUInt16BE(to[1], 2);
  tcp.writeUInt32BE(sequence, 4);
  tcp.writeUInt32BE(acknowledged, 8);
  tcp[12] = 0x50;
  tcp[13] = flags;
  tcp.writeUInt16BE(64_240, 14);
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(40 + data.length, 2);
  ip[8] = 64;
  ip[9] = 6;
  Buffer.from(from[0].split('.').map(Number)).copy(ip, 12);
  Buffer.from(to[0].split('.').map(Number)).copy(ip, 16);
  const frame = Buffer.concat([Buffer.from('0200000000020200000000010800', 'hex'), ip, tcp, data]);
  const record = Buffer.alloc(16);
  record.writeUInt32LE(time++, 0);
  record.writeUInt32LE(frame.length, 8);
  record.writeUInt32LE(frame.length, 12);
  return Buffer.concat([record, frame]);
}
