import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/index.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { chatOf, count, elapse, says, to } from '../support/delivery.ts';
import { eachDelivery } from '../support/delivery-suite.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';
import { seedPerson } from '../support/seed.ts';

const HOUR = 3_600_000;
const gone = (cause: Extract<Delivery, { outcome: 'gone' }>['cause']): Delivery => ({
  outcome: 'gone',
  cause,
});
const refused = (scope: 'chat' | 'bot', afterMs: number): Delivery => ({
  outcome: 'retry',
  scope,
  afterMs,
  cause: 'too many requests',
});

eachDelivery((on) => {
  describe('sending', () => {
    it('sends each chat its messages in order and forgets them', async () => {
      const adapter = createFakeAdapter();
      await enqueue(on.db, [to('a', '1'), to('b', '1'), to('a', '2'), to('a', '3'), to('b', '2')]);
      const one = on.start([adapter]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['1', '2', '3']);
      expect(adapter.taken('b')).toEqual(['1', '2']);
      expect(await count(on.db, 'outbox')).toBe(0);
      expect(await count(on.db, 'lane where ready_at is not null or lease_owner is not null')).toBe(
        0,
      );
      expect(one.counts).toEqual({ sent: 5 });
    });

    it('is woken by a notification', async () => {
      const adapter = createFakeAdapter();
      const arrived = new Promise<void>((resolve) => {
        adapter.script(() => resolve() as undefined);
      });
      const one = on.start([adapter]);
      await one.drain();
      await enqueue(on.db, [to('a', 'now')]);
      await arrived;
    });

    it('keeps a delayed message back without holding up the others of its chat', async () => {
      const adapter = createFakeAdapter();
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', 'later', { delayMs: HOUR }), to('a', 'now')]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['now']);
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['now', 'later']);
    });

    it('drops what expired, with a log line, unless a part of it is out', async () => {
      const adapter = createFakeAdapter();
      await enqueue(on.db, [to('a', 'x', { expiresInMs: HOUR })]);
      await elapse(on.db, HOUR);
      const one = on.start([adapter]);
      await one.drain();
      expect(adapter.calls).toEqual([]);
      expect(one.log.texts('info')).toContain('A message expired before it could be sent');
      expect(one.counts).toEqual({ expired: 1 });

      adapter.script(({ nth }) => (nth === 2 ? refused('chat', 2 * HOUR) : undefined));
      await enqueue(on.db, [to('a', 'p|q', { expiresInMs: HOUR })]);
      await one.drain();
      await elapse(on.db, 2 * HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q']);
    });

    it('lets urgent chats go first', async () => {
      const adapter = createFakeAdapter();
      await enqueue(on.db, [
        to('a', 'broadcast', { priority: 'broadcast' }),
        to('b', 'notice', { priority: 'notice' }),
        to('c', 'reply'),
      ]);
      await on.start([adapter], { concurrency: 1 }).drain();
      expect(adapter.calls.map((call) => call.text)).toEqual(['reply', 'notice', 'broadcast']);
    });

    it('reads the thread from the address, order being the chat’s', async () => {
      const adapter = createFakeAdapter();
      await enqueue(on.db, [
        { to: { ...chatOf('g'), thread: '7' }, message: says('x') },
        to('g', 'y'),
      ]);
      await on.start([adapter]).drain();
      expect(adapter.calls).toMatchObject([{ text: 'x', thread: '7' }, { text: 'y' }]);
    });
  });

  describe('pages, edits and copies', () => {
    it('does not repeat pages that are out', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 2 ? refused('chat', HOUR) : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', 'p|q|r', { subject: 's' }), to('a', 'next')]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p']);
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q', 'r', 'next']);
      expect(await on.postedIds('s')).toEqual(['m1', 'm3', 'm4']);
    });

    it('lets no other message between the pages of one', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ nth }) => (nth === 2 ? refused('chat', HOUR) : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', 'older', { delayMs: HOUR / 2 }), to('a', 'p|q')]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['p', 'q', 'older']);
    });

    it('changes a message by its reference', async () => {
      const adapter = createFakeAdapter();
      await enqueue(on.db, [
        to('a', 'new', { as: { edit: { at: chatOf('a'), id: '9' } }, subject: 's' }),
      ]);
      await on.start([adapter]).drain();
      expect(adapter.calls).toMatchObject([{ kind: 'edit', id: '9', text: 'new' }]);
      expect(await on.postedIds('s')).toEqual(['9']);
    });

    it('changes the copy posted under a subject, growing and shrinking with it', async () => {
      const adapter = createFakeAdapter();
      const one = on.start([adapter]);
      await enqueue(on.db, [
        to('a', 'p', { subject: 's' }),
        to('a', 'P|Q', { subject: 's', as: 'update' }),
      ]);
      await one.drain();
      expect(adapter.calls).toMatchObject([
        { kind: 'send', text: 'p' },
        { kind: 'edit', id: 'm1', text: 'P' },
        { kind: 'send', text: 'Q' },
      ]);
      expect(await on.postedIds('s')).toEqual(['m1', 'm3']);
      await enqueue(on.db, [to('a', 'one', { subject: 's', as: 'update' })]);
      await one.drain();
      expect(adapter.calls.slice(3)).toMatchObject([
        { kind: 'edit', id: 'm1', text: 'one' },
        { kind: 'edit', id: 'm3', text: '…' },
      ]);
      expect(await on.postedIds('s')).toEqual(['m1', 'm3']);
    });

    it('does nothing where nothing was posted, and costs no token', async () => {
      const adapter = createFakeAdapter({ bot: { intervalMs: HOUR, burst: 1, reserve: 0 } });
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', 'x', { subject: 's', as: 'update' }), to('a', 'y')]);
      await one.drain();
      expect(adapter.taken('a')).toEqual(['y']);
      expect(one.counts).toEqual({ sent: 1 });
    });

    it('takes a vanished message for done and forgets it, and the person stays reachable', async () => {
      const adapter = createFakeAdapter();
      const user = randomUUID();
      const account = { platform: 'test', tenant: 't1', user };
      await seedPerson(on.db, { account });
      const one = on.start([adapter]);
      await enqueue(on.db, [to(user, 'p', { subject: 's' })]);
      await one.drain();
      adapter.script(() => gone('not-found'));
      await enqueue(on.db, [to(user, 'q', { subject: 's', as: 'update' })]);
      await one.drain();
      expect(await on.postedIds('s')).toBeUndefined();
      expect(await on.letters()).toEqual([]);
      expect(
        await count(on.db, `identity where "user" = '${user}' and unreachable_since is not null`),
      ).toBe(0);
    });
  });
});
