/** Boards with pictures and one's own results, on a database. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Message } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { addSends, enqueue } from '../../src/db/enqueue.ts';
import { readMedia, storeBlob } from '../../src/db/media.ts';
import { ownStandingReads } from '../../src/db/reads/own-standing.ts';
import { createScheduleStore } from '../../src/db/schedules.ts';
import { createStandingsStore, standingReads } from '../../src/db/standings.ts';
import { Statement } from '../../src/db/statement.ts';
import { createTaskStore } from '../../src/db/tasks.ts';
import type { Outgoing } from '../../src/engine/decision.ts';
import { type Draw, pictureTasks } from '../../src/engine/pictures.ts';
import { createScheduler } from '../../src/engine/schedule.ts';
import { createTasks } from '../../src/engine/tasks.ts';
import { unitLeaderboardJob } from '../../src/engine/unit-leaderboard.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { unitBoardDrawing } from '../../src/messages/pictures.ts';
import { ownResults } from '../../src/standings/own.ts';
import { computeWeek } from '../../src/standings/score.ts';
import { readable } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';
import { createManualTimers } from '../support/manual-timers.ts';
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
const texts = loadTexts();
const MONDAY = Temporal.Instant.from('2024-07-08T01:00:00Z');
const BYTES = Uint8Array.from([1, 2, 3]);
const SHA = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81';

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('truncate unit, person, task, outbox, outbox_once, lane, schedule_run cascade');
  });

  const outbox = () =>
    db.query<{ message: Message; dedupe: string | null; held: string }>(
      'select message, dedupe, on_uncertain as held from outbox order by id',
    );

  function scheduler() {
    const job = unitLeaderboardJob({
      campaign,
      texts,
      drawing: (board) => unitBoardDrawing(texts.vi, board, campaign),
      threads: () => false,
    });
    return createScheduler({
      schedules: campaign.schedules,
      zone: campaign.zone,
      jobs: { 'unit-leaderboard': job },
      store: createScheduleStore(db, (tx) => createStandingsStore(tx, campaign.code)),
      now: () => MONDAY,
      log: recordingLog(),
    });
  }

  /** Does everything that is due, as one process. */
  async function work(draw: Draw = async () => BYTES): Promise<void> {
    const log = recordingLog();
    const { picture } = pictureTasks({ draw, log });
    const tasks = createTasks({
      store: createTaskStore(db, (tx) => ({
        keep: (bytes: Uint8Array, mime: string) => storeBlob(tx, bytes, mime),
      })),
      handlers: { picture },
      now: () => MONDAY,
      wake: () => {},
      log,
      timers: createManualTimers(),
      random: () => 0.5,
    });
    tasks.start();
    await tasks.drain();
    await tasks.stop();
  }

  async function organisation() {
    const unitId = await seedUnit(db, { nameVi: 'Viện Triết học' });
    const people: number[] = [];
    for (const name of ['Đỗ An', 'Lê Bình', 'Vũ Chi', 'Hà Dung', 'Mai Em'])
      people.push(await seedPerson(db, { unitId, name }));
    const [author = 0, other = 0, head = 0] = people;
    await seedRoom(db, { platform: 'test', tenant: '1', chat: 'triet' }, { unitId });
    const verified = (values: Partial<Parameters<typeof seedReport>[1]> = {}) =>
      seedReport(db, {
        authorId: author,
        unitId,
        item: 'talk',
        status: 'verified',
        decidedBy: head,
        documents: ['1/QĐ'],
        ...values,
      });
    return { unitId, author, other, head, verified };
  }

  describe('the weekly board', () => {
    it('goes out once with its picture, however often it is asked for and drawn', async () => {
      const { verified } = await organisation();
      await verified();
      const one = scheduler();
      // An installation's first occurrence is skipped; this one is asked for.
      await one.runNow('weekly');
      expect(await outbox()).toEqual([]);
      await Promise.all([work(), work()]);
      await one.runNow('weekly');
      await Promise.all([work(), work()]);
      const [post, ...others] = await outbox();
      expect(others).toEqual([]);
      expect(post).toMatchObject({
        dedupe: 'leaderboard:test:2024-07-01:test:1:triet',
        held: 'hold',
      });
      const message = Message.parse(post?.message);
      expect(readable(message)).toContain('Kết quả hưởng ứng tuần 19 – Viện Triết học');
      expect(message.blocks.at(-1)).toMatchObject({
        kind: 'image',
        alt: expect.stringContaining('tuần 19 của Viện Triết học: vị trí trong nhóm 1/1'),
        media: { sha256: SHA, mime: 'image/png' },
      });
      expect(Buffer.from(await readMedia(db, SHA))).toEqual(Buffer.from(BYTES));
      expect(await db.query('select id from task')).toEqual([]);
    });

    it('goes out in words when its picture cannot be drawn', async () => {
      const { verified } = await organisation();
      await verified();
      await scheduler().runNow('weekly');
      await work(async () => {
        throw new Error('no font');
      });
      const [post] = await outbox();
      const { blocks } = Message.parse(post?.message);
      expect(blocks.some(({ kind }) => kind === 'image')).toBe(false);
      expect(readable({ notice: 'x', blocks })).toContain('1 | Đỗ An | 10');
    });

    it('of an empty week goes out at once, without a picture', async () => {
      await organisation();
      await scheduler().runNow('weekly');
      expect(await outbox()).toHaveLength(1);
      expect(await db.query('select id from task')).toEqual([]);
    });

    it('is shown in a preview with what is to be drawn, and nothing is written', async () => {
      const { verified } = await organisation();
      await verified();
      const [send] = await scheduler().preview('weekly', MONDAY);
      expect(send?.picture?.drawing.title).toContain('tuần 19 – Viện Triết học');
      expect(await db.query('select id from task')).toEqual([]);
      expect(await outbox()).toEqual([]);
    });

    it('waits for its picture in a task, which a turn has to write itself', async () => {
      const send: Outgoing = {
        to: { platform: 'test', tenant: '1', chat: 'c' },
        message: { notice: 'x', blocks: [] },
        picture: { drawing: { alt: 'x', title: '', lead: [], parts: [], foot: [] } },
      };
      expect(() => addSends(new Statement(), [send])).toThrow('by a task');
      await db.transaction((tx) => enqueue(tx, [send]));
      expect(await db.query('select kind from task')).toEqual([{ kind: 'picture' }]);
      expect(await outbox()).toEqual([]);
    });
  });

  describe('one’s own results', () => {
    const WEEKS = { first: '2024-06-24', last: '2024-07-01' };

    it('are the verified reports one wrote or confirmed a share of, and agree with the unit’s', async () => {
      const { unitId, author, other, head, verified } = await organisation();
      const share = (answer: 'confirmed' | 'waiting' | 'declined') => ({
        shared: [{ personId: author, unitId, answer }],
      });
      await verified();
      await verified({ item: 'help', documents: [] });
      await verified({ item: 'talk', documents: [] });
      await verified({ authorId: other, item: 'paper', ...share('confirmed') });
      await verified({ authorId: other, ...share('waiting') });
      await verified({ authorId: other, ...share('declined') });
      await verified({ week: '2024-06-24' });
      await verified({ week: '2024-06-17' });
      await verified({ campaign: 'another' });
      await verified({ status: 'revoked' });
      for (let i = 0; i < 2; i += 1) await seedReport(db, { authorId: author, unitId });
      await seedReport(db, { authorId: head, unitId });
      const { reports, waiting } = await ownStandingReads(db).ownReports(author, 'test', WEEKS);
      expect(waiting).toBe(2);
      const own = ownResults(reports, author, campaign);
      expect(own.weeks).toEqual([
        { week: '2024-07-01', points: 25, verified: 4 },
        { week: '2024-06-24', points: 10, verified: 1 },
      ]);
      expect(own.items).toEqual([
        { item: 'talk', points: 20, verified: 3 },
        { item: 'paper', points: 10, verified: 1 },
        { item: 'help', points: 5, verified: 1 },
      ]);
      const week = computeWeek(await standingReads(db).unitWeek('2024-07-01', 'test'), campaign);
      expect(week.people.find(({ personId }) => personId === author)).toMatchObject({
        points: 25,
        verified: 4,
      });
    });

    it('are nothing for somebody who has none', async () => {
      const { other } = await organisation();
      expect(await ownStandingReads(db).ownReports(other, 'test', WEEKS)).toEqual({
        reports: [],
        waiting: 0,
      });
    });
  });

  describe('past weeks', () => {
    it('are summed up from a week on, where one is named', async () => {
      const { unitId, verified } = await organisation();
      const store = createStandingsStore(db, 'test');
      for (const week of ['2024-06-17', '2024-06-24', '2024-07-01']) {
        await verified({ week });
        await store.save(computeWeek(await store.unitWeek(week), campaign), MONDAY.toString());
      }
      const { pastTotals } = standingReads(db);
      const points = async (before: string, from?: string) => {
        const { units, people } = await pastTotals(before, 'test', unitId, from);
        return [units[0]?.points, people[0]?.points];
      };
      expect(await points('2024-07-08')).toEqual([30, 30]);
      expect(await points('2024-07-08', '2024-06-24')).toEqual([20, 20]);
      expect(await points('2024-07-01', '2024-07-01')).toEqual([undefined, undefined]);
    });
  });
});
