import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { eachDatabase } from '../support/database.ts';
import { chatOf, count, type Delivering, deliver, elapse, says, to } from '../support/delivery.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';
import { seedPerson, seedRoom, seedUnit } from '../support/seed.ts';

const HOUR = 3_600_000;
const gone = (cause: Extract<Delivery, { outcome: 'gone' }>['cause']): Delivery => ({
  outcome: 'gone',
  cause,
});
const lost: Delivery = { outcome: 'uncertain', cause: 'the connection was reset' };
const refused = (scope: 'chat' | 'bot', afterMs: number): Delivery => ({
  outcome: 'retry',
  scope,
  afterMs,
  cause: 'too many requests',
});

eachDatabase((open) => {
  let db: Database;
  const running: Delivering[] = [];
  const start = (...args: Parameters<typeof deliver>) => {
    const one = deliver(...args);
    running.push(one);
    return one;
  };
  let opened: Promise<Database> | null = null;
  beforeEach(async () => {
    opened ??= open();
    db = await opened;
    for (const table of ['outbox', 'lane', 'bucket', 'posted', 'dead_letter', 'outbox_once']) {
      await db.query(`delete from ${table}`);
    }
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
  });

  const letters = () =>
    db.query<{ reason: string; cause: string; lane: string }>(
      'select reason, cause, lane from dead_letter order by id',
    );
  const postedIds = async (subject: string) =>
    (
      await db.query<{ ids: string[] }>('select ids from posted where subject = $1::text', [
        subject,
      ])
    )[0]?.ids;

  describe('sending', () => {
    it('sends each chat its messages in order and forgets them', async () => {
      const adapter = createFakeAdapter();
      await enqueue(db, [to('a', '1'), to('b', '1'), to('a', '2'), to('a', '3'), to('b', '2')]);
      const one = start(db, [adapter]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1', '2', '3']);
      expect(adapter.taken('b')).toEqual(['1', '2']);
      expect(await count(db, 'outbox')).toBe(0);
      expect(await count(db, 'lane where ready_at is not null or lease_owner is not null')).toBe(0);
      expect(one.counts).toEqual({ sent: 5 });
    });

    it('is woken by a notification', async () => {
      const adapter = createFakeAdapter();
      const arrived = new Promise<void>((resolve) => {
        adapter.script(() => resolve() as undefined);
      });
      const one = start(db, [adapter]);
      await one.drain();
      await enqueue(db, [to('a', 'now')]);
      await arrived;
    });

    it('keeps a delayed message back without holding up the others of its chat', async () => {
      const adapter = createFakeAdapter();
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', 'later', { delayMs: HOUR }), to('a', 'now')]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['now']);
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['now', 'later']);
    });

    it('drops what expired, with a log line, unless a part of it is out', async () => {
      const adapter = createFakeAdapter();
      await enqueue(db, [to('a', 'x', { expiresInMs: HOUR })]);
      await elapse(db, HOUR);
      const one = start(db, [adapter]);
      await one.drain();
      expect(adapter.calls).toEqual([]);
      expect(one.log.texts('info')).toContain('A message expired before it could be sent');
      expect(one.counts).toEqual({ expired: 1 });

      adapter.script(({ nth }) => (nth === 2 ? refused('chat', 2 * HOUR) : undefined));
      await enqueue(db, [to('a', 'p|q', { expiresInMs: HOUR })]);
      await one.drain();
      await elapse(db, 2 * HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q']);
    });

    it('lets urgent chats go first', async () => {
      const adapter = createFakeAdapter();
      await enqueue(db, [
        to('a', 'broadcast', { priority: 'broadcast' }),
        to('b', 'notice', { priority: 'notice' }),
        to('c', 'reply'),
      ]);
      await start(db, [adapter], { concurrency: 1 }).drain();
      expect(adapter.calls.map((call) => call.text)).toEqual(['reply', 'notice', 'broadcast']);
    });

    it('reads the thread from the address, order being the chat’s', async () => {
      const adapter = createFakeAdapter();
      await enqueue(db, [
        { to: { ...chatOf('g'), thread: '7' }, message: says('x') },
        to('g', 'y'),
      ]);
      await start(db, [adapter]).drain();
      expect(adapter.calls).toMatchObject([{ text: 'x', thread: '7' }, { text: 'y' }]);
    });
  });

  describe('pages, edits and copies', () => {
    it('does not repeat pages that are out', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 2 ? refused('chat', HOUR) : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', 'p|q|r', { subject: 's' }), to('a', 'next')]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p']);
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q', 'r', 'next']);
      expect(await postedIds('s')).toEqual(['m1', 'm3', 'm4']);
    });

    it('lets no other message between the pages of one', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 2 ? refused('chat', HOUR) : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', 'older', { delayMs: HOUR / 2 }), to('a', 'p|q')]);
      await one.drain();
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q', 'older']);
    });

    it('changes a message by its reference', async () => {
      const adapter = createFakeAdapter();
      await enqueue(db, [
        to('a', 'new', { as: { edit: { at: chatOf('a'), id: '9' } }, subject: 's' }),
      ]);
      await start(db, [adapter]).drain();
      expect(adapter.calls).toMatchObject([{ kind: 'edit', id: '9', text: 'new' }]);
      expect(await postedIds('s')).toEqual(['9']);
    });

    it('changes the copy posted under a subject, growing and shrinking with it', async () => {
      const adapter = createFakeAdapter();
      const one = start(db, [adapter]);
      await enqueue(db, [
        to('a', 'p', { subject: 's' }),
        to('a', 'P|Q', { subject: 's', as: 'update' }),
      ]);
      await one.drain();
      expect(adapter.calls).toMatchObject([
        { kind: 'send', text: 'p' },
        { kind: 'edit', id: 'm1', text: 'P' },
        { kind: 'send', text: 'Q' },
      ]);
      expect(await postedIds('s')).toEqual(['m1', 'm3']);
      await enqueue(db, [to('a', 'one', { subject: 's', as: 'update' })]);
      await one.drain();
      expect(adapter.calls.slice(3)).toMatchObject([
        { kind: 'edit', id: 'm1', text: 'one' },
        { kind: 'edit', id: 'm3', text: '…' },
      ]);
      expect(await postedIds('s')).toEqual(['m1', 'm3']);
    });

    it('does nothing where nothing was posted, and costs no token', async () => {
      const adapter = createFakeAdapter({ bot: { intervalMs: HOUR, burst: 1, reserve: 0 } });
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', 'x', { subject: 's', as: 'update' }), to('a', 'y')]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['y']);
      expect(one.counts).toEqual({ sent: 1 });
    });

    it('takes a vanished message for done and forgets it, and the person stays reachable', async () => {
      const adapter = createFakeAdapter();
      const user = randomUUID();
      const account = { platform: 'test', tenant: 't1', user };
      await seedPerson(db, { account });
      const one = start(db, [adapter]);
      await enqueue(db, [to(user, 'p', { subject: 's' })]);
      await one.drain();
      adapter.script(() => gone('not-found'));
      await enqueue(db, [to(user, 'q', { subject: 's', as: 'update' })]);
      await one.drain();
      expect(await postedIds('s')).toBeUndefined();
      expect(await letters()).toEqual([]);
      expect(
        await count(db, `identity where "user" = '${user}' and unreachable_since is not null`),
      ).toBe(0);
    });
  });

  describe('refused for now', () => {
    it('pauses the chat that was refused, exactly as long as asked, and no other', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ chat, nth }) =>
        chat === 'a' && nth <= 2 ? refused('chat', HOUR) : undefined,
      );
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      await enqueue(db, [to('b', '1')]);
      await one.drain();
      expect(adapter.taken('b')).toEqual(['1']);
      expect(adapter.taken('a')).toEqual([]);
      const [lane] = await db.query<{ ms: number }>(
        `select extract(epoch from open_at - clock_timestamp()) * 1000 as ms from lane where key = 'test:t1:a'`,
      );
      expect(lane?.ms).toBeGreaterThan(HOUR - 60_000);
      expect(lane?.ms).toBeLessThanOrEqual(HOUR);
      await elapse(db, HOUR);
      adapter.script(() => undefined);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1', '2']);
      expect(one.counts).toEqual({ sent: 3, retried: 1 });
    });

    it('pauses the whole bot when that was refused', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 1 ? refused('bot', HOUR) : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1')]);
      await one.drain();
      await enqueue(db, [to('b', '1')]);
      await one.drain();
      expect(adapter.calls).toHaveLength(1);
      await elapse(db, HOUR);
      await one.drain();
      expect([adapter.taken('a'), adapter.taken('b')]).toEqual([['1'], ['1']]);
    });

    it('goes on more slowly after the bot was refused, and recovers', async () => {
      const bot = { intervalMs: HOUR, burst: 100, reserve: 0 };
      const adapter = createFakeAdapter({ bot });
      adapter.script(({ nth }) => (nth === 1 ? refused('bot', HOUR) : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1')]);
      await one.drain();
      const slowdown = async () =>
        (await db.query<{ slowdown: number }>('select slowdown from bucket'))[0]?.slowdown ?? 0;
      expect(await slowdown()).toBeCloseTo(1.25);
      await elapse(db, HOUR);
      await one.drain();
      expect(await slowdown()).toBeCloseTo(1);
    });

    it('takes a second chat refused during the pause of another for the bot’s own limit', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth <= 2 ? refused('chat', HOUR) : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1')]);
      await one.drain();
      await enqueue(db, [to('b', '1')]);
      await one.drain();
      await enqueue(db, [to('c', '1')]);
      await one.drain();
      expect(adapter.calls).toHaveLength(2);
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.calls).toHaveLength(5);
    });

    it('does not take a chat served meanwhile for refused', async () => {
      const adapter = createFakeAdapter({ chat: { intervalMs: HOUR, burst: 1 } });
      adapter.script(({ nth }) => (nth === 1 || nth === 3 ? refused('chat', HOUR) : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1')]);
      await one.drain();
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1']);
      await enqueue(db, [to('b', '1')]);
      await one.drain();
      await enqueue(db, [to('c', '1')]);
      await one.drain();
      expect(adapter.taken('c')).toEqual(['1']);
    });
  });

  describe('an unknown outcome', () => {
    it('repeats a message once, after a pause', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 1 ? lost : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      expect(adapter.calls).toHaveLength(1);
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1', '2']);
      expect(one.counts).toEqual({ uncertain: 1, sent: 2 });
    });

    it('parks a message whose outcome is unknown a second time; the chat goes on', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) => (text === '1' ? lost : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      await elapse(db, HOUR);
      await one.drain();
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.calls.map((call) => call.text)).toEqual(['1', '1', '2']);
      expect(await letters()).toMatchObject([{ reason: 'held', lane: 'test:t1:a' }]);
      expect(one.counts).toEqual({ uncertain: 2, dead: 1, sent: 1 });
    });

    it('never repeats a message that is to be held', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) => (text === '1' ? lost : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1', { onUncertain: 'hold' }), to('a', '2')]);
      await one.drain();
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.calls.map((call) => call.text)).toEqual(['1', '2']);
      expect(await letters()).toMatchObject([
        { reason: 'held', cause: 'the connection was reset' },
      ]);
    });

    it('repeats an edit, which is the same twice as once, but not for ever', async () => {
      const adapter = createFakeAdapter();
      adapter.script(() => lost);
      const one = start(db, [adapter]);
      await enqueue(db, [
        to('a', 'x', { as: { edit: { at: chatOf('a'), id: '9' } }, onUncertain: 'hold' }),
      ]);
      for (let i = 0; i < 8; i++) {
        await one.drain();
        await elapse(db, HOUR);
      }
      expect(adapter.calls).toHaveLength(6);
      expect(await letters()).toMatchObject([{ reason: 'held' }]);
    });

    it('is what an adapter gives that throws, and it is said with the cause', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => {
        if (nth === 1) throw new Error('a fault in the adapter');
        return undefined;
      });
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1')]);
      await one.drain();
      expect(one.counts).toEqual({ uncertain: 1 });
      expect(one.log.lines.find((line) => line.level === 'error')?.fields).toMatchObject({
        err: new Error('a fault in the adapter'),
      });
    });
  });

  describe('a chat nobody reads', () => {
    const account = (platform: string) => ({ platform, tenant: 't1', user: randomUUID() });

    it('sends to the person’s other account, and marks this one', async () => {
      const [adapter, other] = [createFakeAdapter(), createFakeAdapter({ platform: 'other' })];
      const [here, there] = [account('test'), account('other')];
      const personId = await seedPerson(db, { account: here });
      await db.query(
        `insert into identity (platform, tenant, "user", display_name, person_id, consented_at, direct_chat, seen_at)
         values ('other', 't1', $1::text, 'x', $2::int, now(), $1::text, now())`,
        [there.user, personId],
      );
      adapter.script(({ nth }) => (nth === 2 ? gone('blocked') : undefined));
      const one = start(db, [adapter, other]);
      await enqueue(db, [to(here.user, 'p|q', { personId, subject: 's' })]);
      await one.drain();
      expect(other.taken(there.user)).toEqual(['p', 'q']);
      expect(await letters()).toEqual([]);
      expect(
        await db.query('select unreachable_cause from identity where "user" = $1::text', [
          here.user,
        ]),
      ).toEqual([{ unreachable_cause: 'blocked' }]);
      expect(one.counts).toEqual({ sent: 3, gone: 1 });
      expect(await count(db, `lane where key like 'other:%' and ready_at is not null`)).toBe(0);
    });

    it('parks the message when the person has no other account; the chat goes on', async () => {
      const adapter = createFakeAdapter();
      const here = account('test');
      const personId = await seedPerson(db, { account: here });
      adapter.script(({ nth }) => (nth === 1 ? gone('deactivated') : undefined));
      const one = start(db, [adapter]);
      await enqueue(db, [to(here.user, '1', { personId }), to(here.user, '2')]);
      await one.drain();
      expect(await letters()).toMatchObject([{ reason: 'gone', cause: 'deactivated' }]);
      expect(adapter.taken(here.user)).toEqual(['2']);
      expect(one.counts).toEqual({ gone: 1, dead: 1, sent: 1 });
    });

    it('takes a group that removed the bot for left', async () => {
      const adapter = createFakeAdapter();
      const chat = randomUUID();
      await seedRoom(db, chatOf(chat), { unitId: await seedUnit(db) });
      adapter.script(() => gone('removed'));
      await enqueue(db, [to(chat, '1')]);
      await start(db, [adapter]).drain();
      expect(await count(db, `chat_room where chat = '${chat}' and left_at is not null`)).toBe(1);
      expect(await letters()).toMatchObject([{ reason: 'gone', cause: 'removed' }]);
    });

    it('does not readdress a change of an earlier message', async () => {
      const adapter = createFakeAdapter();
      const here = account('test');
      const personId = await seedPerson(db, { account: here });
      adapter.script(() => gone('blocked'));
      await enqueue(db, [
        to(here.user, 'x', { personId, as: { edit: { at: chatOf(here.user), id: '9' } } }),
      ]);
      await start(db, [adapter]).drain();
      expect(await letters()).toEqual([]);
      expect(await count(db, 'outbox')).toBe(0);
    });
  });

  describe('a chat that moved', () => {
    const moves = createFakeAdapter;
    it('follows it with everything that waits and sends at once', async () => {
      const adapter = moves({ chat: { intervalMs: HOUR, burst: 3 } });
      const chat = randomUUID();
      await seedRoom(db, chatOf(chat));
      adapter.script((call) =>
        call.chat === chat ? { outcome: 'moved', to: chatOf(`-100${chat}`) } : undefined,
      );
      await enqueue(db, [to(chat, '1'), to(chat, '2')]);
      await start(db, [adapter]).drain();
      expect(adapter.taken(`-100${chat}`)).toEqual(['1', '2']);
      expect(await count(db, `chat_room where chat = '-100${chat}'`)).toBe(1);
      expect(await count(db, 'outbox')).toBe(0);
    });

    it('joins what waits in the new chat already', async () => {
      const adapter = moves();
      const chat = randomUUID();
      adapter.script((call) =>
        call.chat === chat ? { outcome: 'moved', to: chatOf(`-100${chat}`) } : undefined,
      );
      await enqueue(db, [to(chat, '1')]);
      await enqueue(db, [to(`-100${chat}`, '2', { delayMs: HOUR })]);
      const one = start(db, [adapter]);
      await one.drain();
      await elapse(db, HOUR);
      await one.drain();
      expect(adapter.taken(`-100${chat}`)).toEqual(['1', '2']);
      expect(await count(db, 'lane')).toBe(1);
    });

    it('parks the message when the chat is said to have moved to where it is', async () => {
      const adapter = moves();
      adapter.script(() => ({ outcome: 'moved', to: chatOf('a') }));
      await enqueue(db, [to('a', '1')]);
      await start(db, [adapter]).drain();
      expect(await letters()).toMatchObject([{ reason: 'bug' }]);
    });
  });

  describe('a fault of ours', () => {
    it('parks the message with an error; the chat goes on', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) =>
        text === '1' ? { outcome: 'bug', cause: 'can’t parse entities' } : undefined,
      );
      const one = start(db, [adapter]);
      await enqueue(db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      expect(await letters()).toMatchObject([{ reason: 'bug', cause: 'can’t parse entities' }]);
      expect(one.log.texts('error')).toEqual(['A message was parked among the dead letters']);
      expect(adapter.taken('a')).toEqual(['2']);
    });

    it('parks what is stored unreadably or cannot be rendered', async () => {
      const adapter = createFakeAdapter();
      await enqueue(db, [to('a', '1'), to('b', '1')]);
      await db.query(`update outbox set message = '{"blocks":[]}' where lane = 'test:t1:a'`);
      const one = start(db, [
        {
          ...adapter,
          paginate: () => {
            throw new Error('no page');
          },
        },
      ]);
      await one.drain();
      expect((await letters()).map((letter) => letter.reason)).toEqual(['bug', 'bug']);
      expect(adapter.calls).toEqual([]);
    });
  });

  describe('leases', () => {
    const rate = { intervalMs: 0.001, burst: 100, reserve: 0 };
    const request = {
      bot: 'test:t1',
      rate,
      chatRate: () => rate,
      slots: 10,
      takeover: true,
      inHand: [],
    };

    it('lets only one owner have a lane until its lease has run out; then its send is unknown', async () => {
      const [a, b] = [createOutbox(db, 'a'), createOutbox(db, 'b')];
      await b.claim(request);
      await enqueue(db, [to('x', '1'), to('y', '1', { onUncertain: 'hold' })]);
      const first = await a.claim(request);
      expect(first.claimed.map((c) => c.todo)).toEqual(['call', 'call']);
      expect((await b.claim(request)).claimed).toEqual([]);
      await elapse(db, 10_000, { leases: true });
      expect((await b.claim({ ...request, takeover: false })).claimed).toEqual([]);
      expect((await b.claim({ ...request, inHand: ['test:t1:x', 'test:t1:y'] })).claimed).toEqual(
        [],
      );
      const second = await b.claim(request);
      expect(second.claimed).toMatchObject([
        { lane: 'test:t1:x', todo: 'call', uncertain: 1, attempts: 2 },
        { lane: 'test:t1:y', todo: 'held', attempts: 2 },
      ]);
      const [stale] = first.claimed;
      if (!stale) throw new Error('nothing was claimed');
      const settled = await a.settle(
        stale,
        { kind: 'done', ids: ['1'] },
        { chatRate: rate, bots: [] },
      );
      expect(settled).toBe('lost');
      expect(await count(db, 'outbox')).toBe(2);
    });

    it('lives as long as it is extended, and ends when given back', async () => {
      const [a, b] = [createOutbox(db, 'a'), createOutbox(db, 'b')];
      await b.claim(request);
      await enqueue(db, [to('x', '1')]);
      await a.claim(request);
      await elapse(db, 3_000, { leases: true });
      await a.extend(['test:t1:x']);
      await elapse(db, 3_000, { leases: true });
      expect((await b.claim(request)).claimed).toEqual([]);
      await a.release();
      expect((await b.claim(request)).claimed).toHaveLength(1);
    });

    it('still records an outcome after the lease ran out, as long as nobody else claimed', async () => {
      const a = createOutbox(db, 'a');
      await enqueue(db, [to('x', '1')]);
      const [claim] = (await a.claim(request)).claimed;
      if (!claim) throw new Error('nothing was claimed');
      await elapse(db, HOUR, { leases: true });
      const how = { chatRate: rate, bots: [] };
      expect(await a.settle(claim, { kind: 'done', ids: ['1'] }, how)).toBe('recorded');
      expect(await a.settle(claim, { kind: 'done', ids: ['1'] }, how)).toBe('lost');
      expect(await count(db, 'outbox')).toBe(0);
    });

    it('charges a chat for a call that was never recorded', async () => {
      const slow = { intervalMs: HOUR, burst: 1 };
      const a = createOutbox(db, 'a');
      await enqueue(db, [to('x', '1')]);
      await a.claim({ ...request, chatRate: () => slow });
      await elapse(db, HOUR / 2, { leases: true });
      expect((await a.claim(request)).claimed).toEqual([]);
      await elapse(db, HOUR / 2, { leases: true });
      expect((await a.claim(request)).claimed).toHaveLength(1);
    });
  });
});
