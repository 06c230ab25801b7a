/** Data of digests, by hand and generated, with a source that answers from it. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addWeeks } from '../../src/campaign/calendar.ts';
import type { DigestData } from '../../src/digests/data.ts';
import { loadDigest } from '../../src/digests/data.ts';
import type { DigestFigures, DigestSource, StudentWeeks } from '../../src/digests/source.ts';
import { type DigestSpans, weekSpans } from '../../src/digests/spans.ts';
import type { DigestScope } from '../../src/people/may.ts';
import { computeWeek } from '../../src/standings/score.ts';
import type { CountedReport, UnitOfWeek } from '../../src/standings/types.ts';
import { campaign, report, unit, week } from './standings-week.ts';

export const THIS_WEEK = '2024-07-08';
export const LAST_WEEK = '2024-07-01';
/** Monday, 8 July 2024, 8.30 in Hanoi. */
export const NOW = Temporal.Instant.from('2024-07-08T01:30:00Z');

export const UNITS: readonly UnitOfWeek[] = [
  unit(1, { nameVi: 'Viện Triết học', headcount: 10 }),
  unit(2, { nameVi: 'Viện Xã hội học', headcount: 8 }),
  unit(3, { nameVi: 'Văn phòng', kind: 'support', headcount: 3 }),
  unit(4, { nameVi: 'Trường A', bloc: 'political_school', headcount: 12 }),
  unit(5, { nameVi: 'Trường B', bloc: 'political_school', headcount: 6 }),
];

export const NO_FIGURES: DigestFigures = {
  units: UNITS.map(({ headcount: _, ...row }) => row),
  recorded: [],
  participants: [],
  breadth: [],
  counts: [],
  backlog: [],
  exemplars: [],
  audit: { drawn: 0, waiting: 0, sound: 0, doubtful: 0 },
  ticketsOverdue: 0,
  enrolled: 0,
  unreachable: 0,
  corrections: [],
};

export const NO_STUDENTS: StudentWeeks = { reports: [], taking: [], heads: [], students: [] };

/** A week's standings as they were recorded. */
export const recordedWeek = (
  monday: string,
  reports: readonly CountedReport[],
  units: readonly UnitOfWeek[] = UNITS,
): DigestFigures['recorded'] =>
  computeWeek({ ...week([...units], [...reports]), week: monday }, campaign).units.map((each) => ({
    ...each,
    week: monday,
  }));

/** Every week before this one without reports, but for those given. */
export const recordedWeeks = (
  given: Readonly<Record<string, readonly CountedReport[]>>,
  first = '2024-02-26',
): DigestFigures['recorded'] => {
  const weeks: DigestFigures['recorded'][number][] = [];
  for (let monday = first; monday < THIS_WEEK; monday = addWeeks(monday, 1))
    weeks.push(...recordedWeek(monday, given[monday] ?? []));
  return weeks;
};

export const sourceOf = (
  figures: Partial<DigestFigures>,
  students: StudentWeeks = NO_STUDENTS,
): DigestSource => ({
  digestFigures: async () => ({ ...NO_FIGURES, ...figures }),
  studentWeeks: async () => students,
  digestPeople: async () => [],
  digestReports: async () => [],
  membersOf: async () => [],
  unitWeek: async (monday) => ({ ...week([...UNITS], []), week: monday }),
});

/** What a digest of the last week, or of other spans, is computed from. */
export const dataOf = (
  of: DigestScope,
  figures: Partial<DigestFigures>,
  {
    spans = weekSpans(campaign, LAST_WEEK, THIS_WEEK),
    students = NO_STUDENTS,
    source = sourceOf(figures, students),
  }: { spans?: DigestSpans; students?: StudentWeeks; source?: DigestSource } = {},
): Promise<DigestData> =>
  loadDigest(
    source,
    {
      campaign: campaign.code,
      of,
      spans,
      studentItems: ['study'],
      at: NOW.toString(),
      day: '2024-07-08',
      zone: campaign.zone,
    },
    campaign,
  );

/** Figures of two weeks in which anything may have happened. */
export const anyFigures: fc.Arbitrary<DigestFigures> = fc
  .record({
    now: fc.array(
      fc.record({ by: fc.integer({ min: 1, max: 30 }), id: fc.integer({ min: 1, max: 99 }) }),
      {
        maxLength: 20,
      },
    ),
    before: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 10 }),
    counts: fc.array(
      fc.record({
        unitId: fc.integer({ min: 1, max: 5 }),
        week: fc.constantFrom(LAST_WEEK, addWeeks(LAST_WEEK, -1)),
        verified: fc.integer({ min: 0, max: 9 }),
        returned: fc.integer({ min: 0, max: 9 }),
        other: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 10 },
    ),
    backlog: fc.uniqueArray(
      fc.record({
        unitId: fc.integer({ min: 1, max: 5 }),
        waiting: fc.integer({ min: 1, max: 50 }),
      }),
      { selector: ({ unitId }) => unitId, maxLength: 5 },
    ),
  })
  .map(({ now, before, counts, backlog }) => {
    const by = (person: number, id: number) => report(id, { by: person, of: (person % 5) + 1 });
    return {
      ...NO_FIGURES,
      recorded: recordedWeeks({
        [LAST_WEEK]: now.map((each, i) => by(each.by, i + 1)),
        [addWeeks(LAST_WEEK, -1)]: before.map((person, i) => by(person, i + 1)),
      }),
      counts: counts.map(({ other, ...each }) => ({
        ...each,
        submitted: each.verified + each.returned + other,
      })),
      backlog: backlog.map((each) => ({ ...each, late: 0, oldest: '2024-07-05T02:00:00Z' })),
      exemplars: UNITS.map(({ unitId }) => ({
        id: unitId,
        reportId: unitId,
        title: 'Việc làm tốt',
        authorName: `Người của đơn vị ${unitId}`,
        unitId,
        citation: 'Gương mẫu',
      })),
      audit: { drawn: 3, waiting: 1, sound: 1, doubtful: 1 },
      ticketsOverdue: 2,
    };
  });
