import { once } from 'node:events';
import { answering, ProbeServers } from './probe-servers.ts';

// A process of its own, so that its share of the processor is its own: answers each request behind TLS and closes. Writes
// `{"port": number, "trusted": PEM}` as one line, and ends when its input does.

const servers = await ProbeServers.create();
const response = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
const port = await servers.listenTls('localhost', 'genuine', answering(response));
process.stdout.write(`${JSON.stringify({ port, trusted: servers.trusted })}\n`);
await once(process.stdin.resume(), 'end');
await servers.stop();
