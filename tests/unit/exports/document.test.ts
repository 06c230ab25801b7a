/** The final document: its layout, and that each figure in it can be followed to the reports. */
import { describe, expect, it } from 'vitest';
import { ANNEX_MOST, numberRuns } from '../../../src/exports/annex.ts';
import { finalDocument } from '../../../src/exports/document.ts';
import { finalFiles } from '../../../src/exports/files.ts';
import type { FinalData } from '../../../src/exports/final-data.ts';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { finalReport, periodOf, sampleFinal, sampleReports } from '../../support/final-sample.ts';
import { readDocx } from '../../support/unzip.ts';

const texts = loadTexts();
const read = async (data: FinalData, language: 'vi' | 'en' = 'vi') =>
  readDocx(await finalDocument(data, texts[language]));

/** `1001–1003, 1010` as numbers. */
const numbersOf = (runs: string): number[] =>
  runs.split(', ').flatMap((run) => {
    const [first = 0, last = first] = run.split('–').map(Number);
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });

/** Annex I: the reports of each figure by its name; Annex II: the numbers listed. */
function annexOf({ tables }: Awaited<ReturnType<typeof read>>) {
  const [figures = [], list = []] = tables.slice(-2);
  return {
    figures: new Map(
      figures
        .slice(1)
        .map(([, name = '', count, runs = '']) => [name, { count, reports: numbersOf(runs) }]),
    ),
    listed: list.slice(1).map(([number]) => Number(number)),
  };
}

