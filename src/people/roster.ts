/** Reads a roster's rows into entries, or into everything that is wrong with them. Pure. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { tidy } from './fold.ts';
import { normalisePhone } from './phone.ts';
import { type Problem, problem } from './problem.ts';
import { isUnitRole, type RoleName } from './roles.ts';
import {
  audienceOf,
  COLUMNS,
  type Column,
  type ColumnId,
  columnOf,
  rolesOf,
} from './roster-columns.ts';

/** A cell of a spreadsheet; a date is midnight UTC of that day. */
export type Cell = string | number | boolean | Date | null;

/** A sheet's rows from the top, headings included, blank rows kept so that the numbers are right. */
export type Sheet = readonly (readonly Cell[])[];

/** One person's row. A field is undefined when the file has no such column: it is left as it is. */
export interface RosterEntry {
  readonly row: number;
  /** In capitals. */
  readonly code: string;
  readonly name: string;
  /** Code or name, as written. */
  readonly unit: string;
  readonly audience: 'staff' | 'student';
  readonly roles: readonly RoleName[] | undefined;
  /** A student's class or course, as written; null when the cell is empty. */
  readonly cohort: string | null | undefined;
  readonly email: string | null | undefined;
  readonly phone: string | null | undefined;
  /** ISO date; null when not said. */
  readonly from: string | null;
  /** ISO date of the first day after (the file names the last day); null when not said. */
  readonly to: string | null;
}

export interface ParsedRoster {
  readonly entries: readonly RosterEntry[];
  readonly problems: readonly Problem[];
  /** Headings that mean nothing to us. */
  readonly ignored: readonly string[];
}

const NAME_MAX = 120;
const COHORT_MAX = 60;

const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return tidy(String(cell));
};

const isBlank = (cells: readonly Cell[]): boolean => cells.every((cell) => textOf(cell) === '');

export function parseRoster(sheet: Sheet): ParsedRoster {
  const headingIndex = sheet.findIndex((cells) => !isBlank(cells));
  const headings = sheet[headingIndex];
  if (!headings) return { entries: [], problems: [problem(1, 'roster-empty')], ignored: [] };

  const { places, ignored, problems } = readHeadings(headings, headingIndex + 1);
  if (problems.length > 0) return { entries: [], problems, ignored };

  const entries: RosterEntry[] = [];
  for (const [index, cells] of sheet.entries()) {
    if (index <= headingIndex || isBlank(cells)) continue;
    const read = readRow(cells, index + 1, places, headings.length);
    problems.push(...read.problems);
    if (read.entry) entries.push(read.entry);
  }
  problems.push(
    ...duplicates(entries, 'roster-code-twice', (entry) => entry.code),
    ...duplicates(entries, 'roster-email-twice', (entry) => entry.email ?? null),
  );
  if (entries.length === 0 && problems.length === 0) {
    problems.push(problem(headingIndex + 1, 'roster-no-rows'));
  }
  problems.sort((a, b) => a.row - b.row);
  return { entries, problems, ignored };
}

type Places = ReadonlyMap<ColumnId, { readonly at: number; readonly heading: string }>;

function readHeadings(headings: readonly Cell[], row: number) {
  const places = new Map<ColumnId, { at: number; heading: string }>();
  const ignored: string[] = [];
  const problems: Problem[] = [];
  for (const [at, cell] of headings.entries()) {
    const heading = textOf(cell);
    const column = columnOf(heading);
    if (!column) {
      if (heading !== '') ignored.push(heading);
    } else if (places.has(column.id)) {
      problems.push(problem(row, 'roster-column-twice', { column: column.vi }));
    } else {
      places.set(column.id, { at, heading });
    }
  }
  for (const column of COLUMNS) {
    if (column.required && !places.has(column.id)) {
      problems.push(problem(row, 'roster-column-missing', { column: column.vi }));
    }
  }
  return { places, ignored, problems };
}

