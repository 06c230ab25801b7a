/** Who holds which role: on which day, by whom given, in whose place. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedPerson, seedUnit } from '../../support/seed.ts';

const TODAY = '2024-07-05';
const ALL = { limit: 50, offset: 0 };

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let unitId: number;
  let head: number;
  let deputy: number;
  let officer: number;

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    unitId = await seedUnit(db, { nameVi: 'Viện Triết học' });
    head = await seedPerson(db, { name: 'Trần An', unitId, roles: [{ role: 'head', unitId }] });
    deputy = await seedPerson(db, { name: 'Lê Bình', unitId });
    officer = await seedPerson(db, { name: 'Đỗ Chi', unitId, roles: [{ role: 'office' }] });
    const give = (
      personId: number,
      role: string,
      from: string,
      to: string | null,
      more: { unit?: number; scope?: string; givenBy?: number; delegatedBy?: number } = {},
    ) =>
      db.query(
        `insert into "grant" (person_id, role, unit_id, scope, valid_from, valid_to, given_by, delegated_by)
         values ($1::int, $2::text, $3::int, $4::text, $5::date, $6::date, $7::int, $8::int)`,
        [
          personId,
          role,
          more.unit ?? null,
          more.scope ?? null,
          from,
          to,
          more.givenBy ?? null,
          more.delegatedBy ?? null,
        ],
      );
    await give(deputy, 'overseer', '2024-01-01', TODAY, { scope: 'students' });
    await give(deputy, 'overseer', '2024-08-01', null, { scope: 'students', givenBy: officer });
    await give(deputy, 'deputy', '2024-07-01', '2024-08-01', {
      unit: unitId,
      givenBy: head,
      delegatedBy: head,
    });
  });

  const shown = async (of: Parameters<Reads['roleLines']>[0], on = TODAY, page = ALL) => {
    const { total, lines } = await reads.roleLines(of, on, page);
    return {
      total,
      lines: lines.map(
        ({ role, person, unit, from, to, origin, by }) =>
          `${person.name}: ${role} ${unit?.nameVi ?? '-'} ${from} ${to ?? '-'} ${origin} ${by?.name ?? '-'}`,
      ),
    };
  };

  describe('roles', () => {
    it('are counted on their days', async () => {
      const counts = async (on: string) =>
        Object.fromEntries((await reads.roleCounts(on)).map(({ role, n }) => [role, n]));
      expect(await counts('2024-07-04')).toEqual({
        head: 1,
        office: 1,
        deputy: 1,
        'overseer:students': 1,
      });
      expect(await counts(TODAY)).toEqual({ head: 1, office: 1, deputy: 1 });
      expect(await counts('2024-08-01')).toEqual({ head: 1, office: 1, 'overseer:students': 1 });
    });

    it('are listed with those yet to begin, whose they are and who gave them', async () => {
      expect(await shown({ personId: deputy })).toEqual({
        total: 2,
        lines: [
          'Lê Bình: overseer:students - 2024-08-01 - chat Đỗ Chi',
          'Lê Bình: deputy Viện Triết học 2024-07-01 2024-08-01 delegation Trần An',
        ],
      });
      expect((await shown({ role: 'overseer:students' })).total).toBe(1);
      expect((await shown({ role: 'overseer:political_schools' })).total).toBe(0);
      expect((await shown({ delegatedBy: head })).lines).toHaveLength(1);
      expect((await shown({ delegatedBy: head }, '2024-08-01')).total).toBe(0);
      expect(await shown({ personId: deputy, unitId })).toMatchObject({ total: 1 });
    });

    it('come in pages, of a known order', async () => {
      const whole = await shown({});
      expect(whole.total).toBe(4);
      const pages = [
        await shown({}, TODAY, { limit: 3, offset: 0 }),
        await shown({}, TODAY, { limit: 3, offset: 3 }),
      ];
      expect(pages.map(({ total }) => total)).toEqual([4, 4]);
      expect(pages.flatMap(({ lines }) => lines)).toEqual(whole.lines);
    });

    it('one by one are found until they end', async () => {
      const [line] = (await reads.roleLines({ delegatedBy: head }, TODAY, ALL)).lines;
      const id = line?.id ?? 0;
      expect(await reads.roleLine(id, '2024-07-31')).toEqual(line);
      expect(await reads.roleLine(id, '2024-08-01')).toBeNull();
    });
  });
});
