/** Reads of unit's reports, reports entered for others, and remarks. */
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import { remark } from '../../../src/db/schema.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { computeWeek } from '../../../src/standings/score.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedReport } from '../../support/report-rows.ts';
import { seedPerson, seedUnit } from '../../support/seed.ts';
import { campaign } from '../../support/standings-week.ts';

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let unitId: number;
  let reporter: number;
  let author: number;
  let head: number;
  let collective: number;
  let entered: number;

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    unitId = await seedUnit(db);
    reporter = await seedPerson(db, { unitId, name: 'Nguyễn Hà' });
    author = await seedPerson(db, { unitId, name: 'Vũ Thế Già' });
    head = await seedPerson(db, { unitId, name: 'Trần Quang' });
    const by = { authorId: reporter, unitId };
    await seedReport(db, { ...by, item: 'rt.1', kind: 'personal' });
    collective = await seedReport(db, {
      ...by,
      item: 'rt.1',
      kind: 'collective',
      signedBy: head,
      signedAt: '2024-07-05T03:00:00Z',
      sources: { title: 'telegram:1:2:3' },
    });
    entered = await seedReport(db, {
      authorId: author,
      unitId,
      item: 'talk',
      filedBy: reporter,
      sources: { title: 'telegram:1:2:4' },
    });
  });

  const first = { limit: 5, offset: 0 };

  it('lists a person’s own work, the unit’s and what was entered for others apart', async () => {
    const of = async (personId: number, part?: 'own' | 'unit' | 'for') =>
      (await reads.reportsOf(personId, first, part)).lines.map(({ id }) => id);
    expect(await of(reporter, 'unit')).toEqual([collective]);
    expect(await of(reporter, 'for')).toEqual([entered]);
    expect(await of(reporter)).not.toContain(collective);
    expect(await of(author)).toEqual([entered]);
    expect(await of(author, 'for')).toEqual([]);
    const [line] = (await reads.reportsOf(reporter, first, 'unit')).lines;
    expect(line?.collective?.signed).toBe(true);
    expect(await reads.ownParts(reporter, 'test')).toEqual({ unit: 1, for: 1, remarks: 0 });
  });

  it('finds a message’s report for who entered it too', async () => {
    const found = async (personId: number, message: string) =>
      (await reads.reportBySource(personId, message))?.report.id;
    expect(await found(reporter, 'telegram:1:2:3')).toBe(collective);
    expect(await found(reporter, 'telegram:1:2:4')).toBe(entered);
    expect(await found(author, 'telegram:1:2:4')).toBe(entered);
    expect(await found(head, 'telegram:1:2:4')).toBeUndefined();
  });

  it('finds the unit’s report of an item in a stage, whoever filed it; no person’s', async () => {
    const july = { from: '2024-07-01', to: '2024-07-31' };
    expect(await reads.standingUnitReport(unitId, 'rt.1', july, null)).toBe(collective);
    expect(await reads.standingUnitReport(unitId, 'rt.1', july, collective)).toBeNull();
    const august = { from: '2024-08-01', to: '2024-12-31' };
    expect(await reads.standingUnitReport(unitId, 'rt.1', august, null)).toBeNull();
    expect(await reads.standingUnitReport(unitId, 'talk', july, null)).toBeNull();
  });

  it('tells who entered a report that it was returned', async () => {
    const id = await seedReport(db, {
      authorId: author,
      unitId,
      filedBy: reporter,
      status: 'returned',
      decidedBy: head,
    });
    const returned = async (personId: number) =>
      (await reads.awaitedOf(personId, 3)).returned.lines.map((line) => line.id);
    expect(await returned(reporter)).toEqual([id]);
    expect(await returned(author)).toEqual([id]);
    expect(await returned(head)).toEqual([]);
  });

  it('counts a verified collective report for the unit and for nobody', async () => {
    const week = '2024-08-05';
    const verified = { status: 'verified', decidedBy: head, week, documents: ['1/QĐ'] } as const;
    const signed = { signedBy: author, signedAt: '2024-08-05T03:00:00Z' };
    const id = await seedReport(db, {
      ...verified,
      ...signed,
      authorId: reporter,
      unitId,
      item: 'talk',
      kind: 'collective',
    });
    const data = await reads.unitWeek(week, 'test');
    expect(data.reports).toMatchObject([{ id, kind: 'collective', author: { unitId } }]);
    const standings = computeWeek(data, campaign);
    expect(standings.people).toEqual([]);
    expect(standings.units.find((u) => u.unitId === unitId)).toMatchObject({
      points: 0,
      collective: 10,
    });
  });

  it('lists remarks that stand, of a person or of units, latest first', async () => {
    const write = async (personId: number | null, withdrawnAt: string | null = null) => {
      const id = await reads.nextRemarkNumber();
      await db.drizzle.insert(remark).values({
        id,
        campaign: 'test',
        item: 'conduct',
        unitId,
        personId,
        text: `Nhận xét ${id}`,
        byId: head,
        at: '2024-07-05T03:00:00Z',
        withdrawnAt,
      });
      return id;
    };
    const older = await write(author);
    await write(author, '2024-07-06T03:00:00Z');
    const ofUnit = await write(null);
    const idsOf = async (...args: Parameters<Reads['remarksOf']>) =>
      (await reads.remarksOf(...args)).lines.map(({ id }) => id);
    expect(await idsOf({ personId: author }, 'test', first)).toEqual([older]);
    expect(await idsOf({ unitIds: [unitId] }, 'test', first)).toEqual([ofUnit, older]);
    expect(await idsOf({ unitIds: [unitId] }, 'test', { limit: 1, offset: 1 })).toEqual([older]);
    expect(await idsOf({ unitIds: [] }, 'test', first)).toEqual([]);
    expect(await idsOf({ personId: author }, 'another', first)).toEqual([]);
    expect((await reads.ownParts(author, 'test')).remarks).toBe(1);
    expect(await reads.remark(older)).toMatchObject({
      person: { id: author, name: 'Vũ Thế Già' },
      by: { name: 'Trần Quang' },
      unit: { id: unitId },
      withdrawnAt: null,
    });
  });
});
