import { ApplicationRef, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { endedAt } from '../../../../test/jest/observations';
import { runOf } from '../../../../test/jest/runs';
import type { ListFact } from '../finding/finding';
import { findingsOf } from '../finding/findings';
import type { RunState } from '../run/run';
import { explaining } from './explaining';

const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });
const names = (count: number, of: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${of}${index}`);

it('explains a small run at once and a large one in steps, both to the same end', async () => {
  const doors = names(100, 'host').map(host => `${host}.example:443`);
  const see = (_: string, { host }: { host: string }) => (host.startsWith('host7') ? dropped : {});
  const small = runOf(['node1'], doors, see);
  const large = runOf(names(41, 'node'), doors, see);
  const run = signal<RunState | undefined>(small);
  const facts = signal<readonly ListFact[]>([]);
  const { findings, isExplaining } = TestBed.runInInjectionContext(() => explaining(run, facts));
  expect([isExplaining(), findings()]).toEqual([false, findingsOf(small, [])]);
  run.set(large);
  expect([isExplaining(), findings()]).toEqual([true, []]);
  await TestBed.inject(ApplicationRef).whenStable();
  expect(isExplaining()).toBe(false);
  expect(findings()).toEqual(findingsOf(large, []));
  expect(findings().length).toBeGreaterThan(0);
});
