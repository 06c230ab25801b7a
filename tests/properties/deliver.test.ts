import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery, Rate } from '../../src/chat/index.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { settle } from '../../src/db/settle.ts';
import { testDatabase } from '../support/database.ts';
import { count, deliver, elapse, to } from '../support/delivery.ts';
import { batches, emptyQueue, enqueueBatches, parkedPages } from '../support/delivery-batches.ts';
import { createFakeAdapter, FREE } from '../support/fake-adapter.ts';
import { openTransaction, untilBlocked } from '../support/transactions.ts';

const HOUR = 3_600_000;

type Event = 'ok' | 'chat' | 'bot' | 'lost' | 'lost though taken' | 'bug';

/** What the platform does with the next calls; afterwards it takes everything. */
const events = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Event>('ok') },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Event>('chat', 'bot', 'lost', 'lost though taken', 'bug'),
    },
  ),
  { maxLength: 40 },
);
describe('two deliverers on one database', () => {
  it('lose nothing, keep each chat’s order and repeat only what may not have arrived', async () => {
    const db = await testDatabase();
    await fc.assert(
      fc.asyncProperty(batches, events, async (plan, script) => {
        await emptyQueue(db);
        /** Pages the platform has, by chat, whether or not it could say so. */
        const has = new Map<string, string[]>();
        let hidden = 0;
        const adapter = createFakeAdapter({ chat: { intervalMs: 1, burst: 2 } });
        adapter.script(({ chat, text, nth }): Delivery | undefined => {
          const event = script[nth - 1] ?? 'ok';
          const take = () => has.set(chat, [...(has.get(chat) ?? []), text]);
          switch (event) {
            case 'ok':
              take();
              return undefined;
            case 'lost though taken':
              take();
              hidden += 1;
              return { outcome: 'uncertain', cause: event };
            case 'lost':
              return { outcome: 'uncertain', cause: event };
            case 'bug':
              return { outcome: 'bug', cause: event };
            default:
              return { outcome: 'retry', scope: event, afterMs: HOUR, cause: event };
          }
        });
        const both = [
          deliver(db, [adapter], { concurrency: 2 }),
          deliver(db, [adapter], { concurrency: 3 }),
        ];

        // In this order, which is each chat's, while the deliverers are at work.
        const wanted = await enqueueBatches(db, plan);
        do {
          await Promise.all(both.map((one) => one.drain()));
          await elapse(db, HOUR);
        } while ((await count(db, 'outbox')) > 0);
        await Promise.all(both.map((one) => one.stop()));

        const given = await parkedPages(db);
        let repeated = 0;
        for (const [chat, texts] of wanted) {
          const arrived = has.get(chat) ?? [];
          const once = arrived.filter((text, i) => text !== arrived[i - 1]);
          repeated += arrived.length - once.length;
          // A parked page may have arrived unheard; nothing else is missing, and nothing out of place.
          expect(once.filter((text) => !given.has(text))).toEqual(
            texts.filter((text) => !given.has(text)),
          );
          expect(once).toEqual(texts.filter((text) => once.includes(text)));
        }
        expect(repeated).toBeLessThanOrEqual(hidden);
        expect(await count(db, 'lane where ready_at is not null or lease_owner is not null')).toBe(
          0,
        );
      }),
      { numRuns: 25 },
    );
  });
});

/** Whether `times` ever outrun a rate, `slack` being a fraction of a call for the time tests take. */
function outruns(times: readonly number[], { intervalMs, burst }: Rate, slack = 0.01): boolean {
  return times.some((start, i) =>
    times.slice(i).some((end, j) => j + 1 > burst + (end - start) / intervalMs + slack),
  );
}

