import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/admin/program.ts';
import type { Database } from '../../src/db/database.ts';
import { createReads } from '../../src/db/reads/index.ts';
import { SAMPLE_ROSTER } from '../../src/people/sample-roster.ts';
import { adminOn } from '../support/admin.ts';
import { testDatabase } from '../support/database.ts';

const SAMPLE_OVERSEER = 'theo dõi học viên, sinh viên: Đào Thị Thu Cúc (QL01), từ 01/01/2024';

describe('people and roles on the command line', () => {
  let db: Database;
  const admin = adminOn(() => db);

  beforeAll(async () => {
    db = await testDatabase();
    await admin('units', 'import', '--on', '01/01/2024');
    const { code } = await admin('roster', 'import', SAMPLE_ROSTER.pathname, '--on', '01/01/2024');
    expect(code).toBe(EXIT.done);
  });

  const person = async (code: string) => {
    const [row] = await db.query<{ id: number }>('select id from person where code = $1::text', [
      code,
    ]);
    return createReads(db).person(row?.id ?? 0, '2024-07-05');
  };

  it('moves a person, and merges units', async () => {
    const moved = await admin('people', 'move', 'na02', '--to', 'van-phong', '--on', '08/07/2024');
    expect(moved).toMatchObject({ code: EXIT.done, err: '' });
    expect(moved.out).toBe(
      'Võ Thị Quỳnh Như chuyển từ Trường Chính trị tỉnh Nghệ An sang Văn phòng Học viện từ ngày 08/07/2024; 1 chức vụ ở đơn vị cũ kết thúc.',
    );
    const again = await admin('people', 'move', 'NA02', '--to', 'van-phong', '--on', '09/07/2024');
    expect(again).toMatchObject({ code: EXIT.refused, out: '' });
    expect(again.err).toBe('Võ Thị Quỳnh Như đã thuộc Văn phòng Học viện.');
    const back = await admin('people', 'move', 'NA02', '--to', 'tct-nghe-an', '--on', '09/07/2024');
    expect(back.code).toBe(EXIT.done);
    expect((await admin('people', 'move', 'NA02')).err).toContain('--to');

    const into = ['--into', 'tct-moi', '--name', 'Trường Chính trị mới', '--lang', 'en'];
    const schools = ['units', 'merge', 'tct-ha-tinh', 'tct-quang-binh'];
    const merged = await admin(...schools, ...into);
    expect(merged.out).toBe(
      'Merged into Trường Chính trị mới on 5 July 2024: 0 people, 0 groups, 0 reports waiting.',
    );
    expect((await admin('units', 'list')).out).not.toContain('tct-ha-tinh');
    // The shipped file, imported once more, does not bring a merged unit back.
    expect((await admin('units', 'import')).code).toBe(EXIT.done);
    expect((await admin('units', 'list')).out).not.toContain('tct-ha-tinh');
    const late = await admin(
      'units',
      'merge',
      'tct-moi',
      '--into',
      'van-phong',
      '--on',
      '1/8/2024',
    );
    expect(late.err).toBe('Việc sáp nhập được nhập vào ngày 01/08/2024 hoặc sau đó.');
    const odd = await admin('units', 'merge', 'tct-moi', '--into', 'van-phong', '--roles', 'keep');
    expect(odd.err).toContain('“keep”');
  });

  describe('roles', () => {
    it('are given and ended, in the own unit or another, and written to the record', async () => {
      const given = await admin('grant', 'deputy', 'NA03');
      expect(given.out).toBe(
        'Đã giao chức vụ cấp phó cho Thái Bình Dương (Trường Chính trị tỉnh Nghệ An).',
      );
      await admin('grant', 'thủ trưởng', 'NA03', '--unit', 'van-phong', '--until', '31/12/2024');
      const office = await admin('grant', 'office', 'NA03', '--lang', 'en');
      expect(office.out).toBe('Thái Bình Dương is now standing office.');
      expect((await person('NA03'))?.grants.map((g) => g.role)).toEqual([
        'deputy',
        'head',
        'office',
      ]);

      await admin('grant', 'deputy', 'NA03', '--until', '31/07/2024');
      const ended = await admin('revoke', 'head', 'NA03', '--unit', 'van-phong', '--lang', 'en');
      expect(ended.out).toBe('Thái Bình Dương is no longer head (Văn phòng Học viện).');
      await admin('revoke', 'office', 'NA03');
      expect((await person('NA03'))?.grants.map((g) => g.role)).toEqual(['deputy']);
      const record = await db.query<{ action: string }>(
        `select action from audit where actor = 'admin' and action like 'role.%' order by id`,
      );
      expect(record.map((r) => r.action)).toEqual([
        'role.given',
        'role.given',
        'role.given',
        'role.given',
        'role.ended',
        'role.ended',
      ]);
    });

    it('of the whole campaign have no unit, an overseer’s a scope, and all are listed', async () => {
      await admin('grant', 'overseer', 'NA03', '--scope', 'students', '--until', '31/12/2024');
      await admin('grant', 'hội đồng', 'NA03');
      const listed = await admin('roles', 'overseer:students');
      const given = 'Thái Bình Dương (NA03), từ 05/07/2024 đến hết 31/12/2024';
      expect(listed.out.split('\n').sort()).toEqual(
        ['2 chức vụ.', `theo dõi học viên, sinh viên: ${given}`, SAMPLE_OVERSEER].sort(),
      );
      const all = (await admin('roles', '--lang', 'en')).out.split('\n');
      expect(all).toContainEqual(
        expect.stringMatching(/^head \(Viện Triết học\): .+ \(TH01\), from 1 January 2024$/),
      );
      expect((await person('NA03'))?.grants).toContainEqual(
        expect.objectContaining({ role: 'overseer', scope: 'students' }),
      );
      const after = ['--on', '01/01/2025'];
      expect((await admin('roles', 'overseer:students', ...after)).out).toBe(
        `${SAMPLE_OVERSEER}\n1 chức vụ.`,
      );
      await admin('revoke', 'overseer', 'QL01', '--scope', 'students');
      expect((await admin('roles', 'overseer:students', ...after)).out).toBe(
        'Không có ai giữ chức vụ này.',
      );
      await admin('revoke', 'council', 'NA03');
      await admin('revoke', 'overseer', 'NA03', '--scope', 'students');
      expect((await person('NA03'))?.grants.map((g) => g.role)).toEqual(['deputy']);
      const refused = async (...args: string[]) => (await admin('grant', ...args)).err;
      expect(await refused('overseer', 'NA03')).toContain('--scope');
      expect(await refused('overseer', 'NA03', '--scope', 'moon')).toContain('overseer moon');
      expect(await refused('press', 'NA03', '--unit', 'van-phong')).toContain(
        'không gắn với đơn vị',
      );
    });

    it.each([
      [['grant', 'director', 'NA03'], 'director'],
      [['grant', 'head', 'ZZ99'], 'ZZ99'],
      [['grant', 'head', 'NA03', '--unit', 'khong-co'], 'khong-co'],
      [['grant', 'office', 'NA03', '--unit', 'van-phong'], '--unit'],
      [['grant', 'head', 'NA03', '--until', '01/07/2024'], 'sau hôm nay'],
      [['grant', 'head', 'NA03', '--until', 'mai'], 'mai'],
      [['revoke', 'office', 'NA04'], 'không giữ'],
    ])('%j is refused', async (args, text) => {
      const { code, out, err } = await admin(...args);
      expect({ code, out }).toEqual({ code: EXIT.refused, out: '' });
      expect(err).toContain(text);
    });
  });
});
