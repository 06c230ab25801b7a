/** Large files are written in another thread: what comes out is the same. */
import { describe, expect, it } from 'vitest';
import { caption, gridTable, section } from '../../../src/exports/docx-parts.ts';
import { table } from '../../../src/exports/sheet.ts';
import { type FilePlan, writeFile, writeHere } from '../../../src/exports/write.ts';
import { unzipped } from '../../support/unzip.ts';

const rows = Array.from({ length: 1_000 }, (_, n) => n);
const workbook = (name: string): FilePlan => ({
  kind: 'workbook',
  plan: [table(name, [{ title: 'Số', kind: 'count', width: 10, value: (n: number) => n }], rows)],
});
const document = (title: string): FilePlan => ({
  kind: 'document',
  plan: {
    title: 'Thử',
    creator: 'Thử',
    sections: [
      section([
        caption(title),
        gridTable(
          [{ title: 'Số', share: 1, align: 'right' }],
          rows.map((n) => [String(n)]),
        ),
      ]),
    ],
  },
});

describe('a large file', () => {
  it('is the same workbook as one written here', async () => {
    const plan = workbook('Số');
    const sheet = 'xl/worksheets/sheet1.xml';
    const [apart, here] = await Promise.all([writeFile(plan), writeHere(plan)]);
    expect(unzipped(apart).get(sheet)).toBe(unzipped(here).get(sheet));
    expect(unzipped(apart).get(sheet)).toContain('<v>999</v>');
  });

  it('is the same document as one written here, with its Vietnamese letters', async () => {
    const plan = document('Trường Chính trị Tô Hiệu');
    const [apart, here] = await Promise.all([writeFile(plan), writeHere(plan)]);
    const text = unzipped(apart).get('word/document.xml');
    expect(text).toBe(unzipped(here).get('word/document.xml'));
    expect(text?.includes('Trường Chính trị Tô Hiệu')).toBe(true);
  });

  it('that cannot be written says why', async () => {
    const wrong = workbook('a'.repeat(40));
    await expect(writeFile(wrong)).rejects.toThrow(/31|long|name/i);
  });
});
