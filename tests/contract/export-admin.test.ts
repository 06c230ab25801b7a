/** `npm run admin -- export …` on a real database: files are written, refusals are sentences. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT, languageOf, runAdmin } from '../../src/admin/program.ts';
import type { Database } from '../../src/db/database.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { testDatabase } from '../support/database.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedPerson, seedUnit } from '../support/seed.ts';
import { readDocx } from '../support/unzip.ts';

const texts = loadTexts();
let db: Database;
let folder: string;

beforeAll(async () => {
  db = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'export-'));
  const institute = await seedUnit(db, { code: 'vien-triet-hoc', nameVi: 'Viện Triết học' });
  await seedUnit(db, { code: 'van-phong', nameVi: 'Văn phòng', kind: 'support' });
  const head = await seedPerson(db, {});
  for (const n of [1, 2, 3, 4, 5]) {
    const authorId = await seedPerson(db, { unitId: institute, name: `Nguyễn Văn ${n}` });
    await seedReport(db, {
      campaign: '75-nam',
      authorId,
      unitId: institute,
      status: 'verified',
      decidedBy: head,
      documents: [`${n}/QĐ`],
    });
  }
});
afterAll(() => rm(folder, { recursive: true }));

async function admin(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const steps: string[] = [];
  const code = await runAdmin(args, {
    env: {},
    say: texts[languageOf(args)],
    now: () => Temporal.Instant.from('2024-07-10T03:00:00Z'),
    open: async () => ({ ...db, close: async () => {} }),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    progress(total, label) {
      steps.push(`${label} ${total}`);
      return { advance: () => steps.push('+'), end: () => steps.push('end') };
    },
  });
  return { code, out: out.join('\n'), err: err.join('\n'), steps };
}

describe('final documents', () => {
  it('are written for the campaign and every unit, step by step', async () => {
    const to = join(folder, 'all');
    const done = await admin('export', 'final', '--out', to, '--stage', 'so-ket');
    expect(done).toEqual({
      code: EXIT.done,
      out: `Đã ghi 4 tệp vào ${to}.`,
      err: '',
      steps: ['Đang lập 3', '+', '+', '+', 'end'],
    });
    expect((await readdir(to)).sort()).toEqual([
      'bang-so-lieu-toan-phong-trao-so-ket.xlsx',
      'bao-cao-toan-phong-trao-so-ket.docx',
      'bao-cao-van-phong-so-ket.docx',
      'bao-cao-vien-triet-hoc-so-ket.docx',
    ]);
    const { tables } = readDocx(await readFile(join(to, 'bao-cao-vien-triet-hoc-so-ket.docx')));
    expect(tables.flat()).toContainEqual(['4', 'Số báo cáo cá nhân được xác nhận', '5']);
    const empty = readDocx(await readFile(join(to, 'bao-cao-van-phong-so-ket.docx')));
    expect(empty.lines).toContain('Chưa có báo cáo được xác nhận trong thời gian này.');
  });

  it('of one unit, in English', async () => {
    const to = join(folder, 'one');
    const done = await admin(
      'export',
      'final',
      '--out',
      to,
      '--unit',
      'VIEN-TRIET-HOC',
      '--lang',
      'en',
    );
    expect(done.out).toBe(`1 file written to ${to}.`);
    expect(await readdir(to)).toEqual(['report-vien-triet-hoc-whole.docx']);
  });

  it.each([
    [['--stage', 'giua-ky'], 'Không có giai đoạn giua-ky. Các giai đoạn: so-ket, tong-ket.'],
    [
      ['--stage', 'tong-ket'],
      'Chưa có số liệu của đơn vị trong thời gian này, hoặc thời gian này chưa bắt đầu.',
    ],
    [['--unit', 'khong-co'], 'Không có đơn vị mang mã khong-co.'],
  ])('say what is wrong with %j', async (options, sentence) => {
    const done = await admin('export', 'final', '--out', join(folder, 'none'), ...options);
    expect(done).toMatchObject({ code: EXIT.refused, out: '', err: sentence });
    expect(await readdir(folder)).not.toContain('none');
  });
});

describe('a digest', () => {
  it('is written for the week of a day and a scope', async () => {
    const file = join(folder, 'digest.xlsx');
    const done = await admin('export', 'digest', '--week', '05/07/2024', '--out', file);
    expect(done).toMatchObject({ code: EXIT.done, out: `Đã ghi ${file}.` });
    const sheets = await readXlsxFile(await readFile(file));
    expect(sheets.find(({ sheet }) => sheet === 'Báo cáo')?.data).toHaveLength(6);
    await admin('export', 'digest', '--scope', 'participation', '--out', file);
    expect((await readXlsxFile(await readFile(file))).map(({ sheet }) => sheet)).toEqual([
      'Đơn vị',
      'Ghi chú',
    ]);
  });

  it.each([
    [['--scope', 'all'], /^Không có phạm vi all\. Các phạm vi: campaign, /],
    [['--week', '05/07/2023'], /không thuộc phong trào hoặc chưa bắt đầu\.$/],
    [['--week', '01/08/2024'], /chưa bắt đầu\.$/],
    [['--week', 'hôm qua'], /không phải là ngày/],
  ])('says what is wrong with %j', async (options, sentence) => {
    const done = await admin('export', 'digest', '--out', join(folder, 'no.xlsx'), ...options);
    expect(done.code).toBe(EXIT.refused);
    expect(done.err).toMatch(sentence);
  });

  it('says when the file cannot be written', async () => {
    const file = join(folder, 'digest.xlsx', 'below-a-file.xlsx');
    const done = await admin('export', 'digest', '--out', file);
    expect(done.code).toBe(EXIT.refused);
    expect(done.err).toContain(`Không ghi được tệp ${file}`);
  });
});
