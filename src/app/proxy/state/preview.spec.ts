import { serverToKeep } from './preview';

describe('serverToKeep', () => {
  it.each([
    ['p:1', 'p:1'],
    ['http://p:1', 'http://p:1'],
    ['HTTP://P:1', 'http://P:1'],
    ['http=a:1;https=http://b:2', 'http=a:1;https=http://b:2'],
    ['HTTP=a:1; HTTPS=HTTP://b:2;', 'http=a:1;https=http://b:2'],
    // Nothing that the node's script takes.
    ['http=a:1 https=b:2', ''],
    ['socks=a:1', ''],
    ['p', ''],
    ['', ''],
  ])('of %j is %j', (server, kept) => {
    expect(serverToKeep({ machineWide: true, server })).toBe(kept);
    expect(serverToKeep({ machineWide: false, server })).toBe('');
  });
});
