/** Workbooks, read back by another program than the one that wrote them. */
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { DigestSheets, SheetReport } from '../../../src/digests/types.ts';
import { numberRuns } from '../../../src/exports/annex.ts';
import { finalWorkbook } from '../../../src/exports/final-workbook.ts';
import { digestWorkbook } from '../../../src/exports/workbook.ts';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { sampleFinal } from '../../support/final-sample.ts';
import { pictureWeek, realUnits, sampleDigest } from '../../support/sample-pictures.ts';
import { unzipped } from '../../support/unzip.ts';

const texts = loadTexts();
const digest = sampleDigest(pictureWeek(realUnits));
const [first] = digest.units;
if (!first) throw new Error('the sample has units');

const report: SheetReport = {
  id: 12345,
  kind: 'personal',
  item: 'cn.2',
  itemLabel: { vi: 'Hoàn thành xuất sắc nhiệm vụ', en: 'Excellent performance' },
  title: '=1+1',
  authorName: 'Nguyễn Thị Ánh',
  unit: first.unit,
  doneOn: '2024-07-02',
  submittedOn: '2024-07-03',
  verifiedOn: '2024-07-04',
  week: '2024-07-01',
  verifierName: 'Hoàng Minh Quân',
  evidence: { texts: ['12/QĐ-HV', 'https://hv.example/a'], files: 2 },
};
const sheets: DigestSheets = {
  people: [
    {
      personId: 1,
      name: 'Nguyễn Thị Ánh',
      unit: first.unit,
      audience: 'student',
      cohort: 'K74.A1',
      points: 12.5,
      verified: 2,
    },
  ],
  reports: [report, { ...report, id: 12346, kind: 'collective', authorName: null, title: '<b>&' }],
};

/** Rows by sheet, headings first. */
async function read(bytes: Uint8Array): Promise<Map<string, readonly (readonly unknown[])[]>> {
  const found = await readXlsxFile(Buffer.from(bytes));
  return new Map(found.map(({ sheet, data }) => [sheet, data]));
}
/** A column's cells under its heading. */
function column(rows: readonly (readonly unknown[])[] | undefined, title: string): unknown[] {
  const at = rows?.[0]?.indexOf(title) ?? -1;
  if (at < 0) throw new Error(`no column ${title} in ${rows?.[0]?.join(', ')}`);
  return (rows ?? []).slice(1).map((row) => row[at]);
}

