/** Collective reports: the unit's own points, and nobody's. */
import { describe, expect, it } from 'vitest';
import { hasPlace } from '../../../src/standings/board.ts';
import { compareRevisions, computeWeek, sameStandings } from '../../../src/standings/score.ts';
import type { CountedReport } from '../../../src/standings/types.ts';
import { campaign, report, unit, week } from '../../support/standings-week.ts';

const ofUnit = (id: number, change: Parameters<typeof report>[1] = {}): CountedReport =>
  report(id, { kind: 'collective', ...change });
const units = [unit(1), unit(2)];

describe('a collective report', () => {
  it('gives the unit its item’s whole weight, and no person anything', () => {
    const { units: stand, people } = computeWeek(week(units, [ofUnit(1)]), campaign);
    expect(people).toEqual([]);
    expect(stand[0]).toMatchObject({
      points: 0,
      collective: 10,
      participants: 0,
      breadth: 1,
      verified: 1,
    });
    // 10 points at 0.02 each; nobody's points, so no mean.
    expect(stand[0]?.score).toBeCloseTo(0.2, 12);
    expect(stand.map(({ rank }) => rank)).toEqual([1, 2]);
  });

  it('is added to the mean of the people, which it does not change', () => {
    const reports = [report(1, { by: 1, of: 1 }), ofUnit(2, { by: 1, of: 1, item: 'paper' })];
    const [first, second] = computeWeek(week(units, reports), campaign).units;
    // m = 10 / 20 = 0.5: (10 + 2.5)/15 + 20 × 0.02 and (0 + 2.5)/15.
    expect(first?.score).toBeCloseTo(12.5 / 15 + 0.4, 12);
    expect(second?.score).toBeCloseTo(2.5 / 15, 12);
    expect(first).toMatchObject({ points: 10, collective: 20, participants: 1, breadth: 2 });
  });

  it('is capped by unit and item, whoever files it, and apart from the people’s caps', () => {
    const many = [1, 2, 3, 4].map((id) => ofUnit(id, { by: id }));
    const own = [5, 6, 7, 8].map((id) => report(id, { by: 1 }));
    const other = ofUnit(9, { by: 1, of: 2 });
    const stand = computeWeek(week(units, [...many, ...own, other]), campaign).units;
    expect(stand.map(({ points, collective }) => [points, collective])).toEqual([
      [30, 30],
      [0, 10],
    ]);
  });

  it.each([
    ['the demanded evidence is missing', { hasEvidence: false }],
    ['it is conduct', { item: 'conduct' }],
    ['the campaign no longer has the item', { item: 'gone' }],
  ])('is worth nothing when %s, though it is a verified report', (_, change) => {
    const [stand] = computeWeek(week(units, [ofUnit(1, change)]), campaign).units;
    expect(stand).toMatchObject({ collective: 0, verified: 1, score: 0 });
  });

  it('is compared exactly: equal results share a place, in whatever way they came about', () => {
    const three = [unit(1, { headcount: 3 }), unit(2, { headcount: 3 })];
    const help = { item: 'help' } as const;
    const reports = [ofUnit(1, { of: 1, ...help }), report(2, { by: 2, of: 2, ...help })];
    const exact = {
      ...campaign,
      comparison: { ...campaign.comparison, shrinkage: 0, collectiveFactor: 0.5 },
    };
    const [a, b] = computeWeek(week(three, reports), exact).units;
    expect([a?.score, b?.score]).toEqual([2.5, 5 / 3]);
    expect([a?.rank, b?.rank]).toEqual([1, 2]);
    const six = [unit(1, { headcount: 2 }), unit(2, { headcount: 2 })];
    expect(computeWeek(week(six, reports), exact).units.map(({ rank }) => rank)).toEqual([1, 1]);
  });

  it('is a place of its own, and a correction when it changes afterwards', () => {
    const before = computeWeek(week(units, []), campaign);
    const after = computeWeek(week(units, [ofUnit(1)]), campaign);
    expect(before.units.some(hasPlace)).toBe(false);
    expect(after.units.map(hasPlace)).toEqual([true, false]);
    expect(sameStandings(before, after)).toBe(false);
    expect(compareRevisions(before, after).map((c) => c.unitId)).toEqual([1, 2]);
    expect(
      compareRevisions(after, computeWeek(week(units, [ofUnit(1, { item: 'paper' })]), campaign)),
    ).toMatchObject([{ unitId: 1, before: { collective: 10 }, after: { collective: 20 } }]);
  });
});
