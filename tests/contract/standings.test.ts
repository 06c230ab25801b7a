import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { contributor, media, membership, report } from '../../src/db/schema.ts';
import { createStandingsStore, standingReads } from '../../src/db/standings.ts';
import { computeWeek, sameStandings } from '../../src/standings/score.ts';
import { eachDatabase } from '../support/database.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedPerson, seedRoom, seedUnit } from '../support/seed.ts';
import { campaign } from '../support/standings-week.ts';

const JULY_1 = '2024-07-01';
const JULY_8 = '2024-07-08';
const JULY_15 = '2024-07-15';

eachDatabase((open) => {
  let db: Database;
  let unitId: number;
  let head: number;
  let author: number;
  const verified = (values: Partial<Parameters<typeof seedReport>[1]> = {}) =>
    seedReport(db, {
      authorId: author,
      unitId,
      item: 'talk',
      status: 'verified',
      decidedBy: head,
      documents: ['12/QĐ'],
      ...values,
    });

  beforeAll(async () => {
    db = await open();
    unitId = await seedUnit(db);
    head = await seedPerson(db, { unitId });
    author = await seedPerson(db, { unitId, name: 'Trần Thị Ánh' });
  });

  describe('what a week is computed from', () => {
    const week = '2024-04-01';
    const read = (campaignCode = 'test') => standingReads(db).unitWeek(week, campaignCode);

    it('is the campaign’s verified reports of that week, with evidence and co-authors', async () => {
      const other = await seedPerson(db, { unitId, name: 'Lê Văn Bình' });
      const waiting = await seedPerson(db, { unitId });
      const declined = await seedPerson(db, { unitId, name: 'Không Có Mặt' });
      const first = await verified({
        week,
        submittedAt: '2024-04-02T02:00:00.123456Z',
        shared: [
          { personId: other, unitId, answer: 'confirmed' },
          { personId: waiting, unitId, answer: 'waiting' },
          { personId: declined, unitId, answer: 'declined' },
        ],
      });
      const bare = await verified({ week, documents: [] });
      for (const status of ['submitted', 'returned', 'rejected', 'withdrawn', 'revoked'] as const)
        await verified({ week, status });
      await verified({ week, campaign: 'another' });
      await verified({ week: '2024-04-08' });

      const { reports, names } = await read();
      expect(reports).toEqual([
        {
          id: first,
          kind: 'personal',
          item: 'talk',
          submittedAt: '2024-04-02T02:00:00.123456Z',
          author: { personId: author, unitId },
          contributors: [
            { personId: other, unitId, confirmed: true },
            { personId: waiting, unitId, confirmed: false },
          ],
          hasEvidence: true,
        },
        expect.objectContaining({ id: bare, contributors: [], hasEvidence: false }),
      ]);
      expect(names).toMatchObject({ [author]: 'Trần Thị Ánh', [other]: 'Lê Văn Bình' });
      expect(names[declined]).toBeUndefined();
      expect((await read('another')).reports).toHaveLength(1);
    });

    it('counts a photo as evidence while it may still arrive, and not once it cannot', async () => {
      const id = await verified({ week, documents: [], photos: ['photo-1'] });
      const has = async () => (await read()).reports.find((r) => r.id === id)?.hasEvidence;
      expect(await has()).toBe(true);
      await db.drizzle.update(media).set({ failure: 'expired' }).where(eq(media.id, 'photo-1'));
      expect(await has()).toBe(false);
    });

    it('counts the people of the Sunday, each once', async () => {
      const moving = await seedUnit(db);
      const sizeOf = async (of: string) =>
        (await standingReads(db).unitWeek(of, 'test')).units.find((u) => u.unitId === moving)
          ?.headcount;
      await seedPerson(db, { unitId: moving, since: '2024-05-12' });
      const leaving = await seedPerson(db, { unitId: moving, audience: 'student' });
      await db.drizzle
        .update(membership)
        .set({ validTo: '2024-05-19' })
        .where(eq(membership.personId, leaving));
      // Sundays: 5, 12, 19 May; the last day of the one who leaves is the 18th.
      expect([
        await sizeOf('2024-04-29'),
        await sizeOf('2024-05-06'),
        await sizeOf('2024-05-13'),
      ]).toEqual([1, 2, 1]);
    });

    it('has the units of the Sunday, and a dissolved one as long as reports belong to it', async () => {
      const dissolved = await seedUnit(db, { validTo: '2024-06-05' });
      const future = await seedUnit(db, { validFrom: '2024-06-10' });
      const ids = async () =>
        (await standingReads(db).unitWeek('2024-06-03', 'test')).units.map((u) => u.unitId);
      expect(await ids()).not.toContain(dissolved);
      expect(await ids()).not.toContain(future);
      await verified({ week: '2024-06-03', unitId: dissolved });
      expect(await ids()).toContain(dissolved);
    });
  });

  describe('recorded weeks', () => {
    const store = () => createStandingsStore(db, 'test');
    const reads = () => standingReads(db);

    it('come back as they were computed; each recording is a revision and the latest counts', async () => {
      expect(await store().recorded(JULY_1)).toBeNull();
      expect(await reads().recordedWeek(JULY_1, 'test')).toEqual([]);
      const other = await seedPerson(db, { unitId });
      // A third of ten points: no short decimal.
      await verified({
        shared: [
          { personId: other, unitId, answer: 'confirmed' },
          { personId: head, unitId, answer: 'waiting' },
        ],
      });
      const first = computeWeek(await store().unitWeek(JULY_1), campaign);
      expect(await store().save(first, '2024-07-08T01:00:00Z')).toBe(1);
      const back = await store().recorded(JULY_1);
      expect(back).toEqual(first);
      expect(back && sameStandings(back, first)).toBe(true);

      await verified({ item: 'paper' });
      const second = computeWeek(await store().unitWeek(JULY_1), campaign);
      expect(await store().save(second, '2024-07-15T01:00:00Z')).toBe(2);
      expect(await store().recorded(JULY_1)).toEqual(second);
      expect(await reads().recordedWeek(JULY_1, 'test')).toEqual(second.units);
      const [{ n } = { n: 0 }] = await db.query<{ n: number }>(
        `select count(distinct revision) as n from unit_standing where week = '2024-07-01'`,
      );
      expect(n).toBe(2);
    });

    it('sum up, by unit and for one unit by person, to the week named and no further', async () => {
      await verified({ week: JULY_8 });
      await store().save(
        computeWeek(await store().unitWeek(JULY_8), campaign),
        '2024-07-15T01:00:00Z',
      );
      const sums = async (before: string, of: number | null) => {
        const { units, people } = await reads().pastTotals(before, 'test', of);
        return {
          unit: units.find((u) => u.unitId === unitId)?.points,
          author: people.find((p) => p.personId === author),
        };
      };
      const name = 'Trần Thị Ánh';
      // Revision 2 of the first week: 2 × 3.33 + 20; the author has 23.33 of it.
      expect(await sums(JULY_8, unitId)).toEqual({
        unit: 26.66,
        author: { personId: author, name, points: 23.33, verified: 2 },
      });
      expect(await sums(JULY_15, unitId)).toEqual({
        unit: 36.66,
        author: { personId: author, name, points: 33.33, verified: 3 },
      });
      expect((await sums(JULY_15, null)).author).toBeUndefined();
      expect(await reads().pastTotals(JULY_15, 'another', unitId)).toEqual({
        units: [],
        people: [],
      });
    });
  });

  describe('weeks to review', () => {
    // A campaign of its own, so that the other tests' reports are no part of it.
    const store = () => createStandingsStore(db, 'review');
    const changed = (id: number, changedAt: string) =>
      db.drizzle.update(report).set({ changedAt }).where(eq(report.id, id));
    const close = async (week: string, at: string) =>
      store().save(computeWeek(await store().unitWeek(week), campaign), at);

    it('are those missed, and those changed since they were recorded', async () => {
      const colleague = await seedPerson(db, { unitId });
      const id = await verified({
        campaign: 'review',
        week: JULY_1,
        shared: [{ personId: colleague, unitId, answer: 'waiting' }],
      });
      await verified({ campaign: 'review', week: JULY_8, status: 'submitted' });
      expect(await store().toReview(JULY_1)).toEqual([]);
      expect(await store().toReview(JULY_15)).toEqual([JULY_1]);

      await close(JULY_1, '2024-07-08T01:00:00Z');
      expect(await store().toReview(JULY_15)).toEqual([]);
      await changed(id, '2024-07-10T00:00:00Z');
      expect(await store().toReview(JULY_15)).toEqual([JULY_1]);

      await close(JULY_1, '2024-07-15T01:00:00Z');
      expect(await store().toReview(JULY_15)).toEqual([]);
      await db.drizzle
        .update(contributor)
        .set({ answer: 'confirmed', answeredAt: '2024-07-16T00:00:00Z' })
        .where(eq(contributor.reportId, id));
      expect(await store().toReview('2024-07-22')).toEqual([JULY_1]);
    });

    it('take in what was decided just before the recording but committed after it', async () => {
      const id = await verified({ campaign: 'review', week: JULY_8 });
      await close(JULY_8, '2024-07-15T01:00:00Z');
      await changed(id, '2024-07-15T00:59:59Z');
      expect(await store().toReview('2024-07-22')).toContain(JULY_8);
    });
  });

  it('posts go to linked groups the bot is still in, into their topic', async () => {
    const at = { platform: 'telegram', tenant: '1', chat: '-100' };
    await seedRoom(db, { ...at, thread: '7' }, { unitId });
    await seedRoom(db, { ...at, chat: '-200' }, { unitId });
    await seedRoom(db, { ...at, chat: '-300' });
    await seedRoom(db, { ...at, chat: '-400' }, { unitId, leftAt: '2024-07-01T00:00:00Z' });
    expect(await createStandingsStore(db, 'test').unitRooms()).toEqual([
      { unitId, address: { ...at, thread: '7' } },
      { unitId, address: { ...at, chat: '-200' } },
    ]);
  });
});
