import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import { pledge } from '../../../src/db/schema.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedReport } from '../../support/report-rows.ts';
import { seedPerson, seedRoom, seedUnit } from '../../support/seed.ts';

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let unitId: number;
  let other: number;
  let author: number;
  let head: number;

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    unitId = await seedUnit(db, { nameVi: 'Viện Á' });
    other = await seedUnit(db, { nameVi: 'Đoàn Thanh niên' });
    author = await seedPerson(db, { unitId, name: 'Trần Thuỷ' });
    head = await seedPerson(db, { unitId, roles: [{ role: 'head', unitId }] });
    await db.drizzle.insert(pledge).values({
      campaign: 'test',
      unitId,
      version: 2,
      text: 'Phấn đấu',
      targets: { 'cn.2': 4 },
      registeredBy: author,
      registeredAt: '2024-04-01T02:00:00Z',
      changedAt: '2024-04-02T02:00:00.5Z',
    });
  });

  it('a pledge is its unit’s in that campaign', async () => {
    expect(await reads.pledge('test', unitId)).toEqual({
      unitId,
      version: 2,
      text: 'Phấn đấu',
      targets: { 'cn.2': 4 },
      byName: 'Trần Thuỷ',
      registeredAt: '2024-04-01T02:00:00Z',
      changedAt: '2024-04-02T02:00:00.5Z',
    });
    expect(await reads.pledge('another', unitId)).toBeNull();
    expect(await reads.pledge('test', other)).toBeNull();
  });

  it('its progress counts the unit’s verified reports of the campaign by item', async () => {
    const verified = { authorId: author, unitId, status: 'verified', decidedBy: head } as const;
    expect(await reads.verifiedByItem('test', unitId)).toEqual({});
    await seedReport(db, verified);
    await seedReport(db, verified);
    await seedReport(db, { ...verified, item: 'cn.5' });
    await seedReport(db, { ...verified, campaign: 'another' });
    await seedReport(db, { ...verified, unitId: other });
    await seedReport(db, { authorId: author, unitId });
    expect(await reads.verifiedByItem('test', unitId)).toEqual({ 'cn.2': 2, 'cn.5': 1 });
  });

  it('all units of the day are listed by the alphabet, with whether they have registered', async () => {
    await seedUnit(db, { nameVi: 'Ban cũ', validTo: '2024-04-01' });
    const listed = await reads.unitsPledging('test', '2024-04-05');
    expect(listed.map(({ unit, registered }) => [unit.nameVi, registered])).toEqual([
      ['Đoàn Thanh niên', false],
      ['Viện Á', true],
    ]);
    const elsewhere = await reads.unitsPledging('another', '2024-04-05');
    expect(elsewhere.map(({ registered }) => registered)).toEqual([false, false]);
  });

  it('a unit’s groups are those it is linked to and the bot is in', async () => {
    const at = (chat: string) => ({ platform: 'test', tenant: '1', chat });
    await seedRoom(db, at('a'), { unitId, thread: '7' });
    await seedRoom(db, at('b'), { unitId, leftAt: '2024-04-01T00:00:00Z' });
    await seedRoom(db, at('c'), { unitId: other });
    expect(await reads.roomsOf(unitId)).toEqual([{ ...at('a'), thread: '7' }]);
  });
});
