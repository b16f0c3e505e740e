import { TestBed } from '@angular/core/testing';
import { runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { HOST } from '../../wac/host';
import type { NodeReport, RunState } from '../run/run';
import { endedAt } from '../../../../test/jest/observations';
import { NodeNotesComponent } from './node-notes.component';
import { CellWords } from './results/matrix/cell-words';

const names = Array.from({ length: 64 }, (_, index) => `node${index + 1}`);
const run = runOf(names, ['a.example:443'], () => endedAt({ phase: 'connect', outcome: 'timeout' }));

/** What the component says of the nodes' reports. */
async function notesOf(change: (report: NodeReport, index: number) => Partial<NodeReport>) {
  const changed: RunState = {
    ...run,
    nodes: run.nodes.map((report, index) => ({ ...report, ...change(report, index) })),
  };
  TestBed.configureTestingModule({ providers: [{ provide: HOST, useValue: { strings: englishStrings() } }] });
  const fixture = TestBed.createComponent(NodeNotesComponent);
  fixture.componentRef.setInput('run', changed);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  return [...page.querySelectorAll('.oc-notice')].map(notice => ({
    text: notice.querySelector('p')?.textContent ?? '',
    raw: notice.querySelector('details p')?.textContent ?? '',
  }));
}

describe('oc-node-notes', () => {
  it('names together the nodes that were lost for one reason, with their words once', async () => {
    const notes = await notesOf(() => ({ ended: 'access-denied', message: 'Access is denied.' }));
    expect(notes).toHaveLength(1);
    expect(notes[0]?.text).toMatch(/^node1, node2, node3 \(\+61\): Windows Admin Center was refused/);
    expect(notes[0]?.raw).toBe('Access is denied.');
  });

  it('keeps reasons apart, and says whose words are whose where they differ', async () => {
    const notes = await notesOf((_, index) =>
      index < 2
        ? { ended: 'script-failed', message: `Line ${index}` }
        : index === 2
          ? { ended: 'node-unreachable', message: '' }
          : {},
    );
    expect(notes.map(({ text }) => text.split(':')[0])).toEqual(['node1, node2', 'node3']);
    expect(notes.map(({ raw }) => raw)).toEqual(['node1: Line 0\n\nnode2: Line 1', '']);
  });
});

describe('the heading of a feature in the results', () => {
  const words = new CellWords(makeText(englishStrings()), () => names);
  const section = { kind: 'section', key: 'x', id: 'x', title: 'X' } as const;

  it.each([
    [{ endpoints: 7, failing: 0, untold: 0 }, '7 endpoints, no failure'],
    [{ endpoints: 7, failing: 0, untold: 7 }, '7 endpoints, no result'],
    [{ endpoints: 1, failing: 0, untold: 1 }, '1 endpoint, no result'],
    [{ endpoints: 7, failing: 0, untold: 1 }, '7 endpoints, no failure, one without a result'],
    [{ endpoints: 7, failing: 2, untold: 3 }, '2 of 7 endpoints fail'],
  ])('says of %j: %s', (counts, text) => {
    expect(words.section({ ...section, ...counts })).toBe(text);
  });
});
