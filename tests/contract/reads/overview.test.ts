import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { overviewReads } from '../../../src/db/reads/overview.ts';
import { eachDatabase } from '../../support/database.ts';
import { BEFORE, LAST, type Organisation, seedCampaign } from '../../support/digest-rows.ts';
import { seedPerson, seedUnit } from '../../support/seed.ts';

const DAY = '2024-07-12';

eachDatabase((open) => {
  let db: Database;
  let org: Organisation;
  const of = { campaign: 'test', week: LAST, day: DAY };

  beforeAll(async () => {
    db = await open();
    org = await seedCampaign(db);
  });

  /** People of the unit with a report or a confirmed share, in plain SQL. */
  async function people(where: string): Promise<number> {
    const [row] = await db.query<{ n: number }>(
      `select count(distinct m.person_id)::int as n from membership m
       where m.unit_id = $1::int and m.valid_to is null and (exists (
         select from report r where r.author_id = m.person_id and r.status <> 'withdrawn' and ${where})
       or exists (select from contributor c join report r on r.id = c.report_id
         where c.person_id = m.person_id and c.answer = 'confirmed' and r.status <> 'withdrawn'
           and ${where}))`,
      [org.institute],
    );
    return row?.n ?? -1;
  }

  it('counts who takes part and who has no report, this week and since the beginning', async () => {
    const found = await overviewReads(db).unitOverview(org.institute, of);
    const week = `r.week = '${LAST}'`;
    expect(found.headcount).toBe(19);
    expect(found.week).toEqual({
      participants: await people(`${week} and r.status = 'verified'`),
      unreported: 19 - (await people(week)),
    });
    expect(found.campaign).toEqual({
      participants: await people(`r.status = 'verified'`),
      unreported: 19 - (await people('true')),
    });
    const [waiting] = await db.query<{ n: number; oldest: string }>(
      `select count(*)::int as n, min(submitted_at) as oldest from report
       where unit_id = $1::int and status = 'submitted'`,
      [org.institute],
    );
    expect(found.waiting).toBe(waiting?.n);
    expect(new Date(found.oldest ?? '').getTime()).toBe(new Date(waiting?.oldest ?? '').getTime());
    const items = await db.query(
      `select item, count(*)::int as sent, (count(*) filter (where status = 'verified'))::int as verified
       from report where unit_id = $1::int and status <> 'withdrawn'
       group by item order by 3 desc, 2 desc, 1`,
      [org.institute],
    );
    expect(found.items).toEqual(items);
  });

  it('names the same people, by given name, at most so many', async () => {
    const reads = overviewReads(db);
    const { week } = await reads.unitOverview(org.institute, of);
    const all = await reads.unreportedIn(org.institute, of, 100);
    expect([all.total, all.names.length]).toEqual([week.unreported, week.unreported]);
    const two = await reads.unreportedIn(org.institute, of, 2);
    expect(two).toEqual({ total: week.unreported, names: all.names.slice(0, 2) });
    const ever = await reads.unreportedIn(org.institute, { ...of, week: null }, 100);
    const whole = await reads.unitOverview(org.institute, of);
    expect(ever.total).toBe(whole.campaign.unreported);
  });

  it('knows nobody of another unit, another campaign or yesterday’s members', async () => {
    const reads = overviewReads(db);
    const empty = await seedUnit(db);
    expect(await reads.unitOverview(empty, of)).toMatchObject({
      headcount: 0,
      waiting: 0,
      oldest: null,
      items: [],
    });
    await seedPerson(db, { unitId: empty, since: '2024-07-13' });
    expect((await reads.unreportedIn(empty, of, 10)).total).toBe(0);
    const other = await reads.unitOverview(org.institute, { ...of, campaign: 'another' });
    expect(other.campaign).toEqual({ participants: 0, unreported: 19 });
    expect((await reads.unitOverview(org.institute, { ...of, week: BEFORE })).week).not.toEqual(
      other.week,
    );
  });
});
