import { describe, expect, it } from 'vitest';
import { type Cell, parseRoster } from '../../../src/people/roster.ts';
import { columnOf } from '../../../src/people/roster-columns.ts';

const HEAD = [
  'Mã cán bộ',
  'Họ và tên',
  'Đơn vị',
  'Đối tượng',
  'Chức vụ',
  'Email',
  'Điện thoại',
  'Từ ngày',
  'Đến ngày',
];
const ROW = ['cb01', 'Trần An', 'vien-triet-hoc', 'cán bộ', '', '', '', '', ''];
const row = (changes: Record<number, Cell>): Cell[] => ROW.map((cell, i) => changes[i] ?? cell);
const problems = (...rows: Cell[][]) =>
  parseRoster([HEAD, ...rows]).problems.map(({ row: at, key }) => `${at} ${key}`);
const entry = (changes: Record<number, Cell>) => {
  const parsed = parseRoster([HEAD, row(changes)]);
  expect(parsed.problems).toEqual([]);
  return parsed.entries[0];
};

describe('a roster sheet', () => {
  it('is read in full', () => {
    expect(
      entry({
        1: ' Trần  Thị Thuỷ '.normalize('NFD'),
        2: 'Viện Triết học',
        4: 'Thủ trưởng, thường trực Hội đồng',
        5: 'Thuy.Tran@HCMA.vn',
        6: '0912 345 678',
        7: '5/7/2024',
        8: '31-12-2024',
      }),
    ).toEqual({
      row: 2,
      code: 'CB01',
      name: 'Trần Thị Thuỷ',
      unit: 'Viện Triết học',
      audience: 'staff',
      roles: ['head', 'office'],
      email: 'thuy.tran@hcma.vn',
      phone: '84912345678',
      from: '2024-07-05',
      to: '2025-01-01',
    });
  });

  it('takes what a spreadsheet makes of codes, phones and dates', () => {
    const date = new Date(Date.UTC(2024, 1, 29));
    expect(entry({ 0: 1024, 6: 912345678, 7: date })).toMatchObject({
      code: '1024',
      phone: '84912345678',
      from: '2024-02-29',
    });
  });

  it('knows headings without marks, in English, with notes, in any order, beside others', () => {
    const parsed = parseRoster([
      [null, '', null],
      ['STT', 'UNIT', 'ma can bo', 'Họ tên *', 'Đối tượng (cán bộ | học viên)'],
      [1, 'van-phong', 'a1', 'Lê Ba', 'student'],
    ]);
    expect(parsed.problems).toEqual([]);
    expect(parsed.ignored).toEqual(['STT']);
    expect(parsed.entries).toEqual([
      expect.objectContaining({
        row: 3,
        unit: 'van-phong',
        audience: 'student',
        roles: undefined,
        email: undefined,
        phone: undefined,
        from: null,
        to: null,
      }),
    ]);
    expect(columnOf('Chức vụ')?.id).toBe('role');
    expect(columnOf('Giới tính')).toBeNull();
    expect(['Lớp', 'Khóa', 'khoá học', 'Class'].map((word) => columnOf(word)?.id)).toEqual(
      Array(4).fill('cohort'),
    );
    // A faculty is no class.
    expect(columnOf('Khoa')).toBeNull();
  });

  it('keeps the numbers of the rows over blank ones', () => {
    expect(problems(row({}), ['', null, ' '], row({ 0: 'CB02', 3: 'khách' }))).toEqual([
      '4 roster-audience-wrong',
    ]);
  });

  it.each<[string, Record<number, Cell>]>([
    ['roster-value-missing', { 0: ' ' }],
    ['roster-value-missing', { 1: null }],
    ['roster-name-wrong', { 1: '12345' }],
    ['roster-name-wrong', { 1: 'A'.repeat(121) }],
    ['roster-audience-wrong', { 3: 'khách mời' }],
    ['roster-role-wrong', { 4: 'giám đốc' }],
    ['roster-student-role', { 3: 'học viên', 4: 'cấp phó' }],
    ['roster-email-wrong', { 5: 'an@hcma' }],
    ['roster-email-wrong', { 5: 'an @hcma.vn' }],
    ['roster-phone-wrong', { 6: '12345' }],
    ['roster-date-wrong', { 7: '31/02/2024' }],
    ['roster-date-wrong', { 7: '7/2024' }],
    ['roster-date-wrong', { 7: '05/07-2024' }],
    ['roster-date-wrong', { 8: 45478 }],
    ['roster-dates-reversed', { 7: '05/07/2024', 8: '04/07/2024' }],
  ])('refuses: %s %j', (key, changes) => {
    const cells = ROW.map((cell, i) => (i in changes ? (changes[i] ?? null) : cell));
    expect(problems(cells)).toEqual([`2 ${key}`]);
  });

  it('takes one day from and to', () => {
    expect(entry({ 7: '05/07/2024', 8: '05/07/2024' })).toMatchObject({
      from: '2024-07-05',
      to: '2024-07-06',
    });
  });

  it('reports every fault of every row', () => {
    const bad = row({ 1: '?', 5: 'x', 6: 'y' });
    expect(problems(bad, row({ 0: 'CB02' }), [...row({ 0: 'CB03' }), 'thừa'])).toEqual([
      '2 roster-name-wrong',
      '2 roster-email-wrong',
      '2 roster-phone-wrong',
      '4 roster-row-too-long',
    ]);
  });

  it('names both rows of a code or an address given twice, capitals aside', () => {
    const parsed = parseRoster([
      HEAD,
      row({ 0: 'A1', 5: 'an@x.vn' }),
      row({ 0: 'a1' }),
      row({ 0: 'B1', 5: 'AN@X.VN' }),
    ]);
    expect(parsed.problems).toEqual([
      { row: 3, key: 'roster-code-twice', values: { value: 'A1', other: 2 } },
      { row: 4, key: 'roster-email-twice', values: { value: 'an@x.vn', other: 2 } },
    ]);
  });

  it('needs its columns once each, and rows', () => {
    expect(parseRoster([]).problems).toMatchObject([{ row: 1, key: 'roster-empty' }]);
    expect(parseRoster([HEAD]).problems).toMatchObject([{ row: 1, key: 'roster-no-rows' }]);
    const parsed = parseRoster([
      ['Mã', 'Code', 'Họ và tên'],
      ['1', '2', 'An'],
    ]);
    expect(parsed.problems.map(({ key, values }) => `${key} ${values.column}`)).toEqual([
      'roster-column-twice Mã cán bộ',
      'roster-column-missing Đơn vị',
      'roster-column-missing Đối tượng',
    ]);
    expect(parsed.entries).toEqual([]);
  });
});
