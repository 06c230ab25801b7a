import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/chat/index.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import { chatOf, count, elapse, to } from '../support/delivery.ts';
import { eachDelivery } from '../support/delivery-suite.ts';
import { createFakeAdapter } from '../support/fake-adapter.ts';
import { seedAccount, seedPerson, seedRoom, seedUnit } from '../support/seed.ts';

const HOUR = 3_600_000;
const gone = (cause: Extract<Delivery, { outcome: 'gone' }>['cause']): Delivery => ({
  outcome: 'gone',
  cause,
});

eachDelivery((on) => {
  describe('a chat nobody reads', () => {
    const account = (platform: string) => ({ platform, tenant: 't1', user: randomUUID() });

    it('sends to the person’s other account, and marks this one', async () => {
      const [adapter, other] = [createFakeAdapter(), createFakeAdapter({ platform: 'other' })];
      const [here, there] = [account('test'), account('other')];
      const personId = await seedPerson(on.db, { account: here });
      await on.db.query(
        `insert into identity (platform, tenant, "user", display_name, person_id, consented_at, direct_chat, seen_at)
         values ('other', 't1', $1::text, 'x', $2::int, now(), $1::text, now())`,
        [there.user, personId],
      );
      adapter.script(({ nth }) => (nth === 2 ? gone('blocked') : undefined));
      const one = on.start([adapter, other]);
      await enqueue(on.db, [to(here.user, 'p|q', { personId, subject: 's' })]);
      await one.drain();
      expect(other.taken(there.user)).toEqual(['p', 'q']);
      expect(await on.letters()).toEqual([]);
      expect(
        await on.db.query('select unreachable_cause from identity where "user" = $1::text', [
          here.user,
        ]),
      ).toEqual([{ unreachable_cause: 'blocked' }]);
      expect(one.counts).toEqual({ sent: 3, gone: 1 });
      expect(await count(on.db, `lane where key like 'other:%' and ready_at is not null`)).toBe(0);
    });

    it('takes the one preferred of several others, and all that waits along, in order', async () => {
      const [adapter, other, third] = [
        createFakeAdapter(),
        createFakeAdapter({ platform: 'other' }),
        createFakeAdapter({ platform: 'third' }),
      ];
      const [here, there, last] = [account('test'), account('other'), account('third')];
      const personId = await seedPerson(on.db, { account: here, preferredPlatform: 'other' });
      const seenAt = (day: string) => ({ personId, seenAt: `2024-07-${day}T00:00:00Z` });
      await seedAccount(on.db, there, seenAt('01'));
      await seedAccount(on.db, last, seenAt('09'));
      adapter.script(() => gone('blocked'));
      await enqueue(on.db, [
        to(here.user, '1', { personId }),
        to(here.user, 'card', { personId, subject: 's', priority: 'notice' }),
        to(here.user, 'later', { personId, delayMs: HOUR }),
        to(here.user, 'card, decided', { as: 'update', subject: 's', personId }),
        to(here.user, '2', { personId, onUncertain: 'hold' }),
        // A word to the chat rather than to the person stays, and so does the change of what is there.
        to(here.user, 'hello'),
        to(here.user, 'old card, decided', { as: 'update', subject: 'old', personId }),
      ]);
      const one = on.start([adapter, other, third]);
      await one.drain();
      expect(other.taken(there.user)).toEqual(['1', 'card', 'card, decided', '2']);
      expect(other.calls[2]).toMatchObject({ kind: 'edit', id: 'm2' });
      await elapse(on.db, HOUR);
      await one.drain();
      expect(other.taken(there.user).at(-1)).toBe('later');
      expect(third.calls).toEqual([]);
      expect(adapter.calls.map((call) => call.text)).toEqual(['1', 'hello']);
      expect(await on.letters()).toMatchObject([{ reason: 'gone' }]);
      expect(await on.db.query('select subject, lane, ids from posted')).toEqual([
        { subject: 's', lane: `other:t1:${there.user}`, ids: ['m2'] },
      ]);
      expect(await count(on.db, 'lane where ready_at is not null or lease_owner is not null')).toBe(
        0,
      );
    });

    it('tries each account once, and is parked when all are gone', async () => {
      const [adapter, other] = [createFakeAdapter(), createFakeAdapter({ platform: 'other' })];
      const [here, there] = [account('test'), account('other')];
      const personId = await seedPerson(on.db, { account: here, preferredPlatform: 'test' });
      await seedAccount(on.db, there, { personId });
      adapter.script(() => gone('deactivated'));
      other.script(() => gone('blocked'));
      const one = on.start([adapter, other]);
      await enqueue(on.db, [to(here.user, '1', { personId })]);
      await one.drain();
      expect([adapter.calls.length, other.calls.length]).toEqual([1, 1]);
      expect(await on.letters()).toEqual([
        { reason: 'gone', cause: 'blocked', lane: `other:t1:${there.user}` },
      ]);
    });

    it('parks the message when the person has no other account; the chat goes on', async () => {
      const adapter = createFakeAdapter();
      const here = account('test');
      const personId = await seedPerson(on.db, { account: here });
      adapter.script(({ nth }) => (nth === 1 ? gone('deactivated') : undefined));
      const one = on.start([adapter]);
      await enqueue(on.db, [to(here.user, '1', { personId }), to(here.user, '2')]);
      await one.drain();
      expect(await on.letters()).toMatchObject([{ reason: 'gone', cause: 'deactivated' }]);
      expect(adapter.taken(here.user)).toEqual(['2']);
      expect(one.counts).toEqual({ gone: 1, dead: 1, sent: 1 });
    });

    it('takes a group that removed the bot for left', async () => {
      const adapter = createFakeAdapter();
      const chat = randomUUID();
      await seedRoom(on.db, chatOf(chat), { unitId: await seedUnit(on.db) });
      adapter.script(() => gone('removed'));
      await enqueue(on.db, [to(chat, '1')]);
      await on.start([adapter]).drain();
      expect(await count(on.db, `chat_room where chat = '${chat}' and left_at is not null`)).toBe(
        1,
      );
      expect(await on.letters()).toMatchObject([{ reason: 'gone', cause: 'removed' }]);
    });

    it('does not readdress a change of an earlier message', async () => {
      const adapter = createFakeAdapter();
      const here = account('test');
      const personId = await seedPerson(on.db, { account: here });
      adapter.script(() => gone('blocked'));
      await enqueue(on.db, [
        to(here.user, 'x', { personId, as: { edit: { at: chatOf(here.user), id: '9' } } }),
      ]);
      await on.start([adapter]).drain();
      expect(await on.letters()).toEqual([]);
      expect(await count(on.db, 'outbox')).toBe(0);
    });
  });

  describe('a chat that moved', () => {
    const moves = createFakeAdapter;
    it('follows it with everything that waits and sends at once', async () => {
      const adapter = moves({ chat: { intervalMs: HOUR, burst: 3 } });
      const chat = randomUUID();
      await seedRoom(on.db, chatOf(chat));
      adapter.script((call) =>
        call.chat === chat ? { outcome: 'moved', to: chatOf(`-100${chat}`) } : undefined,
      );
      await enqueue(on.db, [to(chat, '1'), to(chat, '2')]);
      await on.start([adapter]).drain();
      expect(adapter.taken(`-100${chat}`)).toEqual(['1', '2']);
      expect(await count(on.db, `chat_room where chat = '-100${chat}'`)).toBe(1);
      expect(await count(on.db, 'outbox')).toBe(0);
    });

    it('joins what waits in the new chat already', async () => {
      const adapter = moves();
      const chat = randomUUID();
      adapter.script((call) =>
        call.chat === chat ? { outcome: 'moved', to: chatOf(`-100${chat}`) } : undefined,
      );
      await enqueue(on.db, [to(chat, '1')]);
      await enqueue(on.db, [to(`-100${chat}`, '2', { delayMs: HOUR })]);
      const one = on.start([adapter]);
      await one.drain();
      await elapse(on.db, HOUR);
      await one.drain();
      expect(adapter.taken(`-100${chat}`)).toEqual(['1', '2']);
      expect(await count(on.db, 'lane')).toBe(1);
    });

    it('parks the message when the chat is said to have moved to where it is', async () => {
      const adapter = moves();
      adapter.script(() => ({ outcome: 'moved', to: chatOf('a') }));
      await enqueue(on.db, [to('a', '1')]);
      await on.start([adapter]).drain();
      expect(await on.letters()).toMatchObject([{ reason: 'bug' }]);
    });
  });

  describe('a fault of ours', () => {
    it('parks the message with an error; the chat goes on', async () => {
      const adapter = createFakeAdapter();
      adapter.script(({ text }) =>
        text === '1' ? { outcome: 'bug', cause: 'can’t parse entities' } : undefined,
      );
      const one = on.start([adapter]);
      await enqueue(on.db, [to('a', '1'), to('a', '2')]);
      await one.drain();
      expect(await on.letters()).toMatchObject([{ reason: 'bug', cause: 'can’t parse entities' }]);
      expect(one.log.texts('error')).toEqual(['A message was parked among the dead letters']);
      expect(adapter.taken('a')).toEqual(['2']);
    });

    it('parks what is stored unreadably or cannot be rendered', async () => {
      const adapter = createFakeAdapter();
      await enqueue(on.db, [to('a', '1'), to('b', '1')]);
      await on.db.query(`update outbox set message = '{"blocks":[]}' where lane = 'test:t1:a'`);
      const one = on.start([
        {
          ...adapter,
          paginate: () => {
            throw new Error('no page');
          },
        },
      ]);
      await one.drain();
      expect((await on.letters()).map((letter) => letter.reason)).toEqual(['bug', 'bug']);
      expect(adapter.calls).toEqual([]);
    });
  });
});
