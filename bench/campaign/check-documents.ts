/** Reads final documents and ranking workbooks back, and compares them with figures calculated apart. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import type { Say } from '../../src/messages/say.ts';
import {
  numberIn,
  readDocument,
  readWorkbook,
  type SheetRow,
  textIn,
  vietnamese,
  type Workbook,
} from './read-back.ts';
import type { Reckoning, Span, UnitFigures } from './reckon.ts';
import type { Tally } from './tally.ts';

/** What documents show is rounded to two decimals. */
const SHOWN = 0.005 + 1e-9;

interface Part {
  readonly name: string;
  readonly span: Span;
  readonly units: readonly UnitFigures[];
  readonly reckoning: Reckoning;
  readonly campaign: Campaign;
  readonly tally: Tally;
}

export async function checkDocuments(
  parts: Part & { readonly out: string; readonly database: Database },
): Promise<void> {
  const { out, name, units, database, tally } = parts;
  const say = loadTexts().vi;
  const folder = join(out, 'documents', name);
  const files = (await readdir(folder)).sort();
  const stem = name === 'campaign' ? say('export-name-whole') : name;
  const ending = (code: string, kind: string) => `-${code}-${plain(stem)}.${kind}`;
  const whole = plain(say('export-name-campaign'));
  for (const file of files) {
    if (file.endsWith(ending(whole, 'xlsx')))
      await checkWorkbook(await readWorkbook(join(folder, file), say), parts);
    else if (file.endsWith('.docx')) {
      const unit = units.find(({ code }) => file.endsWith(ending(plain(code), 'docx')));
      const document = await readDocument(join(folder, file));
      const lines = unit ? [unit] : units;
      if (!unit)
        tally.same(
          `documents: ${name} ${file}`,
          true,
          file.endsWith(ending(whole, 'docx')) || 'unknown',
        );
      checkResponse(
        document.value,
        lines,
        `documents: ${name} ${unit?.code ?? 'campaign'}`,
        parts,
        say,
      );
      if (!unit) {
        const names = await database.query<{ code: string; name: string }>(
          'select code, name_vi as name from unit',
        );
        checkUnitTable(document.tables, new Map(names.map((row) => [row.name, row.code])), parts);
      }
    }
  }
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

const sum = <T>(rows: readonly T[], of: (row: T) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** The first table: of one unit, or of all of them. */
function checkResponse(
  value: (name: string) => number | undefined,
  units: readonly UnitFigures[],
  what: string,
  { tally }: Part,
  say: Say,
): void {
  const [unit] = units;
  const compare = (row: string, expected: number, slack = 0): void =>
    tally.same(`${what} ${row}`, expected, value(say(`doc-row-${row}`)), slack);
  compare(
    'headcount',
    sum(units, (row) => row.headcount),
  );
  compare(
    'participants',
    sum(units, (row) => row.participants),
  );
  if (units.length === 1 && unit) compare('personal', unit.personal);
  compare('personal-points', sum(units, (row) => row.cents) / 100, SHOWN);
  compare(
    'collective',
    sum(units, (row) => row.collective),
  );
  compare('collective-points', sum(units, (row) => row.common) / 100, SHOWN);
}

/** Place, name, people, participation, reports of people and of the unit, score. */
function checkUnitTable(
  tables: readonly (readonly (readonly string[])[])[],
  codes: ReadonlyMap<string, string>,
  { units, name, campaign, tally }: Part,
): void {
  const rows = new Map(
    tables
      .flat()
      .filter((row) => row.length === 7)
      .map((row) => [codes.get(row[1] ?? '') ?? '', row]),
  );
  for (const unit of units) {
    const what = `documents: ${name} table ${unit.code}`;
    const [place, , heads, share, personal, collective, score] = rows.get(unit.code) ?? [];
    tally.same(`${what} people`, unit.headcount, vietnamese(heads));
    if (unit.headcount < campaign.comparison.smallUnit) {
      tally.same(`${what} shown`, '–', score);
      continue;
    }
    const places = unit.cents + unit.common > 0 ? (unit.rank ?? undefined) : undefined;
    tally.same(`${what} place`, places, vietnamese(place));
    const percent = (100 * unit.participants) / unit.headcount;
    tally.same(`${what} participation`, percent, vietnamese(share), 0.05 + 1e-9);
    tally.same(`${what} personal`, unit.personal, vietnamese(personal));
    tally.same(`${what} collective`, unit.collective, vietnamese(collective));
    tally.same(`${what} score`, unit.score * 100, vietnamese(score), SHOWN);
  }
}

const COLUMNS = [
  ...['code', 'place', 'of-units', 'score', 'headcount', 'participants', 'personal-verified'],
  ...['personal-points', 'collective-verified', 'collective-points', 'breadth'],
];

async function checkWorkbook(book: Workbook, part: Part): Promise<void> {
  const { name, span, units, reckoning, campaign, tally } = part;
  const what = `final workbooks: ${name}`;
  const say = loadTexts().vi;
  const rows = new Map(
    book.rows('xl-sheet-units', [...COLUMNS, 'unit']).map((row) => [textIn(row, 'code'), row]),
  );
  tally.same(`${what} rows`, units.length, rows.size);
  for (const unit of units) {
    const row = rows.get(unit.code);
    const compare = (column: string, expected: number | null, slack = 0): void =>
      tally.same(`${what} ${unit.code} ${column}`, expected, numberIn(row, column), slack);
    compare('place', unit.cents + unit.common > 0 ? unit.rank : null);
    compare('of-units', unit.groupSize);
    compare('score', unit.score * 100, 1e-6);
    compare('headcount', unit.headcount);
    compare('participants', unit.participants);
    compare('personal-verified', unit.personal);
    compare('personal-points', unit.cents / 100, SHOWN);
    compare('collective-verified', unit.collective);
    compare('collective-points', unit.common / 100, SHOWN);
    compare('breadth', unit.breadth);
  }
  const nameOf = new Map(
    units.map(({ unitId, code }) => [unitId, textIn(rows.get(code) ?? new Map(), 'unit')]),
  );

  const items = book.rows('xl-sheet-items', ['unit', 'item-code', 'count', 'points']);
  const key = (row: SheetRow): string => `${textIn(row, 'unit')} ${textIn(row, 'item-code')}`;
  const found = new Map(items.map((row) => [key(row), row]));
  const calculated = await reckoning.items(span);
  tally.same(`${what} items`, calculated.length, items.length);
  for (const { unitId, item, reports, cents } of calculated) {
    const row = found.get(`${nameOf.get(unitId)} ${item}`);
    tally.same(`${what} ${unitId} ${item} reports`, reports, numberIn(row, 'count'));
    tally.same(`${what} ${unitId} ${item} points`, cents / 100, numberIn(row, 'points'), SHOWN);
  }

  // Names are not unique: what the people of a unit have is compared in the order of size.
  const people = book.rows('xl-sheet-people', ['unit', 'count', 'points']);
  const persons = await reckoning.people(span);
  const small = (unit: UnitFigures): boolean => unit.headcount < campaign.comparison.smallUnit;
  for (const unit of units) {
    const expected = persons
      .filter(({ unitId }) => unitId === unit.unitId && !small(unit))
      .map(({ cents, verified }) => `${cents}/${verified}`);
    const listed = people
      .filter((row) => textIn(row, 'unit') === nameOf.get(unit.unitId))
      .map(
        (row) => `${Math.round(100 * (numberIn(row, 'points') ?? -1))}/${numberIn(row, 'count')}`,
      );
    expected.sort();
    listed.sort();
    tally.same(`${what} ${unit.code} people`, expected.length, listed.length);
    for (const [i, each] of expected.entries())
      tally.same(`${what} ${unit.code} person ${i}`, each, listed[i]);
  }
  const ids = await reckoning.reports(span);
  const numbers = book.rows('xl-sheet-reports', ['number']).map((row) => numberIn(row, 'number'));
  tally.same(`${what} ${say('xl-sheet-reports')}`, ids.join(' '), numbers.join(' '));
}
