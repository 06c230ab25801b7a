import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeWeek } from '../../../src/standings/score.ts';
import {
  campaignPeople,
  campaignPlacings,
  type LiveWeek,
  rankedPeople,
} from '../../../src/standings/total.ts';
import type { PastTotals, UnitWeek } from '../../../src/standings/types.ts';
import { campaign, report, unit, week, weeks } from '../../support/standings-week.ts';

const { by } = campaign.comparison;
const live = (data: UnitWeek): LiveWeek => ({ data, standings: computeWeek(data, campaign) });
const none: PastTotals = { units: [], people: [] };
const person = (personId: number, name: string, points: number) => ({
  personId,
  name,
  points,
  verified: 1,
});

describe('the campaign so far', () => {
  it('is the same whether weeks come recorded or live', () => {
    fc.assert(
      fc.property(fc.array(weeks, { minLength: 2, maxLength: 4 }), (all) => {
        const lives = all.map(live);
        const last = lives.slice(-1);
        const past: PastTotals = {
          units: [1, 2, 3, 4, 5].map((unitId) => {
            const own = lives.slice(0, -1).map((w) => w.standings.units[unitId - 1]);
            return {
              unitId,
              points: own.reduce((sum, u) => sum + (u?.points ?? 0), 0),
              collective: own.reduce((sum, u) => sum + (u?.collective ?? 0), 0),
              score: own.reduce((sum, u) => sum + (u?.score ?? 0), 0),
            };
          }),
          people: campaignPeople(none, lives.slice(0, -1), 1),
        };
        const facts = (placings: ReturnType<typeof campaignPlacings>) =>
          placings.map(({ unitId, points, collective, rank, groupSize }) => ({
            unitId,
            points,
            collective,
            rank,
            groupSize,
          }));
        expect(facts(campaignPlacings(past, last, by))).toEqual(
          facts(campaignPlacings(none, lives, by)),
        );
        const byId = (people: ReturnType<typeof campaignPeople>) =>
          [...people].sort((a, b) => a.personId - b.personId);
        expect(byId(campaignPeople(past, last, 1))).toEqual(byId(campaignPeople(none, lives, 1)));
      }),
    );
  });

  it('places equal sums together, whatever order they were added in', () => {
    // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last digit.
    const past: PastTotals = {
      units: [0.1, 0.2, 0.3].flatMap((score, i, all) => [
        { unitId: 1, points: 1, collective: 0, score },
        { unitId: 2, points: 1, collective: 0, score: all[2 - i] ?? 0 },
      ]),
      people: [],
    };
    const placings = campaignPlacings(past, [live(week([unit(1), unit(2)], []))], by);
    expect(placings.map((p) => [p.points, p.rank])).toEqual([
      [3, 1],
      [3, 1],
    ]);
  });

  it('keeps a unit without people out of the places', () => {
    const data = week([unit(1, { headcount: 0 }), unit(2)], [report(1)]);
    expect(campaignPlacings(none, [live(data)], by).map((p) => [p.rank, p.groupSize])).toEqual([
      [null, 1],
      [1, 1],
    ]);
  });
});

describe('people on a board', () => {
  it('stand by points, those with equal points by given name, and not at all without points', () => {
    const people = [
      person(1, 'Nguyễn Văn Đạt', 10),
      person(2, 'Trần Thị Ánh', 10),
      person(3, 'Lê Văn Chi', 20),
      person(4, 'Phạm Văn Em', 0),
      person(5, 'An Thị Dung', 10),
    ];
    expect(rankedPeople(people).map(({ entry, rank }) => [rank, entry.name])).toEqual([
      [1, 'Lê Văn Chi'],
      [2, 'Trần Thị Ánh'],
      [2, 'An Thị Dung'],
      [2, 'Nguyễn Văn Đạt'],
    ]);
  });
});
