/** Workbooks as data: columns with what they hold, rows of plain values. */
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import {
  getCellAddress,
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
} from 'write-excel-file/utility';
import type { Say } from '../messages/say.ts';

/** What the writer takes of several sheets: it does not export the type its own are made of. */
type Sheet = Parameters<typeof writeXlsxFile>[0][number];
type Feature = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>[number];

/**
 * `text` wraps; `count`: whole numbers; `figure`: two decimals; `share`: a part of one, shown in
 * percent; `day`: an ISO date, stored as a date.
 */
export type ColumnKind = 'text' | 'count' | 'figure' | 'share' | 'day';

export interface Column<Row> {
  readonly title: string;
  readonly kind: ColumnKind;
  /** In characters of the font. */
  readonly width: number;
  /** Null leaves the cell empty. */
  readonly value: (row: Row) => string | number | null;
}

/** Columns under their headings of the catalogue: `xl-column-<key>`. */
export const columnOf =
  <Row>(say: Say) =>
  (key: string, kind: ColumnKind, width: number, value: Column<Row>['value']): Column<Row> => ({
    title: say(`xl-column-${key}`),
    kind,
    width,
    value,
  });

export interface SheetPlan {
  /** At most 31 characters, none of `: \ / ? * [ ]`. */
  readonly name: string;
  readonly columns: readonly Pick<Column<never>, 'title' | 'kind' | 'width'>[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** False for a page of notes: no filter, no heading row. */
  readonly table: boolean;
  /** Columns that stay in view when scrolling to the right. */
  readonly fixed: number;
}

/** A sheet with a heading row that stays, and a filter on each column. */
export const table = <Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  fixed = 0,
): SheetPlan => ({
  name,
  columns,
  rows: rows.map((row) => columns.map(({ value }) => value(row))),
  table: true,
  fixed,
});

/** A sheet of lines: what stands in the first column is bold. */
export const notes = (
  name: string,
  lines: readonly (readonly [label: string, text: string])[],
): SheetPlan => ({
  name,
  columns: [
    { title: '', kind: 'text', width: 34 },
    { title: '', kind: 'text', width: 100 },
  ],
  rows: lines,
  table: false,
  fixed: 0,
});

/** As Excel writes formats in every language; it shows them by the reader's own settings. */
const FORMATS = {
  count: '#,##0',
  figure: '#,##0.00',
  share: '0.0%',
  day: 'dd/mm/yyyy',
} as const;

/** What a cell can hold: more is cut by Excel itself, which then calls the file damaged. */
const CELL_MAX = 32_767;
const HEADING = '#DDE7F3';
const LINE = '#BFBFBF';

export async function writeWorkbook(sheets: readonly SheetPlan[]): Promise<Uint8Array> {
  const file = writeXlsxFile(sheets.map(sheetOf), {
    fontFamily: 'Times New Roman',
    fontSize: 12,
    features: [filters(sheets)],
  });
  return new Uint8Array(await file.toBuffer());
}

const sheetOf = (plan: SheetPlan): Sheet => ({
  sheet: plan.name,
  columns: plan.columns.map(({ width }) => ({ width })),
  orientation: 'landscape',
  ...(plan.table && { stickyRowsCount: 1, stickyColumnsCount: plan.fixed }),
  data: [
    ...(plan.table ? [plan.columns.map(({ title }) => heading(title))] : []),
    ...plan.rows.map((row) =>
      row.map((value, at): Cell => {
        const kind = plan.columns[at]?.kind ?? 'text';
        const border = plan.table ? { borderColor: LINE, borderStyle: 'thin' as const } : {};
        const bold = !plan.table && at === 0 ? { fontWeight: 'bold' as const } : {};
        return cell(value, kind, { ...border, ...bold, alignVertical: 'top' });
      }),
    ),
  ],
});

const heading = (title: string): Cell => ({
  value: title,
  type: String,
  fontWeight: 'bold',
  align: 'center',
  alignVertical: 'center',
  wrap: true,
  backgroundColor: HEADING,
  borderColor: LINE,
  borderStyle: 'thin',
});

type Style = Omit<Extract<Cell, { value?: unknown }>, 'value' | 'type' | 'format'>;

function cell(value: string | number | null, kind: ColumnKind, style: Style): Cell {
  if (value === null) return style;
  if (typeof value === 'number')
    return { ...style, value, type: Number, format: kind === 'text' ? '0' : formatOf(kind) };
  if (kind === 'day')
    return { ...style, value: new Date(`${value}T00:00:00Z`), type: Date, format: FORMATS.day };
  return { ...style, value: [...value].slice(0, CELL_MAX).join(''), type: String, wrap: true };
}

const formatOf = (kind: Exclude<ColumnKind, 'text'>): string => FORMATS[kind];

/** The writer has no filters of its own; this is its documented way of adding to a sheet's XML. */
const filters = (sheets: readonly SheetPlan[]): Feature => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform(xml, _options, { sheetIndex }) {
          const plan = sheets[sheetIndex];
          const order = getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet');
          if (!plan?.table || !order) return xml;
          const last = getCellAddress(plan.rows.length, plan.columns.length - 1);
          return insertElementMarkupAccordingToOrderOfSiblings(
            xml,
            getSelfClosingTagMarkup('autoFilter', { ref: `A1:${last}` }),
            order,
            'worksheet',
          );
        },
      },
    },
  },
});
