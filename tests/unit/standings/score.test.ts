import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaign/types.ts';
import {
  compareRevisions,
  computeWeek,
  sameStandings,
  withFrozenHeadcounts,
} from '../../../src/standings/score.ts';
import type { UnitWeek } from '../../../src/standings/types.ts';
import { campaign, report, unit, week, weeks } from '../../support/standings-week.ts';

const pointsOf = (w: UnitWeek, c: Campaign = campaign) =>
  Object.fromEntries(computeWeek(w, c).people.map((p) => [p.personId, p.points]));
const unitsOf = (w: UnitWeek, c: Campaign = campaign) =>
  new Map(computeWeek(w, c).units.map((u) => [u.unitId, u]));

describe('points', () => {
  it('go to the author alone when nobody shares the work', () => {
    expect(pointsOf(week([unit(1)], [report(1)]))).toEqual({ 1: 10 });
  });

  it('are split equally; who has not confirmed yet leaves a part untaken', () => {
    const shared = report(1, {
      contributors: [
        { personId: 2, unitId: 1, confirmed: true },
        { personId: 3, unitId: 2, confirmed: false },
      ],
    });
    expect(pointsOf(week([unit(1), unit(2)], [shared]))).toEqual({ 1: 3.33, 2: 3.33 });
  });

  it('stay with the unit of whoever earned them', () => {
    const shared = report(1, { contributors: [{ personId: 2, unitId: 2, confirmed: true }] });
    const units = unitsOf(week([unit(1), unit(2)], [shared]));
    expect([units.get(1)?.points, units.get(2)?.points]).toEqual([5, 5]);
    expect([units.get(1)?.verified, units.get(2)?.verified]).toEqual([1, 1]);
  });

  it('stop at the cap of the person, item and week, earliest reports first', () => {
    const four = [1, 2, 3, 4].map((id) => report(id));
    expect(pointsOf(week([unit(1)], four))).toEqual({ 1: 30 });
    const help = [report(1, { item: 'help' }), report(2, { item: 'help' })];
    expect(pointsOf(week([unit(1)], help))).toEqual({ 1: 7.5 });
  });

  it('fill the cap by instant of submission, then number, across a move between units', () => {
    const moved = [
      report(1, { item: 'help', of: 2, submittedAt: '2024-07-03T02:00:00.500000Z' }),
      report(2, { item: 'help', of: 1, submittedAt: '2024-07-03T01:59:00.000000Z' }),
      report(3, { item: 'help', of: 1, submittedAt: '2024-07-03T02:00:00.500000Z' }),
    ];
    const units = unitsOf(week([unit(1), unit(2)], moved));
    expect([units.get(1)?.points, units.get(2)?.points]).toEqual([5, 2.5]);
  });

  it.each([
    ['the demanded evidence is missing', report(1, { hasEvidence: false })],
    ['it is conduct', report(1, { item: 'conduct' })],
    ['the campaign no longer has the item', report(1, { item: 'gone' })],
  ])('are none when %s, though it still counts as participation', (_, one) => {
    const { people, units } = computeWeek(week([unit(1)], [one]), campaign);
    expect(people).toEqual([{ personId: 1, unitId: 1, points: 0, verified: 1 }]);
    expect(units[0]).toMatchObject({ points: 0, participants: 1, verified: 1, breadth: 1 });
  });

  it('need no evidence where the item asks for none', () => {
    const help = report(1, { item: 'help', hasEvidence: false });
    expect(pointsOf(week([unit(1)], [help]))).toEqual({ 1: 5 });
  });
});

