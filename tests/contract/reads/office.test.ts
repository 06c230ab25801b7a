import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuditStore } from '../../../src/db/audit-sample.ts';
import type { Database } from '../../../src/db/database.ts';
import { officeReads } from '../../../src/db/reads/office.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedReport } from '../../support/report-rows.ts';
import { seedAccount, seedPerson, seedUnit } from '../../support/seed.ts';

const ON = '2024-07-08';
const FIRST = { limit: 8, offset: 0 };
const account = (user: string) => ({ platform: 'test', tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('truncate unit, person, setting, outbox, lane, schedule_run, post_hold cascade');
  });

  describe('the backlog', () => {
    it('is by unit, the oldest first, and says which unit nobody leads', async () => {
      const led = await seedUnit(db, { nameVi: 'Viện Triết học' });
      const unled = await seedUnit(db, { nameVi: 'Viện Sử học' });
      const author = await seedPerson(db, { unitId: led });
      await seedPerson(db, { roles: [{ role: 'head', unitId: led }] });
      const at = (submittedAt: string, unitId: number) =>
        seedReport(db, { authorId: author, unitId, submittedAt });
      await at('2024-07-05T02:00:00Z', led);
      await at('2024-07-04T02:00:00Z', led);
      await at('2024-07-03T02:00:00Z', unled);
      await seedReport(db, { authorId: author, unitId: led, status: 'withdrawn' });
      await seedReport(db, { authorId: author, unitId: led, campaign: 'other' });
      const { total, lines } = await officeReads(db).unitQueues('test', ON, FIRST);
      expect(total).toBe(2);
      expect(lines).toMatchObject([
        { unit: { id: unled }, waiting: 1, oldestAt: '2024-07-03T02:00:00Z', led: false },
        { unit: { id: led }, waiting: 2, oldestAt: '2024-07-04T02:00:00Z', led: true },
      ]);
      const later = await officeReads(db).unitQueues('test', ON, { limit: 8, offset: 1 });
      expect(later).toMatchObject({ total: 2, lines: [{ unit: { id: led } }] });
      expect((await officeReads(db).officeOverview('test', ON)).reports).toEqual({
        waiting: 3,
        oldestAt: '2024-07-03T02:00:00Z',
      });
      expect(await officeReads(db).unitQueues('none', ON, FIRST)).toEqual({ total: 0, lines: [] });
    });
  });

  describe('people out of reach', () => {
    it('are told apart by cause; one good account is enough, and who left does not count', async () => {
      const unitId = await seedUnit(db);
      const never = await seedPerson(db, { unitId, name: 'Đỗ An' });
      const blocked = await seedPerson(db, { unitId, name: 'Lê Bình' });
      const closed = await seedPerson(db, { unitId, name: 'Vũ Chi' });
      const both = await seedPerson(db, { unitId, name: 'Hà Dung' });
      await seedPerson(db, { name: 'Mai Em' });
      const gone = (personId: number, user: string, cause: string) =>
        seedAccount(db, account(user), {
          personId,
          unreachableSince: '2024-07-01T00:00:00Z',
          unreachableCause: cause,
        });
      await gone(blocked, 'b', 'blocked');
      await gone(closed, 'c', 'deactivated');
      await gone(both, 'd', 'blocked');
      await seedAccount(db, { ...account('d'), platform: 'other' }, { personId: both });
      const reads = officeReads(db);
      const of = async (kind: 'never' | 'blocked' | 'closed') =>
        (await reads.unreachablePeople(kind, ON, FIRST)).lines.map(({ personId }) => personId);
      expect([await of('never'), await of('blocked'), await of('closed')]).toEqual([
        [never],
        [blocked],
        [closed],
      ]);
      expect(await reads.officeOverview('test', ON)).toMatchObject({
        members: 4,
        unreachable: { never: 1, blocked: 1, closed: 1 },
      });
    });
  });

  describe('likely duplicates', () => {
    it('share a document or link, or a title on one day, under one item; until set aside', async () => {
      const unitId = await seedUnit(db);
      const authorId = await seedPerson(db, { unitId });
      const other = await seedPerson(db, { unitId });
      const report = (values: object, by = authorId) =>
        seedReport(db, { authorId: by, unitId, doneOn: '2024-07-01', title: 'Riêng', ...values });
      const a = await report({ documents: ['12/QD - HV'] });
      const b = await report({ documents: ['12/qd-hv'], doneOn: '2024-07-02' }, other);
      const c = await report({ title: 'Hội thảo  khoa học', doneOn: '2024-07-03' });
      const d = await report({ title: 'hội thảo khoa học', doneOn: '2024-07-03' }, other);
      await report({ documents: ['12/QD-HV'], item: 'cn.5', doneOn: '2024-07-04' });
      await report({ title: 'Hội thảo khoa học', doneOn: '2024-07-05' });
      await report({ documents: ['12/QD-HV'], status: 'withdrawn', doneOn: '2024-07-06' });
      const reads = officeReads(db);
      const pairs = async () =>
        (await reads.duplicatePairs('test', FIRST)).lines.map(({ first, second, why }) => [
          first.id,
          second.id,
          why,
        ]);
      expect(await pairs()).toEqual([
        [c, d, 'title'],
        [a, b, 'evidence'],
      ]);
      await db.query(`insert into setting (key, value) values ($1::text, '{}')`, [
        `no-duplicate:${a}:${b}`,
      ]);
      expect(await pairs()).toEqual([[c, d, 'title']]);
    });
  });

  describe('the audit sample', () => {
    it('is a share of the verified reports, rounded up, drawn once', async () => {
      const unitId = await seedUnit(db);
      const authorId = await seedPerson(db, { unitId });
      const head = await seedPerson(db, { unitId, name: 'Trần Quang' });
      const verified: number[] = [];
      for (let i = 0; i < 21; i += 1)
        verified.push(
          await seedReport(db, { authorId, unitId, status: 'verified', decidedBy: head }),
        );
      await seedReport(db, { authorId, unitId });
      await seedReport(db, {
        authorId,
        unitId,
        status: 'verified',
        decidedBy: head,
        week: '2024-06-24',
      });
      const store = createAuditStore(db, 'test');
      const at = '2024-07-09T01:00:00Z';
      expect(await store.draw('2024-07-01', 0.1, at)).toEqual({ drawn: 3, of: 21 });
      expect(await store.draw('2024-07-01', 0.1, at)).toEqual({ drawn: 0, of: 21 });
      expect(await store.draw('2024-07-01', 0, at)).toEqual({ drawn: 0, of: 21 });
      const reads = officeReads(db);
      const { total, lines } = await reads.auditLines('test', FIRST);
      expect(total).toBe(3);
      for (const line of lines) {
        expect(verified).toContain(line.report.id);
        expect(line).toMatchObject({ week: '2024-07-01', result: 'waiting', checkedBy: null });
        expect(await reads.auditLine(line.report.id)).toEqual(line);
      }
      expect(await reads.auditLine(0)).toBeNull();
      expect((await reads.officeOverview('test', ON)).audit).toEqual({ waiting: 3, doubtful: 0 });
    });
  });

  describe('schedules', () => {
    it('are told with their last record and what is held back', async () => {
      const office = await seedPerson(db);
      await db.query(
        `insert into schedule_run (schedule, occurrence, outcome, at) values
           ('weekly', '2024-07-01T01:00:00Z', 'skipped', now()),
           ('weekly', '2024-07-08T01:00:00Z', 'done', now())`,
      );
      await db.query(
        `insert into post_hold (schedule, occurrence, held_by, held_at, released_by, released_at) values
           ('weekly', '2024-07-15T01:00:00Z', $1::int, now(), null, null),
           ('weekly', '2024-07-22T01:00:00Z', $1::int, now(), $1::int, now()),
           ('other', '2024-07-15T01:00:00Z', $1::int, now(), null, null)`,
        [office],
      );
      expect(await officeReads(db).scheduleStates()).toEqual([
        { schedule: 'other', last: null, held: ['2024-07-15T01:00:00Z'] },
        {
          schedule: 'weekly',
          last: { occurrence: '2024-07-08T01:00:00Z', outcome: 'done' },
          held: ['2024-07-15T01:00:00Z'],
        },
      ]);
      expect((await officeReads(db).officeOverview('test', ON)).held).toBe(2);
    });
  });
});
