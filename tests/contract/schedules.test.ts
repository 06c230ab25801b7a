import { eq } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createScheduleStore } from '../../src/db/schedules.ts';
import { report, scheduleRun, unitStanding } from '../../src/db/schema.ts';
import { createStandingsStore } from '../../src/db/standings.ts';
import { createScheduler, type Job } from '../../src/engine/schedule.ts';
import { type StandingsStore, unitLeaderboardJob } from '../../src/engine/unit-leaderboard.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { readable } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';
import { deliver } from '../support/delivery.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedPerson, seedRoom, seedUnit } from '../support/seed.ts';
import { campaign as plain } from '../support/standings-week.ts';
import { recordingLog } from '../support/turns.ts';

const campaign = {
  ...plain,
  schedules: [
    { id: 'weekly', job: 'unit-leaderboard', weekday: 1, time: '08:00', graceHours: 36 },
  ] as const,
};
const WEDNESDAY = '2024-07-03T00:00:00Z';
const MONDAY = '2024-07-08T01:00:00Z';
const NEXT_MONDAY = '2024-07-15T01:00:00Z';

/** `threads`: the platforms whose messages can have threads. */
const leaderboardJob = (...threads: string[]) =>
  unitLeaderboardJob({
    campaign,
    texts: loadTexts(),
    drawing: () => null,
    threads: (platform) => threads.includes(platform),
  });

/** A replica's scheduler over the database, at a time the test sets. */
function replica(db: Database, job: Job<StandingsStore> = leaderboardJob()) {
  let time = WEDNESDAY;
  const log = recordingLog();
  const scheduler = createScheduler({
    schedules: campaign.schedules,
    zone: campaign.zone,
    jobs: { 'unit-leaderboard': job },
    store: createScheduleStore(db, (tx) => createStandingsStore(tx, campaign.code)),
    now: () => Temporal.Instant.from(time),
    log,
  });
  return {
    scheduler,
    log,
    tickAt(iso: string) {
      time = iso;
      return scheduler.tick();
    },
    at(iso: string) {
      time = iso;
    },
  };
}

/** A unit of five with a linked group, and one report verified in the week of 1 July. */
async function organisation(db: Database) {
  const unitId = await seedUnit(db, { nameVi: 'Viện Triết học' });
  const people: number[] = [];
  for (const name of ['Đỗ An', 'Lê Bình', 'Vũ Chi', 'Hà Dung', 'Mai Em'])
    people.push(await seedPerson(db, { unitId, name }));
  const [author = 0, other = 0, head = 0] = people;
  await seedRoom(db, { platform: 'test', tenant: '1', chat: 'triet' }, { unitId });
  const verified = (authorId: number, week: string) =>
    seedReport(db, {
      authorId,
      unitId,
      week,
      item: 'talk',
      status: 'verified',
      decidedBy: head,
      documents: ['1/QĐ'],
      changedAt: `${week}T05:00:00Z`,
    });
  const reportId = await verified(author, '2024-07-01');
  return { unitId, author, other, reportId, verified };
}

