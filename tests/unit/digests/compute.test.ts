import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWeeks } from '../../../src/campaign/calendar.ts';
import { computeDigest } from '../../../src/digests/compute.ts';
import { stageSpans, weekSpans } from '../../../src/digests/spans.ts';
import type { Digest } from '../../../src/digests/types.ts';
import { DIGEST_SCOPES } from '../../../src/people/may.ts';
import {
  anyFigures,
  dataOf,
  LAST_WEEK,
  NO_FIGURES,
  type NO_STUDENTS,
  recordedWeek,
  recordedWeeks,
  sourceOf,
  THIS_WEEK,
  UNITS,
} from '../../support/digest-data.ts';
import { campaign, report, week } from '../../support/standings-week.ts';

const BEFORE = addWeeks(LAST_WEEK, -1);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const unitOf = (digest: Digest, unitId: number) => {
  const found = digest.units.find(({ unit }) => unit.unitId === unitId);
  if (!found) throw new Error(`no unit ${unitId}`);
  return found;
};

describe('a digest', () => {
  it('has totals that are the sums of its units, in every scope', async () => {
    await fc.assert(
      fc.asyncProperty(anyFigures, fc.constantFrom(...DIGEST_SCOPES), async (figures, of) => {
        const { totals, units, participation, before, backlog } = computeDigest(
          await dataOf(of, figures),
          campaign,
        );
        expect(totals.participants).toBe(sum(participation.map((each) => each.participants)));
        expect(totals.headcount).toBe(sum(participation.map(({ unit }) => unit.headcount)));
        expect(totals.units).toBe(participation.length);
        if (before) expect(before.participants).toBe(sum(participation.map((p) => p.before ?? 0)));
        if (of === 'participation') return;
        expect(totals.reports?.submitted).toBe(sum(units.map((each) => each.submitted)));
        expect(totals.reports?.returned).toBe(sum(units.map((each) => each.returned)));
        expect(backlog?.waiting).toBe(sum(units.map((each) => each.waiting)));
      }),
    );
  });

  it('puts every unit into one group, in the order of places', async () => {
    await fc.assert(
      fc.asyncProperty(anyFigures, async (figures) => {
        const { groups, units } = computeDigest(await dataOf('campaign', figures), campaign);
        const ids = groups.flatMap((group) => group.units.map(({ unit }) => unit.unitId)).sort();
        expect(ids).toEqual(units.map(({ unit }) => unit.unitId).sort());
        for (const group of groups) {
          const places = group.units.flatMap(({ standing }) =>
            standing.rank !== null && standing.points > 0 ? standing.rank : [],
          );
          expect(places).toEqual(places.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('leaks nothing beyond its scope', async () => {
    await fc.assert(
      fc.asyncProperty(anyFigures, async (figures) => {
        const schools = computeDigest(await dataOf('political_schools', figures), campaign);
        expect(JSON.stringify(schools)).not.toMatch(/Viện|Văn phòng|đơn vị [123]\b/);
        expect([schools.audit, schools.cohorts]).toEqual([null, []]);
        expect(schools.attention.map(({ kind }) => kind)).not.toContain('tickets');

        const counts = computeDigest(await dataOf('participation', figures), campaign);
        expect(counts).toMatchObject({
          groups: [],
          units: [],
          cohorts: [],
          exemplars: [],
          corrections: [],
          backlog: null,
          audit: null,
          totals: { reports: null },
        });
        expect(JSON.stringify(counts)).not.toMatch(/score|rank|Việc làm tốt|Người của/);
        expect(counts.trend.every(({ verified }) => verified === null)).toBe(true);
      }),
    );
  });

  it('compares with the week before: people, places, silence', async () => {
    const digest = computeDigest(
      await dataOf('campaign', {
        recorded: recordedWeeks({
          [BEFORE]: [report(1, { by: 20, of: 2, item: 'paper' }), report(2, { by: 10, of: 1 })],
          [LAST_WEEK]: [
            report(3, { by: 10, of: 1, item: 'paper' }),
            report(4, { by: 11, of: 1 }),
            report(5, { by: 20, of: 2 }),
          ],
        }),
        counts: [
          { unitId: 1, week: LAST_WEEK, submitted: 4, verified: 2, returned: 1 },
          { unitId: 2, week: LAST_WEEK, submitted: 1, verified: 1, returned: 0 },
          { unitId: 1, week: BEFORE, submitted: 1, verified: 1, returned: 0 },
        ],
      }),
      campaign,
    );
    expect(digest.totals).toEqual({
      units: 5,
      headcount: 39,
      participants: 3,
      silentUnits: 3,
      reports: { submitted: 5, verified: 3, returned: 1 },
    });
    // Unit 2 has a participant of the week before although none of its own reports were sent then.
    expect(digest.before).toMatchObject({ participants: 2, silentUnits: 3 });
    expect(unitOf(digest, 1)).toMatchObject({ moved: 1, participantsBefore: 1, submitted: 4 });
    expect(unitOf(digest, 2)).toMatchObject({ moved: -1, participantsBefore: 1 });
    expect(unitOf(digest, 3).moved).toBeNull();
    expect(digest.silent.map(({ nameVi }) => nameVi)).toEqual([
      'Trường A',
      'Trường B',
      'Văn phòng',
    ]);
    expect(digest.groups[0]?.units.map(({ unit }) => unit.unitId)).toEqual([1, 2]);
  });

  it('takes a week that was not recorded as it stands', async () => {
    const figures = { recorded: recordedWeeks({}).filter((each) => each.week !== LAST_WEEK) };
    const asked: string[] = [];
    const data = await dataOf('campaign', figures, {
      source: {
        ...sourceOf(figures),
        async unitWeek(monday) {
          asked.push(monday);
          return { ...week([...UNITS], [report(1, { by: 10, of: 1 })]), week: monday };
        },
      },
    });
    expect(asked).toEqual([LAST_WEEK]);
    expect(computeDigest(data, campaign).totals.participants).toBe(1);
  });

  it('of twelve weeks at most shows the trend, and none from before the campaign', async () => {
    const of = async (monday: string) => {
      const spans = weekSpans(campaign, monday, THIS_WEEK);
      const data = await dataOf('campaign', { recorded: recordedWeeks({}) }, { spans });
      return computeDigest(data, campaign);
    };
    expect((await of(LAST_WEEK)).trend).toHaveLength(12);
    const first = await of('2024-02-26');
    expect(first.trend.map(({ number }) => number)).toEqual([1]);
    expect(first.before).toBeNull();
    expect(first.units.every(({ participantsBefore }) => participantsBefore === null)).toBe(true);
  });

  it('of a stage counts a person once and adds points and scores', async () => {
    const spans = stageSpans(campaign, null, THIS_WEEK);
    if (!spans) throw new Error('the campaign has begun');
    const both = { [BEFORE]: [report(1, { by: 10 })], [LAST_WEEK]: [report(2, { by: 10 })] };
    const recorded = recordedWeeks(both);
    const data = await dataOf(
      'campaign',
      {
        recorded,
        participants: [{ unitId: 1, now: true, people: [10] }],
        breadth: [{ unitId: 1, items: 1 }],
      },
      {
        spans,
        source: {
          ...sourceOf({ recorded, participants: [{ unitId: 1, now: true, people: [10] }] }),
          // The running week: the same person, and one more.
          unitWeek: async (monday) => ({
            ...week([...UNITS], [report(3, { by: 10 }), report(4, { by: 11 })]),
            week: monday,
          }),
        },
      },
    );
    const digest = computeDigest(data, campaign);
    const { standing, moved } = unitOf(digest, 1);
    expect(standing).toMatchObject({ points: 40, verified: 4, participants: 2, rank: 1 });
    expect(moved).toBeNull();
    expect(digest.period).toMatchObject({ kind: 'stage', stage: null, running: true });
    // The running week is no part of a trend: it would always look like a fall.
    expect(digest.trend.at(-1)?.week).toBe(LAST_WEEK);
  });

  it('keeps a unit that is gone where it reported, without people', async () => {
    const gone = UNITS.filter(({ unitId }) => unitId !== 2);
    const recorded = [
      ...recordedWeek(BEFORE, [report(1, { by: 20, of: 2 })]),
      ...recordedWeek(LAST_WEEK, [], gone),
    ];
    const spans = stageSpans(campaign, null, LAST_WEEK);
    if (!spans) throw new Error('the campaign has begun');
    const data = await dataOf(
      'campaign',
      {
        recorded: [...recordedWeeks({}, '2024-02-26').filter((w) => w.week < BEFORE), ...recorded],
        participants: [{ unitId: 2, now: true, people: [20] }],
      },
      { spans },
    );
    const digest = computeDigest(data, campaign);
    expect(unitOf(digest, 2)).toMatchObject({
      unit: { headcount: 0 },
      standing: { participants: 1, points: 10, rank: null },
    });
    expect(digest.silent.map(({ unitId }) => unitId)).not.toContain(2);
  });
});

describe('the schools’ digest', () => {
  it('compares within clusters once any school has one', async () => {
    const units = UNITS.map((unit) => (unit.unitId === 4 ? { ...unit, cluster: '1' } : unit));
    const digest = computeDigest(
      await dataOf('political_schools', {
        units: units.map(({ headcount: _, ...row }) => row),
        recorded: recordedWeeks({
          [LAST_WEEK]: [report(1, { by: 50, of: 5, item: 'paper' }), report(2, { by: 40, of: 4 })],
        }),
      }),
      campaign,
    );
    expect(digest.by).toEqual(['cluster']);
    expect(digest.groups.map(({ groupKey }) => groupKey).sort()).toEqual(['-', '1']);
    expect(unitOf(digest, 4).standing).toMatchObject({ rank: 1, groupSize: 1 });
    expect(unitOf(digest, 5).standing).toMatchObject({ rank: 1, groupSize: 1 });
  });

  it('stays with the campaign’s groups while no school has a cluster', async () => {
    const recorded = recordedWeeks({ [LAST_WEEK]: [report(1, { by: 50, of: 5 })] });
    const digest = computeDigest(await dataOf('political_schools', { recorded }), campaign);
    expect(digest.by).toEqual(['kind', 'bloc']);
    expect(unitOf(digest, 5).standing).toMatchObject({ rank: 1, groupSize: 2 });
  });
});

describe('the students’ digest', () => {
  const students = (change: Partial<typeof NO_STUDENTS> = {}): typeof NO_STUDENTS => ({
    taking: [],
    heads: [{ week: LAST_WEEK, unitId: 1, headcount: 6 }],
    students: [
      ...[1, 2, 3, 4, 5].map((personId) => ({
        personId,
        unitId: 1,
        cohort: 'K70',
        current: true,
      })),
      { personId: 6, unitId: 1, cohort: 'K71', current: true },
    ],
    reports: [
      {
        ...report(1, { by: 1, item: 'talk' }),
        week: LAST_WEEK,
        contributors: [
          { personId: 2, unitId: 1, confirmed: true },
          // Of the staff: part of the split, and nothing else.
          { personId: 99, unitId: 2, confirmed: false },
        ],
      },
      { ...report(2, { by: 1, item: 'talk' }), week: BEFORE },
    ],
    ...change,
  });

  it('has only units with students, their points, and their classes', async () => {
    // Recorded weeks hold the staff: nothing of them may come through.
    const recorded = recordedWeeks({ [LAST_WEEK]: [report(9, { by: 20, of: 2, item: 'paper' })] });
    const data = await dataOf('students', { recorded }, { students: students() });
    const digest = computeDigest(data, campaign);
    expect(digest.units.map(({ unit }) => [unit.unitId, unit.headcount])).toEqual([[1, 6]]);
    expect(unitOf(digest, 1).standing).toMatchObject({ participants: 2, points: 6.66, rank: 1 });
    expect(digest.cohorts).toEqual([
      expect.objectContaining({ cohort: 'K70', headcount: 5, participants: 2, verified: 1 }),
    ]);
    expect(digest).toMatchObject({ audit: null, corrections: [] });
    expect(JSON.stringify(digest)).not.toContain('Xã hội học');
  });

  it('says nothing of the staff’s silence', async () => {
    const digest = computeDigest(
      await dataOf('students', {}, { students: students({ reports: [] }) }),
      campaign,
    );
    expect(digest.silent.map(({ unitId }) => unitId)).toEqual([1]);
    expect(digest.totals).toMatchObject({ units: 1, participants: 0 });
  });
});

describe('corrections', () => {
  it('are named for the digest’s own units', async () => {
    const [before] = recordedWeek(BEFORE, [report(1)]);
    const [after] = recordedWeek(BEFORE, [report(1), report(2, { by: 2 })]);
    if (!before || !after) throw new Error('no standing');
    const corrections = [1, 4].map((unitId) => ({ week: BEFORE, unitId, before, after }));
    const named = async (of: (typeof DIGEST_SCOPES)[number]) =>
      computeDigest(
        await dataOf(of, { ...NO_FIGURES, recorded: recordedWeeks({}), corrections }),
        campaign,
      ).corrections.map(({ unit }) => unit.unitId);
    expect(await named('campaign')).toEqual([1, 4]);
    expect(await named('political_schools')).toEqual([4]);
    expect(await named('students')).toEqual([]);
    expect(await named('participation')).toEqual([]);
  });
});
