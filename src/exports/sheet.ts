/** Workbooks as data: columns with what they hold, rows of plain values. */
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import {
  appendMarkupInsideElement,
  findElement,
  getCellAddress,
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeTextContent,
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
  columns: columns.map(({ title, kind, width }) => ({ title, kind, width })),
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

export async function writeSheets(sheets: readonly SheetPlan[]): Promise<Uint8Array> {
  const file = writeXlsxFile(sheets.map(sheetOf), {
    fontFamily: 'Times New Roman',
    fontSize: 12,
    features: [filtersAndPrint(sheets)],
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
    ...plan.rows.map((row) => {
      const height = heightOf(row, plan);
      return row.map((value, at): Cell => {
        const kind = plan.columns[at]?.kind ?? 'text';
        const border = plan.table ? { borderColor: LINE, borderStyle: 'thin' as const } : {};
        const bold = !plan.table && at === 0 ? { fontWeight: 'bold' as const } : {};
        return cell(value, kind, { ...border, ...bold, alignVertical: 'top', height });
      });
    }),
  ],
});

/** Points: not every program makes rows as high as the text that wraps in them. */
const LINE_HEIGHT = 16.5;
/** Excel's own limit. */
const HEIGHT_MAX = 409;

function heightOf(row: SheetPlan['rows'][number], { columns }: SheetPlan): number {
  const lines = row.map((value, at) =>
    typeof value === 'string' && columns[at]?.kind === 'text'
      ? Math.ceil((value.length * 0.95) / columns[at].width)
      : 1,
  );
  return Math.min(HEIGHT_MAX, LINE_HEIGHT * Math.max(1, ...lines));
}

const heading = (title: string): Cell => ({
  value: title,
  type: String,
  height: 3 * LINE_HEIGHT,
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

/** The writer has neither filters nor printing of its own; this is its documented way of adding XML. */
const filtersAndPrint = (sheets: readonly SheetPlan[]): Feature => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform(xml, _options, { sheetIndex }) {
          const plan = sheets[sheetIndex];
          const page = inOrder(xml, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
          if (!plan?.table) return page;
          const last = getCellAddress(plan.rows.length, plan.columns.length - 1);
          return inOrder(page, getSelfClosingTagMarkup('autoFilter', { ref: `A1:${last}` }));
        },
        // As wide as the page, however long.
        transformElementAttributes: (tag, attributes) =>
          tag === 'pageSetup' ? { ...attributes, fitToWidth: 1, fitToHeight: 0 } : attributes,
      },
      'xl/workbook.xml': {
        transform(xml) {
          const names = findElement(xml, 'definedNames');
          return names ? appendMarkupInsideElement(xml, names, headingsOnEachPage(sheets)) : xml;
        },
      },
    },
  },
});

function inOrder(xml: string, element: string): string {
  const order = getOrderOfSiblings('xl/worksheets/sheet{id}.xml', 'worksheet');
  if (!order) throw new Error('the writer of workbooks no longer knows the parts of a sheet');
  return insertElementMarkupAccordingToOrderOfSiblings(xml, element, order, 'worksheet');
}

const headingsOnEachPage = (sheets: readonly SheetPlan[]): string =>
  sheets
    .flatMap(({ name, table: filtered }, at) =>
      filtered
        ? [
            `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${sanitizeTextContent(
              `'${name.replaceAll("'", "''")}'!$1:$1`,
            )}</definedName>`,
          ]
        : [],
    )
    .join('');
