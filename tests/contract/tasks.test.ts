import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deferred } from '../../src/chat/index.ts';
import type { Database, Queryable } from '../../src/db/database.ts';
import { createTaskStore } from '../../src/db/tasks.ts';
import type { Outgoing } from '../../src/engine/decision.ts';
import { createTasks, type TaskHandler } from '../../src/engine/tasks.ts';
import { eachDatabase } from '../support/database.ts';
import { createManualTimers } from '../support/manual-timers.ts';
import { recordingLog } from '../support/turns.ts';

const NOW = Temporal.Instant.from('2024-07-08T01:00:00Z');
const says = (text: string): Outgoing => ({
  to: { platform: 'test', tenant: '1', chat: 'c' },
  message: { notice: text, blocks: [] },
});

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('truncate task, outbox, outbox_once, lane cascade');
  });

  const write = (kind: string, payload: object = {}) =>
    db.query('insert into task (kind, payload) values ($1::text, $2::jsonb)', [
      kind,
      JSON.stringify(payload),
    ]);
  const sent = async () =>
    (
      await db.query<{ text: string }>(
        `select message ->> 'notice' as text from outbox order by id`,
      )
    ).map(({ text }) => text);
  const left = () =>
    db.query<{ kind: string; attempts: number; failure: string | null }>(
      'select kind, attempts, failure from task order by id',
    );
  const due = () => db.query(`update task set due_at = now() - interval '1 second'`);

  function workers(handlers: Record<string, TaskHandler<Queryable>>) {
    const log = recordingLog();
    const timers = createManualTimers();
    const tasks = createTasks({
      store: createTaskStore(db, (tx) => tx),
      handlers,
      now: () => NOW,
      wake: () => {},
      log,
      timers,
      random: () => 0.5,
    });
    return { tasks, log, timers };
  }
  /** Does everything that is due and stops. */
  async function work(handlers: Record<string, TaskHandler<Queryable>>) {
    const { tasks, log } = workers(handlers);
    tasks.start();
    await tasks.drain();
    await tasks.stop();
    return log.lines;
  }
  const never = async () => [];

  describe('a task', () => {
    it('is done once, with its messages, and given its payload and time', async () => {
      await write('greet', { name: 'An' });
      const greet: TaskHandler<Queryable> = {
        run: async (payload, _, now) => ({ sends: [says(`${JSON.stringify(payload)} ${now}`)] }),
        failed: never,
      };
      await Promise.all([work({ greet }), work({ greet }), work({ greet })]);
      expect(await sent()).toEqual([`{"name":"An"} ${NOW}`]);
      expect(await left()).toEqual([]);
    });

    it('of a kind nobody here does is left to those who do', async () => {
      await write('other');
      await work({ greet: { run: async () => ({ sends: [] }), failed: never } });
      expect(await left()).toMatchObject([{ kind: 'other', attempts: 0, failure: null }]);
    });

    it('that goes on is done again later, and what it wrote stays', async () => {
      await write('count');
      let step = 0;
      const count: TaskHandler<Queryable> = {
        async run() {
          step += 1;
          return { sends: [says(`${step}`)], ...(step < 3 && { againInMs: 60_000 }) };
        },
        failed: never,
      };
      for (let i = 0; i < 4; i += 1) {
        await work({ count });
        await due();
      }
      expect(await sent()).toEqual(['1', '2', '3']);
      expect(await left()).toEqual([]);
    });

    it('that fails leaves nothing, is tried again, and in the end is given up with a word', async () => {
      await write('draw');
      let tries = 0;
      const draw: TaskHandler<Queryable> = {
        async run(_, tx) {
          tries += 1;
          await tx.query(`insert into task (kind, payload) values ('trace', '{}')`);
          throw new Error('no colours');
        },
        failed: async () => [says('sorry')],
      };
      const lines = [];
      for (let i = 0; i < 6; i += 1) {
        lines.push(...(await work({ draw })));
        await due();
      }
      expect(tries).toBe(4);
      expect(await sent()).toEqual(['sorry']);
      expect(await left()).toEqual([{ kind: 'draw', attempts: 4, failure: 'no colours' }]);
      expect(lines.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn', 'error']);
    });

    it('in the hands of one worker is not taken by another', async () => {
      await write('slow');
      const store = createTaskStore(db, (tx) => tx);
      const busy = deferred();
      const began = deferred();
      const first = store.takeOne(['slow'], async () => {
        began.resolve();
        await busy.promise;
        return { sends: [] };
      });
      await began.promise;
      // Where one connection serves all, the second waits for the first instead of passing it by.
      const second = store.takeOne(['slow'], async () => {
        throw new Error('taken twice');
      });
      busy.resolve();
      expect(await first).toBe(true);
      expect(await second).toBe(false);
    });
  });
});
