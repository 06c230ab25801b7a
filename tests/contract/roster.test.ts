import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readRosterFile } from '../../src/admin/roster-file.ts';
import type { Database } from '../../src/db/database.ts';
import { importRoster } from '../../src/db/roster.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import type { Cell } from '../../src/people/roster.ts';
import { SAMPLE_ROSTER } from '../../src/people/sample-roster.ts';
import { eachDatabase } from '../support/database.ts';
import { seedUnit } from '../support/seed.ts';

const HEAD = [
  'Mã cán bộ',
  'Họ và tên',
  'Đơn vị',
  'Đối tượng',
  'Chức vụ',
  'Email',
  'Từ ngày',
  'Đến ngày',
  'Lớp',
];
const SAMPLE_UNITS = [
  'ban-tdkt',
  'vien-triet-hoc',
  'van-phong',
  'hv-bctt',
  'tct-nghe-an',
  'tct-thanh-hoa',
  'vu-cac-tct',
  'vu-qldt',
  'vu-khtc',
];
const NOW = '2024-07-05T02:00:00Z';
const TODAY = '2024-07-05';

interface Row {
  readonly code?: string;
  readonly name?: string;
  readonly unit?: string;
  readonly audience?: string;
  readonly role?: string;
  readonly email?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cohort?: string;
}

