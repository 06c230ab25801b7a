/** Leave to report late in the database: what is found, and what the command line does. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXIT, languageOf, runAdmin } from '../../src/admin/program.ts';
import type { Message } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { createReads } from '../../src/db/reads/index.ts';
import { lateLeave } from '../../src/db/schema.ts';
import type { Reads } from '../../src/engine/reads.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { readable } from '../support/conversation.ts';
import { eachDatabase, testDatabase } from '../support/database.ts';
import { seedPerson, seedUnit } from '../support/seed.ts';

const texts = loadTexts();
const CAMPAIGN = '75-nam';
const account = (user: string) => ({ platform: 'telegram', tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let unitId: number;
  let author: number;

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    unitId = await seedUnit(db, { code: 'vien-a', nameVi: 'Viện Á' });
    author = await seedPerson(db, { unitId, name: 'Trần Thuỷ' });
  });
  beforeEach(() => db.query('truncate late_leave'));

  const give = async (
    of: { unitId?: number; personId?: number },
    validTo: string,
    campaign = CAMPAIGN,
  ) =>
    db.drizzle.insert(lateLeave).values({
      campaign,
      ...of,
      validTo,
      givenBy: null,
      givenAt: '2025-01-11T02:00:00Z',
    });

  it('of the person or the unit, whichever lasts longer, to its last day', async () => {
    const of = { personId: author, unitId };
    expect(await reads.leaveOf(CAMPAIGN, of, '2025-01-12')).toBeNull();
    await give({ personId: author }, '2025-01-15');
    await give({ unitId }, '2025-01-20');
    expect(await reads.leaveOf(CAMPAIGN, of, '2025-01-12')).toBe('2025-01-20');
    expect(await reads.leaveOf(CAMPAIGN, { ...of, unitId: null }, '2025-01-14')).toBe('2025-01-15');
    expect(await reads.leaveOf(CAMPAIGN, { ...of, unitId: null }, '2025-01-15')).toBeNull();
    expect(await reads.leaveOf('another', of, '2025-01-12')).toBeNull();
    const stranger = await seedPerson(db, {});
    const theirs = { personId: stranger, unitId: null };
    expect(await reads.leaveOf(CAMPAIGN, theirs, '2025-01-12')).toBeNull();
  });

  it('are listed while they hold: units, then people, by the alphabet', async () => {
    const second = await seedUnit(db, { nameVi: 'Đoàn Thanh niên' });
    const ended = await seedUnit(db, { nameVi: 'Ban' });
    await give({ personId: author }, '2025-01-20');
    await give({ unitId }, '2025-01-20');
    await give({ unitId: second }, '2025-01-20');
    await give({ unitId: ended }, '2025-01-12');
    const listed = await reads.lateLeaves(CAMPAIGN, '2025-01-12');
    expect(listed.map(({ unit, person }) => unit?.nameVi ?? person?.name)).toEqual([
      'Đoàn Thanh niên',
      'Viện Á',
      'Trần Thuỷ',
    ]);
    expect(listed[2]).toMatchObject({ unit: null, validTo: '2025-01-20', givenByName: null });
    expect(await reads.lateLeave(listed[0]?.id ?? 0)).toEqual(listed[0]);
    const over = await reads.lateLeaveFor(CAMPAIGN, { unitId: ended, personId: null });
    expect(over?.validTo).toBe('2025-01-12');
    expect(await reads.lateLeaveFor(CAMPAIGN, { unitId: null, personId: 999 })).toBeNull();
  });

  it('is one for a unit and one for a person', async () => {
    await give({ unitId }, '2025-01-20');
    await expect(give({ unitId }, '2025-01-22')).rejects.toThrow();
    await expect(give({}, '2025-01-22')).rejects.toThrow();
    await expect(give({ unitId, personId: author }, '2025-01-22')).rejects.toThrow();
  });

  it('who files for a unit are its head, deputies and reporters of that day', async () => {
    const own = await seedUnit(db, {});
    const head = await seedPerson(db, { unitId: own, roles: [{ role: 'head', unitId: own }] });
    const deputy = await seedPerson(db, { roles: [{ role: 'deputy', unitId: own }] });
    await seedPerson(db, { unitId: own });
    await seedPerson(db, { roles: [{ role: 'office' }] });
    const reporter = await seedPerson(db, { unitId: own });
    await db.query(
      `insert into "grant" (person_id, role, unit_id, valid_from) values ($1::int, 'reporter', $2::int, '2025-01-01')`,
      [reporter, own],
    );
    const ids = async (on: string) =>
      (await reads.filersOf(own, on)).map(({ personId }) => personId);
    expect(await ids('2025-01-12')).toEqual([head, deputy, reporter]);
    expect(await ids('2024-12-31')).toEqual([head, deputy]);
  });
});

describe('the command line', () => {
  let db: Database;

  beforeAll(async () => {
    db = await testDatabase();
    const unitId = await seedUnit(db, { code: 'vien-a', nameVi: 'Viện Á', nameEn: 'Institute A' });
    await seedPerson(db, { unitId, roles: [{ role: 'head', unitId }], account: account('1') });
    await seedPerson(db, { unitId, code: 'CB-77', name: 'Trần Thuỷ', account: account('2') });
  });

  async function admin(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runAdmin(args, {
      env: {},
      say: texts[languageOf(args)],
      now: () => Temporal.Instant.from('2025-01-13T03:00:00Z'),
      open: async () => ({ ...db, close: async () => {} }),
      out: (line) => out.push(line),
      err: (line) => err.push(line),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const told = async () => {
    const rows = await db.query<{ lane: string; message: Message }>(
      'select lane, message from outbox order by id',
    );
    await db.query('truncate outbox cascade');
    return rows.map(({ lane, message }) => `${lane}: ${readable(message)}`);
  };

  it('gives leave to a unit and a person, and tells them', async () => {
    expect(await admin('late', 'list')).toMatchObject({ code: EXIT.done });
    const unit = await admin('late', 'allow', 'VIEN-A', '--until', '20/01/2025');
    expect(unit).toEqual({
      code: EXIT.done,
      out: 'Đã gia hạn cho Viện Á đến hết ngày 20/01/2025.',
      err: '',
    });
    expect(await told()).toEqual([
      expect.stringMatching(/^telegram:1:1: .*gia hạn cho Viện Á gửi báo cáo đến hết ngày 20\/01/),
    ]);
    await admin('late', 'allow', 'cb-77', '--until', '2025-01-16');
    expect(await told()).toEqual([expect.stringMatching(/^telegram:1:2: .*gia hạn cho đồng chí/)]);
    const list = await admin('late', 'list', '--lang', 'en');
    expect(list.out.split('\n')).toEqual([
      'Institute A: until 20 January 2025',
      'Trần Thuỷ: until 16 January 2025',
    ]);
    const [row] = await db.query('select actor, action, details from audit order by id limit 1');
    expect(row).toEqual({
      actor: 'admin',
      action: 'late.allowed',
      details: { validTo: '2025-01-21' },
    });
  });

  it('moves an end, and ends it today', async () => {
    await admin('late', 'allow', 'vien-a', '--until', '25/01/2025');
    expect((await admin('late', 'list')).out).toContain('Viện Á: đến hết ngày 25/01/2025');
    await told();
    const ended = await admin('late', 'end', 'vien-a');
    expect(ended.out).toBe('Đã kết thúc việc gia hạn cho Viện Á.');
    expect(await told()).toEqual([expect.stringContaining('kết thúc việc gia hạn cho Viện Á')]);
    expect((await admin('late', 'list')).out).not.toContain('Viện Á');
    const again = await admin('late', 'end', 'vien-a');
    expect(again).toMatchObject({ code: EXIT.refused, err: 'Viện Á hiện không được gia hạn.' });
    expect(await told()).toEqual([]);
  });

  it('says the campaign’s stages and dates when its file is checked', async () => {
    const { out } = await admin('campaign', 'check');
    expect(out).toContain('Giai đoạn 2 (tổng kết): 01/08/2024 – 31/12/2024');
    expect(out).toContain('Nhận báo cáo đến hết ngày 10/01/2025');
    expect(out).toContain('đăng ký thi đua đến hết ngày 15/04/2024');
    expect(out).toContain('reports are refused without leave');
  });

  it('refuses codes nobody has and days that mean nothing', async () => {
    const refused = async (...args: string[]) => (await admin('late', 'allow', ...args)).err;
    expect(await refused('khong-co', '--until', '20/01/2025')).toContain('khong-co');
    expect(await refused('vien-a', '--until', '12/01/2025')).toContain('đã qua');
    expect(await refused('vien-a', '--until', '09/01/2025')).toContain('10/01/2025');
    expect(await refused('vien-a', '--until', '32/01/2025')).toContain('32/01/2025');
    expect(await refused('vien-a')).toContain('--until');
  });
});
