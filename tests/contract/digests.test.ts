import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { createDigestStore } from '../../src/db/digest-store.ts';
import { auditSample, exemplar, ticket } from '../../src/db/schema.ts';
import { prepareDigest } from '../../src/digests/prepare.ts';
import { loadSheets } from '../../src/digests/sheets.ts';
import { stageSpans, weekSpans } from '../../src/digests/spans.ts';
import type { Digest } from '../../src/digests/types.ts';
import type { DigestScope } from '../../src/people/may.ts';
import { eachDatabase } from '../support/database.ts';
import {
  BEFORE,
  campaign,
  give,
  LAST,
  type Organisation,
  RUNNING,
  seedCampaign,
} from '../support/digest-rows.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedAccount, seedPerson, seedRoom } from '../support/seed.ts';

/** Wednesday of the running week. */
const NOW = Temporal.Instant.from('2024-07-17T03:00:00Z');
const lastWeek = weekSpans(campaign, LAST, RUNNING);

eachDatabase((open) => {
  let db: Database;
  let org: Organisation;

  const digestOf = async (of: DigestScope, spans = lastWeek) =>
    (await prepareDigest(createDigestStore(db), campaign, of, spans, NOW)).digest;
  const sheetsOf = async (of: DigestScope, spans = lastWeek) => {
    const store = createDigestStore(db);
    const { data, digest } = await prepareDigest(store, campaign, of, spans, NOW);
    return loadSheets(store, data, digest, campaign);
  };
  const whole = () => {
    const spans = stageSpans(campaign, null, RUNNING);
    if (!spans) throw new Error('the campaign has begun');
    return spans;
  };

  /** Who takes part, by unit, in plain SQL: written or confirmed, verified, each person once. */
  const participants = (from: string, to: string, student: boolean) =>
    db.query<{ unitId: number; n: number }>(
      `select unit_id as "unitId", count(distinct person_id)::int as n from (
         select r.author_id as person_id, r.unit_id from report r
         where r.status = 'verified' and r.week between $1::date and $2::date
           and (r.item = 'study' or not $3::boolean)
         union all
         select c.person_id, c.unit_id from contributor c join report r on r.id = c.report_id
         where c.answer = 'confirmed' and r.status = 'verified' and not $3::boolean
           and r.week between $1::date and $2::date) taking
       group by unit_id order by unit_id`,
      [from, to, student],
    );
  const counted = (digest: Digest) =>
    digest.participation
      .filter((each) => each.participants > 0)
      .map(({ unit, participants: n }) => ({ unitId: unit.unitId, n }))
      .sort((a, b) => a.unitId - b.unitId);
  const statuses = async (where: string) => {
    const [row] = await db.query<{ submitted: number; verified: number; returned: number }>(
      `select count(*)::int as submitted, (count(*) filter (where status = 'verified'))::int as verified,
         (count(*) filter (where status = 'returned'))::int as returned
       from report r join unit u on u.id = r.unit_id where status <> 'withdrawn' and ${where}`,
    );
    return row;
  };

  beforeAll(async () => {
    db = await open();
    org = await seedCampaign(db);
  });

  describe('the council’s digest', () => {
    it('agrees with plain SQL over a recorded week', async () => {
      const digest = await digestOf('campaign');
      expect(counted(digest)).toEqual(await participants(LAST, LAST, false));
      expect(digest.totals.reports).toEqual(await statuses(`week = '${LAST}'`));
      expect(digest.before?.reports).toEqual(await statuses(`week = '${BEFORE}'`));
      expect(digest.before?.participants).toBe(
        (await participants(BEFORE, BEFORE, false)).reduce((sum, { n }) => sum + n, 0),
      );
      const [waits] = await db.query<{ n: number; days: number }>(
        `select count(*)::int as n, date '2024-07-17' - min(submitted_at)::date as days
         from report where status = 'submitted'`,
      );
      expect(digest.backlog).toEqual({ waiting: waits?.n, oldestDays: waits?.days });
      expect(digest.attention.map(({ kind }) => kind)).toContain('backlog');
    });

    it('agrees with plain SQL over the running week and over the whole campaign', async () => {
      const running = await digestOf('campaign', weekSpans(campaign, RUNNING, RUNNING));
      expect(counted(running)).toEqual(await participants(RUNNING, RUNNING, false));
      const all = await digestOf('campaign', whole());
      expect(counted(all)).toEqual(await participants('2024-01-01', RUNNING, false));
      expect(all.totals.reports).toEqual(await statuses('true'));
      const breadth = await db.query<{ unitId: number; n: number }>(
        `select unit_id as "unitId", count(distinct item)::int as n from (
           select unit_id, item from report where status = 'verified'
           union select c.unit_id, r.item from contributor c join report r on r.id = c.report_id
             where c.answer = 'confirmed' and r.status = 'verified') items
         group by unit_id order by unit_id`,
      );
      expect(
        all.units
          .map(({ unit, standing }) => ({ unitId: unit.unitId, n: standing.breadth }))
          .filter(({ n }) => n > 0)
          .sort((a, b) => a.unitId - b.unitId),
      ).toEqual(breadth);
    });

    it('names what changed of earlier weeks, when the week was recorded and not again later', async () => {
      const { corrections } = await digestOf('campaign');
      const own = corrections.find(({ unit }) => unit.unitId === org.institute)?.correction;
      expect(own?.week).toBe(BEFORE);
      expect((own?.after.points ?? 0) - (own?.before.points ?? 0)).toBe(20);
      expect(
        (await digestOf('campaign', weekSpans(campaign, BEFORE, RUNNING))).corrections,
      ).toEqual([]);
    });

    it('counts audits, feedback, exemplars and people out of reach', async () => {
      const id = await seedReport(db, {
        authorId: org.staff[0]?.id ?? 0,
        unitId: org.institute,
        item: 'talk',
        title: 'Giờ giảng kiểu mẫu',
        status: 'verified',
        decidedBy: org.head,
        campaign: 'test',
        week: '2024-03-04',
      });
      const nominated = { campaign: 'test', reportId: id, citation: 'Gương mẫu', version: 1 };
      await db.drizzle.insert(exemplar).values({
        ...nominated,
        status: 'approved',
        nominatedBy: org.head,
        nominatedAt: '2024-07-09T00:00:00Z',
        consentedBy: org.head,
        consentedAt: '2024-07-09T00:00:00Z',
        decidedBy: org.head,
        decidedAt: '2024-07-10T00:00:00Z',
      });
      const drawn = { campaign: 'test', week: BEFORE, drawnAt: '2024-07-09T01:00:00Z', version: 1 };
      const [first, second] = await db.query<{ id: number }>(
        `select id from report where status = 'verified' order by id limit 2`,
      );
      await db.drizzle.insert(auditSample).values([
        {
          ...drawn,
          reportId: first?.id ?? 0,
          result: 'doubtful',
          checkedBy: org.head,
          checkedAt: '2024-07-11T00:00:00Z',
        },
        { ...drawn, reportId: second?.id ?? 0, result: 'waiting' },
      ]);
      await db.drizzle.insert(ticket).values({
        id: 1,
        campaign: 'test',
        authorId: org.head,
        status: 'open',
        version: 1,
        openedAt: '2024-07-01T00:00:00Z',
        dueOn: '2024-07-08',
      });
      const digest = await digestOf('campaign');
      expect(digest.exemplars).toMatchObject([
        { title: 'Giờ giảng kiểu mẫu', unit: { unitId: org.institute } },
      ]);
      expect(digest.audit).toEqual({ drawn: 2, waiting: 1, sound: 0, doubtful: 1 });
      expect(digest.attention.map(({ kind }) => kind)).toEqual(['audit', 'tickets', 'backlog']);
      const later = await digestOf('campaign', weekSpans(campaign, RUNNING, RUNNING));
      expect(later.exemplars).toEqual([]);
      expect(later.audit).toEqual({ drawn: 0, waiting: 1, sound: 0, doubtful: 0 });
    });
  });

  describe('an overseer’s digest', () => {
    it('of schools holds schools only, placed within their clusters', async () => {
      const digest = await digestOf('political_schools');
      const ids = digest.units.map(({ unit }) => unit.unitId).sort((a, b) => a - b);
      expect(ids).toEqual([...org.schools].sort((a, b) => a - b));
      expect(digest.by).toEqual(['cluster']);
      expect(digest.totals.reports).toEqual(
        await statuses(`week = '${LAST}' and u.bloc = 'political_school'`),
      );
      const trend = digest.trend.at(-1);
      expect(trend?.verified).toBe(digest.totals.reports?.verified);
      expect(digest.exemplars).toEqual([]);
    });

    it('of students holds students, their items and their classes only', async () => {
      const digest = await digestOf('students', whole());
      expect(digest.units.map(({ unit }) => unit.unitId)).toEqual([org.institute]);
      expect(digest.totals.headcount).toBe(org.students.length);
      expect(counted(digest)).toEqual(await participants('2024-01-01', RUNNING, true));
      expect(digest.totals.reports).toEqual(await statuses(`item = 'study'`));
      const [points] = await db.query<{ n: number }>(
        `select sum(4.0 / (1 + (select count(*) from contributor c
            where c.report_id = r.id and c.answer <> 'declined')))::float8 as n
         from report r where item = 'study' and status = 'verified'`,
      );
      expect(digest.units[0]?.standing.points).toBeCloseTo(points?.n ?? -1, 5);
      expect(digest.cohorts.map(({ cohort, headcount }) => [cohort, headcount])).toEqual([
        ['K70', 6],
        ['K71', 6],
      ]);
      expect(digest.cohorts.reduce((sum, each) => sum + each.participants, 0)).toBe(
        digest.totals.participants,
      );
    });
  });

  it('of students has a trend whose earlier weeks agree with plain SQL too', async () => {
    const { trend } = await digestOf('students', weekSpans(campaign, RUNNING, RUNNING));
    for (const week of [BEFORE, LAST, RUNNING]) {
      const taking = await participants(week, week, true);
      const point = trend.find((each) => each.week === week);
      expect(point?.participants).toBe(taking.reduce((sum, { n }) => sum + n, 0));
      expect(point?.headcount).toBe(org.students.length);
    }
  });

  describe('the workbook’s rows', () => {
    it('are everybody with results in units large enough, with what they have', async () => {
      const { people, reports } = await sheetsOf('campaign', whole());
      const sums = await db.query<{ personId: number; n: number }>(
        `select person_id as "personId", count(*)::int as n from (
           select author_id as person_id, unit_id from report where status = 'verified'
           union all select c.person_id, c.unit_id from contributor c
             join report r on r.id = c.report_id
             where c.answer = 'confirmed' and r.status = 'verified') verified
         where unit_id <> $1::int and person_id in (select person_id from membership)
         group by person_id order by person_id`,
        [org.tiny],
      );
      expect(
        people
          .map(({ personId, verified }) => ({ personId, n: verified }))
          .sort((a, b) => a.personId - b.personId),
      ).toEqual(sums);
      expect(people.some(({ unit }) => unit.unitId === org.tiny)).toBe(false);
      expect(reports).toHaveLength((await statuses('true'))?.verified ?? -1);
      const small = reports.filter(({ unit }) => unit.unitId === org.tiny);
      expect(small.length).toBeGreaterThan(0);
      expect(small.every(({ authorName }) => authorName === null)).toBe(true);
      expect(reports.find(({ item }) => item === 'study')).toMatchObject({
        itemLabel: { vi: 'talk' },
        verifierName: 'Trần Thủ Trưởng',
        evidence: { texts: ['12/QĐ'], files: 0 },
      });
    });

    it('stay within the scope', async () => {
      const schools = await sheetsOf('political_schools');
      const ofSchools = [...schools.people, ...schools.reports].map(({ unit }) => unit.bloc);
      expect(new Set(ofSchools)).toEqual(new Set(['political_school']));
      const students = await sheetsOf('students', whole());
      expect(new Set(students.people.map(({ audience }) => audience))).toEqual(
        new Set(['student']),
      );
      expect(new Set(students.people.map(({ cohort }) => cohort))).toEqual(new Set(['K70', 'K71']));
      expect(new Set(students.reports.map(({ item }) => item))).toEqual(new Set(['study']));
      expect(await sheetsOf('participation')).toEqual({ people: [], reports: [] });
    });
  });

  describe('readers', () => {
    const at = { platform: 'telegram', tenant: '1' };

    it('are those who hold the role today, with where they can be written to', async () => {
      const member = await seedPerson(db, { account: { ...at, user: '501' } });
      const gone = await seedPerson(db);
      await seedAccount(
        db,
        { ...at, user: '502' },
        { personId: gone, unreachableSince: '2024-07-01T00:00:00Z' },
      );
      const overseer = await seedPerson(db, { account: { ...at, user: '503' } });
      await give(db, member, 'council');
      await give(db, gone, 'council');
      await give(db, overseer, 'overseer', 'students');
      const store = createDigestStore(db);
      const ids = async (...args: Parameters<typeof store.holders>) =>
        (await store.holders(...args)).map(({ personId, address }) => [personId, address?.chat]);
      expect(await ids(['council', 'office'], null, '2024-07-15')).toEqual([
        [member, '501'],
        [gone, undefined],
      ]);
      expect(await ids(['council'], null, '2023-12-31')).toEqual([]);
      expect(await ids(['overseer'], 'students', '2024-07-15')).toEqual([[overseer, '503']]);
      expect(await ids(['overseer'], 'political_schools', '2024-07-15')).toEqual([]);
    });

    it('in groups are the council’s own groups, while the bot is in them', async () => {
      const linked = { purpose: 'council', linkedAt: '2024-07-01T00:00:00Z' } as const;
      await seedRoom(db, { ...at, chat: '-1', thread: '9' }, linked);
      await seedRoom(db, { ...at, chat: '-2' }, { ...linked, leftAt: '2024-07-02T00:00:00Z' });
      await seedRoom(db, { ...at, chat: '-3' }, { unitId: org.institute });
      expect(await createDigestStore(db).councilRooms()).toEqual([
        { ...at, chat: '-1', thread: '9' },
      ]);
    });
  });
});
