import { beforeAll, describe, expect, it } from 'vitest';
import type { Address, Inbound } from '../../src/chat/index.ts';
import { commitTurn, enqueue, moveChat } from '../../src/db/commit.ts';
import { type Database, OUTBOX_CHANNEL } from '../../src/db/database.ts';
import { loadTurn } from '../../src/db/load.ts';
import {
  type Decision,
  nothing,
  type Outgoing,
  update,
  upsert,
} from '../../src/engine/decision.ts';
import { eachDatabase } from '../support/database.ts';
import { seedAccount, seedPerson, seedRoom, seedUnit } from '../support/seed.ts';
import { account, message, NOW, says } from '../support/turns.ts';

let counter = 0;
const unique = (prefix: string) => {
  counter += 1;
  return `${prefix}${counter}`;
};
const chat = (id: string): Address => ({ platform: 'test', tenant: 't1', chat: id });

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });

  async function turn(event: Inbound, decision: Partial<Decision>) {
    const loaded = await loadTurn(db, event, '2024-07-05');
    return commitTurn(db, { event, loaded, decision: { ...nothing, ...decision }, now: NOW });
  }
  const waiting = (lane: string) =>
    db.query<{ text: string; chat: string; operation: string; priority: number }>(
      `select message->>'notice' as text, address->>'chat' as chat, operation, priority
       from outbox where lane = $1::text order by id`,
      [lane],
    );
  const lane = async (key: string) =>
    (
      await db.query<{ priority: number; due: boolean | null }>(
        `select priority, ready_at <= now() as due from lane where key = $1::text`,
        [key],
      )
    )[0];
  const identityOf = async (user: string) =>
    (
      await db.query(
        `select display_name, direct_chat, language, person_id, unreachable_since, seen_at
         from identity where "user" = $1::text`,
        [user],
      )
    )[0];

  describe('the sender’s account', () => {
    it('is reachable again after any private event but a block', async () => {
      const user = unique('u');
      await seedAccount(db, account(user), {
        unreachableSince: '2024-07-01T00:00:00Z',
        unreachableCause: 'blocked',
        directChat: 'old',
      });
      const base = says(user, 'x', unique('d'));
      const { delivery, where, audience, from } = base;
      await turn({ kind: 'blocked', delivery, where, audience, from }, {});
      expect(await identityOf(user)).toMatchObject({ unreachable_since: '2024-07-01T00:00:00Z' });
      await turn(says(user, 'x', unique('d')), {});
      expect(await identityOf(user)).toMatchObject({
        unreachable_since: null,
        direct_chat: user,
        seen_at: '2024-07-05T09:30:00Z',
      });
    });

    it('is not stored for talk in a group, but kept up to date when it is known', async () => {
      const user = unique('u');
      const inGroup = (): Inbound => ({
        ...says(user, 'x', unique('d')),
        where: chat('g'),
        audience: 'group',
      });
      await turn(inGroup(), { ack: { toast: 'x' } });
      expect(await identityOf(user)).toBeUndefined();
      await turn(says(user, 'x', unique('d')), {});
      await turn(inGroup(), { ack: { toast: 'x' } });
      expect(await identityOf(user)).toMatchObject({ direct_chat: user });
    });

    it('takes what the decision writes to it in the same write', async () => {
      const user = unique('u');
      await turn(says(user, 'x', unique('d')), {
        writes: [update('identity', account(user), { language: 'en' })],
      });
      expect(await identityOf(user)).toMatchObject({ language: 'en' });
      await turn(says(user, 'x', unique('d')), {
        writes: [
          upsert('identity', {
            ...account(user),
            displayName: 'Tên khác',
            consentedAt: NOW.toString(),
            seenAt: NOW.toString(),
          }),
        ],
      });
      expect(await identityOf(user)).toMatchObject({ display_name: 'Tên khác', language: 'en' });
    });

    it('is judged by what it holds already, not by the write alone', async () => {
      const user = unique('u');
      const personId = await seedPerson(db);
      await turn(says(user, 'x', unique('d')), {
        writes: [update('identity', account(user), { consentedAt: NOW.toString() })],
      });
      // A person needs consent: given in an earlier turn, it is not repeated.
      const linked = await turn(says(user, 'x', unique('d')), {
        writes: [update('identity', account(user), { personId })],
      });
      expect(linked).toBe('done');
      expect(await identityOf(user)).toMatchObject({ person_id: personId });
    });

    it('keeps no name before consent', async () => {
      const user = unique('u');
      await turn(says(user, 'x', unique('d')), {});
      await turn(says(user, 'y', unique('d')), {});
      expect(await identityOf(user)).toMatchObject({ display_name: '' });
      await turn(says(user, 'x', unique('d')), {
        writes: [update('identity', account(user), { consentedAt: NOW.toString() })],
      });
      expect(await identityOf(user)).toMatchObject({ display_name: `Account ${user}` });
    });

    it('keeps its name when the platform cannot tell it now, in private and in a group', async () => {
      const user = unique('u');
      await turn(says(user, 'x', unique('d')), {
        writes: [update('identity', account(user), { consentedAt: NOW.toString() })],
      });
      const nameless = { identity: account(user), name: '', language: null };
      const said = (): Inbound => ({ ...says(user, 'x', unique('d')), from: nameless });
      await turn(said(), {});
      await turn({ ...said(), where: chat('g'), audience: 'group' }, { ack: { toast: 'x' } });
      await turn(said(), {
        writes: [update('identity', account(user), { language: 'en' })],
      });
      const kept = { display_name: `Account ${user}`, language: 'en' };
      expect(await identityOf(user)).toMatchObject(kept);
    });

    it('is rewritten for a new name at once, for a new contact after a minute', async () => {
      const user = unique('u');
      await turn(says(user, 'x', unique('d')), {
        writes: [update('identity', account(user), { consentedAt: NOW.toString() })],
      });
      const later = async (seconds: number, name: string) => {
        const event = says(user, 'x', unique('d'));
        const loaded = await loadTurn(db, event, '2024-07-05');
        const from = { identity: account(user), name, language: null };
        await commitTurn(db, {
          event: { ...event, from },
          loaded,
          decision: nothing,
          now: NOW.add({ seconds }),
        });
        return identityOf(user);
      };
      const name = `Account ${user}`;
      expect(await later(59, name)).toMatchObject({ seen_at: '2024-07-05T09:30:00Z' });
      expect(await later(61, name)).toMatchObject({ seen_at: '2024-07-05T09:31:01Z' });
      expect(await later(62, 'Tên mới')).toMatchObject({ display_name: 'Tên mới' });
    });

    it('guards the values that the decision stood on', async () => {
      const [user, unknown] = [unique('u'), unique('u')];
      const personId = await seedPerson(db);
      const link = (of: string, was: number | null) =>
        update(
          'identity',
          { ...account(of), personId: was },
          { personId, consentedAt: NOW.toString() },
        );
      expect(await turn(says(unknown, 'x', unique('d')), { writes: [link(unknown, 5)] })).toBe(
        'conflict',
      );
      expect(await identityOf(unknown)).toBeUndefined();
      expect(await turn(says(user, 'x', unique('d')), { writes: [link(user, null)] })).toBe('done');
      expect(await turn(says(user, 'x', unique('d')), { writes: [link(user, null)] })).toBe(
        'conflict',
      );
      expect(await turn(says(unknown, 'x', unique('d')), { writes: [link(unknown, null)] })).toBe(
        'conflict',
      );
    });
  });

  describe('enqueue', () => {
    const to = (id: string, text: string, more: Partial<Outgoing> = {}): Outgoing => ({
      to: chat(id),
      message: message(text),
      ...more,
    });

    it('keeps order within a chat over thousands of messages', async () => {
      const chats = ['e1', 'e2', 'e3'].map(unique);
      const sends = Array.from({ length: 3000 }, (_, i) => to(chats[i % 3] ?? '', `${i}`));
      await db.transaction((tx) => enqueue(tx, sends));
      for (const [i, id] of chats.entries()) {
        const texts = (await waiting(`test:t1:${id}`)).map((row) => Number(row.text));
        expect(texts).toEqual(Array.from({ length: 1000 }, (_, n) => n * 3 + i));
      }
    });

    it('never enqueues a key twice, not even after the first has been delivered', async () => {
      const id = unique('e');
      const once = to(id, 'một lần', { dedupe: unique('key') });
      await enqueue(db, [once, once, to(id, 'khác')]);
      expect(await waiting(`test:t1:${id}`)).toHaveLength(2);
      await db.query('delete from outbox where lane = $1::text', [`test:t1:${id}`]);
      await db.query('update lane set ready_at = null where key = $1::text', [`test:t1:${id}`]);
      await enqueue(db, [once]);
      expect(await waiting(`test:t1:${id}`)).toEqual([]);
      expect(await lane(`test:t1:${id}`)).toMatchObject({ due: null });
    });

    it.each([true, false])(
      'says what is to be done with each message (together: %s)',
      async (together) => {
        const id = unique('e');
        const personId = await seedPerson(db);
        const ref = { at: chat(id), id: '77' };
        const sends = [
          to(id, 'a', { as: { edit: ref } }),
          to(id, 'b', { as: 'update', subject: 'report:1', priority: 'notice' }),
          to(id, 'c', {
            personId,
            onUncertain: 'hold',
            expiresInMs: 60_000,
            delayMs: 5_000,
            priority: 'broadcast',
            subject: 's',
          }),
        ];
        if (together) await enqueue(db, sends);
        else for (const send of sends) await enqueue(db, [send]);
        const rows = await db.query(
          `select operation, ref, subject, person_id, priority, on_uncertain,
                extract(epoch from expires_at - now())::int as expires, extract(epoch from not_before - enqueued_at)::int as delay
         from outbox where lane = $1::text order by id`,
          [`test:t1:${id}`],
        );
        expect(rows).toMatchObject([
          { operation: 'edit', ref, priority: 0, on_uncertain: 'resend', expires: null, delay: 0 },
          { operation: 'update', ref: null, subject: 'report:1', priority: 1 },
          { operation: 'send', person_id: personId, on_uncertain: 'hold', priority: 2, delay: 5 },
        ]);
      },
    );

    it('readies a lane for the first of its messages that is due', async () => {
      const id = unique('e');
      const key = `test:t1:${id}`;
      await enqueue(db, [to(id, 'a', { delayMs: 3_600_000, priority: 'broadcast' })]);
      expect(await lane(key)).toEqual({ priority: 2, due: false });
      await enqueue(db, [to(id, 'b', { priority: 'reply' })]);
      expect(await lane(key)).toEqual({ priority: 0, due: true });
      await db.query('delete from outbox where lane = $1::text', [key]);
      await db.query('update lane set ready_at = null where key = $1::text', [key]);
      await enqueue(db, [to(id, 'c', { priority: 'notice' })]);
      expect(await lane(key)).toEqual({ priority: 1, due: true });
    });

    it('notifies when the transaction commits', async () => {
      let heard = () => {};
      const notified = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const stop = await db.listen(OUTBOX_CHANNEL, () => heard());
      await db.transaction((tx) => enqueue(tx, [to(unique('e'), 'a')]));
      await notified;
      await stop();
    });
  });

  describe('a chat that moves', () => {
    const posted = (key: string) =>
      db.query<{ subject: string; chat: string; ids: string[] }>(
        `select subject, address->>'chat' as chat, ids from posted where lane = $1::text order by subject`,
        [key],
      );
    const post = (subject: string, at: Address) =>
      db.query(
        `insert into posted (subject, lane, address, ids) values ($1::text, $2::text, $3::jsonb, '["1"]')`,
        [subject, `test:t1:${at.chat}`, JSON.stringify(at)],
      );

    it('takes lane, messages, posted places and room along, however often it is said', async () => {
      const [old, now] = [unique('g'), unique('g')];
      const unitId = await seedUnit(db);
      await seedRoom(db, chat(old), { unitId });
      await enqueue(db, [
        { to: { ...chat(old), thread: '5' }, message: message('a') },
        { to: chat(old), message: message('b'), as: { edit: { at: chat(old), id: '9' } } },
      ]);
      await post('s', chat(old));
      const event: Inbound = {
        kind: 'moved',
        delivery: unique('d'),
        where: chat(old),
        audience: 'group',
        from: null,
        to: chat(now),
      };
      const sends = [{ to: chat(now), message: message('c') }];
      const moves = [{ from: chat(old), to: chat(now) }];
      expect(await turn(event, { sends, moves })).toBe('done');
      await moveChat(db, chat(old), chat(now));

      expect(await waiting(`test:t1:${now}`)).toMatchObject(
        ['a', 'b', 'c'].map((text) => ({ text, chat: now })),
      );
      const [kept] = await db.query<{ thread: string; ref: object }>(
        `select max(address->>'thread') as thread, max(ref#>>'{at,chat}') as ref from outbox where lane = $1::text`,
        [`test:t1:${now}`],
      );
      expect(kept).toEqual({ thread: '5', ref: now });
      expect(await lane(`test:t1:${old}`)).toBeUndefined();
      expect(await lane(`test:t1:${now}`)).toMatchObject({ due: true });
      expect(await posted(`test:t1:${now}`)).toEqual([{ subject: 's', chat: now, ids: ['1'] }]);
      const rooms = await db.query(
        `select chat, unit_id from chat_room where chat in ($1::text, $2::text)`,
        [old, now],
      );
      expect(rooms).toEqual([{ chat: now, unit_id: unitId }]);
    });

    it('merges into a chat that is known already', async () => {
      const [old, now] = [unique('g'), unique('g')];
      const unitId = await seedUnit(db);
      await seedRoom(db, chat(old), { unitId });
      await seedRoom(db, chat(now));
      await enqueue(db, [{ to: chat(old), message: message('a') }]);
      await enqueue(db, [{ to: chat(now), message: message('b') }]);
      await post('both', chat(old));
      await post('both', chat(now));
      await post('old', chat(old));
      await moveChat(db, chat(old), chat(now));
      expect((await waiting(`test:t1:${now}`)).map((row) => row.text)).toEqual(['a', 'b']);
      expect((await posted(`test:t1:${now}`)).map((row) => row.subject)).toEqual(['both', 'old']);
      const rooms = await db.query(
        `select chat, unit_id from chat_room where chat in ($1::text, $2::text)`,
        [old, now],
      );
      expect(rooms).toEqual([{ chat: now, unit_id: unitId }]);
    });
  });
});