describe('units', () => {
  it('are scored by the shrunken mean and placed within their group, ties sharing a place', () => {
    const units = unitsOf(
      week(
        [
          unit(1),
          unit(2),
          unit(3),
          unit(4),
          unit(5, { headcount: 0 }),
          unit(6, { bloc: 'political_school' }),
        ],
        [
          report(1, { of: 1, by: 1, item: 'paper' }),
          report(2, { of: 2, by: 2 }),
          report(3, { of: 3, by: 3 }),
          report(4, { of: 6, by: 6 }),
        ],
      ),
    );
    // m = 40 / 40 = 1; (20 + 5)/15, (10 + 5)/15, (0 + 5)/15.
    expect(units.get(1)?.score).toBeCloseTo(25 / 15, 12);
    expect(units.get(2)?.score).toBe(1);
    expect(units.get(4)?.score).toBeCloseTo(5 / 15, 12);
    expect([1, 2, 3, 4, 5, 6].map((id) => units.get(id)?.rank)).toEqual([1, 2, 2, 4, null, 1]);
    expect([1, 5, 6].map((id) => units.get(id)?.groupSize)).toEqual([4, 4, 1]);
    expect(units.get(6)?.groupKey).toBe('research_teaching/political_school');
  });

  it('without people have no place and break nothing, even a whole group of them', () => {
    const none = { ...campaign, comparison: { ...campaign.comparison, shrinkage: 0 } };
    const empty = week([unit(1, { headcount: 0 })], [report(1)]);
    for (const c of [campaign, none])
      expect(unitsOf(empty, c).get(1)).toMatchObject({
        points: 10,
        score: 0,
        rank: null,
        groupSize: 0,
      });
    const beside = week([unit(1, { headcount: 0 }), unit(2)], [report(1)]);
    expect(unitsOf(beside, none).get(1)).toMatchObject({ score: 0, rank: null, groupSize: 1 });
  });

  it('are all in one group when the campaign compares by nothing, and by cluster when it says so', () => {
    const by = (...fields: ('kind' | 'bloc' | 'cluster')[]) => ({
      ...campaign,
      comparison: { ...campaign.comparison, by: fields },
    });
    const units = [unit(1, { cluster: 'A' }), unit(2, { cluster: 'B' }), unit(3)];
    expect(unitsOf(week(units, []), by()).get(1)?.groupSize).toBe(3);
    expect(unitsOf(week(units, []), by('cluster')).get(1)?.groupSize).toBe(1);
  });
});

/** The same rules written another way: floating point, one person and one unit at a time. */
function independently(w: UnitWeek) {
  const sorted = [...w.reports].sort((a, b) =>
    a.submittedAt === b.submittedAt ? a.id - b.id : a.submittedAt < b.submittedAt ? -1 : 1,
  );
  const people: Record<number, number> = {};
  for (let person = 1; person <= 12; person += 1) {
    for (const item of campaign.items) {
      let got = 0;
      for (const r of sorted) {
        const takesPart =
          r.kind === 'personal' &&
          (r.author.personId === person ||
            r.contributors.some((c) => c.personId === person && c.confirmed));
        if (r.item !== item.id || !takesPart) continue;
        if (item.evidence.required && !r.hasEvidence) continue;
        got += Math.floor((item.weight * 100) / (r.contributors.length + 1) + 1e-9) / 100;
      }
      people[person] = (people[person] ?? 0) + Math.min(got, item.weeklyCap ?? got);
    }
  }
  const unitPoints = (id: number) =>
    Object.entries(people).reduce((sum, [p, x]) => ((Number(p) % 5) + 1 === id ? sum + x : sum), 0);
  const common = (id: number) =>
    campaign.items.reduce((sum, item) => {
      const counted = w.reports.filter(
        (r) =>
          r.kind === 'collective' &&
          r.item === item.id &&
          r.author.unitId === id &&
          (r.hasEvidence || !item.evidence.required),
      );
      const got = counted.length * item.weight;
      return sum + Math.min(got, item.weeklyCap ?? got);
    }, 0);
  return w.units.map((u) => {
    const group = w.units.filter((other) => other.bloc === u.bloc);
    const heads = group.reduce((sum, g) => sum + g.headcount, 0);
    const m = group.reduce((sum, g) => sum + unitPoints(g.unitId), 0) / heads;
    const score = (g: typeof u) =>
      (heads === 0 ? 0 : (unitPoints(g.unitId) + 5 * m) / (g.headcount + 5)) +
      common(g.unitId) * campaign.comparison.collectiveFactor;
    const better = group.filter((g) => g.headcount > 0 && score(g) > score(u) + 1e-9).length;
    return {
      points: unitPoints(u.unitId),
      collective: common(u.unitId),
      score: score(u),
      rank: u.headcount === 0 ? null : better + 1,
    };
  });
}

