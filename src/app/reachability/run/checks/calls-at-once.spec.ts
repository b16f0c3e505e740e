import { Subject } from 'rxjs';
import type { RemoteCommand } from '../../../wac/remote-shell';
import { callsAtOnce } from './calls-at-once';

/** Calls that the test ends, in the order in which they reached the node. */
function node(most: number) {
  const running: Subject<unknown>[] = [];
  const stopped: number[] = [];
  const shell = callsAtOnce(
    {
      run: () => {
        const work = new Subject<unknown>();
        running.push(work);
        return work;
      },
    },
    most,
  );
  const command: RemoteCommand = { name: 'Get-ProxySetting' };
  const call = () => shell.run('n', command, 1000).subscribe({ error: () => stopped.push(1) });
  return { running, call, stopped };
}

describe('Calls of a node', () => {
  it('wait until one of as many as may run is over', () => {
    const { running, call } = node(2);
    for (let count = 0; count < 4; count += 1) call();
    expect(running).toHaveLength(2);
    running[1]?.complete();
    expect(running).toHaveLength(3);
    running[0]?.complete();
    expect(running).toHaveLength(4);
  });

  it('give their turn on when they fail or are given up, also before it came', () => {
    const { running, call, stopped } = node(1);
    const first = call();
    const second = call();
    call();
    second.unsubscribe();
    expect(running).toHaveLength(1);
    first.unsubscribe();
    expect(running).toHaveLength(2);
    call();
    running[1]?.error(new Error('lost'));
    expect(running).toHaveLength(3);
    expect(stopped).toEqual([1]);
  });

  it('are given up all together without a new one beginning', () => {
    const { running, call } = node(1);
    const calls = [call(), call(), call()];
    for (const each of [...calls].reverse()) each.unsubscribe();
    expect(running).toHaveLength(1);
  });
});
