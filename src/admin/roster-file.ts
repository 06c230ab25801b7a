/** Reads a roster file (CSV or XLSX) into a sheet, and writes the empty template. */
import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { Say } from '../messages/say.ts';
import type { Cell, Sheet } from '../people/roster.ts';
import { COLUMNS } from '../people/roster-columns.ts';

/** A file that cannot be read at all; the message is in the language of `say`. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/**
 * The first sheet of a `.xlsx` file, or a `.csv` file in UTF-8 (or UTF-16 with its mark) parted by
 * commas, semicolons or tabs.
 * @throws FileError with the likely mistake
 */
export async function readRosterFile(file: string | URL, say: Say): Promise<Sheet> {
  const name = typeof file === 'string' ? file : file.pathname;
  const fail = (key: string, cause?: unknown): never => {
    const why = cause instanceof Error ? cause.message : '';
    throw new FileError(say(key, { file: name, why }), { cause });
  };
  const bytes = await readFile(file).catch((cause) => fail('file-unreadable', cause));
  if (bytes.length === 0) return fail('file-empty');
  if (extname(name).toLowerCase() === '.xlsx') {
    return readWorkbook(bytes).catch((cause) => fail('file-not-xlsx', cause));
  }
  if (extname(name).toLowerCase() !== '.csv') return fail('file-kind-unknown');
  let text: string;
  try {
    text = decode(bytes);
  } catch (cause) {
    return fail('file-not-utf8', cause);
  }
  try {
    return parseCsv(text);
  } catch (cause) {
    return fail(cause instanceof CsvError ? 'file-not-csv' : 'file-unreadable', cause);
  }
}

/** A text file in UTF-8. @throws FileError */
export async function readText(file: string | URL, say: Say): Promise<string> {
  const name = typeof file === 'string' ? file : file.pathname;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new FileError(say('file-unreadable', { file: name, why }), { cause });
  }
}

async function readWorkbook(bytes: Buffer): Promise<Sheet> {
  const rows: readonly (readonly unknown[])[] = await readSheet(bytes);
  return rows.map((row) => row.map(cellOf));
}

const cellOf = (value: unknown): Cell => {
  if (value instanceof Date || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
};

function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : null;
  return new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
}

/** @throws CsvError on a quote that does not close */
function parseCsv(text: string): Sheet {
  const heading = text.split('\n', 1)[0] ?? '';
  const count = (mark: string) => heading.split(mark).length;
  const delimiter = [',', ';', '\t'].reduce((a, b) => (count(b) > count(a) ? b : a));
  const rows: string[][] = parse(text, {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
  });
  return rows;
}

/**
 * Writes an empty roster with the right headings; the workbook has a second sheet that explains the
 * columns and a third with the units' codes.
 * @throws FileError when the file cannot be written or is neither .xlsx nor .csv
 */
export async function writeTemplate(
  file: string,
  say: Say,
  units: readonly { readonly code: string; readonly nameVi: string; readonly nameEn: string }[],
): Promise<void> {
  const kind = extname(file).toLowerCase();
  const headings = COLUMNS.map((column) => column[say.language]);
  try {
    if (kind === '.csv') {
      // The mark at the beginning tells Excel that it is UTF-8.
      await writeFile(file, `\uFEFF${headings.join(',')}\r\n`, { flag: 'wx' });
    } else if (kind === '.xlsx') {
      const bytes = await templateWorkbook(headings, say, units);
      await writeFile(file, bytes, { flag: 'wx' });
    } else {
      throw new FileError(say('file-kind-unknown', { file, why: '' }));
    }
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const why = cause instanceof Error ? cause.message : '';
    throw new FileError(say(exists ? 'file-exists' : 'file-unwritable', { file, why }), { cause });
  }
}

function templateWorkbook(
  headings: readonly string[],
  say: Say,
  units: readonly { readonly code: string; readonly nameVi: string; readonly nameEn: string }[],
): Promise<Buffer> {
  const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
  return writeXlsxFile([
    {
      sheet: say('template-sheet-roster'),
      data: [headings.map(bold)],
      columns: headings.map(() => ({ width: 22 })),
      stickyRowsCount: 1,
    },
    {
      sheet: say('template-sheet-columns'),
      data: [
        [
          bold(say('template-column')),
          bold(say('template-required')),
          bold(say('template-content')),
        ],
        ...COLUMNS.map((column) => [
          column[say.language],
          say(column.required ? 'template-yes' : 'template-no'),
          say(`template-about-${column.id}`),
        ]),
      ],
      columns: [{ width: 18 }, { width: 12 }, { width: 90 }],
    },
    {
      sheet: say('template-sheet-units'),
      data: [
        [bold(say('template-unit-code')), bold(say('template-unit-name'))],
        ...units.map((unit) => [unit.code, say.language === 'vi' ? unit.nameVi : unit.nameEn]),
      ],
      columns: [{ width: 26 }, { width: 70 }],
    },
  ]).toBuffer();
}
