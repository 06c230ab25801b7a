import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../src/chat/index.ts';
import { createAnnouncementStore, createDueStore } from '../../src/db/announcements.ts';
import type { Database, Queryable } from '../../src/db/database.ts';
import { createTaskStore } from '../../src/db/tasks.ts';
import { announcementTasks } from '../../src/engine/announce-tasks.ts';
import { createTasks, type TaskHandler } from '../../src/engine/tasks.ts';
import { systemTimers } from '../../src/timers.ts';
import { campaign, readable, texts } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';

import { seedPerson, seedUnit } from '../support/seed.ts';
import { recordingLog } from '../support/turns.ts';

const NOW = '2024-07-08T01:00:00Z';
const EVENT = '2024-07-10T07:00:00Z';
const account = (user: string) => ({ platform: 'test', tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  let officeId: number;
  let people: number[];
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query(
      `truncate unit, person, identity, outbox, outbox_once, lane, posted, dead_letter, task, audit,
         announcement cascade`,
    );
    const unitId = await seedUnit(db);
    officeId = await seedPerson(db, { roles: [{ role: 'office' }], account: account('office') });
    people = [];
    for (const user of ['a', 'b', 'c', 'd'])
      people.push(await seedPerson(db, { unitId, account: account(user) }));
    people.push(await seedPerson(db, { unitId }));
  });

  interface Row {
    readonly status?: string;
    readonly kind?: string;
    readonly sendAt?: string | null;
    readonly eventAt?: string | null;
    readonly remindAt?: string | null;
  }

  async function announce(row: Row = {}): Promise<number> {
    const { status = 'sending', kind = 'notice', sendAt = null, eventAt = null } = row;
    const [made] = await db.query<{ id: number }>(
      `insert into announcement (campaign, kind, title, body, audience, status, version, created_by,
         created_at, send_at, event_at, event_place, remind_at)
       values ($1::text, $2::text, 'Tiêu đề', 'Nội dung', '{"scope":"staff"}', $3::text, 1,
         $4::int, now(), $5::timestamptz, $6::timestamptz, 'Hội trường', $7::timestamptz)
       returning id`,
      [campaign.code, kind, status, officeId, sendAt, eventAt, row.remindAt ?? null],
    );
    return made?.id ?? 0;
  }

  const ask = (kind: string, id: number) =>
    db.query('insert into task (kind, payload) values ($1::text, $2::jsonb)', [
      `announcement-${kind}`,
      JSON.stringify({ id, by: officeId }),
    ]);

  type Handlers = Readonly<Record<string, TaskHandler<Queryable>>>;
  const handlers: Handlers = announcementTasks<Queryable>({
    campaign,
    texts,
    store: createAnnouncementStore,
  });

  /** Does everything that is due and stops, as one process. */
  async function work(how: Handlers = handlers, at = NOW): Promise<void> {
    const tasks = createTasks({
      store: createTaskStore(db, (tx) => tx),
      handlers: how,
      now: () => Temporal.Instant.from(at),
      wake: () => {},
      log: recordingLog(),
      timers: systemTimers,
      random: () => 0.5,
    });
    tasks.start();
    await tasks.drain();
    await tasks.stop();
  }
  /** The same once the time until the next look has passed. */
  async function later(how?: Handlers, at?: string): Promise<void> {
    await db.query(`update task set due_at = now() - interval '1 second'`);
    await work(how, at);
  }

  const waiting = (batch: string) =>
    db.query<{ personId: number }>(
      `select person_id as "personId" from outbox where batch = $1::text order by person_id`,
      [batch],
    );
  const cards = async () =>
    (
      await db.query<{ message: Message; operation: string }>(
        `select message, operation from outbox where subject like 'announcement-card:%' order by id`,
      )
    ).map(({ message, operation }) => `${operation}: ${readable(message).split('\n')[1]}`);
  const status = async (id: number) =>
    (
      await db.query<{ status: string }>('select status from announcement where id = $1::int', [id])
    )[0]?.status;
  /** The platform has taken the messages of these people; the card is where it was sent. */
  async function deliver(id: number, who: readonly number[]): Promise<void> {
    await db.query(
      `with gone as (delete from outbox
         where batch = $1::text and person_id in (select jsonb_array_elements_text($2::jsonb)::int)
           or subject like 'announcement-card:%' returning *)
       insert into posted (subject, lane, address, ids, person_id)
       select subject, lane, address, '["1"]', person_id from gone
       on conflict do nothing`,
      [`announcement:${id}`, JSON.stringify(who)],
    );
  }

  describe('an announcement', () => {
    it('is enqueued once, by however many processes, and its figures are said as they change', async () => {
      const id = await announce();
      await ask('send', id);
      await Promise.all([work(), work(), work()]);
      expect(await waiting(`announcement:${id}`)).toHaveLength(4);
      expect(await cards()).toEqual(['send: Đã gửi 0 trên 5, 1 không liên lạc được.']);
      await deliver(id, people.slice(0, 2));
      await later();
      await later();
      // The same figures are not said twice.
      expect(await cards()).toEqual(['update: Đã gửi 2 trên 5, 1 không liên lạc được.']);
      await deliver(id, people);
      await later();
      expect(await cards()).toEqual(['update: Đã gửi xong 4 trên 5, 1 không liên lạc được.']);
      expect(await status(id)).toBe('sent');
      expect(await db.query('select from task')).toEqual([]);
    });

    it('survives a crash between the enqueuing and its end: all or nothing, then all, once', async () => {
      const id = await announce();
      await ask('send', id);
      const send = handlers['announcement-send'];
      if (!send) throw new Error('nobody sends');
      const crashing: TaskHandler<Queryable> = {
        ...send,
        async run(payload, tx, now) {
          await send.run(payload, tx, now);
          throw new Error('the process ended here');
        },
      };
      await work({ 'announcement-send': crashing });
      expect(await waiting(`announcement:${id}`)).toEqual([]);
      expect(await db.query('select from announcement_recipient')).toEqual([]);
      await later();
      expect(await waiting(`announcement:${id}`)).toHaveLength(4);
      // The task is written a second time, as by a turn that was delivered again.
      await ask('send', id);
      await work();
      await later();
      expect(await waiting(`announcement:${id}`)).toHaveLength(4);
      expect(await cards()).toHaveLength(1);
    });

    it('stopped before it began goes to nobody', async () => {
      const id = await announce({ status: 'stopped' });
      await ask('stop', id);
      await ask('send', id);
      await work();
      expect(await db.query('select from outbox')).toEqual([]);
      expect(await status(id)).toBe('stopped');
    });

    it('given up is stopped, and its sender told what to do', async () => {
      const id = await announce();
      await ask('send', id);
      const send = handlers['announcement-send'];
      if (!send) throw new Error('nobody sends');
      const failing = {
        'announcement-send': { ...send, run: () => Promise.reject(new Error('no')) },
      };
      for (let tries = 0; tries < 4; tries += 1) await later(failing);
      expect(await status(id)).toBe('stopped');
      const [said] = await db.query<{ message: Message }>('select message from outbox');
      expect(said && readable(said.message)).toContain(
        'chưa gửi được cho ai vì hệ thống gặp sự cố',
      );
    });

    it('tells nobody who may not write announcements any more', async () => {
      const id = await announce();
      await ask('send', id);
      await work();
      await deliver(id, people.slice(0, 1));
      await db.query(`update "grant" set valid_to = '2024-07-01'`);
      await later();
      expect(await cards()).toEqual([]);
    });
  });

  describe('the campaign’s clock', () => {
    const launch = (at: string) => createDueStore(db, campaign.code).launch(at);

    it('begins what is due, once, whoever looks', async () => {
      const id = await announce({ status: 'scheduled', sendAt: NOW });
      await announce({ status: 'scheduled', sendAt: '2024-07-09T00:00:00Z' });
      expect(await launch('2024-07-08T00:59:59Z')).toBe(0);
      const tasks = await Promise.all([launch(NOW), launch(NOW), launch(NOW)]);
      expect(tasks.reduce((sum, n) => sum + n, 0)).toBe(1);
      await work();
      expect(await waiting(`announcement:${id}`)).toHaveLength(4);
    });

    it('does not invite to what has begun meanwhile; its author is told', async () => {
      const id = await announce({
        status: 'scheduled',
        kind: 'event',
        sendAt: NOW,
        eventAt: EVENT,
      });
      await launch('2024-07-11T00:00:00Z');
      await work(handlers, '2024-07-11T00:00:00Z');
      expect(await waiting(`announcement:${id}`)).toEqual([]);
      expect(await status(id)).toBe('cancelled');
      const [said] = await db.query<{ message: Message }>('select message from outbox');
      expect(said && readable(said.message)).toContain('sự kiện đã bắt đầu trước giờ gửi');
    });

    it('reminds once, nobody who said no; and not of what was called off', async () => {
      const event = { kind: 'event', eventAt: EVENT, remindAt: '2024-07-09T01:00:00Z' } as const;
      const id = await announce(event);
      await ask('send', id);
      await work();
      await deliver(id, people);
      await later();
      const [first = 0, second = 0] = people;
      const answer = (person: number, what: string) =>
        db.query('update announcement_recipient set answer = $2::text where person_id = $1::int', [
          person,
          what,
        ]);
      await answer(first, 'no');
      await answer(second, 'yes');
      expect(await launch('2024-07-09T00:59:00Z')).toBe(0);
      expect(await launch('2024-07-09T01:00:00Z')).toBe(1);
      expect(await launch('2024-07-09T01:01:00Z')).toBe(0);
      await work(handlers, '2024-07-09T01:01:00Z');
      const reminded = (await waiting(`announcement:${id}:remind`)).map(({ personId }) => personId);
      expect(reminded).toEqual(people.slice(1, 4));
      await db.query(`update announcement set status = 'cancelled'`);
      await ask('stop', id);
      await work(handlers, '2024-07-09T01:02:00Z');
      // What still waited is taken back; those who did not say no are told.
      expect(await waiting(`announcement:${id}:remind`)).toEqual([]);
      expect(await waiting(`announcement:${id}:cancel`)).toHaveLength(3);
    });
  });
});
