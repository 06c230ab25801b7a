import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { toCsv } from '../../../src/admin/csv.ts';
import { FileError, readRosterFile, writeTemplate } from '../../../src/admin/roster-file.ts';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { parseRoster } from '../../../src/people/roster.ts';

const { vi, en } = loadTexts();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const CSV = 'Mã cán bộ,Họ và tên,Đơn vị,Đối tượng\nA1,"Trần Thị, Thuỷ",u1,cán bộ\n';
const read = async (name: string, content: string | Uint8Array) =>
  parseRoster(await readRosterFile(await file(name, content), vi));
const refused = async (name: string, content: string | Uint8Array): Promise<string> => {
  const error: unknown = await readRosterFile(await file(name, content), vi).catch((e) => e);
  expect(error).toBeInstanceOf(FileError);
  return error instanceof Error ? error.message : '';
};

describe('a CSV roster', () => {
  it.each([
    ['commas', CSV],
    ['a byte order mark and Windows lines', `\uFEFF${CSV.replaceAll('\n', '\r\n')}`],
    [
      'semicolons',
      CSV.replaceAll('"', '').replaceAll(', ', '§').replaceAll(',', ';').replace('§', ', '),
    ],
    [
      'tabs',
      CSV.replaceAll('"', '').replaceAll(', ', '§').replaceAll(',', '\t').replace('§', ', '),
    ],
    ['decomposed letters', CSV.normalize('NFD')],
  ])('with %s', async (_, text) => {
    const { entries, problems } = await read('a.csv', text);
    expect(problems).toEqual([]);
    expect(entries).toMatchObject([{ row: 2, code: 'A1', name: 'Trần Thị, Thuỷ', unit: 'u1' }]);
  });

  it('in UTF-16 as Excel saves it', async () => {
    const { entries } = await read('u.csv', Buffer.from(`\uFEFF${CSV}`, 'utf16le'));
    expect(entries).toHaveLength(1);
  });

  it('keeps the numbers of rows over blank lines', async () => {
    const { problems } = await read('b.csv', `${CSV}\n\nA2,?,u1,cán bộ\n`);
    expect(problems).toMatchObject([{ row: 5, key: 'roster-name-wrong' }]);
  });

  it('says what is wrong with a file that is none', async () => {
    expect(await refused('c.csv', `${CSV}A2,"Lê Ba,u1,cán bộ\n`)).toContain('ngoặc kép');
    expect(await refused('d.csv', Buffer.from([0x54, 0xe0, 0x6f]))).toContain('UTF-8');
    expect(await refused('e.csv', '')).toContain('trống');
    expect(await refused('f.xls', CSV)).toContain('.xlsx');
    await expect(readRosterFile(join(folder, 'none.csv'), en)).rejects.toThrow('cannot be read');
  });
});

describe('an XLSX roster', () => {
  it('with numbers and dates as Excel keeps them', async () => {
    const bytes = await writeXlsxFile(
      [
        ['Mã cán bộ', 'Họ và tên', 'Đơn vị', 'Đối tượng', 'Điện thoại', 'Từ ngày'],
        [
          1024,
          'Lê Bình',
          'u1',
          'học viên',
          912345678,
          { value: new Date(Date.UTC(2024, 6, 5)), type: Date, format: 'dd/mm/yyyy' },
        ],
        [],
        [null, 'Không mã', 'u1', 'học viên', null, 45478],
      ],
      { sheet: 'S' },
    ).toBuffer();
    const { entries, problems } = await read('a.xlsx', bytes);
    expect(entries).toMatchObject([
      { row: 2, code: '1024', phone: '84912345678', from: '2024-07-05' },
    ]);
    expect(problems).toMatchObject([
      { row: 4, key: 'roster-value-missing' },
      { row: 4, key: 'roster-date-wrong' },
    ]);
  });

  it('says when it is no workbook', async () => {
    expect(await refused('b.xlsx', CSV)).toContain('Excel');
    expect(await refused('c.xlsx', Buffer.from('PK\u0003\u0004broken'))).toContain('Excel');
    expect(await refused('d.xlsx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))).toContain('Excel');
  });
});

describe('the template', () => {
  const units = [{ code: 'u1', nameVi: 'Viện Một', nameEn: 'Institute One' }];

  it.each([vi, en])('is a roster without rows, in both forms', async (say) => {
    for (const kind of ['xlsx', 'csv']) {
      const path = join(folder, `template-${say.language}.${kind}`);
      await writeTemplate(path, say, units);
      const { problems, ignored } = parseRoster(await readRosterFile(path, say));
      expect(ignored).toEqual([]);
      expect(problems).toMatchObject([{ key: 'roster-no-rows' }]);
    }
  });

  it('explains the columns and lists the units', async () => {
    const path = join(folder, 'template-vi.xlsx');
    const columns = await readSheet(await readFile(path), 2);
    expect(columns).toHaveLength(11);
    expect(await readSheet(await readFile(path), 3)).toContainEqual(['u1', 'Viện Một']);
  });

  it('never overwrites a file and wants a known kind', async () => {
    await expect(writeTemplate(join(folder, 'template-vi.csv'), vi, units)).rejects.toThrow(
      'đã có',
    );
    await expect(writeTemplate(join(folder, 't.ods'), en, units)).rejects.toThrow('neither');
    await expect(writeTemplate(join(folder, 'no', 't.csv'), en, units)).rejects.toThrow(
      'cannot be written',
    );
  });
});

describe('CSV for a spreadsheet', () => {
  it('quotes what must be quoted and lets nothing become a formula', () => {
    expect(
      toCsv([
        ['a', 'b,c', 'd"e'],
        ['=1+1', '@x', 'n\nm'],
      ]),
    ).toBe(`\uFEFFa,"b,c","d""e"\r\n'=1+1,'@x,"n\nm"\r\n`);
  });
});
