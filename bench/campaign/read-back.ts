/** Figures as they stand in the files that were made. */
import { readFile } from 'node:fs/promises';
import readXlsxFile from 'read-excel-file/node';
import type { Say } from '../../src/messages/say.ts';
import { readDocx } from '../../tests/support/unzip.ts';

export type SheetRow = ReadonlyMap<string, unknown>;

export interface Workbook {
  /** Rows by the keys of their columns' headings; none for a sheet there is not. */
  rows(sheet: string, columns: readonly string[]): SheetRow[];
}

export async function readWorkbook(file: string, say: Say): Promise<Workbook> {
  const sheets = await readXlsxFile(await readFile(file));
  return {
    rows(sheet, columns) {
      const [heading = [], ...rows] = sheets.find((each) => each.sheet === say(sheet))?.data ?? [];
      const places = columns.map((column): [string, number] => [
        column,
        heading.indexOf(say(`xl-column-${column}`)),
      ]);
      const absent = places.filter(([, at]) => at < 0).map(([column]) => column);
      if (heading.length > 0 && absent.length > 0)
        throw new Error(`${file} has no column ${absent.join(', ')} in ${sheet}`);
      return rows.map((row) => new Map(places.map(([column, at]) => [column, row[at] ?? null])));
    },
  };
}

/** A number of a sheet; null where the cell is empty. */
export function numberIn(row: SheetRow | undefined, column: string): number | null | undefined {
  const value = row?.get(column);
  return typeof value === 'number' || value === null ? value : undefined;
}

export const textIn = (row: SheetRow, column: string): string => String(row.get(column) ?? '');

/** `1.234,5` and `12,5%` as numbers; undefined for anything else. */
export function vietnamese(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?[\d.]+(,\d+)?\s?%?$/.test(text)) return undefined;
  return Number(text.replace(/\s?%$/, '').replaceAll('.', '').replace(',', '.'));
}

export interface Document {
  /** The value beside this text in a table of names and values. */
  value(name: string): number | undefined;
  /** The rows of a table by the text in their second cell. */
  byName(table: number): ReadonlyMap<string, readonly string[]>;
  readonly tables: readonly (readonly (readonly string[])[])[];
}

export async function readDocument(file: string): Promise<Document> {
  const { tables } = readDocx(await readFile(file));
  return {
    tables,
    value(name) {
      for (const table of tables)
        for (const [, label, value] of table) if (label === name) return vietnamese(value);
      return undefined;
    },
    byName: (table) => new Map((tables[table] ?? []).map((row) => [row[1] ?? '', row])),
  };
}