eachDatabase((open) => {
  let db: Database;

  beforeAll(async () => {
    db = await open();
    await seedUnit(db, { code: 'u1', nameVi: 'Viện Một' });
    await seedUnit(db, { code: 'u2', nameVi: 'Viện Hai' });
    await seedUnit(db, { code: 'cu', nameVi: 'Viện Cũ', validTo: '2024-06-01' });
    for (const code of ['trung-1', 'trung-2']) await seedUnit(db, { code, nameVi: 'Khoa Trùng' });
    for (const code of SAMPLE_UNITS) await seedUnit(db, { code, nameVi: code });
  });

  beforeEach(async () => {
    for (const table of ['audit', '"grant"', 'membership', 'person']) {
      await db.query(`delete from ${table}`);
    }
  });

  const load = (rows: readonly Row[], on = TODAY) => {
    const sheet: Cell[][] = rows.map((r) => [
      r.code ?? 'A1',
      r.name ?? 'Trần An',
      r.unit ?? 'u1',
      r.audience ?? 'cán bộ',
      r.role ?? '',
      r.email ?? '',
      r.from ?? '',
      r.to ?? '',
      r.cohort ?? '',
    ]);
    return importRoster(db, [HEAD, ...sheet], { on, now: NOW });
  };
  const loaded = async (rows: readonly Row[], on = TODAY) => {
    const outcome = await load(rows, on);
    expect(outcome).toMatchObject({ ok: true });
    return outcome.ok ? outcome.summary : null;
  };
  const faults = async (rows: readonly Row[], on = TODAY) => {
    const outcome = await load(rows, on);
    return outcome.ok ? [] : outcome.problems.map(({ row, key }) => `${row} ${key}`);
  };
  const spans = async () =>
    (
      await db.query<{ line: string }>(
        `select p.code || ' ' || u.code || ' ' || m.audience || ' ' || m.valid_from || ' ' ||
           coalesce(m.valid_to::text, '-') as line
         from membership m join person p on p.id = m.person_id join unit u on u.id = m.unit_id
         order by p.code, m.valid_from`,
      )
    ).map((row) => row.line);
  const roles = async () =>
    (
      await db.query<{ line: string }>(
        `select p.code || ' ' || g.role || ' ' || coalesce(u.code, '*') || ' ' || g.valid_from ||
           ' ' || coalesce(g.valid_to::text, '-') as line
         from "grant" g join person p on p.id = g.person_id left join unit u on u.id = g.unit_id
         order by p.code, g.valid_from, g.role`,
      )
    ).map((row) => row.line);
  const audit = async () =>
    (await db.query<{ action: string }>('select action from audit order by id')).map(
      (r) => r.action,
    );
  const nothing = { added: 0, changed: 0, moved: 0, left: 0, rolesGiven: 0, rolesEnded: 0 };

  it('stores people with their units and roles, and says so in the record', async () => {
    const summary = await loaded([
      { role: 'thủ trưởng, thường trực hội đồng', email: 'An@X.vn', from: '01/02/2024' },
      { code: 'B1', name: 'Lê Bình', unit: 'Viện Hai', audience: 'học viên' },
    ]);
    expect(summary).toEqual({ ...nothing, people: 2, added: 2, rolesGiven: 2, ignored: [] });
    expect(await spans()).toEqual(['A1 u1 staff 2024-02-01 -', `B1 u2 student ${TODAY} -`]);
    expect(await roles()).toEqual(['A1 head u1 2024-02-01 -', 'A1 office * 2024-02-01 -']);
    const [person] = await db.query<{ email: string; name_fold: string }>(
      `select email, name_fold from person where code = 'A1'`,
    );
    expect(person).toEqual({ email: 'an@x.vn', name_fold: 'tran an' });
    expect(await audit()).toEqual([
      'roster.added',
      'roster.role-given',
      'roster.role-given',
      'roster.added',
    ]);
  });

  it('changes nothing the second time, today or later', async () => {
    const rows = [
      { role: 'cấp phó', email: 'an@x.vn', from: '01/02/2024' },
      { code: 'B1', from: '01/01/2024', to: '30/06/2024' },
      { code: 'C1', to: '31/12/2024' },
      { code: 'D1' },
    ];
    await loaded(rows);
    const before = [await spans(), await roles(), await audit()];
    expect(await loaded(rows)).toMatchObject({ ...nothing, people: 4 });
    expect(await loaded(rows, '2024-08-01')).toMatchObject(nothing);
    expect([await spans(), await roles(), await audit()]).toEqual(before);
  });

  it('updates a name and an address, and lets two people swap addresses', async () => {
    await loaded([{ email: 'a@x.vn' }, { code: 'B1', email: 'b@x.vn' }]);
    const summary = await loaded([
      { name: 'Trần Ân', email: 'b@x.vn' },
      { code: 'B1', email: 'a@x.vn' },
    ]);
    expect(summary).toMatchObject({ ...nothing, changed: 2 });
    const people = await db.query('select code, name, email from person order by code');
    expect(people).toEqual([
      { code: 'A1', name: 'Trần Ân', email: 'b@x.vn' },
      { code: 'B1', name: 'Trần An', email: 'a@x.vn' },
    ]);
  });

  it('leaves alone what the file has no column for, and people it does not name', async () => {
    await loaded([{ email: 'a@x.vn', role: 'thủ trưởng' }, { code: 'B1' }]);
    const short = [
      ['Mã', 'Họ tên', 'Đơn vị', 'Đối tượng'],
      ['A1', 'Trần An', 'u1', 'cán bộ'],
    ];
    const outcome = await importRoster(db, short, { on: '2024-08-01', now: NOW });
    expect(outcome).toMatchObject({ ok: true, summary: nothing });
    expect(await roles()).toHaveLength(1);
    expect(await spans()).toHaveLength(2);
  });

  describe('moving', () => {
    it('closes the old membership and its role on the day the new one begins', async () => {
      await loaded([{ role: 'thủ trưởng', from: '01/01/2024' }]);
      const moved = { unit: 'u2', role: 'cấp phó', from: '01/07/2024' };
      expect(await loaded([moved])).toMatchObject({ moved: 1, rolesGiven: 1, rolesEnded: 1 });
      expect(await spans()).toEqual([
        'A1 u1 staff 2024-01-01 2024-07-01',
        'A1 u2 staff 2024-07-01 -',
      ]);
      expect(await roles()).toEqual([
        'A1 head u1 2024-01-01 2024-07-01',
        'A1 deputy u2 2024-07-01 -',
      ]);
      expect(await loaded([moved])).toMatchObject(nothing);
    });

    it('takes effect on the day of import when no day is written', async () => {
      await loaded([{}], '2024-06-01');
      await loaded([{ audience: 'học viên' }]);
      expect(await spans()).toEqual([
        `A1 u1 staff 2024-06-01 ${TODAY}`,
        `A1 u1 student ${TODAY} -`,
      ]);
    });

    it('on the very day of the first import puts a mistake right', async () => {
      await loaded([{ role: 'thủ trưởng' }]);
      await loaded([{ unit: 'u2', role: 'thủ trưởng' }]);
      expect(await spans()).toEqual([`A1 u2 staff ${TODAY} -`]);
      expect(await roles()).toEqual([`A1 head u2 ${TODAY} -`]);
    });

    it('cannot begin before the current membership or overlap an earlier one', async () => {
      await loaded([{ from: '01/01/2024' }]);
      await loaded([{ unit: 'u2', from: '01/05/2024' }]);
      expect(await faults([{ unit: 'u1', from: '01/03/2024' }])).toEqual([
        '2 roster-from-too-early',
      ]);
      expect(await faults([{ unit: 'u1', from: '01/01/2024' }])).toEqual(['2 roster-overlap']);
      expect(await faults([{ unit: 'u2', from: '01/04/2024' }])).toEqual(['2 roster-overlap']);
    });

    it('may add history before the current membership without touching roles', async () => {
      await loaded([{ role: 'thủ trưởng', from: '01/05/2024' }]);
      await loaded([{ unit: 'u2', from: '01/01/2024', to: '30/04/2024' }]);
      expect(await spans()).toEqual([
        'A1 u2 staff 2024-01-01 2024-05-01',
        'A1 u1 staff 2024-05-01 -',
      ]);
      expect(await roles()).toEqual(['A1 head u1 2024-05-01 -']);
    });
  });

  describe('leaving', () => {
    it('ends membership and roles after the last day, and a later import may bring them back', async () => {
      await loaded([{ role: 'cấp phó', from: '01/01/2024' }]);
      const leaving = { role: 'cấp phó', from: '01/01/2024', to: '31/07/2024' };
      expect(await loaded([leaving])).toMatchObject({ left: 1 });
      expect(await spans()).toEqual(['A1 u1 staff 2024-01-01 2024-08-01']);
      expect(await roles()).toEqual(['A1 deputy u1 2024-01-01 2024-08-01']);
      await loaded([{ from: '01/09/2024' }], '2024-09-01');
      expect(await spans()).toEqual([
        'A1 u1 staff 2024-01-01 2024-08-01',
        'A1 u1 staff 2024-09-01 -',
      ]);
    });

    it('needs a first day when there is none to be known', async () => {
      expect(await faults([{ to: '01/06/2024' }])).toEqual(['2 roster-from-needed']);
    });
  });

  describe('roles', () => {
    it('follow the file on the day of import', async () => {
      await loaded([{ role: 'cấp phó' }], '2024-06-01');
      expect(await loaded([{ role: 'thủ trưởng' }])).toMatchObject({
        rolesGiven: 1,
        rolesEnded: 1,
      });
      expect(await roles()).toEqual([`A1 deputy u1 2024-06-01 ${TODAY}`, `A1 head u1 ${TODAY} -`]);
      await loaded([{}]);
      expect(await roles()).toEqual([`A1 deputy u1 2024-06-01 ${TODAY}`]);
    });

    it('in another unit were given by hand and stay', async () => {
      await loaded([{}], '2024-06-01');
      await db.query(
        `insert into "grant" (person_id, role, unit_id, valid_from)
         select p.id, 'head', u.id, '2024-06-01' from person p, unit u where u.code = 'u2'`,
      );
      await loaded([{ role: 'cấp phó' }]);
      expect(await roles()).toEqual(['A1 head u2 2024-06-01 -', `A1 deputy u1 ${TODAY} -`]);
    });
  });

  it('imports nothing when one row is wrong, and names every wrong row', async () => {
    await loaded([{ code: 'Z1', email: 'z@x.vn' }]);
    const found = await faults([
      {},
      { code: 'B1', unit: 'khong-co' },
      { code: 'C1', unit: 'Khoa Trùng' },
      { code: 'D1', unit: 'cu' },
      { code: 'E1', email: 'Z@x.vn' },
      { code: 'A1' },
      { code: 'F1', audience: '?' },
    ]);
    expect(found).toEqual([
      '3 roster-unit-unknown',
      '4 roster-unit-ambiguous',
      '5 roster-unit-gone',
      '6 roster-email-taken',
      '7 roster-code-twice',
      '8 roster-audience-wrong',
    ]);
    expect(await spans()).toEqual([`Z1 u1 staff ${TODAY} -`]);
    expect(
      await faults([{ code: 'D1', unit: 'cu', from: '01/01/2024', to: '31/05/2024' }]),
    ).toEqual([]);
  });

  it('gives every role a file may name, an overseer’s with its scope', async () => {
    await loaded([
      { role: 'đầu mối; hội đồng; lãnh đạo; theo dõi trường chính trị' },
      { code: 'B1', role: 'Theo dõi học viên, đoàn thể, báo chí, tài chính' },
    ]);
    const held = await db.query<{ line: string }>(
      `select p.code || ' ' || concat_ws(':', g.role, g.scope) || ' ' || (g.unit_id is not null) as line
       from "grant" g join person p on p.id = g.person_id order by line`,
    );
    expect(held.map(({ line }) => line)).toEqual([
      'A1 council false',
      'A1 leadership false',
      'A1 overseer:political_schools false',
      'A1 reporter true',
      'B1 finance false',
      'B1 mobiliser false',
      'B1 overseer:students false',
      'B1 press false',
    ]);
    expect(await loaded([{ code: 'B1', role: 'theo dõi học viên' }])).toMatchObject({
      rolesGiven: 0,
      rolesEnded: 3,
    });
  });

  it('leaves alone what was given in chat, and delegations, while the person stays', async () => {
    await loaded([{ code: 'H1', role: 'thủ trưởng' }, {}]);
    await db.query(
      `insert into "grant" (person_id, role, unit_id, valid_from, valid_to, given_by, delegated_by)
       select a.id, x.role, case when x.role = 'deputy' then u.id end, '${TODAY}',
         x.valid_to::date, case when x.role = 'press' then h.id end,
         case when x.role = 'deputy' then h.id end
       from (values ('press', null), ('deputy', '2024-08-01')) as x(role, valid_to),
         person a, person h, unit u where a.code = 'A1' and h.code = 'H1' and u.code = 'u1'`,
    );
    expect(await loaded([{}], '2024-07-08')).toMatchObject(nothing);
    // A deputy by the roster is one beside the delegation, and stays one after it.
    await loaded([{ role: 'cấp phó' }], '2024-07-09');
    expect(await roles()).toEqual([
      `A1 deputy u1 ${TODAY} 2024-08-01`,
      `A1 press * ${TODAY} -`,
      'A1 deputy u1 2024-07-09 -',
      `H1 head u1 ${TODAY} -`,
    ]);
    await loaded([{ unit: 'u2' }], '2024-07-10');
    expect((await roles()).filter((line) => line.startsWith('A1'))).toEqual([
      `A1 deputy u1 ${TODAY} 2024-07-10`,
      `A1 press * ${TODAY} -`,
      'A1 deputy u1 2024-07-09 2024-07-10',
    ]);
  });

  it('ends with a head’s role the delegations by that head', async () => {
    await loaded([{ code: 'H1', role: 'thủ trưởng' }, {}]);
    await db.query(
      `insert into "grant" (person_id, role, unit_id, valid_from, valid_to, given_by, delegated_by)
       select a.id, 'deputy', u.id, x.day::date, '2024-08-01', h.id, h.id
       from (values ('${TODAY}'), ('2024-07-09')) as x(day), person a, person h, unit u
       where a.code = 'A1' and h.code = 'H1' and u.code = 'u1'`,
    );
    await loaded([{ code: 'H1', role: 'thủ trưởng' }], '2024-07-08');
    expect(await roles()).toHaveLength(3);
    await loaded([{ code: 'H1', role: '' }], '2024-07-09');
    expect(await roles()).toEqual([
      `A1 deputy u1 ${TODAY} 2024-07-09`,
      `H1 head u1 ${TODAY} 2024-07-09`,
    ]);
  });

  it('keeps a student’s class, and puts it right in place', async () => {
    const student = { audience: 'học viên', cohort: 'K70.A1' };
    await loaded([student]);
    const cohorts = async () =>
      (await db.query<{ cohort: string }>('select cohort from membership')).map((r) => r.cohort);
    expect(await cohorts()).toEqual(['K70.A1']);
    expect(await loaded([student], '2024-07-08')).toMatchObject(nothing);
    expect(await loaded([{ ...student, cohort: 'K70.A2' }], '2024-07-08')).toMatchObject({
      moved: 0,
    });
    expect(await cohorts()).toEqual(['K70.A2']);
  });

  it('has a sample that imports', async () => {
    const sheet = await readRosterFile(SAMPLE_ROSTER, loadTexts().vi);
    const outcome = await importRoster(db, sheet, { on: '2024-07-01', now: NOW });
    expect(outcome).toMatchObject({ ok: true, summary: { people: 39, added: 39, rolesGiven: 23 } });
  });

  it('is imported by one at a time', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => ({ code: `P${n}` }));
    const outcomes = await Promise.all([load(rows), load(rows), load(rows)]);
    expect(outcomes.map((o) => (o.ok ? o.summary.added : -1)).sort()).toEqual([0, 0, 20]);
    expect(await spans()).toHaveLength(20);
  });
});