describe('properties', () => {
  it('equal an independent calculation', () => {
    fc.assert(
      fc.property(weeks, (w) => {
        const units = computeWeek(w, campaign).units;
        for (const [i, expected] of independently(w).entries()) {
          expect(units[i]?.points).toBeCloseTo(expected.points, 6);
          expect(units[i]?.collective).toBeCloseTo(expected.collective, 9);
          expect(units[i]?.score).toBeCloseTo(expected.score, 9);
          expect(units[i]?.rank).toBe(expected.rank);
        }
      }),
    );
  });

  it('do not depend on the order of units and reports', () => {
    const shuffled = weeks.chain((w) =>
      fc.tuple(
        fc.constant(w),
        fc.shuffledSubarray([...w.reports], { minLength: w.reports.length }),
        fc.shuffledSubarray([...w.units], { minLength: w.units.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([w, reports, units]) => {
        expect(computeWeek({ ...w, reports, units }, campaign)).toEqual(computeWeek(w, campaign));
      }),
    );
  });

  it('never give more than a work’s weight or a person’s cap', () => {
    fc.assert(
      fc.property(weeks, (w) => {
        for (const one of w.reports) {
          const alone = computeWeek({ ...w, reports: [one] }, campaign);
          const total =
            alone.people.reduce((sum, p) => sum + p.points, 0) +
            alone.units.reduce((sum, u) => sum + u.collective, 0);
          const weight = campaign.items.find((i) => i.id === one.item)?.weight ?? 0;
          expect(total).toBeLessThanOrEqual(weight + 1e-9);
        }
        for (const item of campaign.items) {
          const only = { ...w, reports: w.reports.filter((r) => r.item === item.id) };
          for (const points of Object.values(pointsOf(only)))
            expect(points).toBeLessThanOrEqual(item.weeklyCap ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  it('never take points from anybody for one more verified report', () => {
    fc.assert(
      fc.property(weeks, (w) => {
        const before = pointsOf({ ...w, reports: w.reports.slice(1) });
        const after = pointsOf(w);
        for (const [person, points] of Object.entries(before))
          expect(after[Number(person)]).toBeGreaterThanOrEqual(points);
      }),
    );
  });

  it('sum each unit’s points from its people’s', () => {
    fc.assert(
      fc.property(weeks, (w) => {
        const { units, people } = computeWeek(w, campaign);
        for (const u of units) {
          const own = people.filter((p) => p.unitId === u.unitId);
          expect(own.reduce((sum, p) => sum + p.points, 0)).toBeCloseTo(u.points, 6);
          expect(u.participants).toBe(own.length);
        }
      }),
    );
  });
});

describe('revisions', () => {
  const units = [unit(1), unit(2)];
  const first = computeWeek(week(units, [report(1, { of: 1 })]), campaign);

  it('are the same when nothing changed', () => {
    const again = computeWeek(week(units, [report(1, { of: 1 })]), campaign);
    expect(sameStandings(first, again)).toBe(true);
    expect(compareRevisions(first, again)).toEqual([]);
  });

  it('name every unit whose points or place changed', () => {
    const later = computeWeek(
      week(units, [report(1, { of: 1 }), report(2, { of: 2, by: 2, item: 'paper' })]),
      campaign,
    );
    expect(sameStandings(first, later)).toBe(false);
    expect(
      compareRevisions(first, later).map((c) => [
        c.unitId,
        c.before.points,
        c.after.points,
        c.before.rank,
        c.after.rank,
      ]),
    ).toEqual([
      [1, 10, 10, 1, 2],
      [2, 0, 20, 2, 1],
    ]);
  });

  it('keep the headcount a week was closed with', () => {
    const grown = week([unit(1, { headcount: 99 }), unit(2), unit(3, { headcount: 4 })], []);
    expect(withFrozenHeadcounts(grown, first).units.map((u) => u.headcount)).toEqual([10, 10, 4]);
  });
});