describe('the official layout', () => {
  it('has the national heading, who issues it, place and date, title, recipients and signature', async () => {
    const { lines } = await read(sampleFinal(null));
    const at = (text: string): number => lines.indexOf(text);
    expect(lines).toEqual(
      expect.arrayContaining([
        'HỌC VIỆN CHÍNH TRỊ QUỐC GIA HỒ CHÍ MINH',
        'HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG',
        'Số:           /BC-HĐTĐKT',
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Độc lập - Tự do - Hạnh phúc',
        'Hà Nội, ngày 13 tháng 01 năm 2025',
        'BÁO CÁO',
        'Nơi nhận:',
        'TM. HỘI ĐỒNG',
      ]),
    );
    expect(at('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')).toBeLessThan(at('BÁO CÁO'));
    expect(at('BÁO CÁO')).toBeLessThan(at('TM. HỘI ĐỒNG'));
  });

  it('is A4 with the margins of the decree, in Times New Roman, numbered from the second page', async () => {
    const { xml } = await read(sampleFinal(1));
    // 20 mm above and below, 30 left, 15 right, in twips.
    expect(xml.includes('<w:pgSz w:w="11906" w:h="16838"')).toBe(true);
    expect(xml.includes('<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"')).toBe(
      true,
    );
    expect(xml.includes('<w:titlePg/>')).toBe(true);
    expect(/w:ascii="(?!Times New Roman)/.test(xml)).toBe(false);
    expect(xml.includes('<w:tblHeader/>')).toBe(true);
  });

  it('of a unit is issued by the unit; a school fills in what only it knows', async () => {
    const institute = await read(sampleFinal(1));
    expect(institute.lines).toEqual(
      expect.arrayContaining(['VIỆN TRIẾT HỌC', 'của Viện Triết học', 'THỦ TRƯỞNG ĐƠN VỊ']),
    );
    const school = await read(sampleFinal(4));
    expect(school.lines).not.toContain('HỌC VIỆN CHÍNH TRỊ QUỐC GIA HỒ CHÍ MINH');
    expect(school.lines).toContain('……………………, ngày 13 tháng 01 năm 2025');
  });

  it('says that figures are indicative, and never that anything was recognised', async () => {
    const { lines } = await read(sampleFinal(null));
    expect(lines.join('\n')).toContain('không phải kết quả bình xét thi đua, khen thưởng');
    expect(lines.join('\n')).not.toMatch(/công nhận/i);
  });

  it('speaks English when asked', async () => {
    const { lines } = await read(sampleFinal(1, {}, periodOf('so-ket')), 'en');
    expect(lines).toContain('(Stage 1 (interim review), 1 March 2024 to 31 July 2024)');
    expect(lines).toContain('I. SCOPE AND HOW FIGURES ARE COUNTED');
  });
});

describe('figures', () => {
  it('of a unit say participation, items, pledge, exemplars and people', async () => {
    const data = sampleFinal(1);
    const { lines, tables } = await read(data);
    const text = lines.join('\n');
    expect(text).toContain('Có 7 đồng chí tham gia trên tổng số 24 người của đơn vị, đạt 29,2%.');
    const [, response = [], items = [], pledge = [], people = []] = tables;
    expect(response).toContainEqual(['4', 'Số báo cáo cá nhân được xác nhận', '12']);
    expect(items).toContainEqual(['cn.2', 'Hoàn thành xuất sắc nhiệm vụ được giao', '3', '30']);
    expect(pledge).toContainEqual(['Hoàn thành xuất sắc nhiệm vụ được giao', '10', '3', '30%']);
    expect(text).toContain(
      'Đổi mới phương pháp giảng dạy chuyên đề nhà nước pháp quyền (báo cáo số 1001).',
    );
    expect(people.slice(1).map(([, name]) => name)).toEqual(
      data.units[0]?.people?.map(({ name }) => name),
    );
  });

  it('each stand in the annex with their reports, as many as were counted', async () => {
    const data = sampleFinal(1);
    const annex = annexOf(await read(data));
    for (const { count, reports } of annex.figures.values())
      expect(Number(count)).toBe(reports.length);
    expect(
      annex.figures.get('Báo cáo cá nhân được xác nhận; số đồng chí tham gia')?.reports,
    ).toEqual(data.totals.personal.reports);
    for (const { item, label, reports } of data.totals.items)
      expect(annex.figures.get(`Nội dung ${item}: ${label.vi}`)?.reports).toEqual(reports);
    for (const [at, { name, reports }] of (data.units[0]?.people ?? []).entries())
      expect(annex.figures.get(`Cá nhân thứ ${at + 1}: ${name}`)?.reports).toEqual(reports);
    const all = new Set([...annex.figures.values()].flatMap(({ reports }) => reports));
    expect([...all].sort((a, b) => a - b)).toEqual(annex.listed);
    expect(annex.listed).toEqual(data.reports.map(({ id }) => id));
  });

  it('of the campaign name each unit’s by group and place, none of a small one', async () => {
    const data = sampleFinal(null);
    const document = await read(data);
    const units = document.tables.find(([head]) => head?.includes('Tỷ lệ tham gia')) ?? [];
    expect(units).toContainEqual(['1', 'Viện Triết học', '24', '29,2%', '12', '2', '62,5']);
    expect(units).toContainEqual(['–', 'Ban Thường trực đề án', '3', '–', '–', '–', '–']);
    expect(document.lines).toContain('Không nêu số liệu của 1 đơn vị có dưới 5 người.');
    const annex = annexOf(document);
    expect(annex.figures.get('Viện Triết học: báo cáo tập thể')?.reports).toEqual([1005, 1010]);
    expect([...annex.figures.keys()].some((name) => name.startsWith('Ban Thường trực'))).toBe(
      false,
    );
  });

  it('name nobody in a unit too small for it', async () => {
    const { lines, tables } = await read(sampleFinal(5));
    expect(lines).toContain('Đơn vị có dưới 5 người nên không nêu kết quả của từng đồng chí.');
    const names = sampleFinal(1).units[0]?.people?.map(({ name }) => name) ?? [];
    for (const name of names) expect(lines.join('\n')).not.toContain(name);
    expect(tables.at(-1)?.[1]?.[4]).toBe('Không nêu tên, Ban Thường trực đề án');
  });

  it('of nothing say so, without annexes', async () => {
    const { lines } = await read(
      sampleFinal(1, { reports: [], pledges: [], exemplars: [], remarks: [] }),
    );
    const text = lines.join('\n');
    for (const sentence of [
      'Chưa có báo cáo được xác nhận trong thời gian này.',
      'Đơn vị không có đăng ký thi đua trên hệ thống.',
      'Chưa có điển hình được chọn trong thời gian này.',
      'Chưa có nhận xét được ghi nhận trong thời gian này.',
    ])
      expect(text).toContain(sentence);
    expect(text).not.toContain('PHỤ LỤC');
  });
});

describe('a list too long for a document', () => {
  it('is in the workbook, which comes with it', async () => {
    const reports = Array.from({ length: ANNEX_MOST + 1 }, (_, n) => finalReport(n + 1, 1));
    const data = sampleFinal(null, { reports });
    const files = await finalFiles('document', data, texts.vi);
    expect(files.map(({ name }) => name)).toEqual([
      'bao-cao-toan-phong-trao-ca-phong-trao.docx',
      'bang-so-lieu-toan-phong-trao-ca-phong-trao.xlsx',
    ]);
    const { lines } = readDocx(files[0]?.bytes ?? new Uint8Array());
    expect(lines.join('\n')).toContain('Báo cáo này tính từ 601 báo cáo đã được xác nhận.');
    expect(lines).not.toContain('PHỤ LỤC II');
  });

  it('is in the document otherwise', async () => {
    const files = await finalFiles('document', sampleFinal(1, {}, periodOf('so-ket')), texts.vi);
    expect(files.map(({ name }) => name)).toEqual(['bao-cao-don-vi-1-so-ket.docx']);
  });
});

describe('numbers in a row', () => {
  it('are written as one run from three on', () => {
    expect(numberRuns([])).toBe('');
    expect(numberRuns([7, 5, 1, 2, 3, 6, 10, 12, 13])).toBe('1–3, 5–7, 10, 12, 13');
    expect(numbersOf(numberRuns(sampleReports().map(({ id }) => id)))).toHaveLength(70);
  });
});