const posts = async (db: Database) =>
  (await db.query<{ message: Message }>('select message from outbox order by id')).map(
    ({ message }) => readable(message),
  );

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query(
      'truncate unit, person, outbox, outbox_once, lane, posted, schedule_run, post_hold cascade',
    );
  });

  it('a week is posted once, however many replicas tick and restart', async () => {
    await organisation(db);
    const replicas = [replica(db), replica(db), replica(db)];
    await Promise.all(replicas.map((r) => r.tickAt(WEDNESDAY)));
    expect(await posts(db)).toEqual([]);
    await Promise.all(replicas.map((r) => r.tickAt(MONDAY)));
    await replica(db).tickAt('2024-07-08T01:05:00Z');
    const [post, ...others] = await posts(db);
    expect(others).toEqual([]);
    expect(post).toContain('Kết quả hưởng ứng tuần 19 – Viện Triết học');
    expect(post).toContain('1 | Đỗ An | 10');
    expect(
      replicas.flatMap((r) => r.log.lines).filter((l) => l.text === 'schedule done'),
    ).toHaveLength(1);
    expect(await db.drizzle.select().from(scheduleRun)).toMatchObject([
      { outcome: 'skipped' },
      { outcome: 'done' },
    ]);
    const rows = await db.query<object>(
      'select dedupe, on_uncertain, priority, address from outbox',
    );
    expect(rows).toEqual([
      {
        dedupe: 'leaderboard:test:2024-07-01:test:1:triet',
        on_uncertain: 'hold',
        priority: 2,
        address: { platform: 'test', tenant: '1', chat: 'triet' },
      },
    ]);
  });

  it('a failure leaves nothing behind, and the next tick does all of it', async () => {
    await organisation(db);
    const job = leaderboardJob();
    let failures = 1;
    const fragile = replica(db, async (...run) => {
      const sends = await job(...run);
      if (failures > 0) {
        failures -= 1;
        throw new Error('cut off after the work');
      }
      return sends;
    });
    await fragile.tickAt(WEDNESDAY);
    await fragile.tickAt(MONDAY);
    expect(await posts(db)).toEqual([]);
    expect(await db.drizzle.select().from(unitStanding)).toEqual([]);
    await fragile.tickAt('2024-07-08T01:01:00Z');
    expect(await posts(db)).toHaveLength(1);
  });

  it('a withdrawal and a late verification become corrections a week later; the post stays', async () => {
    const { reportId, other, verified } = await organisation(db);
    const bot = replica(db);
    await bot.tickAt(WEDNESDAY);
    await bot.tickAt(MONDAY);
    const changedAt = '2024-07-10T05:00:00Z';
    await db.drizzle
      .update(report)
      .set({ status: 'withdrawn', changedAt })
      .where(eq(report.id, reportId));
    for (let i = 0; i < 2; i += 1) {
      const id = await verified(other, '2024-07-01');
      await db.drizzle.update(report).set({ changedAt }).where(eq(report.id, id));
    }
    await verified(other, '2024-07-08');
    await bot.tickAt(NEXT_MONDAY);
    const [first, second] = await posts(db);
    expect(first).toContain('1 | Đỗ An | 10');
    expect(second).toContain('Kết quả hưởng ứng tuần 20');
    expect(second).toContain('1 | Lê Bình | 10');
    expect(second).toContain('Tuần 19: tổng điểm từ 10 thành 20.');
    const revisions = await db.query<object>(
      'select week, revision, points from unit_standing order by week, revision',
    );
    expect(revisions).toEqual([
      { week: '2024-07-01', revision: 1, points: 10 },
      { week: '2024-07-01', revision: 2, points: 20 },
      { week: '2024-07-08', revision: 1, points: 10 },
    ]);
  });

  describe('where messages have threads', () => {
    /** As the deliverer does: what waits is posted, and remembered under its subject. */
    async function deliverAll(): Promise<void> {
      const adapter = createFakeAdapter({ tenant: '1' });
      const one = deliver(db, [adapter]);
      await one.drain();
      await one.stop();
    }
    const sent = async () =>
      (
        await db.query<{ message: Message; thread: string | null; dedupe: string; held: string }>(
          `select message, address ->> 'thread' as thread, dedupe, on_uncertain as held
           from outbox order by id`,
        )
      ).map(({ message, ...row }) => ({ ...row, text: readable(message) }));

    /** Two weeks closed, of which the first changes in the second. */
    async function secondMonday(bot: ReturnType<typeof replica>, posted: () => Promise<void>) {
      const { other, verified } = await organisation(db);
      await bot.tickAt(WEDNESDAY);
      await bot.tickAt(MONDAY);
      await posted();
      const late = await verified(other, '2024-07-01');
      const changedAt = '2024-07-10T05:00:00Z';
      await db.drizzle.update(report).set({ changedAt }).where(eq(report.id, late));
      await bot.tickAt(NEXT_MONDAY);
      return { other, verified };
    }

    it('a correction stands under the board it corrects, once; the new board says so', async () => {
      const bot = replica(db, leaderboardJob('test'));
      const { other, verified } = await secondMonday(bot, deliverAll);
      const [board, correction, ...more] = await sent();
      expect(more).toEqual([]);
      expect(board).toMatchObject({ thread: null, held: 'hold' });
      expect(board?.text).toContain('Kết quả hưởng ứng tuần 20');
      expect(board?.text).toContain(
        'Điều chỉnh số liệu các tuần trước (tuần 19): xem phần trả lời dưới bảng kết quả',
      );
      expect(board?.text).not.toContain('Tuần 19: tổng điểm');
      expect(correction).toEqual({
        thread: 'm1',
        dedupe: 'correction:test:2024-07-01:2:test:1:triet',
        held: 'hold',
        text: `Điều chỉnh kết quả tuần 19 – Viện Triết học
Tuần 19: tổng điểm từ 10 thành 20.
Số liệu tham khảo, không phải kết quả bình xét.`,
      });

      // Done again, nothing comes twice; a further change of the same week is a further reply.
      await deliverAll();
      bot.at('2024-07-15T03:00:00Z');
      await bot.scheduler.runNow('weekly');
      expect(await sent()).toEqual([]);
      const later = await verified(other, '2024-07-01');
      await db.drizzle
        .update(report)
        .set({ changedAt: '2024-07-15T03:30:00Z' })
        .where(eq(report.id, later));
      bot.at('2024-07-15T04:00:00Z');
      await bot.scheduler.runNow('weekly');
      expect(await sent()).toMatchObject([
        { thread: 'm1', text: expect.stringContaining('Tuần 19: tổng điểm từ 20 thành 30.') },
      ]);
    });

    it('it stands in the new board where the old one was not posted', async () => {
      const bot = replica(db, leaderboardJob('test'));
      await secondMonday(bot, async () => {});
      const rows = await sent();
      expect(rows.map(({ thread }) => thread)).toEqual([null, null]);
      expect(rows[1]?.text).toContain('Tuần 19: tổng điểm từ 10 thành 20.');
    });

    it('it stands in the new board where boards go into a thread themselves', async () => {
      const bot = replica(db, leaderboardJob('test'));
      await secondMonday(bot, async () => {
        await deliverAll();
        await db.query(`update chat_room set thread = '7'`);
      });
      const rows = await sent();
      expect(rows.map(({ thread }) => thread)).toEqual(['7']);
      expect(rows[0]?.text).toContain('Tuần 19: tổng điểm từ 10 thành 20.');
    });

    it('a group linked since has no old board to write under', async () => {
      const bot = replica(db, leaderboardJob('test'));
      await secondMonday(bot, async () => {
        await deliverAll();
        const [unit] = await db.query<{ id: number }>('select id from unit');
        const at = { platform: 'test', tenant: '1', chat: 'triet-2' };
        await seedRoom(db, at, { unitId: unit?.id ?? 0 });
      });
      const rows = await sent();
      expect(rows.map(({ thread }) => thread)).toEqual([null, 'm1', null]);
      expect(rows[2]?.text).toContain('Tuần 19: tổng điểm từ 10 thành 20.');
    });

    it('it stands in the new board on a platform without threads', async () => {
      const bot = replica(db, leaderboardJob('another'));
      await secondMonday(bot, deliverAll);
      expect((await sent()).map(({ thread }) => thread)).toEqual([null]);
    });
  });

  it('a week missed beyond its grace is recorded by the next one, without a post', async () => {
    const { author, verified } = await organisation(db);
    await verified(author, '2024-07-08');
    const bot = replica(db);
    await bot.tickAt(WEDNESDAY);
    await bot.tickAt(NEXT_MONDAY);
    const all = await posts(db);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain('Kết quả hưởng ứng tuần 20');
    expect(all[0]).toContain('1/1 (giữ nguyên so với tuần trước)');
    expect(all[0]).not.toContain('Điều chỉnh');
    const weeks = await db.query<{ week: string }>('select week from unit_standing order by week');
    expect(weeks.map((row) => row.week)).toEqual(['2024-07-01', '2024-07-08']);
  });

  it('run now reaches groups linked since, and no group twice; a preview changes nothing', async () => {
    const { unitId } = await organisation(db);
    const bot = replica(db);
    await bot.tickAt(WEDNESDAY);
    const preview = await bot.scheduler.preview('weekly', Temporal.Instant.from(MONDAY));
    expect(preview.map((send) => readable(send.message))).toEqual([
      expect.stringContaining('tuần 19'),
    ]);
    expect(await posts(db)).toEqual([]);
    expect(await db.drizzle.select().from(unitStanding)).toEqual([]);

    await bot.tickAt(MONDAY);
    await seedRoom(db, { platform: 'test', tenant: '1', chat: 'triet-2' }, { unitId });
    bot.at('2024-07-08T03:00:00Z');
    await bot.scheduler.runNow('weekly');
    const chats = await db.query<{ lane: string }>('select lane from outbox order by id');
    expect(chats.map((row) => row.lane)).toEqual(['test:1:triet', 'test:1:triet-2']);
    expect(await db.drizzle.select().from(unitStanding)).toHaveLength(1);
  });

  describe('after the campaign', () => {
    const LAST = '2024-12-30';

    /** The last week is posted, then a late report of it is verified. */
    async function lateReport(bot: ReturnType<typeof replica>) {
      const { other, verified } = await organisation(db);
      await verified(other, LAST);
      await bot.tickAt('2025-01-01T00:00:00Z');
      await bot.tickAt('2025-01-06T01:00:00Z');
      const late = await verified(other, LAST);
      const changedAt = '2025-01-09T05:00:00Z';
      await db.drizzle.update(report).set({ changedAt }).where(eq(report.id, late));
    }

    it('late reports correct its last week: in a post of its own, once', async () => {
      const bot = replica(db);
      await lateReport(bot);
      await bot.tickAt('2025-01-13T01:00:00Z');
      const [board, correction, ...more] = await posts(db);
      expect(board).toContain('Kết quả hưởng ứng tuần 45');
      expect(more).toEqual([]);
      expect(correction).toContain('Điều chỉnh kết quả tuần 45 – Viện Triết học');
      expect(correction).toContain('Tuần 45: tổng điểm từ 10 thành 20.');
      // Done again, and a week later with nothing new.
      bot.at('2025-01-13T03:00:00Z');
      await bot.scheduler.runNow('weekly');
      await bot.tickAt('2025-01-20T01:00:00Z');
      expect(await posts(db)).toHaveLength(2);
    });

    it('under the board itself where messages have threads', async () => {
      const bot = replica(db, leaderboardJob('test'));
      await lateReport(bot);
      const one = deliver(db, [createFakeAdapter({ tenant: '1' })]);
      await one.drain();
      await one.stop();
      await bot.tickAt('2025-01-13T01:00:00Z');
      const sent = await db.query<object>(`select address ->> 'thread' as thread from outbox`);
      expect(sent).toEqual([{ thread: 'm1' }]);
    });
  });

  it('nothing is posted about weeks outside the campaign', async () => {
    await organisation(db);
    const bot = replica(db);
    await bot.tickAt('2024-02-20T00:00:00Z');
    await bot.tickAt('2024-02-26T01:00:00Z');
    expect(await posts(db)).toEqual([]);
    await bot.tickAt('2024-03-04T01:00:00Z');
    expect((await posts(db))[0]).toContain('tuần 1 ');
    await bot.tickAt('2025-01-13T01:00:00Z');
    expect(await posts(db)).toHaveLength(1);
  });

  it('a post held back waits for its release, over every replica and restart', async () => {
    await organisation(db);
    const head = await seedPerson(db, { unitId: await seedUnit(db), name: 'Lê Văn Phòng' });
    await replica(db).tickAt(WEDNESDAY);
    await db.query(
      `insert into post_hold (schedule, occurrence, held_by, held_at)
       values ('weekly', $1::timestamptz, $2::int, $3::timestamptz)`,
      [MONDAY, head, WEDNESDAY],
    );
    await Promise.all([replica(db).tickAt(MONDAY), replica(db).tickAt(MONDAY)]);
    expect(await posts(db)).toEqual([]);
    await db.query(`update post_hold set released_by = $1::int, released_at = $2::timestamptz`, [
      head,
      MONDAY,
    ]);
    const late = '2024-07-12T01:00:00Z';
    await Promise.all([replica(db).tickAt(late), replica(db).tickAt(late)]);
    await replica(db).tickAt(late);
    expect(await posts(db)).toHaveLength(1);
  });
});
