import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedAccount, seedPerson, seedUnit } from '../../support/seed.ts';

const TODAY = '2024-07-05';
const account = (user: string, platform = 'telegram') => ({ platform, tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let here: number;
  let there: number;
  const id: Record<string, number> = {};

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    here = await seedUnit(db, { code: 'vien-triet-hoc', nameVi: 'Viện Triết học' });
    there = await seedUnit(db, {
      code: 'tct-ba-ria-vung-tau',
      nameVi: 'Trường Chính trị tỉnh Bà Rịa - Vũng Tàu',
    });
    await seedUnit(db, { code: 'vien-cu', nameVi: 'Viện Cũ', validTo: '2024-07-05' });
    for (const name of ['Trần Thị Thuỷ', 'Lê Thủy', 'Nguyễn Thúy An', 'Đặng Thu Ba', 'Đỗ Bá Bạn']) {
      id[name] = await seedPerson(db, { name, unitId: here });
    }
    id.other = await seedPerson(db, { name: 'Phạm Thuỷ', unitId: there, phone: '84540000001' });
    id.gone = await seedPerson(db, { name: 'Hồ Thuỷ', phone: '84540000001' });
    await db.query(
      `insert into membership (person_id, unit_id, audience, valid_from, valid_to)
       values ($1::int, $2::int, 'staff', '2024-01-01', '2024-07-05')`,
      [id.gone ?? 0, here],
    );
  });

  const find = async (query: string, unitId: number | null = here, limit = 9) =>
    (await reads.findPeople(query, { unitId, on: TODAY, limit })).map((hit) => hit.name);

  describe('people by name', () => {
    it('are found without marks, by the beginnings of words in any order, given names in order', async () => {
      expect(await find('thuy')).toEqual(['Nguyễn Thúy An', 'Lê Thủy', 'Trần Thị Thuỷ']);
      expect(await find('thuy tr')).toEqual(['Trần Thị Thuỷ']);
      expect(await find('DANG')).toEqual(['Đặng Thu Ba']);
      expect(await find('uy')).toEqual([]);
    });

    it('come with the exact marks first', async () => {
      expect(await find('thủy')).toEqual(['Lê Thủy', 'Trần Thị Thuỷ', 'Nguyễn Thúy An']);
      expect(await find('bạn')).toEqual(['Đỗ Bá Bạn']);
      expect(await find('ba')).toEqual(['Đặng Thu Ba', 'Đỗ Bá Bạn']);
    });

    it('are of the unit only, or of all; someone who left is in none', async () => {
      expect(await find('thuy', there)).toEqual(['Phạm Thuỷ']);
      expect(await find('thuy', null)).toHaveLength(4);
      expect(await find('ho thuy', null)).toEqual([]);
    });

    it('are as many as asked for, none for a blank or hostile query', async () => {
      expect(await find('thuy', null, 2)).toHaveLength(2);
      for (const query of ['', '  ', '%', '_', '\\', "'; drop table person; --", '\u0000x']) {
        expect(await find(query.replace('\u0000', '%'), null)).toEqual([]);
      }
    });

    it('are taken when they have an account, wherever it is', async () => {
      const personId = id['Lê Thủy'] ?? 0;
      const found = async () =>
        (await reads.findPeople('lê thủy', { unitId: null, on: TODAY, limit: 1 }))[0];
      expect(await found()).toMatchObject({ taken: false, unit: { id: here } });
      await seedAccount(db, account('U9', 'slack'), { personId });
      expect(await found()).toMatchObject({ id: personId, exact: true, taken: true });
    });
  });

  it('finds the person with an e-mail, only one still here', async () => {
    await db.query('update person set email = $1::text where id = $2::int', [
      'thuy.pham@hcma.vn',
      id.other ?? 0,
    ]);
    await db.query('update person set email = $1::text where id = $2::int', [
      'thuy.ho@hcma.vn',
      id.gone ?? 0,
    ]);
    expect(await reads.personByEmail('thuy.pham@hcma.vn', TODAY)).toMatchObject({
      id: id.other,
      taken: false,
      conversation: 0,
      unit: { id: there },
    });
    expect(await reads.personByEmail('thuy.ho@hcma.vn', TODAY)).toBeNull();
    expect(await reads.personByEmail('thuy.ho@hcma.vn', '2024-07-04')).toMatchObject({
      id: id.gone,
    });
    expect(await reads.personByEmail('ai@hcma.vn', TODAY)).toBeNull();
  });

  it('finds a person by the staff code, as written or in small letters, only those still here', async () => {
    const unitId = await seedUnit(db, {});
    const coded = await seedPerson(db, { unitId, code: 'VT-07' });
    await seedPerson(db, { code: 'VT-08' });
    for (const code of ['VT-07', 'vt-07', ' VT-07 '])
      expect(await reads.personByCode(code, TODAY)).toMatchObject({
        id: coded,
        unit: { id: unitId },
        exact: true,
      });
    for (const code of ['VT-08', 'VT-0', '', "'"])
      expect(await reads.personByCode(code, TODAY)).toBeNull();
  });

  it('lists a person’s accounts, the one used last first, and what was chosen', async () => {
    const personId = await seedPerson(db, { preferredPlatform: 'slack' });
    expect(await reads.accountsOf(personId)).toEqual({ preferred: 'slack', accounts: [] });
    await seedAccount(db, account('51'), { personId, consentedAt: '2024-03-01T08:30:00Z' });
    await seedAccount(db, account('U51', 'slack'), {
      personId,
      displayName: 'An Nguyễn',
      seenAt: '2024-07-01T00:00:00Z',
      unreachableSince: '2024-07-02T00:00:00Z',
    });
    expect(await reads.accountsOf(personId)).toEqual({
      preferred: 'slack',
      accounts: [
        {
          identity: account('U51', 'slack'),
          displayName: 'An Nguyễn',
          since: '2024-01-01T00:00:00Z',
          address: null,
        },
        {
          identity: account('51'),
          displayName: 'Account 51',
          since: '2024-03-01T08:30:00Z',
          address: { platform: 'telegram', tenant: '1', chat: '51' },
        },
      ],
    });
    expect(await reads.accountsOf(999_999)).toEqual({ preferred: null, accounts: [] });
  });

  it('finds people by a phone however it is written, only those still here', async () => {
    for (const phone of ['84540000001', '+84 540 000 001', '0540000001']) {
      const hits = await reads.peopleByPhone(phone, TODAY);
      expect(hits).toMatchObject([{ id: id.other, taken: false, unit: { id: there } }]);
    }
    expect(await reads.peopleByPhone('0540000002', TODAY)).toEqual([]);
    expect(await reads.peopleByPhone('không có', TODAY)).toEqual([]);
  });

  describe('a person', () => {
    it('has a unit and roles as of the day', async () => {
      const personId = await seedPerson(db, {
        name: 'Vũ Lan',
        unitId: here,
        audience: 'student',
        roles: [{ role: 'office' }, { role: 'head', unitId: here }],
        since: '2024-07-01',
      });
      expect(await reads.person(personId, TODAY)).toMatchObject({
        id: personId,
        name: 'Vũ Lan',
        language: 'vi',
        membership: { unit: { id: here, code: 'vien-triet-hoc' }, audience: 'student' },
        grants: [
          { role: 'office', unitId: null },
          { role: 'head', unitId: here },
        ],
      });
      expect(await reads.person(personId, '2024-06-30')).toMatchObject({
        membership: null,
        grants: [],
      });
    });

    it('may be unknown', async () => {
      expect(await reads.person(999_999, TODAY)).toBeNull();
    });
  });

  describe('units', () => {
    it('are found by code while they exist', async () => {
      expect(await reads.unitByCode(' Vien-Triet-Hoc ', TODAY)).toMatchObject({ id: here });
      expect(await reads.unitByCode('vien-cu', '2024-07-04')).not.toBeNull();
      expect(await reads.unitByCode('vien-cu', TODAY)).toBeNull();
      expect(await reads.unitByCode('khong-co', TODAY)).toBeNull();
    });

    it('are found by words of the name without marks, the code itself first', async () => {
      const codes = async (query: string, limit = 9) =>
        (await reads.findUnits(query, TODAY, limit)).map((unit) => unit.code);
      expect(await codes('ba ria vung')).toEqual(['tct-ba-ria-vung-tau']);
      expect(await codes('triết')).toEqual(['vien-triet-hoc']);
      expect(await codes('TCT-ba-ria-vung-tau')).toEqual(['tct-ba-ria-vung-tau']);
      expect(await codes('vien cu')).toEqual([]);
      expect(await codes('%')).toEqual([]);
      expect(await codes('')).toEqual([]);
      expect(await codes('t', 1)).toHaveLength(1);
    });

    it('come by id in the order asked for', async () => {
      expect((await reads.units([there, 999_999, here])).map((u) => u.id)).toEqual([there, here]);
    });
  });
});
