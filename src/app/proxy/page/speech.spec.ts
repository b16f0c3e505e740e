import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import type { ProxyChange } from '../change/change-plan';
import type { NodeChange } from '../change/node-change';
import type { ProxyRow } from '../state/proxy.store';
import { changeSpeech, installationSpeech, readingSpeech } from './speech';

const t = makeText(englishStrings());
const row = (index: number) => ({
  node: { name: `node${index}`, fqdn: `node${index}`, state: 'up' as const },
});

/** All that is said while one node after the other comes to its end, each sentence once. */
function spokenOf(nodes: number, say: (done: number) => string): readonly string[] {
  const said = Array.from({ length: nodes + 1 }, (_, done) => say(done));
  return said.filter((sentence, place) => sentence !== said[place - 1]);
}

function change(nodes: number, done: number): ProxyChange {
  const rows = Array.from(
    { length: nodes },
    (_, index) =>
      ({
        ...row(index),
        wish: { kind: 'remove', extras: {} },
        attempts: [],
        phase: { at: index < done ? 'unchanged' : 'waiting' },
      }) as unknown as NodeChange,
  );
  return { id: 'x', kind: 'remove', nodes: rows };
}

describe('What the proxy page speaks', () => {
  it.each([
    [1, ['0 of 1 nodes done.', 'Nodes as wanted: 1. Not as wanted: 0. Skipped: 0.']],
    [2, ['0 of 2 nodes done.', '1 of 2 nodes done.', 'Nodes as wanted: 2. Not as wanted: 0. Skipped: 0.']],
    [
      64,
      [
        ...[0, 16, 32, 48].map(done => `${done} of 64 nodes done.`),
        'Nodes as wanted: 64. Not as wanted: 0. Skipped: 0.',
      ],
    ],
  ])('counts a change of %d nodes at its quarters', (nodes, sentences) => {
    expect(spokenOf(nodes, done => changeSpeech(change(nodes, done), t))).toEqual(sentences);
  });

  it('never counts more nodes than are done, nor more than five times', () => {
    for (let nodes = 1; nodes <= 130; nodes++) {
      const said = spokenOf(nodes, done => {
        const sentence = changeSpeech(change(nodes, done), t);
        const counted = /^(\d+) of/.exec(sentence)?.[1];
        expect(Number(counted ?? 0)).toBeLessThanOrEqual(done);
        return sentence;
      });
      expect(said.length).toBeLessThanOrEqual(5);
    }
  });

  it('speaks of a reading once it is over, with how much there is to look at', () => {
    const rows = (read: number): readonly ProxyRow[] =>
      Array.from(
        { length: 64 },
        (_, index) =>
          ({
            ...row(index),
            reading: { at: index >= read ? 'loading' : index === 5 ? 'failed' : 'read' },
            differs: new Map(),
          }) as unknown as ProxyRow,
      );
    expect(spokenOf(64, read => readingSpeech(rows(read), read, t))).toEqual([
      '',
      'The proxy settings of 63 of 64 nodes are read. 64 notices stand above the table.',
    ]);
    expect(readingSpeech(rows(64), 0, t)).toBe('The proxy settings of 63 of 64 nodes are read.');
  });

  it('counts installations at their quarters', () => {
    const rows = (done: number): readonly ProxyRow[] =>
      Array.from(
        { length: 64 },
        (_, index) =>
          ({
            ...row(index),
            installation: { at: index >= done ? 'running' : index === 5 ? 'failed' : 'done' },
          }) as unknown as ProxyRow,
      );
    expect(spokenOf(64, done => installationSpeech(rows(done), t))).toEqual([
      ...[0, 16, 32, 48].map(done => `Installing the module: ${done} of 64 nodes done.`),
      'Nodes on which the module is installed: 63. Failed: 1.',
    ]);
  });
});
