import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database, Queryable } from '../../src/db/database.ts';
import { createScheduleStore, within } from '../../src/db/schedules.ts';
import { createTaskStore } from '../../src/db/tasks.ts';
import { postTasks } from '../../src/engine/post-tasks.ts';
import { createScheduler } from '../../src/engine/schedule.ts';
import { createTasks } from '../../src/engine/tasks.ts';
import { plainMessage } from '../../src/messages/flow.ts';
import { readable, texts } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';
import { createManualTimers } from '../support/manual-timers.ts';
import { campaign } from '../support/standings-week.ts';
import { place } from '../support/ticket-view.ts';
import { recordingLog } from '../support/turns.ts';

const NOW = Temporal.Instant.from('2024-07-09T01:00:00Z');
const schedules = [
  { id: 'sample', job: 'audit-sample', weekday: 1, time: '08:00', graceHours: 36 },
] as const;

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('truncate task, outbox, outbox_once, lane, setting, schedule_run cascade');
  });

  /** A job that writes a row and a message with a key, looked at and done as the office asks. */
  async function asked(does: 'preview' | 'now'): Promise<string[]> {
    const job = async (_occurrence: Temporal.Instant, tx: Queryable) => {
      await tx.query(`insert into setting (key, value) values ('drawn', '1')
        on conflict (key) do update set value = '2'`);
      return [{ to: place('unit'), message: plainMessage(['Bảng kết quả']), dedupe: 'board:1' }];
    };
    const log = recordingLog();
    const tasks = createTasks({
      store: createTaskStore(db, (tx) => tx),
      handlers: postTasks<Queryable>({
        scheduler: (tx) =>
          createScheduler({
            schedules,
            zone: campaign.zone,
            jobs: { 'audit-sample': job },
            store: createScheduleStore(within(tx), (inner) => inner),
            now: () => NOW,
            log,
          }),
        texts,
      }),
      now: () => NOW,
      wake: () => {},
      log,
      timers: createManualTimers(),
      random: () => 0.5,
    });
    const payload = {
      does,
      schedule: 'sample',
      at: NOW.toString(),
      to: place('office'),
      personId: await person(),
      language: 'vi',
    };
    await db.query('insert into task (kind, payload) values ($1::text, $2::jsonb)', [
      `post-${does}`,
      JSON.stringify(payload),
    ]);
    tasks.start();
    await tasks.drain();
    await tasks.stop();
    const rows = await db.query<{ message: Parameters<typeof readable>[0] }>(
      'select message from outbox order by id',
    );
    return rows.map(({ message }) => readable(message));
  }
  async function person(): Promise<number> {
    const [row] = await db.query<{ id: number }>(
      `insert into person (code, name, name_fold) values ('P1', 'Lê An', 'le an')
       on conflict (code) do update set name = excluded.name returning id`,
    );
    if (!row) throw new Error('nobody was inserted');
    return row.id;
  }
  const drawn = () => db.query<{ value: number }>('select value from setting');
  const runs = () => db.query<{ outcome: string }>('select outcome from schedule_run');

  describe('the office', () => {
    it('sees what a post would say, and nothing of it is done', async () => {
      const said = (await asked('preview')).join('\n');
      expect(said).toContain('1 tin');
      expect(said).toContain('Bảng kết quả');
      expect(await drawn()).toEqual([]);
      expect(await runs()).toEqual([]);
      expect(await db.query('select 1 from outbox_once')).toEqual([]);
    });

    it('has it made now, on record, and its messages once however often it is asked for', async () => {
      const first = await asked('now');
      expect(first).toHaveLength(2);
      expect(await drawn()).toEqual([{ value: 1 }]);
      expect(await runs()).toEqual([{ outcome: 'done' }]);
      const again = await asked('now');
      expect(again.filter((text) => text.includes('Bảng kết quả'))).toHaveLength(1);
      expect(await drawn()).toEqual([{ value: 2 }]);
    });
  });
});
