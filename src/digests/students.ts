/** Standings of students alone: their people, their content items, and no figure of the staff. */
import type { Campaign } from '../campaign/types.ts';
import { inVietnameseOrder } from '../people/fold.ts';
import { computeWeek, groupKeyOf } from '../standings/score.ts';
import type { UnitOfWeek, UnitStanding, WeekStandings } from '../standings/types.ts';
import { NO_STANDING } from './places.ts';
import type { StudentWeeks, UnitRow } from './source.ts';
import type { Weeks } from './spans.ts';
import type { DigestCohort } from './types.ts';

/** A week of students, placed among the units that have students. */
export function studentStandings(
  week: string,
  { reports, heads }: StudentWeeks,
  units: readonly UnitRow[],
  campaign: Campaign,
): WeekStandings {
  const size = new Map(
    heads.filter((head) => head.week === week).map(({ unitId, headcount }) => [unitId, headcount]),
  );
  const ofWeek = reports.filter((report) => report.week === week);
  const involved = new Set(
    ofWeek.flatMap(({ author, contributors }) => [
      author.unitId,
      ...contributors.filter(({ confirmed }) => confirmed).map(({ unitId }) => unitId),
    ]),
  );
  return computeWeek(
    {
      week,
      units: units
        .filter(({ unitId }) => size.has(unitId) || involved.has(unitId))
        .map((unit) => ({ ...unit, headcount: size.get(unit.unitId) ?? 0 })),
      reports: ofWeek,
      names: {},
    },
    campaign,
  );
}

/** An earlier week: how many take part, and no points. */
export function studentTrend(
  week: string,
  { taking, heads }: StudentWeeks,
  units: readonly UnitRow[],
  campaign: Campaign,
): UnitStanding[] {
  const of = <T extends { readonly week: string; readonly unitId: number }>(rows: readonly T[]) =>
    new Map(rows.filter((row) => row.week === week).map((row) => [row.unitId, row]));
  const [took, size] = [of(taking), of(heads)];
  return units.flatMap((unit): UnitStanding[] => {
    const { unitId } = unit;
    const participants = took.get(unitId)?.participants ?? 0;
    const headcount = size.get(unitId)?.headcount ?? 0;
    if (participants + headcount === 0) return [];
    const groupKey = groupKeyOf(unit, campaign.comparison.by);
    return [{ ...NO_STANDING, unitId, groupKey, headcount, participants }];
  });
}

/** Classes and courses over a span, by unit and name; a class nobody is in any more while it has reports. */
export function cohortsOf(
  { reports, students }: StudentWeeks,
  units: ReadonlyMap<number, UnitOfWeek>,
  span: Weeks,
): DigestCohort[] {
  const key = (unitId: number, cohort: string | null) => `${unitId} ${cohort ?? ''}`;
  const cohorts = new Map<
    string,
    { unitId: number; cohort: string | null; people: number; took: Set<number>; done: Set<number> }
  >();
  const cohortOf = new Map<string, string>();
  for (const { personId, unitId, cohort, current } of students) {
    const k = key(unitId, cohort);
    cohortOf.set(`${personId} ${unitId}`, k);
    const entry = cohorts.get(k) ?? {
      unitId,
      cohort,
      people: 0,
      took: new Set<number>(),
      done: new Set<number>(),
    };
    cohorts.set(k, { ...entry, people: entry.people + (current ? 1 : 0) });
  }
  for (const report of reports) {
    if (report.week < span.first || report.week > span.last) continue;
    const owners = [report.author, ...report.contributors.filter(({ confirmed }) => confirmed)];
    for (const { personId, unitId } of owners) {
      const entry = cohorts.get(cohortOf.get(`${personId} ${unitId}`) ?? '');
      entry?.took.add(personId);
      entry?.done.add(report.id);
    }
  }
  return [...cohorts.values()]
    .flatMap(({ unitId, cohort, people, took, done }): DigestCohort[] => {
      const unit = units.get(unitId);
      if (!unit || (people === 0 && took.size === 0)) return [];
      return [{ unit, cohort, headcount: people, participants: took.size, verified: done.size }];
    })
    .sort(
      (a, b) =>
        inVietnameseOrder(a.unit.nameVi, b.unit.nameVi) ||
        a.unit.unitId - b.unit.unitId ||
        inVietnameseOrder(a.cohort ?? '', b.cohort ?? ''),
    );
}
