import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createHomeStore } from '../../src/db/homes.ts';
import { createReads } from '../../src/db/reads/index.ts';
import { NO_CHANGES } from '../../src/engine/home-changes.ts';
import type { HomeStore } from '../../src/engine/homes.ts';
import type { Reads } from '../../src/engine/reads.ts';
import { eachDatabase } from '../support/database.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedAccount, seedPerson, seedUnit } from '../support/seed.ts';

const AT = Temporal.Instant.from('2024-07-05T09:30:00Z');
const on = (platform: string, user: string): Identity => ({ platform, tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  let store: HomeStore;
  let reads: Reads;
  beforeAll(async () => {
    db = await open();
    store = createHomeStore(db);
    reads = createReads(db);
  });

  describe('opened pages', () => {
    const AN = on('slack', 'U1');
    const AN_ELSEWHERE = on('telegram', '71');
    const BA = on('slack', 'U2');
    const GUEST = on('slack', 'U9');
    let an: number;
    let ba: number;

    beforeEach(async () => {
      await db.query('delete from identity');
      an = await seedPerson(db);
      ba = await seedPerson(db);
      await seedAccount(db, AN, { personId: an, directChat: 'D1' });
      await seedAccount(db, AN_ELSEWHERE, { personId: an, directChat: '71' });
      await seedAccount(db, BA, { personId: ba, directChat: 'D2' });
      await seedAccount(db, GUEST, { consentedAt: null, directChat: null });
    });
    const chat = ({ platform, tenant }: Identity, id: string) => ({ platform, tenant, chat: id });

    it('are noted with the time, of accounts that are known: another leaves no row', async () => {
      const unknown = on('slack', 'U404');
      await store.remember([AN, unknown, { ...BA, tenant: '2' }], AT);
      expect(
        await db.query(
          'select "user", home_opened_at from identity where home_opened_at is not null',
        ),
      ).toEqual([{ user: 'U1', home_opened_at: '2024-07-05T09:30:00Z' }]);
      expect(await db.query('select 1 from identity')).toHaveLength(4);
      expect(await store.opened({ ...NO_CHANGES, accounts: [unknown] })).toEqual([]);
    });

    it('are found by the account, the person, and any private chat of the person', async () => {
      await store.remember([AN, BA, GUEST], AT);
      const found = (changes: Partial<Parameters<HomeStore['opened']>[0]>) =>
        store.opened({ ...NO_CHANGES, ...changes });
      expect(await found({ accounts: [AN] })).toEqual([AN]);
      expect(await found({ accounts: [GUEST] })).toEqual([GUEST]);
      expect(await found({ people: [an, ba] })).toEqual([AN, BA]);
      expect(await found({ chats: [chat(BA, 'D2')] })).toEqual([BA]);
      // Written to on one platform, their page is on the other.
      expect(await found({ chats: [chat(AN_ELSEWHERE, '71')] })).toEqual([AN]);
      expect(await found({ accounts: [AN_ELSEWHERE] })).toEqual([AN]);
      expect(await found({ chats: [chat(AN, 'C-a-group'), chat(AN_ELSEWHERE, 'D2')] })).toEqual([]);
      expect(await found({})).toEqual([]);
      expect(
        await found({ accounts: [AN, AN], people: [an], chats: [chat(AN, 'D1'), chat(AN, 'D1')] }),
      ).toEqual([AN]);
    });

    it('are not those never opened, nor those forgotten', async () => {
      const all = { ...NO_CHANGES, people: [an, ba] };
      expect(await store.opened(all)).toEqual([]);
      await store.remember([AN, BA], AT);
      await store.forget(AN);
      expect(await store.opened(all)).toEqual([BA]);
    });
  });

  describe('an account', () => {
    it('is whose it is, in the language chosen by the person, else before enrolment', async () => {
      await db.query('delete from identity');
      const person = await seedPerson(db);
      const mine = on('slack', 'U1');
      await seedAccount(db, mine, { personId: person });
      await seedAccount(db, on('slack', 'U2'), { language: 'en' });
      expect(await reads.accountOf(mine)).toEqual({ personId: person, language: null });
      await db.query(`update identity set language = 'en' where "user" = 'U1'`);
      expect(await reads.accountOf(mine)).toEqual({ personId: person, language: 'en' });
      await db.query(`update person set language = 'vi' where id = $1::int`, [person]);
      expect(await reads.accountOf(mine)).toEqual({ personId: person, language: 'vi' });
      expect(await reads.accountOf(on('slack', 'U2'))).toEqual({ personId: null, language: 'en' });
      expect(await reads.accountOf({ ...mine, tenant: '2' })).toBeNull();
    });
  });

  describe('what waits for a person’s own answer', () => {
    it('is their returned reports and the shares they have not answered, oldest first, counted', async () => {
      const unitId = await seedUnit(db);
      const [me = 0, head = 0, mate = 0] = [
        await seedPerson(db, { unitId }),
        await seedPerson(db, { unitId }),
        await seedPerson(db, { unitId, name: 'Trần Lan' }),
      ];
      const none = { total: 0, lines: [] };
      expect(await reads.awaitedOf(me, 2)).toEqual({ returned: none, shares: none });

      const returned = { unitId, status: 'returned', decidedBy: head } as const;
      const first = await seedReport(db, { ...returned, authorId: me, reason: 'Thiếu ngày' });
      const second = await seedReport(db, { ...returned, authorId: me });
      await seedReport(db, { ...returned, authorId: me });
      await seedReport(db, { ...returned, authorId: mate });
      await seedReport(db, { unitId, authorId: me });
      const share = (answer: 'waiting' | 'confirmed' | 'declined') => [
        { personId: me, unitId, answer },
      ];
      const asked = await seedReport(db, { unitId, authorId: mate, shared: share('waiting') });
      const still = await seedReport(db, {
        ...returned,
        authorId: mate,
        shared: share('waiting'),
      });
      await seedReport(db, { unitId, authorId: mate, shared: share('confirmed') });
      await seedReport(db, { unitId, authorId: mate, shared: share('declined') });
      for (const status of ['withdrawn', 'rejected', 'revoked'] as const)
        await seedReport(db, {
          ...returned,
          status,
          ...(status === 'withdrawn' && { decidedBy: null }),
          authorId: mate,
          shared: share('waiting'),
        });

      const awaited = await reads.awaitedOf(me, 2);
      expect(awaited.returned).toEqual({
        total: 3,
        lines: [
          { id: first, title: `Báo cáo ${first}`, reason: 'Thiếu ngày' },
          { id: second, title: `Báo cáo ${second}`, reason: 'vì vậy' },
        ],
      });
      expect(awaited.shares).toEqual({
        total: 2,
        lines: [asked, still].map((id) => ({
          id,
          title: `Báo cáo ${id}`,
          authorName: 'Trần Lan',
        })),
      });
    });
  });
});
