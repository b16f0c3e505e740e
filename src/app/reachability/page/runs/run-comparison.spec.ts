import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { endedAt } from '../../../../../test/jest/observations';
import { runOf } from '../../../../../test/jest/runs';
import { englishStrings } from '../../../../../test/jest/strings';
import { HOST } from '../../../wac/host';
import { KEEP_SAFE } from '../../../wac/platform';
import { compareRuns } from '../../record/compare';
import { FactsOfEntries } from '../../view/entry-facts';
import { ResultView } from '../results/result-view';
import { RunComparisonComponent } from './run-comparison.component';

it('draws only the lines in view of a cluster where everything changed, and still finds each', async () => {
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { strings: englishStrings(), connection: { name: 'cluster1' } } },
      { provide: KEEP_SAFE, useValue: { read: () => undefined, write: () => true } },
      { provide: ResultView, useValue: { facts: signal(new FactsOfEntries([], () => [])) } },
    ],
  });
  const nodes = Array.from({ length: 16 }, (_, index) => `node${index + 1}`);
  const doors = Array.from({ length: 50 }, (_, index) => `host${index}.example:443`);
  const before = runOf(nodes, doors);
  const after = runOf(nodes, doors, () => endedAt({ phase: 'connect', outcome: 'timeout' }));
  const fixture = TestBed.createComponent(RunComparisonComponent);
  fixture.componentRef.setInput('comparison', compareRuns(before, after));
  fixture.componentRef.setInput('date', 'yesterday');
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const field = page.querySelector<HTMLInputElement>('input[type=search]');
  if (field === null) throw new Error('no field');
  const table = page.querySelector('table');
  expect(table?.getAttribute('aria-rowcount')).toBe('801');
  expect(page.querySelectorAll('*').length).toBeLessThan(600);
  field.value = 'node16 host49.example';
  field.dispatchEvent(new Event('input'));
  await fixture.whenStable();
  expect(page.querySelector('[role=status]:not(oc-copy-button *)')?.textContent).toContain('1 of 800');
  const rows = [...page.querySelectorAll('tbody tr')].map(row => row.textContent.trim());
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('host49.example:443');
  // So few that each may have its own height, and none is told by number.
  expect(page.querySelector('table')?.hasAttribute('aria-rowcount')).toBe(false);
});
