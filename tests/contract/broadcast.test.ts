import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncementStore } from '../../src/db/announcements.ts';
import { accountsOf, broadcast, UNIT_ROOMS, withdrawBroadcast } from '../../src/db/broadcast.ts';
import type { Database } from '../../src/db/database.ts';
import { createOutbox } from '../../src/db/outbox.ts';
import { announcementReads } from '../../src/db/reads/announcements.ts';
import { Addressees } from '../../src/people/addressees.ts';
import { UNHURRIED } from '../support/bot.ts';
import { eachDatabase } from '../support/database.ts';
import { seedAccount, seedPerson, seedRoom, seedUnit } from '../support/seed.ts';

const DAY = '2024-07-05';
const messages = {
  vi: { notice: 'Xin chào', blocks: [] },
  en: { notice: 'Hello', blocks: [] },
};
const account = (user: string, platform = 'test') => ({ platform, tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query(
      `truncate unit, person, identity, outbox, outbox_once, lane, bucket, posted, dead_letter,
         chat_room, announcement cascade`,
    );
  });

  const everyone = { sql: 'select id as person_id from person where id > $1::int', params: [0] };
  const send = (batch = 'b:1') =>
    db.transaction((tx) =>
      broadcast(tx, { batch, messages, to: accountsOf(everyone), subject: batch }),
    );
  const waiting = () =>
    db.query<{ lane: string; notice: string; person: number }>(
      `select lane, message ->> 'notice' as notice, person_id as person from outbox order by lane`,
    );

  describe('a broadcast', () => {
    it('goes to the account preferred, else used last, in the reader’s language, and to nobody unreachable', async () => {
      const an = await seedPerson(db, { preferredPlatform: 'other', account: account('an') });
      await seedAccount(db, account('an', 'other'), {
        personId: an,
        seenAt: '2023-01-01T00:00:00Z',
      });
      const binh = await seedPerson(db, { language: 'en', account: account('binh') });
      await seedAccount(db, account('binh', 'other'), {
        personId: binh,
        seenAt: '2024-02-01T00:00:00Z',
      });
      await seedPerson(db);
      const gone = await seedPerson(db);
      await seedAccount(db, account('gone'), {
        personId: gone,
        unreachableSince: '2024-06-01T00:00:00Z',
        unreachableCause: 'blocked',
      });
      expect(await send()).toBe(2);
      expect(await waiting()).toEqual([
        { lane: 'other:1:an', notice: 'Xin chào', person: an },
        { lane: 'other:1:binh', notice: 'Hello', person: binh },
      ]);
    });

    it('repeated, or by two at once, enqueues nothing more; another batch does', async () => {
      for (const user of ['a', 'b', 'c']) await seedPerson(db, { account: account(user) });
      const enqueued = await Promise.all([send(), send(), send()]);
      expect(enqueued.reduce((sum, n) => sum + n, 0)).toBe(3);
      expect(await send()).toBe(0);
      expect(await send('b:2')).toBe(3);
      expect(await waiting()).toHaveLength(6);
    });

    it('goes to linked groups that the bot is in, into their thread', async () => {
      const unitId = await seedUnit(db);
      await seedRoom(db, { platform: 'test', tenant: '1', chat: 'g1', thread: '7' }, { unitId });
      await seedRoom(db, { platform: 'test', tenant: '1', chat: 'g2' });
      await seedRoom(
        db,
        { platform: 'test', tenant: '1', chat: 'g3' },
        { unitId, leftAt: '2024-01-01T00:00:00Z' },
      );
      await broadcast(db, { batch: 'r', messages, to: UNIT_ROOMS });
      const rows = await db.query('select address, batch from outbox');
      expect(rows).toEqual([
        { address: { platform: 'test', tenant: '1', chat: 'g1', thread: '7' }, batch: 'r' },
      ]);
    });

    it('does not hold up a reply that waits in the same chat', async () => {
      await seedPerson(db, { account: account('a') });
      await db.query(
        `insert into lane (key, bot, ready_at, priority) values ('test:1:a', 'test:1', now() - interval '1 hour', 0)`,
      );
      await send();
      expect(await db.query('select priority, ready_at < now() as due from lane')).toEqual([
        { priority: 0, due: true },
      ]);
    });
  });

  describe('taken back', () => {
    const claim = () =>
      createOutbox(db, 'me').claim({
        bot: 'test:1',
        rate: UNHURRIED.bot,
        chatRate: UNHURRIED.chat,
        canLook: false,
        slots: 1,
        takeover: true,
        inHand: [],
      });

    it('leaves what is being sent alone, and lets it not be tried again', async () => {
      for (const user of ['a', 'b', 'c']) await seedPerson(db, { account: account(user) });
      await send();
      await send('b:2');
      const { claimed } = await claim();
      expect(claimed).toHaveLength(1);
      const taken = await withdrawBroadcast(db, ['b:1']);
      expect(taken).toHaveLength(2);
      const [first] = claimed;
      if (!first) throw new Error('nothing was claimed');
      await createOutbox(db, 'me').settle(
        first,
        { kind: 'pause', scope: 'chat', afterMs: 0 },
        { chatRate: null, bots: [] },
      );
      const [again] = (await claim()).claimed;
      expect(again).toMatchObject({ id: first.id, todo: 'expired' });
      expect(await db.query(`select from outbox where batch = 'b:2'`)).toHaveLength(3);
    });
  });

  describe('an announcement’s circle', () => {
    async function organisation() {
      const academy = await seedUnit(db, { nameVi: 'Viện Triết học', cluster: null });
      const faculty = await seedUnit(db, { parentId: academy, kind: 'support' });
      const school = await seedUnit(db, { bloc: 'political_school', cluster: 'C1' });
      const add = (user: string, more: Parameters<typeof seedPerson>[1]) =>
        seedPerson(db, { account: account(user), ...more });
      await add('head', { unitId: academy, roles: [{ role: 'head', unitId: academy }] });
      await add('member', { unitId: academy });
      await add('student', { unitId: academy, audience: 'student' });
      await add('faculty', { unitId: faculty });
      await add('school', { unitId: school });
      await add('office', { roles: [{ role: 'office' }] });
      await seedPerson(db, { unitId: school });
      await add('left', {});
      return { academy, school };
    }
    const reach = (to: unknown) => announcementReads(db).reach(Addressees.parse(to), DAY);

    it('is counted with those who can be reached', async () => {
      const { academy, school } = await organisation();
      expect(await reach({ scope: 'everybody' })).toEqual({ total: 7, reachable: 6 });
      expect(await reach({ scope: 'staff' })).toEqual({ total: 5, reachable: 4 });
      expect(await reach({ scope: 'students' })).toEqual({ total: 1, reachable: 1 });
      expect(await reach({ scope: 'leaders' })).toEqual({ total: 1, reachable: 1 });
      expect(await reach({ scope: 'reporters' })).toEqual({ total: 0, reachable: 0 });
      expect(await reach({ scope: 'bloc', bloc: 'political_school' })).toEqual({
        total: 2,
        reachable: 1,
      });
      expect(await reach({ scope: 'group', kind: 'support', bloc: 'academy' })).toEqual({
        total: 1,
        reachable: 1,
      });
      expect(await reach({ scope: 'group', cluster: null })).toEqual({ total: 4, reachable: 4 });
      const unit = (unitId: number) => ({ scope: 'unit', unitId, nameVi: 'x', nameEn: 'x' });
      expect(await reach(unit(academy))).toEqual({ total: 4, reachable: 4 });
      expect(await reach(unit(school))).toEqual({ total: 2, reachable: 1 });
      expect(await reach({ scope: 'rooms' })).toEqual({ total: 0, reachable: 0 });
    });

    it('is recorded when it goes out, once, and its progress counted', async () => {
      await organisation();
      const [author] = await db.query<{ id: number }>('select min(id) as id from person');
      const [row] = await db.query<{ id: number }>(
        `insert into announcement (campaign, kind, title, body, audience, status, version, created_by, created_at)
         values ('c', 'notice', 'Tiêu đề', 'Nội dung', '{"scope":"everybody"}', 'sending', 1, $1::int, now())
         returning id`,
        [author?.id ?? 0],
      );
      const id = row?.id ?? 0;
      const begin = () =>
        db.transaction(async (tx) => {
          const store = createAnnouncementStore(tx);
          const view = await store.take(id);
          if (!view) throw new Error('there is no announcement');
          return store.begin(view, DAY, messages);
        });
      expect(await Promise.all([begin(), begin()])).toEqual([7, 7]);
      const progress = () => announcementReads(db).announcementProgress(id);
      expect(await progress()).toEqual({ total: 7, sent: 0, unreachable: 1, waiting: 6 });
      await db.transaction((tx) => createAnnouncementStore(tx).withdraw(id));
      expect(await progress()).toEqual({ total: 7, sent: 0, unreachable: 1, waiting: 0 });
      expect(await db.query('select reachable from announcement_recipient')).toEqual([
        { reachable: false },
      ]);
    });
  });
});
