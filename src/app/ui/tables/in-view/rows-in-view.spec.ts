import { computed, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { drawnRows, rowsBetween, rowsInView } from './rows-in-view';

describe('Rows in view', () => {
  it('are those between two distances, and some to each side', () => {
    expect(rowsBetween(400, 800, 40, 1000)).toEqual({ start: 2, end: 28 });
    expect(rowsBetween(-100, 700, 40, 1000)).toEqual({ start: 0, end: 26 });
    expect(rowsBetween(-100, 700, 40, 5)).toEqual({ start: 0, end: 5 });
  });

  it('are none of a table that is far away', () => {
    for (const [from, to] of [
      [-5000, -4000],
      [90_000, 91_000],
    ] as const) {
      const { start, end } = rowsBetween(from, to, 40, 1000);
      expect(end - start).toBe(0);
    }
  });

  it('are drawn with gaps that add up, the pinned one among them', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.option(fc.nat(60), { nil: undefined }), (a, b, pinned) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const drawn = drawnRows({ start, end }, pinned, 50);
        let at = 0;
        for (const { index, gap } of drawn) {
          at += gap;
          expect(index).toBe(at);
          at += 1;
        }
        expect(at).toBeLessThanOrEqual(50);
        const indexes = drawn.map(({ index }) => index);
        expect(indexes).toEqual([...new Set(indexes)].sort((x, y) => x - y));
        if (pinned !== undefined && pinned < 50) expect(indexes).toContain(pinned);
      }),
    );
  });

  it('are worked out only of a table that is there', () => {
    const body = signal<Element | undefined>(undefined);
    const isOn = jest.fn(() => true);
    TestBed.runInInjectionContext(() => {
      const parts = { body, count: signal(3), height: signal(40) };
      rowsInView({ ...parts, isOn: computed(isOn) });
    });
    TestBed.tick();
    expect(isOn).not.toHaveBeenCalled();
    body.set(document.body);
    TestBed.tick();
    expect(isOn).toHaveBeenCalled();
  });
});
