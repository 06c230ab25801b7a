/** Standings of a span of weeks, and the places within the groups a digest shows. */
import type { Campaign } from '../campaign/types.ts';
import type { DigestScope } from '../people/may.ts';
import { grouped } from '../standings/grouped.ts';
import { ranked } from '../standings/rank.ts';
import { groupKeyOf } from '../standings/score.ts';
import type { UnitOfWeek, UnitStanding } from '../standings/types.ts';
import { type DigestData, participantsOver, within } from './data.ts';
import type { Weeks } from './spans.ts';

/** Of a unit of which nothing is recorded; its people, its group and its id are to be added. */
export const NO_STANDING = {
  points: 0,
  collective: 0,
  score: 0,
  rank: null,
  groupSize: 0,
  participants: 0,
  breadth: 0,
  verified: 0,
} satisfies Partial<UnitStanding>;

const clean = (points: number): number => Math.round(points * 100) / 100;

/**
 * One week as it stands, or the sum of several: points, scores and reports are added; participants and
 * content items count once; headcount and group are those of the last week. Without places.
 */
export function spanStandings(data: DigestData, span: Weeks, campaign: Campaign): UnitStanding[] {
  const weeks = within(data.weeks, span);
  const last = weeks.at(-1);
  if (!last) return [];
  if (weeks.length === 1) return [...last.units];
  const people = participantsOver(data, span);
  const breadth =
    span.first === data.ask.spans.weeks.first
      ? new Map(data.figures.breadth.map(({ unitId, items }) => [unitId, items]))
      : new Map<number, number>();
  const units = new Map(data.figures.units.map((unit) => [unit.unitId, unit]));
  const heads = new Map(last.units.map(({ unitId, headcount }) => [unitId, headcount]));
  return [
    ...grouped(
      weeks.flatMap((week) => week.units),
      ({ unitId }) => unitId,
    ),
  ].flatMap(([unitId, own]) => {
    const unit = units.get(unitId);
    if (!unit) return [];
    const sum = (of: (week: UnitStanding) => number) => own.reduce((n, each) => n + of(each), 0);
    return [
      {
        unitId,
        groupKey: groupKeyOf(unit, campaign.comparison.by),
        headcount: heads.get(unitId) ?? 0,
        points: clean(sum(({ points }) => points)),
        collective: clean(sum(({ collective }) => collective)),
        score: sum(({ score }) => score),
        rank: null,
        groupSize: 0,
        participants: people.get(unitId) ?? 0,
        breadth: breadth.get(unitId) ?? 0,
        verified: sum(({ verified }) => verified),
      },
    ];
  });
}

/** Of political schools, their cluster once any has one; else the group of the campaign's comparison. */
export const groupedBy = (
  of: DigestScope,
  units: readonly Pick<UnitOfWeek, 'bloc' | 'cluster'>[],
  campaign: Campaign,
): Campaign['comparison']['by'] =>
  of === 'political_schools' &&
  units.some(({ bloc, cluster }) => bloc === 'political_school' && cluster !== null)
    ? ['cluster']
    : campaign.comparison.by;

/**
 * The standings with places in the digest's own groups. A week's places are those it was posted with
 * where the groups are the campaign's; else units are placed by their scores.
 */
export function placed(
  data: DigestData,
  standings: readonly UnitStanding[],
  campaign: Campaign,
): Map<number, UnitStanding> {
  const by = groupedBy(data.ask.of, data.figures.units, campaign);
  const asPosted = by === campaign.comparison.by && standings.some(({ rank }) => rank !== null);
  if (asPosted) return new Map(standings.map((each) => [each.unitId, each]));
  const units = new Map(data.figures.units.map((unit) => [unit.unitId, unit]));
  const keyed = standings.flatMap((standing) => {
    const unit = units.get(standing.unitId);
    const other = data.ask.of === 'political_schools' && unit?.bloc !== 'political_school';
    return unit && !other ? [{ ...standing, groupKey: groupKeyOf(unit, by) }] : [];
  });
  const rows = [...grouped(keyed, ({ groupKey }) => groupKey).values()].flatMap((group) => {
    // Sums of the same weekly scores may differ in the last digits by the order of adding.
    const places = ranked(
      group.filter(({ headcount }) => headcount > 0),
      (a, b) => Math.round((b.score - a.score) * 1e9),
    );
    const rankOf = new Map(places.map(({ entry, rank }) => [entry.unitId, rank]));
    return group.map((each) => ({
      ...each,
      rank: rankOf.get(each.unitId) ?? null,
      groupSize: places.length,
    }));
  });
  return new Map(rows.map((each) => [each.unitId, each]));
}
