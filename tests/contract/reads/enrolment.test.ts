import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import { enrolmentRequest, invite, outbox, posted } from '../../../src/db/schema.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedAccount, seedPerson, seedUnit } from '../../support/seed.ts';

const TODAY = '2024-07-05';
const NOW = '2024-07-05T03:00:00Z';
const account = (user: string) => ({ platform: 'telegram', tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let unitId: number;
  let personId: number;

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    unitId = await seedUnit(db, { code: 'vien-a' });
    personId = await seedPerson(db, { name: 'Trần An', unitId });
  });

  describe('an invite', () => {
    const store = (code: string, values: object) =>
      db.drizzle.insert(invite).values({ code, createdAt: '2024-07-01T00:00:00Z', ...values });

    it('of a person shows who it is for, however it was typed', async () => {
      await store('ABCD1234EFGH0000', { personId });
      expect(await reads.invite('abcd-i234-efgh-oooo', TODAY, NOW)).toMatchObject({
        code: 'ABCD1234EFGH0000',
        expired: false,
        used: false,
        unit: null,
        person: { id: personId, name: 'Trần An', taken: false, unit: { id: unitId } },
      });
    });

    it('of a unit shows the unit', async () => {
      await store('ABCD1234EFGH0001', { unitId });
      expect(await reads.invite('ABCD1234EFGH0001', TODAY, NOW)).toMatchObject({
        person: null,
        unit: { id: unitId, code: 'vien-a' },
      });
    });

    it('is used once it was, and void from the day of its expiry', async () => {
      const usedAt = '2024-07-02T00:00:00Z';
      await store('ABCD1234EFGH0002', { personId, usedAt, expiresAt: '2024-07-06T00:00:00Z' });
      const on = (day: string) => reads.invite('ABCD1234EFGH0002', day, NOW);
      expect(await on(TODAY)).toMatchObject({ used: true, expired: false });
      expect(await on('2024-07-06')).toMatchObject({ expired: true });
    });

    it('shows whether the person has an account, on any platform, reachable or not', async () => {
      const other = await seedPerson(db, { unitId });
      await store('ABCD1234EFGH0003', { personId: other });
      const person = async () => (await reads.invite('ABCD1234EFGH0003', TODAY, NOW))?.person;
      expect(await person()).toMatchObject({ taken: false, conversation: 0 });
      await seedAccount(db, account('9'), {
        personId: other,
        unreachableSince: '2024-07-01T00:00:00Z',
      });
      await db.query(
        `insert into conversation (key, version, state, updated_at)
         values ('person:' || $1::int, 7, '{}', now())`,
        [other],
      );
      expect(await person()).toMatchObject({ taken: true, conversation: 7 });
    });

    it('of one’s own making expires at an instant, not with the day', async () => {
      const expiresAt = '2024-07-05T03:15:00Z';
      await store('ABCD1234EFGH0004', { personId, issuedBy: personId, expiresAt });
      const at = (now: string) => reads.invite('ABCD1234EFGH0004', TODAY, now);
      expect(await at('2024-07-05T03:14:59Z')).toMatchObject({ own: true, expired: false });
      expect(await at(expiresAt)).toMatchObject({ own: true, expired: true });
      expect(await reads.invite('ABCD1234EFGH0001', TODAY, NOW)).toMatchObject({ own: false });
    });

    it('is nothing for an unknown or impossible code', async () => {
      expect(await reads.invite('ZZZZZZZZZZZZZZZZ', TODAY, NOW)).toBeNull();
      expect(await reads.invite('xin chào', TODAY, NOW)).toBeNull();
    });
  });

  describe('an enrolment request', () => {
    let open1: number;
    let decided: number;

    beforeAll(async () => {
      const ask = async (user: string, values: object) => {
        await seedAccount(db, account(user), { language: 'en', displayName: `An ${user}` });
        const [row] = await db.drizzle
          .insert(enrolmentRequest)
          .values({
            ...account(user),
            personId,
            unitId,
            status: 'waiting',
            version: 1,
            requestedAt: '2024-07-04T00:00:00Z',
            ...values,
          })
          .returning({ id: enrolmentRequest.id });
        return row?.id ?? 0;
      };
      open1 = await ask('21', {});
      decided = await ask('22', { status: 'refused', version: 2, decidedBy: personId });
      await ask('23', { requestedAt: '2024-07-03T00:00:00Z' });
    });

    it('is whole', async () => {
      expect(await reads.enrolmentRequest(open1)).toEqual({
        id: open1,
        version: 1,
        status: 'waiting',
        identity: account('21'),
        displayName: 'An 21',
        address: { platform: 'telegram', tenant: '1', chat: '21' },
        language: 'en',
        person: { id: personId, name: 'Trần An', taken: false, conversation: 0 },
        unit: expect.objectContaining({ id: unitId }),
        decidedByName: null,
      });
      expect(await reads.enrolmentRequest(decided)).toMatchObject({
        status: 'refused',
        decidedByName: 'Trần An',
      });
      expect(await reads.enrolmentRequest(999_999)).toBeNull();
    });

    it('is open while it waits', async () => {
      expect((await reads.openEnrolmentRequest(account('21')))?.id).toBe(open1);
      expect(await reads.openEnrolmentRequest(account('22'))).toBeNull();
    });

    it('waits in the queue of its unit, oldest first', async () => {
      const queue = await reads.enrolmentQueue([unitId]);
      expect(queue.map((r) => r.identity.user)).toEqual(['23', '21']);
      expect(await reads.enrolmentQueue([unitId + 1000])).toEqual([]);
      expect(await reads.enrolmentQueue([])).toEqual([]);
      expect(await reads.enrolmentQueue(null)).toEqual(queue);
    });

    it('gets numbers that rise', async () => {
      const first = await reads.nextEnrolmentNumber();
      expect(await reads.nextEnrolmentNumber()).toBeGreaterThan(first);
    });
  });

  describe('copies of a message', () => {
    const at = (chat: string) => ({ platform: 'telegram', tenant: '1', chat });

    it('are where it was posted or waits to be, once per chat', async () => {
      await seedAccount(db, account('8'), { personId });
      await db.query(`insert into lane (key, bot) values ('telegram:1:8', 'telegram:1')`);
      const waits = { lane: 'telegram:1:8', priority: 0, onUncertain: 'resend' as const };
      const sending = { ...waits, address: at('8'), message: {}, subject: 'report:1' };
      await db.drizzle.insert(outbox).values({ ...sending, operation: 'send', personId });
      await db.drizzle.insert(outbox).values({ ...sending, operation: 'update' });
      const copy = { subject: 'report:1', lane: 'telegram:1:7', address: at('7') };
      await db.drizzle.insert(posted).values({ ...copy, ids: ['1', '2'], personId: null });
      expect(await reads.copiesOf('report:1')).toEqual([
        { address: at('7'), personId: null },
        { address: at('8'), personId },
      ]);
      expect(await reads.copiesOf('report:2')).toEqual([]);
    });

    it('are not with an account that was its reader’s and no longer is', async () => {
      const reader = await seedPerson(db, { unitId, account: account('9a') });
      const copy = { subject: 'report:3', ids: ['1'], personId: reader };
      await db.drizzle.insert(posted).values({ ...copy, lane: 'telegram:1:9a', address: at('9a') });
      await db.drizzle
        .insert(posted)
        .values({ ...copy, lane: 'telegram:1:8', address: at('8'), personId: null });
      expect(await reads.copiesOf('report:3')).toHaveLength(2);
      await db.query(`update identity set person_id = null where "user" = '9a'`);
      expect(await reads.copiesOf('report:3')).toEqual([{ address: at('8'), personId: null }]);
    });

    it('have their buttons on the last page', async () => {
      expect(await reads.postedAt('report:1', at('7'))).toEqual({ at: at('7'), id: '2' });
      expect(await reads.postedAt('report:1', at('8'))).toBeNull();
    });
  });
});
