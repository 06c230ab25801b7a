/** Figures of final documents on a real database, against an independent calculation in SQL. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { createDigestStore } from '../../src/db/digest-store.ts';
import { finalReads } from '../../src/db/final.ts';
import { exemplar, membership, pledge, remark } from '../../src/db/schema.ts';
import { prepareDigest } from '../../src/digests/prepare.ts';
import { stageSpans } from '../../src/digests/spans.ts';
import { forUnit } from '../../src/exports/final-compute.ts';
import type { FinalData, FinalUnit } from '../../src/exports/final-data.ts';
import { finalAt } from '../../src/exports/task.ts';
import { eachDatabase } from '../support/database.ts';
import {
  BEFORE,
  campaign as base,
  LAST,
  type Organisation,
  RUNNING,
  seedCampaign,
} from '../support/digest-rows.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedPerson } from '../support/seed.ts';

const NOW = Temporal.Instant.from('2024-07-17T03:00:00Z');
/** Two stages, the second from 8 July; caps that some people reach; an item of units. */
const campaign: Campaign = {
  ...base,
  stages: [
    { id: 'one', name: { vi: 'Một', en: 'One' }, to: '2024-07-07' },
    { id: 'two', name: { vi: 'Hai', en: 'Two' }, to: '2024-12-31' },
  ],
  items: [
    ...base.items.map((item) => ({ ...item, weeklyCap: item.weight * 1.5 })),
    ...base.items.slice(0, 1).map((item) => ({
      ...item,
      id: 'rt',
      audience: 'collective_research_teaching' as const,
      weight: 15,
      weeklyCap: 20,
    })),
  ],
};

/**
 * What every person and unit earned of each report of these weeks: a running total per owner, item and
 * week, cut at the cap. Another way than the one that computes it for the documents.
 */
const EARNED = `with items as (
    select * from jsonb_to_recordset($3::jsonb) as i(id text, weight float8, cap float8)
  ),
  counted as (
    select r.*, exists (select from evidence e where e.report_id = r.id) as proven,
      (select count(*) from contributor c where c.report_id = r.id and c.answer <> 'declined')
        as others
    from report r
    where r.campaign = 'test' and r.status = 'verified' and r.week between $1::date and $2::date
  ),
  owners as (
    select id, kind, author_id as owner, unit_id from counted where kind = 'personal'
    union all
    select c.report_id, 'personal', c.person_id, c.unit_id
    from contributor c join counted on counted.id = c.report_id where c.answer = 'confirmed'
    union all
    select id, kind, unit_id, unit_id from counted where kind = 'collective'
  ),
  worth as (
    select o.*, c.item, c.week, c.submitted_at, i.cap * 100 as cap,
      case when c.proven then floor(i.weight * 100 / (1 + c.others)) else 0 end as cents
    from owners o join counted c on c.id = o.id join items i on i.id = c.item
  ),
  running as (
    select *, sum(cents) over (partition by kind, owner, item, week
      order by submitted_at, id rows unbounded preceding) as upto
    from worth
  ),
  earned as (
    select *, (least(coalesce(cap, upto), upto) - least(coalesce(cap, upto), upto - cents)) / 100
      as points
    from running
  )`;

const items = JSON.stringify(
  campaign.items.map(({ id, weight, weeklyCap }) => ({ id, weight, cap: weeklyCap })),
);