function readRow(
  cells: readonly Cell[],
  row: number,
  places: Places,
  width: number,
): { entry: RosterEntry | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const fault = (key: string, values: Record<string, string | number> = {}) => {
    problems.push(problem(row, key, values));
    return null;
  };
  const cell = (id: ColumnId): Cell | undefined => {
    const place = places.get(id);
    return place && (cells[place.at] ?? null);
  };
  /** Null after a fault or for an empty cell. */
  const parsed = <T>(id: ColumnId, key: string, parse: (text: string) => T | null): T | null => {
    const value = textOf(cell(id));
    return value === '' ? null : (parse(value) ?? fault(key, { value: value.slice(0, 60) }));
  };
  const day = (id: ColumnId): string | null => {
    const value = cell(id);
    if (typeof value === 'number') return fault('roster-date-wrong', { value });
    return parsed(id, 'roster-date-wrong', parseDay);
  };

  if (cells.slice(width).some((extra) => textOf(extra) !== '')) fault('roster-row-too-long');
  const missing = COLUMNS.filter((c) => c.required && textOf(cell(c.id)) === '');
  for (const column of missing) fault('roster-value-missing', { column: titleOf(column, places) });

  const name = parsed('name', 'roster-name-wrong', (text) =>
    /\p{L}/u.test(text) && text.length <= NAME_MAX ? text : null,
  );
  const audience = parsed('audience', 'roster-audience-wrong', audienceOf);
  const roles = parsed('role', 'roster-role-wrong', rolesOf) ?? [];
  const cohort = parsed('cohort', 'roster-cohort-wrong', (text) =>
    text.length <= COHORT_MAX ? text : null,
  );
  const email = parsed('email', 'roster-email-wrong', parseEmail);
  const phone = parsed('phone', 'roster-phone-wrong', normalisePhone);
  const from = day('from');
  const lastDay = day('to');
  const to = lastDay && Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString();

  if (audience === 'student' && roles.some(isUnitRole)) fault('roster-student-role');
  if (from && to && from >= to) fault('roster-dates-reversed');
  if (problems.length > 0 || name === null || audience === null) return { entry: null, problems };
  return {
    entry: {
      row,
      code: textOf(cell('code')).toUpperCase(),
      name,
      unit: textOf(cell('unit')),
      audience,
      roles: places.has('role') ? roles : undefined,
      cohort: places.has('cohort') ? cohort : undefined,
      email: places.has('email') ? email : undefined,
      phone: places.has('phone') ? phone : undefined,
      from,
      to,
    },
    problems,
  };
}

const titleOf = (column: Column, places: Places): string =>
  places.get(column.id)?.heading ?? column.vi;

function parseEmail(text: string): string | null {
  const email = text.toLowerCase();
  return z.email().safeParse(email).success ? email : null;
}

/** `5/7/2024`, `05-07-2024`, `5.7.2024` or `2024-07-05`, as an ISO date; null for anything else. */
export function parseDay(text: string): string | null {
  const written =
    /^(?<day>\d{1,2})([/.-])(?<month>\d{1,2})\2(?<year>\d{4})$/.exec(text)?.groups ??
    /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/.exec(text)?.groups;
  if (!written) return null;
  const [year, month, day] = [written.year, written.month, written.day].map(Number);
  try {
    return Temporal.PlainDate.from(
      { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
      { overflow: 'reject' },
    ).toString();
  } catch {
    return null;
  }
}

/** Each later row that repeats a value, with the row that had it first. */
function duplicates(
  entries: readonly RosterEntry[],
  key: string,
  value: (entry: RosterEntry) => string | null,
): Problem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry) => {
    const text = value(entry);
    if (text === null) return [];
    const earlier = first.get(text);
    if (earlier === undefined) {
      first.set(text, entry.row);
      return [];
    }
    return problem(entry.row, key, { value: text, other: earlier });
  });
}