describe('the limits', () => {
  it('are outrun in no window, over all chats and within one', async () => {
    const db = await testDatabase();
    const rates = fc.record({
      bot: fc.record({
        burst: fc.integer({ min: 1, max: 6 }),
        reserve: fc.integer({ min: 0, max: 3 }),
      }),
      chat: fc.record({
        hours: fc.integer({ min: 1, max: 5 }),
        burst: fc.integer({ min: 1, max: 3 }),
      }),
    });
    const steps = fc.array(
      fc.record({
        sends: fc.array(
          fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('reply', 'broadcast')),
          { maxLength: 6 },
        ),
        minutes: fc.integer({ min: 0, max: 240 }),
        refused: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(rates, steps, async (rate, plan) => {
        await emptyQueue(db);
        const chat = { intervalMs: rate.chat.hours * HOUR, burst: rate.chat.burst };
        const bot = {
          intervalMs: HOUR,
          ...rate.bot,
          reserve: Math.min(rate.bot.reserve, rate.bot.burst - 1),
        };
        const adapter = createFakeAdapter({ bot, chat });
        let now = 0;
        let refuse = false;
        const calls: { at: number; chat: string; taken: boolean }[] = [];
        adapter.script((call) => {
          calls.push({ at: now, chat: call.chat, taken: !refuse });
          if (!refuse) return undefined;
          refuse = false;
          return { outcome: 'retry', scope: 'chat', afterMs: 10_000, cause: 'too many' };
        });
        const one = deliver(db, [adapter]);
        await one.drain();
        for (const { sends, minutes, refused } of plan) {
          refuse = refused;
          await enqueue(
            db,
            sends.map(([to_, priority]) => to(to_, 'x', { priority: priority as 'reply' })),
          );
          await one.drain();
          now += minutes * 60_000;
          await elapse(db, minutes * 60_000);
        }
        await one.stop();
        expect(
          outruns(
            calls.map((call) => call.at),
            bot,
          ),
        ).toBe(false);
        for (const name of ['a', 'b', 'c']) {
          // A refused chat waits for as long as the platform says, which may be less than its pace.
          const taken = calls.filter((call) => call.chat === name && call.taken);
          const times = taken.map((call) => call.at);
          expect(outruns(times, chat)).toBe(false);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('leave a reserve to replies while a broadcast runs', async () => {
    const db = await testDatabase();
    const adapter = createFakeAdapter({ bot: { intervalMs: HOUR, burst: 5, reserve: 2 } });
    const one = deliver(db, [adapter]);
    await one.drain();
    await enqueue(
      db,
      ['a', 'b', 'c', 'd', 'e'].map((chat) => to(chat, 'board', { priority: 'broadcast' })),
    );
    await one.drain();
    expect(adapter.calls).toHaveLength(3);
    await enqueue(
      db,
      ['x', 'y', 'z'].map((chat) => to(chat, 'reply')),
    );
    await one.drain();
    expect(adapter.calls.slice(3).map((call) => call.text)).toEqual(['reply', 'reply']);
    await elapse(db, HOUR);
    await one.drain();
    expect(adapter.calls.slice(5).map((call) => call.text)).toEqual(['reply']);
    await elapse(db, 3 * HOUR);
    await one.drain();
    expect(adapter.calls.slice(6).map((call) => call.text)).toEqual(['board']);
    await one.stop();
  });

  it('are one for all processes', async () => {
    const db = await testDatabase();
    const adapter = createFakeAdapter({ bot: { intervalMs: HOUR, burst: 7, reserve: 0 } });
    await enqueue(
      db,
      Array.from({ length: 30 }, (_, i) => to(`c${i}`, 'x')),
    );
    const three = [1, 2, 3].map(() => deliver(db, [adapter]));
    await Promise.all(three.map((one) => one.drain()));
    expect(adapter.calls).toHaveLength(7);
    await Promise.all(three.map((one) => one.stop()));
  });
});

describe('a message that arrives while the one before is being completed', () => {
  const rate = { ...FREE, reserve: 0 };
  const request = {
    bot: 'test:t1',
    rate,
    chatRate: () => rate,
    canLook: false,
    slots: 10,
    takeover: true,
    inHand: [],
  };
  const how = { chatRate: rate, bots: [] };

  it('is not stranded when its transaction is the first to lock the chat', async () => {
    const db = await testDatabase();
    const outbox = createOutbox(db, 'me');
    await enqueue(db, [to('a', '1')]);
    const [claim] = (await outbox.claim(request)).claimed;
    if (!claim) throw new Error('nothing was claimed');
    const enqueuing = openTransaction(db, (tx) => enqueue(tx, [to('a', '2')]));
    await enqueuing.worked;
    const settling = outbox.settle(claim, { kind: 'done', ids: ['m1'] }, how);
    await untilBlocked(db);
    enqueuing.end();
    expect(await settling).toBe('recorded');
    await enqueuing.done;
    expect((await outbox.claim(request)).claimed).toMatchObject([{ message: { notice: '2' } }]);
  });

  it('is not stranded when the completion is the first to lock the chat', async () => {
    const db = await testDatabase();
    const outbox = createOutbox(db, 'me');
    await enqueue(db, [to('a', '1')]);
    const [claim] = (await outbox.claim(request)).claimed;
    if (!claim) throw new Error('nothing was claimed');
    const settling = openTransaction(db, (tx) =>
      settle(tx, 'me', claim, { kind: 'done', ids: ['m1'] }, how),
    );
    await settling.worked;
    const enqueuing = enqueue(db, [to('a', '2')]);
    await untilBlocked(db);
    settling.end();
    await Promise.all([settling.done, enqueuing]);
    expect((await outbox.claim(request)).claimed).toMatchObject([{ message: { notice: '2' } }]);
  });

  it('is not stranded when the chat moves during the call', async () => {
    const db = await testDatabase();
    const outbox = createOutbox(db, 'me');
    await enqueue(db, [to('a', '1'), to('a', '2')]);
    const [claim] = (await outbox.claim(request)).claimed;
    if (!claim) throw new Error('nothing was claimed');
    await db.query(`select move_chat('test', 't1', 'a', '-100a')`);
    expect(await outbox.settle(claim, { kind: 'done', ids: ['m1'] }, how)).toBe('recorded');
    expect((await outbox.claim(request)).claimed).toMatchObject([
      { lane: 'test:t1:-100a', message: { notice: '2' } },
    ]);
  });
});
