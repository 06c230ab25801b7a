/**
 * Brings together what a digest is computed from: weeks as they were recorded, and weeks that were not
 * as they stand now. A recorded week stays as it was posted; later changes of it are corrections.
 */
import { addWeeks } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { computeWeek } from '../standings/score.ts';
import type { PersonStanding, UnitStanding, WeekStandings } from '../standings/types.ts';
import type { DigestAsk, DigestFigures, DigestSource, StudentWeeks } from './source.ts';
import type { Weeks } from './spans.ts';
import { studentStandings, studentTrend } from './students.ts';

/** One week of all units, recorded or not. */
interface WeekFigures {
  readonly week: string;
  readonly units: readonly UnitStanding[];
}

export interface DigestData {
  readonly ask: DigestAsk;
  readonly figures: DigestFigures;
  /** From the earliest week needed to the period's last, in order, none left out. */
  readonly weeks: readonly WeekFigures[];
  /** People of the weeks that are not recorded, of `students` of all. */
  readonly live: readonly WeekStandings[];
  /** Only of `students`. */
  readonly students: StudentWeeks | null;
}

/** The earliest week needed: of the period, of what it is compared with, or of the trend. */
export const earliestWeek = ({ weeks, before, trend }: DigestAsk['spans']): string =>
  [before?.first, trend?.first].reduce<string>(
    (first, week) => (week !== undefined && week < first ? week : first),
    weeks.first,
  );

/** The earliest week whose reports are looked at one by one: of the period, or what it is compared with. */
export const comparedFrom = ({ weeks, before }: DigestAsk['spans']): string =>
  before && before.first < weeks.first ? before.first : weeks.first;

function allWeeks({ first, last }: Weeks): string[] {
  const weeks: string[] = [];
  for (let week = first; week <= last; week = addWeeks(week, 1)) weeks.push(week);
  return weeks;
}

/** Weeks within a span, both ends included. */
export const within = <T extends { readonly week: string }>(
  entries: readonly T[],
  span: Weeks | null,
): T[] => (span ? entries.filter(({ week }) => week >= span.first && week <= span.last) : []);

/** Two round trips, and one for each week that is not recorded. */
export async function loadDigest(
  source: DigestSource,
  ask: DigestAsk,
  campaign: Campaign,
): Promise<DigestData> {
  const span = { first: earliestWeek(ask.spans), last: ask.spans.weeks.last };
  const weeks = allWeeks(span);
  if (ask.of === 'students') {
    const [figures, students] = await Promise.all([
      source.digestFigures(ask),
      source.studentWeeks(ask),
    ]);
    const from = comparedFrom(ask.spans);
    const live = weeks
      .filter((week) => week >= from)
      .map((week) => studentStandings(week, students, figures.units, campaign));
    const earlier = weeks
      .filter((week) => week < from)
      .map((week) => ({ week, units: studentTrend(week, students, figures.units, campaign) }));
    return { ask, figures, weeks: [...earlier, ...live], live, students };
  }
  const figures = await source.digestFigures(ask);
  const recorded = new Map<string, UnitStanding[]>();
  for (const { week, ...standing } of figures.recorded) {
    const of = recorded.get(week);
    if (of) of.push(standing);
    else recorded.set(week, [standing]);
  }
  const missing = weeks.filter((week) => !recorded.has(week));
  const live = await Promise.all(
    missing.map(async (week) => computeWeek(await source.unitWeek(week, ask.campaign), campaign)),
  );
  const standings = new Map(live.map(({ week, units }) => [week, units]));
  return {
    ask,
    figures,
    weeks: weeks.map((week) => ({
      week,
      units: recorded.get(week) ?? standings.get(week) ?? [],
    })),
    live,
    students: null,
  };
}

/** Who takes part in each unit over a span, each once: recorded people and those of other weeks. */
export function participantsOver(
  { figures, live, ask }: Pick<DigestData, 'figures' | 'live' | 'ask'>,
  span: Weeks,
): Map<number, number> {
  const now = span.first === ask.spans.weeks.first;
  const people = new Map<number, Set<number>>();
  const add = (unitId: number, personId: number) => {
    const of = people.get(unitId);
    if (of) of.add(personId);
    else people.set(unitId, new Set([personId]));
  };
  for (const recorded of figures.participants)
    if (recorded.now === now) for (const person of recorded.people) add(recorded.unitId, person);
  for (const week of within(live, span))
    for (const { unitId, personId, verified } of week.people)
      if (verified > 0) add(unitId, personId);
  return new Map([...people].map(([unitId, of]) => [unitId, of.size]));
}

/** What each person has over the period: `recorded` are sums over its recorded weeks. */
export function peopleOver(
  { live, ask }: Pick<DigestData, 'live' | 'ask'>,
  recorded: readonly PersonStanding[],
): PersonStanding[] {
  const sums = new Map<string, PersonStanding>();
  for (const each of [...recorded, ...within(live, ask.spans.weeks).flatMap((w) => w.people)]) {
    const key = `${each.personId} ${each.unitId}`;
    const sum = sums.get(key);
    sums.set(key, {
      ...each,
      points: Math.round(100 * (each.points + (sum?.points ?? 0))) / 100,
      verified: each.verified + (sum?.verified ?? 0),
    });
  }
  return [...sums.values()];
}
