import type { Campaign } from '../campaign/types.ts';
import { givenNameFirst } from '../people/fold.ts';
import { grouped } from './grouped.ts';
import { ranked } from './rank.ts';
import { groupKeyOf } from './score.ts';
import type { PastTotals, UnitStanding, UnitWeek, WeekStandings } from './types.ts';

/** Where a unit stands within its group, over a week or over the whole campaign. */
export type Placing = Pick<
  UnitStanding,
  'unitId' | 'groupKey' | 'headcount' | 'points' | 'collective' | 'score' | 'rank' | 'groupSize'
>;

/** What one person has, over a week or over the whole campaign. */
export type PersonTotal = PastTotals['people'][number];

/** A person on a board, with the place among the people of the unit. */
export interface PlacedPerson {
  readonly entry: PersonTotal;
  readonly rank: number;
}

/** A week as it stands now. */
export interface LiveWeek {
  readonly data: UnitWeek;
  readonly standings: WeekStandings;
}

/** Points have two decimals: sums are freed of floating-point dust. */
const clean = (points: number): number => Math.round(points * 100) / 100;

/** One unit's people of one week, by name. */
export const peopleOf = ({ data, standings }: LiveWeek, unitId: number): PersonTotal[] =>
  standings.people
    .filter((person) => person.unitId === unitId)
    .map(({ personId, points, verified }) => ({
      personId,
      name: data.names[personId] ?? '',
      points,
      verified,
    }));

/**
 * The campaign so far: recorded weeks plus the weeks given, latest last, whose units and headcounts
 * are those shown. A unit's score is the sum of its weekly scores; units are placed by it anew.
 */
export function campaignPlacings(
  past: PastTotals,
  weeks: readonly LiveWeek[],
  by: Campaign['comparison']['by'],
): Placing[] {
  const none = { points: 0, collective: 0, score: 0 };
  const sums = new Map<number, typeof none>();
  for (const { unitId, points, collective, score } of [
    ...past.units,
    ...weeks.flatMap((week) => week.standings.units),
  ]) {
    const sum = sums.get(unitId) ?? none;
    sums.set(unitId, {
      points: sum.points + points,
      collective: sum.collective + collective,
      score: sum.score + score,
    });
  }
  const rows = (weeks.at(-1)?.data.units ?? []).map((unit) => {
    const { points, collective, score } = sums.get(unit.unitId) ?? none;
    const { unitId, headcount } = unit;
    return {
      unitId,
      headcount,
      groupKey: groupKeyOf(unit, by),
      points: clean(points),
      collective: clean(collective),
      score,
    };
  });
  return [...grouped(rows, (row) => row.groupKey).values()].flatMap((group) => {
    const peopled = group.filter((row) => row.headcount > 0);
    // Sums of the same weekly scores may differ in the last digits by the order of adding.
    const places = ranked(peopled, (a, b) => Math.round((b.score - a.score) * 1e9));
    const rankOf = new Map(places.map(({ entry, rank }) => [entry.unitId, rank]));
    return group.map((row) => ({
      ...row,
      rank: rankOf.get(row.unitId) ?? null,
      groupSize: peopled.length,
    }));
  });
}

/** One unit's people over the campaign so far. */
export function campaignPeople(
  past: PastTotals,
  weeks: readonly LiveWeek[],
  unitId: number,
): PersonTotal[] {
  const people = new Map<number, PersonTotal>();
  for (const person of [...past.people, ...weeks.flatMap((week) => peopleOf(week, unitId))]) {
    const sum = people.get(person.personId);
    people.set(person.personId, {
      ...person,
      points: clean((sum?.points ?? 0) + person.points),
      verified: (sum?.verified ?? 0) + person.verified,
    });
  }
  return [...people.values()];
}

/** People with points, best first, ties sharing a place and standing in the order of their names. */
export function rankedPeople(people: readonly PersonTotal[]): PlacedPerson[] {
  const named = people
    .filter((person) => person.points > 0)
    .sort((a, b) => givenNameFirst(a.name, b.name) || a.personId - b.personId);
  return ranked(named, (a, b) => b.points - a.points);
}
