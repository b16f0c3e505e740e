import { shippedEditions } from '../../../../test/jest/edition';
import { pairPlan } from './pair-plan';

describe('What can be tried between the nodes', () => {
  it.each(['2022-04', '2024-06', 'azure-local-2026-07'])(
    'is each TCP port between nodes once, of %s',
    edition => {
      const rules = shippedEditions().find(({ id }) => id === edition)?.internalRules ?? [];
      expect(rules.length).toBeGreaterThan(10);
      const { doors, untested } = pairPlan(rules);
      expect(doors.map(({ port }) => port)).toEqual(expect.arrayContaining([445, 5445, 5985]));
      expect(new Set(doors.map(({ port }) => port)).size).toBe(doors.length);
      // Every rule is somewhere: tried, or with the reason why not.
      const tried = doors.flatMap(door => door.rules.map(({ id }) => id));
      expect(new Set([...tried, ...untested.map(({ rule }) => rule.id)])).toEqual(
        new Set(rules.map(({ id }) => id)),
      );
      for (const { rule, reason } of untested)
        expect(reason).toBe(
          rule.from !== rule.to ? 'elsewhere' : rule.protocol === 'tcp' ? 'range' : rule.protocol,
        );
    },
  );

  it('is no range, no port that is none, and nothing of a list without such rules', () => {
    const rule = {
      id: 'r',
      group: '',
      purpose: '',
      from: 'Nodes',
      to: 'Nodes',
      requirement: 'required',
      origins: [],
    } as const;
    for (const ports of [['5001-65535'], ['0'], ['70000'], ['x'], []])
      expect(pairPlan([{ ...rule, protocol: 'tcp', ports }])).toMatchObject({
        doors: [],
        untested: [{ reason: 'range' }],
      });
    expect(pairPlan([])).toEqual({ doors: [], untested: [] });
  });
});
