/**
 * The local proxy of an Arc agent that uses Arc gateway, on 127.0.0.1:40343 of a node's own network. The real one hands
 * what it gets to the gateway in Azure; this one connects from the node, so that what the node may reach is what it reaches. Says
 * `listening` once it does, and ends with its standard input.
 */
import { createServer } from 'node:http';
import { connect } from 'node:net';

const PORT = 40343;

const server = createServer((_, response) => {
  response.writeHead(405).end();
});
server.on('connect', (request, socket, head) => {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(request.url ?? '') ?? [];
  const target = connect({ host, port: Number(port) });
  const end = (): void => {
    target.destroy();
    socket.destroy();
  };
  target.once('connect', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    target.write(head);
    target.pipe(socket).pipe(target);
  });
  target.once('error', () => {
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  socket.once('error', end);
  socket.once('close', end);
});
server.listen(PORT, '127.0.0.1', () => process.stdout.write('listening\n'));
process.stdin.resume().once('end', () => process.exit(0));
