import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranked } from '../../../src/standings/rank.ts';

const places = (points: number[]) => ranked(points, (a, b) => b - a).map((r) => [r.entry, r.rank]);

describe('places', () => {
  it('are shared by equals, and the next one follows after all of them', () => {
    expect(places([5, 9, 7, 7])).toEqual([
      [9, 1],
      [7, 2],
      [7, 2],
      [5, 4],
    ]);
    expect(places([])).toEqual([]);
    expect(places([3, 3, 3])).toEqual([
      [3, 1],
      [3, 1],
      [3, 1],
    ]);
  });

  it('are one more than the number of those better', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (points) => {
        for (const { entry, rank } of ranked(points, (a, b) => b - a))
          expect(rank).toBe(points.filter((p) => p > entry).length + 1);
      }),
    );
  });
});
