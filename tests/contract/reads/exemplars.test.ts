/** What exemplars ask the database, and the rules its constraints hold. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { exemplarReads } from '../../../src/db/reads/exemplars.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedReport } from '../../support/report-rows.ts';
import { seedPerson, seedUnit } from '../../support/seed.ts';

const PAGE = { limit: 8, offset: 0 };
const NOTHING = { all: false, approved: false, authorId: 0, unitIds: [] };

eachDatabase((open) => {
  let db: Database;
  let unitId: number;
  let otherUnit: number;
  let author: number;
  let head: number;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('truncate unit, person cascade');
    unitId = await seedUnit(db, { nameVi: 'Viện Triết học' });
    otherUnit = await seedUnit(db);
    author = await seedPerson(db, { unitId, name: 'Nguyễn Hà' });
    head = await seedPerson(db, { name: 'Trần Quang', roles: [{ role: 'head', unitId }] });
  });

  /** @returns the exemplar's id, its report's being the same plus 5000 */
  async function seed(
    status: string,
    values: { of?: number; unit?: number; collective?: boolean; campaign?: string } = {},
  ): Promise<number> {
    const id = await exemplarReads(db).nextExemplarNumber();
    await seedReport(db, {
      id: 5000 + id,
      authorId: values.of ?? author,
      unitId: values.unit ?? unitId,
      status: 'verified',
      decidedBy: head,
      ...(values.collective && {
        kind: 'collective',
        signedBy: await seedPerson(db),
        signedAt: '2024-07-05T03:00:00Z',
      }),
    });
    const agreed = status === 'consented' || status === 'approved';
    await db.query(
      `insert into exemplar (id, campaign, report_id, citation, status, version, nominated_by,
         nominated_at, consented_at, consented_by)
       values ($1::int, $2::text, $3::int, 'Lời giới thiệu', $4::text, 1, $5::int,
         '2024-07-06T02:00:00Z', $6::timestamptz, $7::int)`,
      [
        id,
        values.campaign ?? 'test',
        5000 + id,
        status,
        head,
        agreed ? '2024-07-07T02:00:00Z' : null,
        agreed ? author : null,
      ],
    );
    return id;
  }

  describe('one exemplar', () => {
    it('comes with its report, author, unit and steps', async () => {
      const id = await seed('consented');
      expect(await exemplarReads(db).exemplar(id)).toEqual({
        id,
        reportId: 5000 + id,
        kind: 'personal',
        title: `Báo cáo ${5000 + id}`,
        author: { id: author, name: 'Nguyễn Hà' },
        unit: expect.objectContaining({ id: unitId, nameVi: 'Viện Triết học' }),
        filedBy: null,
        status: 'consented',
        version: 1,
        citation: 'Lời giới thiệu',
        nominatedBy: { id: head, name: 'Trần Quang' },
        nominatedAt: '2024-07-06T02:00:00Z',
        consentedAt: '2024-07-07T02:00:00Z',
        evidence: false,
        decidedBy: null,
        decidedAt: null,
        withdrawnAt: null,
        reason: null,
      });
      expect(await exemplarReads(db).exemplar(id + 1)).toBeNull();
    });

    it('of a report is the one that still stands', async () => {
      const gone = await seed('declined');
      expect(await exemplarReads(db).liveExemplar(5000 + gone)).toBeNull();
      const stands = await seed('approved');
      expect(await exemplarReads(db).liveExemplar(5000 + stands)).toMatchObject({ id: stands });
    });

    it('stands once for each report, and never without a consent', async () => {
      const id = await seed('nominated');
      await expect(
        db.query(
          `insert into exemplar (campaign, report_id, citation, status, version, nominated_by, nominated_at)
           values ('test', $1::int, 'x', 'nominated', 1, $2::int, now())`,
          [5000 + id, head],
        ),
      ).rejects.toThrow();
      await expect(
        db.query(`update exemplar set status = 'approved' where id = $1::int`, [id]),
      ).rejects.toThrow();
    });
  });

  describe('the list', () => {
    it('holds what the reader may see, and no more', async () => {
      const elsewhere = await seedPerson(db, { unitId: otherUnit });
      const own = await seed('declined');
      const approved = await seed('approved', { of: elsewhere, unit: otherUnit });
      const waiting = await seed('consented');
      const asked = await seed('nominated', { of: elsewhere, unit: otherUnit });
      await seed('approved', { campaign: 'another' });
      const ids = async (scope: object) =>
        (await exemplarReads(db).exemplars('test', { ...NOTHING, ...scope }, PAGE)).lines.map(
          (line) => line.id,
        );
      expect(await ids({ all: true })).toEqual([waiting, asked, approved, own]);
      expect(await ids({ approved: true })).toEqual([approved]);
      expect(await ids({ authorId: author })).toEqual([waiting, own]);
      expect(await ids({ unitIds: [otherUnit] })).toEqual([asked, approved]);
      expect(await ids({ approved: true, unitIds: [unitId] })).toEqual([waiting, approved, own]);
      expect(await ids({})).toEqual([]);
      const second = await exemplarReads(db).exemplars(
        'test',
        { ...NOTHING, all: true },
        { limit: 2, offset: 2 },
      );
      expect(second).toMatchObject({ total: 4, lines: [{ id: approved }, { id: own }] });
    });

    it('of the office’s queue leaves out what is of its own making', async () => {
      const waiting = await seed('consented');
      const later = await seed('consented');
      await seed('nominated');
      const reads = exemplarReads(db);
      expect(await reads.exemplarsToDecide('test', head, 1)).toMatchObject({
        total: 2,
        lines: [{ id: waiting }],
      });
      expect((await reads.exemplarsToDecide('test', head, 5)).lines.map(({ id }) => id)).toEqual([
        waiting,
        later,
      ]);
      expect(await reads.exemplarsToDecide('test', author, 5)).toEqual({ total: 0, lines: [] });
    });

    it('is counted by whose work it is', async () => {
      await seed('approved');
      await seed('approved');
      await seed('approved', { collective: true });
      await seed('consented');
      expect(await exemplarReads(db).exemplarCounts('test')).toEqual({
        personal: 2,
        collective: 1,
      });
      expect(await exemplarReads(db).exemplarCounts('none')).toEqual({
        personal: 0,
        collective: 0,
      });
    });
  });
});