eachDatabase((open) => {
  let db: Database;
  let org: Organisation;

  const final = async (unitId: number | null = null, stage: string | null = null) => {
    const data = await finalAt(finalReads(db), campaign, { unitId, stage }, NOW);
    if (!data) throw new Error('there is no such document');
    return data;
  };
  const unitOf = (data: FinalData, id: number): FinalUnit => {
    const found = data.units.find(({ unit }) => unit.unitId === id);
    if (!found) throw new Error(`no unit ${id}`);
    return found;
  };

  beforeAll(async () => {
    db = await open();
    org = await seedCampaign(db);
    const { institute, office, tiny, head, staff } = org;
    const member = staff.find(({ unitId }) => unitId === institute)?.id ?? 0;
    for (const [week, n] of [
      [BEFORE, 2],
      [LAST, 3],
    ] as const)
      for (let i = 0; i < n; i += 1)
        await seedReport(db, {
          kind: 'collective',
          authorId: member,
          unitId: institute,
          item: 'rt',
          status: 'verified',
          signedBy: staff[1]?.id ?? 0,
          signedAt: `${week}T05:00:00Z`,
          decidedBy: head,
          week,
          documents: [`${i}/BC`],
        });
    // Without the evidence its item demands: counted, and worth nothing.
    await seedReport(db, {
      authorId: member,
      unitId: institute,
      item: 'talk',
      status: 'verified',
      decidedBy: head,
      week: LAST,
    });
    await seedReport(db, {
      authorId: staff.find(({ unitId }) => unitId === tiny)?.id ?? 0,
      unitId: tiny,
      item: 'talk',
      status: 'verified',
      decidedBy: head,
      week: LAST,
      documents: ['7/BC'],
    });
    await db.drizzle.insert(pledge).values({
      campaign: 'test',
      unitId: institute,
      version: 1,
      text: 'Mỗi người một việc tốt',
      targets: { talk: 5, rt: 4, gone: 3 },
      registeredBy: head,
      registeredAt: '2024-04-01T00:00:00Z',
      changedAt: '2024-04-01T00:00:00Z',
    });
    const said = {
      campaign: 'test',
      item: 'conduct',
      unitId: institute,
      text: 'Gương mẫu',
      byId: head,
    };
    await db.drizzle.insert(remark).values([
      { ...said, personId: member, at: '2024-07-03T02:00:00Z' },
      { ...said, personId: member, at: '2024-07-10T02:00:00Z' },
      { ...said, personId: null, at: '2024-07-10T02:00:00Z' },
      // Shortly after midnight of 8 July in Hanoi: of the second stage.
      { ...said, personId: null, at: '2024-07-07T17:30:00Z' },
      {
        ...said,
        personId: member,
        at: '2024-07-10T02:00:00Z',
        withdrawnAt: '2024-07-11T02:00:00Z',
      },
    ]);
    const verified = await db.query<{ id: number }>(
      `select id from report where status = 'verified' and unit_id = $1::int order by id limit 4`,
      [office],
    );
    const statuses = ['approved', 'withdrawn', 'nominated', 'approved'] as const;
    for (const [at, status] of statuses.entries())
      await db.drizzle.insert(exemplar).values({
        campaign: 'test',
        reportId: verified[at]?.id ?? 0,
        citation: `Điển hình ${at}`,
        status,
        version: 1,
        nominatedBy: head,
        nominatedAt: '2024-07-01T00:00:00Z',
        consentedBy: head,
        consentedAt: '2024-07-02T00:00:00Z',
        decidedAt: at === 0 ? '2024-07-03T00:00:00Z' : '2024-07-10T00:00:00Z',
      });
  });

  describe('figures', () => {
    it.each([
      ['the campaign', null, BEFORE, RUNNING],
      ['the first stage', 'one', BEFORE, BEFORE],
      ['the second stage', 'two', LAST, RUNNING],
    ])('of units and items over %s agree with plain SQL', async (_, stage, from, to) => {
      const data = await final(null, stage);
      const expected = await db.query<{
        unitId: number;
        kind: string;
        item: string;
        ids: number[];
        points: number;
      }>(
        `${EARNED}
         select unit_id as "unitId", kind, item, jsonb_agg(distinct id order by id) as ids,
           sum(points)::float8 as points
         from earned group by unit_id, kind, item`,
        [from, to, items],
      );
      const key = (unitId: number, item: string) => `${unitId} ${item}`;
      const wanted = new Map(expected.map((row) => [key(row.unitId, row.item), row]));
      const found = data.units.flatMap(({ unit, items: of }) =>
        of.map((item) => ({ key: key(unit.unitId, item.item), ...item })),
      );
      expect(found.map((each) => each.key).sort()).toEqual([...wanted.keys()].sort());
      for (const { key: at, reports, points } of found) {
        expect(reports).toEqual(wanted.get(at)?.ids);
        expect(points).toBeCloseTo(wanted.get(at)?.points ?? Number.NaN, 6);
      }
      const sum = (kind: string): number =>
        expected.reduce((total, row) => total + (row.kind === kind ? row.points : 0), 0);
      expect(data.totals.personal.points).toBeCloseTo(sum('personal'), 6);
      expect(data.totals.collective.points).toBeCloseTo(sum('collective'), 6);
    });

    it('of people and participation agree with plain SQL', async () => {
      const data = await final();
      const expected = await db.query<{
        unitId: number;
        owner: number;
        ids: number[];
        points: number;
      }>(
        `${EARNED}
         select unit_id as "unitId", owner, jsonb_agg(distinct id order by id) as ids,
           sum(points)::float8 as points
         from earned where kind = 'personal' group by unit_id, owner`,
        [BEFORE, RUNNING, items],
      );
      for (const { unit, participants, people } of data.units) {
        const own = expected.filter(({ unitId }) => unitId === unit.unitId);
        expect(participants.people).toBe(own.length);
        if (unit.unitId === org.tiny) expect(people).toBeNull();
        else
          expect(
            new Map(people?.map((each) => [each.personId, [each.reports, each.points]])),
          ).toEqual(new Map(own.map(({ owner, ids, points }) => [owner, [ids, points]])));
      }
    });

    it('list every report that is counted, with who verified it and how it is proven', async () => {
      const data = await final();
      const ids = await db.query<{ id: number }>(
        `select id from report where status = 'verified' and campaign = 'test' order by id`,
      );
      expect(data.reports.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
      const [first] = data.reports;
      expect(first).toMatchObject({
        verifierName: 'Trần Thủ Trưởng',
        evidence: { texts: ['12/QĐ'], files: 0 },
        doneOn: '2024-07-04',
        verifiedOn: '2024-07-06',
      });
      const small = data.reports.filter(({ unit }) => unit.unitId === org.tiny);
      expect(small.length).toBeGreaterThan(0);
      expect(small.map(({ authorName }) => authorName)).toEqual(small.map(() => null));
    });

    it('name places as the digest of the same time does', async () => {
      const data = await final();
      const spans = stageSpans(campaign, null, RUNNING);
      if (!spans) throw new Error('the campaign has begun');
      const { digest } = await prepareDigest(
        createDigestStore(db),
        campaign,
        'campaign',
        spans,
        NOW,
      );
      const placed = digest.units.filter(({ standing }) => standing.points > 0);
      expect(placed.length).toBeGreaterThan(3);
      for (const { unit, standing } of placed) {
        const place = unitOf(data, unit.unitId).place;
        expect(place).toMatchObject({ rank: standing.rank, groupSize: standing.groupSize });
        expect(place?.score).toBeCloseTo(standing.score, 9);
      }
    });
  });

  describe('what else was said', () => {
    it('is of the stage it was said in: remarks, exemplars, the pledge', async () => {
      const one = unitOf(await final(null, 'one'), org.institute);
      const two = unitOf(await final(null, 'two'), org.institute);
      expect(one.remarks).toEqual({ people: 1, unit: 0 });
      expect(two.remarks).toEqual({ people: 1, unit: 2 });
      expect(two.pledge?.text).toBe('Mỗi người một việc tốt');
      // In the campaign's order, without the item it no longer has.
      expect(two.pledge?.targets.map(({ item, target }) => [item, target])).toEqual([
        ['talk', 5],
        ['rt', 4],
      ]);
      expect(two.pledge?.targets[1]?.reports).toHaveLength(3);
      const cited = async (stage: string | null) =>
        (await final(null, stage)).exemplars.map(({ citation }) => citation);
      expect(await cited('one')).toEqual(['Điển hình 0']);
      expect(await cited('two')).toEqual(['Điển hình 3']);
      expect(await cited(null)).toEqual(['Điển hình 0', 'Điển hình 3']);
    });
  });

  describe('one unit’s document', () => {
    it('says what the campaign’s says of the unit', async () => {
      const all = await final();
      for (const { unit } of all.units) {
        const alone = await final(unit.unitId);
        expect(alone).toEqual(forUnit(all, unit.unitId));
      }
    });

    it('keeps what somebody did in it who is elsewhere now', async () => {
      const mover = await seedPerson(db, { unitId: org.office, name: 'Đỗ Chuyển Đi' });
      await seedReport(db, {
        authorId: mover,
        unitId: org.office,
        item: 'paper',
        status: 'verified',
        decidedBy: org.head,
        week: LAST,
        documents: ['5/BC'],
      });
      const before = unitOf(await final(), org.office);
      await db.query(`update membership set valid_to = '2024-07-12' where person_id = $1::int`, [
        mover,
      ]);
      await db.drizzle.insert(membership).values({
        personId: mover,
        unitId: org.institute,
        audience: 'staff',
        validFrom: '2024-07-12',
      });
      const after = unitOf(await final(org.office), org.office);
      expect(after.people).toEqual(before.people);
      expect(after.unit.headcount).toBe(before.unit.headcount - 1);
    });

    it('is none of a unit that is not known, nor of a stage that has not begun', async () => {
      const ask = (unitId: number | null, stage: string | null, at: string) =>
        finalAt(finalReads(db), campaign, { unitId, stage }, Temporal.Instant.from(at));
      expect(await ask(999, null, '2024-07-17T03:00:00Z')).toBeNull();
      expect(await ask(null, 'two', '2024-07-03T03:00:00Z')).toBeNull();
      expect(await ask(null, 'never', '2024-07-17T03:00:00Z')).toBeNull();
    });
  });
});
