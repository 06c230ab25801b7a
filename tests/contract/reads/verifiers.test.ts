import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { type HeldRole, verifiers } from '../../../src/people/verifiers.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedReport } from '../../support/report-rows.ts';
import { seedAccount, seedPerson, seedUnit } from '../../support/seed.ts';

const TODAY = '2024-07-05';
const account = (user: string, platform = 'telegram') => ({ platform, tenant: '1', user });

eachDatabase((open, name) => {
  let db: Database;
  let reads: Reads;
  /** `units[0]` is above `units[1]`; `units[2]` became part of `units[1]`. */
  const units: number[] = [];
  const people: number[] = [];

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    const parent = await seedUnit(db);
    const child = await seedUnit(db, { parentId: parent });
    const merged = { validTo: '2024-07-01', mergedIntoId: child };
    units.push(parent, child, await seedUnit(db, merged));
    for (let n = 0; n < 5; n += 1) people.push(await seedPerson(db));
  });

  beforeEach(async () => {
    await db.query('delete from report');
    await db.query('delete from "grant"');
  });

  const give = (held: HeldRole, from = '2024-01-01', to: string | null = null) =>
    db.query(
      `insert into "grant" (person_id, role, unit_id, valid_from, valid_to, delegated_by)
       values ($1::int, $2::text, $3::int, $4::date, $5::date, $6::int)`,
      [held.personId, held.role, held.unitId, from, to, held.delegatedBy ?? null],
    );

  it('agree with the rule for any roles: who decides, and what is in whose queue', async () => {
    const role = fc.oneof(
      fc.record({
        personId: fc.nat(4),
        role: fc.constantFrom('head' as const, 'deputy' as const),
        unitId: fc.nat(1),
      }),
      fc
        .record({
          personId: fc.nat(4),
          role: fc.constant('deputy' as const),
          unitId: fc.nat(1),
          delegatedBy: fc.nat(4),
        })
        .filter(({ personId, delegatedBy }) => personId !== delegatedBy),
      fc.record({
        personId: fc.nat(4),
        role: fc.constant('office' as const),
        unitId: fc.constant(null),
      }),
    );
    const roles = fc.uniqueArray(role, {
      maxLength: 7,
      selector: (r) => `${r.personId} ${r.role} ${r.unitId} ${'delegatedBy' in r}`,
    });
    const other = fc.option(fc.nat(4), { nil: null });
    const hands = fc.record({ filed: other, signed: other, collective: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(roles, hands, async (drawn, { filed, signed, collective }) => {
        await db.query('delete from report');
        await db.query('delete from "grant"');
        const held = drawn.map((r) => ({
          ...r,
          personId: people[r.personId] ?? 0,
          unitId: r.unitId === null ? null : (units[r.unitId] ?? 0),
          ...('delegatedBy' in r && { delegatedBy: people[r.delegatedBy] ?? 0 }),
        }));
        for (const h of held)
          await give(h, '2024-01-01', h.delegatedBy === undefined ? null : '2024-08-01');

        const queues = new Map<number, number[]>(people.map((id) => [id, []]));
        for (const [n, unitId] of units.entries()) {
          for (const authorId of people) {
            const of = (index: number | null) => (index === null ? null : (people[index] ?? 0));
            const filedBy = collective || of(filed) === authorId ? null : of(filed);
            const signedBy = collective ? of(signed) : null;
            const kind = collective ? ('collective' as const) : ('personal' as const);
            const handled = { kind, filedBy, signedBy };
            const decided = { unitId: (n === 2 ? units[1] : unitId) ?? 0, authorId, ...handled };
            const expected = verifiers(decided, n === 0 ? null : (units[0] ?? 0), held);
            const found = await reads.verifiersOf(unitId, authorId, TODAY, handled);
            expect(found.map((r) => r.personId)).toEqual(expected);
            const signedAt = signedBy === null ? null : '2024-07-05T03:00:00Z';
            const id = await seedReport(db, { authorId, unitId, ...handled, signedAt });
            for (const personId of expected) queues.get(personId)?.push(id);
          }
        }
        for (const personId of people) {
          const { total, toSign, lines } = await reads.queueFor(personId, TODAY, 100);
          expect(lines.map((line) => line.id)).toEqual(queues.get(personId));
          expect(total).toBe(lines.length);
          expect(toSign).toBe(lines.filter((l) => l.collective?.signed === false).length);
        }
      }),
      { numRuns: name === 'PostgreSQL' ? 25 : 8 },
    );
  });

  it('are of the unit itself until the day it becomes part of another', async () => {
    const [author = 0, oldHead = 0, newHead = 0] = people;
    const [, child = 0, merged = 0] = units;
    await give({ personId: oldHead, role: 'head', unitId: merged });
    await give({ personId: newHead, role: 'head', unitId: child });
    const on = async (day: string) =>
      (await reads.verifiersOf(merged, author, day)).map(({ personId }) => personId);
    expect([await on('2024-06-30'), await on('2024-07-01')]).toEqual([[oldHead], [newHead]]);
  });

  it('count a role from its first day to the day before its end', async () => {
    const [author = 0, head = 0] = people;
    const unitId = units[0] ?? 0;
    await give({ personId: head, role: 'head', unitId }, '2024-07-05', '2024-07-08');
    const on = async (day: string) => (await reads.verifiersOf(unitId, author, day)).length;
    expect([await on('2024-07-04'), await on('2024-07-05')]).toEqual([0, 1]);
    expect([await on('2024-07-07'), await on('2024-07-08')]).toEqual([1, 0]);
  });

  it('queue submitted reports only, oldest first, counting those not shown', async () => {
    const [author = 0, head = 0] = people;
    const unitId = units[0] ?? 0;
    await give({ personId: head, role: 'head', unitId });
    const at = (submittedAt: string) => seedReport(db, { authorId: author, unitId, submittedAt });
    const newer = await at('2024-07-05T05:00:00Z');
    const older = await at('2024-07-01T05:00:00Z');
    const oldest = await at('2024-06-01T05:00:00Z');
    await seedReport(db, { authorId: author, unitId, status: 'verified', decidedBy: head });
    await seedReport(db, { authorId: author, unitId, status: 'withdrawn' });
    const queue = await reads.queueFor(head, TODAY, 2);
    expect(queue.total).toBe(3);
    expect(queue.lines.map((line) => line.id)).toEqual([oldest, older]);
    expect((await reads.queueFor(head, TODAY, 9)).lines.at(-1)?.id).toBe(newer);
    expect(await reads.queueFor(author, TODAY, 9)).toEqual({
      total: 0,
      toSign: 0,
      lines: [],
    });
  });

  describe('recipients', () => {
    it('are reached where they prefer, else where they were last seen, and can be reached', async () => {
      const id = await seedPerson(db, { name: 'Cao Thắng', language: 'en' });
      const reached = async () => (await reads.recipients([id]))[0];
      expect(await reached()).toEqual({
        personId: id,
        name: 'Cao Thắng',
        language: 'en',
        address: null,
      });
      await seedAccount(db, account('71'), { personId: id, seenAt: '2024-07-01T00:00:00Z' });
      const later = { personId: id, seenAt: '2024-07-02T00:00:00Z', directChat: 'D1' };
      await seedAccount(db, account('U1', 'slack'), later);
      expect((await reached())?.address).toEqual({ platform: 'slack', tenant: '1', chat: 'D1' });
      const prefer = (platform: string | null) =>
        db.query('update person set preferred_platform = $2::text where id = $1::int', [
          id,
          platform,
        ]);
      await prefer('telegram');
      expect((await reached())?.address?.platform).toBe('telegram');
      // Preferring what one has no account on changes nothing.
      await prefer('playground');
      expect((await reached())?.address?.platform).toBe('slack');
      await prefer('slack');
      await db.query(`update identity set unreachable_since = now() where platform = 'slack'`);
      expect((await reached())?.address).toEqual({ platform: 'telegram', tenant: '1', chat: '71' });
    });

    it('come in the order asked for, once each, unknown ones left out', async () => {
      const [a = 0, b = 0] = people;
      const found = await reads.recipients([b, 999_999, a, b]);
      expect(found.map((r) => r.personId)).toEqual([b, a]);
      expect(found[0]?.language).toBe('vi');
      expect(await reads.recipients([])).toEqual([]);
    });
  });
});