describe('a digest’s workbook', () => {
  it('holds the units by group with their figures as numbers', async () => {
    const book = await read(await digestWorkbook(digest, sheets, texts.vi));
    expect([...book.keys()]).toEqual(['Đơn vị', 'Cá nhân', 'Báo cáo', 'Chờ xác nhận', 'Ghi chú']);
    const units = book.get('Đơn vị');
    const rows = digest.groups.flatMap((group) => group.units);
    expect(column(units, 'Đơn vị')).toEqual(rows.map(({ unit }) => unit.nameVi));
    expect(column(units, 'Điểm cá nhân')).toEqual(rows.map(({ standing }) => standing.points));
    expect(column(units, 'Số người')).toEqual(rows.map(({ unit }) => unit.headcount));
    expect(column(units, 'Báo cáo được xác nhận')).toEqual(
      rows.map(({ standing }) => standing.verified),
    );
    for (const [at, share] of column(units, 'Tỷ lệ tham gia').entries())
      expect(share).toBeCloseTo(
        (rows[at]?.standing.participants ?? 0) / (rows[at]?.unit.headcount ?? 1),
      );
  });

  it('holds people and reports, dates as dates, what people typed as text', async () => {
    const bytes = await digestWorkbook(digest, sheets, texts.vi);
    const book = await read(bytes);
    expect(book.get('Cá nhân')?.[1]).toEqual([
      first.unit.nameVi,
      'Nguyễn Thị Ánh',
      'Học viên',
      'K74.A1',
      2,
      12.5,
    ]);
    const reports = book.get('Báo cáo');
    expect(column(reports, 'Số báo cáo')).toEqual([12345, 12346]);
    expect(column(reports, 'Ngày hoàn thành')[0]).toEqual(new Date('2024-07-02T00:00:00Z'));
    expect(column(reports, 'Tên việc, kết quả')).toEqual(['=1+1', '<b>&']);
    expect(column(reports, 'Người báo cáo')).toEqual(['Nguyễn Thị Ánh', 'Tập thể đơn vị']);
    expect(column(reports, 'Minh chứng')[0]).toBe('12/QĐ-HV; https://hv.example/a; 2 tệp');
    expect([...unzipped(bytes).values()].some((xml) => xml.includes('<f>'))).toBe(false);
  });

  it('has filters, a heading that stays, formats and columns wide enough', async () => {
    const files = unzipped(await digestWorkbook(digest, sheets, texts.vi));
    const units = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(/<autoFilter ref="A1:R\d+"\/>/.test(units)).toBe(true);
    expect(/<pane [^>]*ySplit="1"[^>]*state="frozen"/.test(units)).toBe(true);
    expect(/fitToWidth="1" fitToHeight="0"/.test(units)).toBe(true);
    expect(/<col min="1" max="1" width="44"/.test(units)).toBe(true);
    const notes = files.get('xl/worksheets/sheet5.xml') ?? '';
    expect(notes.includes('autoFilter')).toBe(false);
    const styles = files.get('xl/styles.xml') ?? '';
    for (const format of ['#,##0.00', 'dd/mm/yyyy', '0.0%'])
      expect(styles.includes(`formatCode="${format}"`)).toBe(true);
    expect(files.get('xl/workbook.xml')).toContain("'Đơn vị'!$1:$1</definedName>");
  });

  it('lists what waits, the longest first, and says what figures mean', async () => {
    const book = await read(await digestWorkbook(digest, sheets, texts.vi));
    const days = column(book.get('Chờ xác nhận'), 'Chờ lâu nhất (ngày)') as number[];
    expect(days).toEqual([...days].sort((a, b) => b - a));
    expect(days).toHaveLength(digest.units.filter(({ waiting }) => waiting > 0).length);
    const notes = (book.get('Ghi chú') ?? []).map((row) => row.join(': ')).join('\n');
    expect(notes).toContain('Tính chất: Số liệu tham khảo, không phải kết quả bình xét.');
    expect(notes).toContain('Không nêu số liệu cá nhân của đơn vị có dưới 5 người.');
  });

  it('speaks English when asked', async () => {
    const book = await read(await digestWorkbook(digest, sheets, texts.en));
    expect([...book.keys()]).toEqual(['Units', 'People', 'Reports', 'Waiting', 'Notes']);
    expect(book.get('Units')?.[0]).toContain('Points per 100 people');
  });

  it('tells mobilisers how many take part and nothing else', async () => {
    const counts = { ...digest, of: 'participation' as const, groups: [], units: [] };
    const book = await read(await digestWorkbook(counts, { people: [], reports: [] }, texts.vi));
    expect([...book.keys()]).toEqual(['Đơn vị', 'Ghi chú']);
    expect(book.get('Đơn vị')?.[0]).toEqual([
      'Đơn vị',
      'Mã đơn vị',
      'Số người',
      'Số người tham gia',
      'Tỷ lệ tham gia',
      'Kỳ trước tham gia',
    ]);
    expect(column(book.get('Đơn vị'), 'Số người tham gia')).toEqual(
      digest.participation.map(({ participants }) => participants),
    );
  });
});

describe('the workbook of final documents', () => {
  const data = sampleFinal(null);

  it('ranks units within their groups', async () => {
    const units = (await read(await finalWorkbook(data, texts.vi))).get('Đơn vị');
    const places = column(units, 'Vị trí trong nhóm') as number[];
    const groups = column(units, 'Nhóm so sánh');
    for (const [at, place] of places.entries())
      if (groups[at] === groups[at + 1]) expect(place).toBeLessThanOrEqual(places[at + 1] ?? 0);
    expect(column(units, 'Đơn vị')).toHaveLength(data.units.length);
  });

  it('names the reports behind each figure, which are all listed', async () => {
    const book = await read(await finalWorkbook(data, texts.vi));
    const items = book.get('Nội dung');
    const expected = data.units.flatMap((unit) => unit.items);
    expect(column(items, 'Số báo cáo')).toEqual(expected.map(({ reports }) => reports.length));
    expect(column(items, 'Các báo cáo được tính')).toEqual(
      expected.map(({ reports }) => numberRuns(reports)),
    );
    expect(column(items, 'Điểm')).toEqual(expected.map(({ points }) => points));
    expect(column(book.get('Báo cáo'), 'Số báo cáo')).toEqual(data.reports.map(({ id }) => id));
    expect(column(book.get('Đăng ký thi đua'), 'Kết quả trong kỳ')).toEqual([2, 2, 3]);
  });

  it('names people only where the unit is large enough', async () => {
    const people = (await read(await finalWorkbook(data, texts.vi))).get('Cá nhân');
    expect(column(people, 'Đơn vị')).not.toContain('Ban Thường trực đề án');
    expect(column(people, 'Họ và tên')).toHaveLength(
      data.units.reduce((sum, unit) => sum + (unit.people?.length ?? 0), 0),
    );
  });
});
