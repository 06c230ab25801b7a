/**
 * Pieces of an official document. Sizes, margins and places of its parts: Decree 30/2020/NĐ-CP,
 * Annex I (how administrative documents are presented).
 */
import {
  AlignmentType,
  BorderStyle,
  Header,
  type ISectionOptions,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';

export const FONT = 'Times New Roman';
/** Half-points. */
export const SIZE = { body: 28, table: 24, annex: 20, small: 22, recipients: 24 } as const;

/** Millimetres in twips; the library's own function rounds down, below what the decree asks for. */
const mm = (length: number): number => Math.round((length * 1440) / 25.4);
/** Millimetres: 20–25 above and below, 30–35 left, 15–20 right; a wide page is bound at its top. */
const PORTRAIT = { top: 20, bottom: 20, left: 30, right: 15 } as const;
const LANDSCAPE = { top: 30, bottom: 15, left: 20, right: 20 } as const;
const A4 = { width: 210, height: 297 } as const;

/** Twips between the margins. */
export const PORTRAIT_WIDTH = mm(A4.width - PORTRAIT.left - PORTRAIT.right);
export const LANDSCAPE_WIDTH = mm(A4.height - LANDSCAPE.left - LANDSCAPE.right);

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

interface Line {
  readonly size?: number;
  readonly align?: 'left' | 'center' | 'right' | 'both';
  readonly bold?: boolean;
  readonly italics?: boolean;
  /** Points before and after. */
  readonly before?: number;
  readonly after?: number;
  /** The first line set in by one centimetre. */
  readonly indent?: boolean;
  /** Stays on the page of what follows. */
  readonly keepNext?: boolean;
  readonly newPage?: boolean;
}

export function line(text: string | readonly Run[], options: Line = {}): Paragraph {
  const { size = SIZE.body, align = 'left', bold, italics, before = 0, after = 0 } = options;
  const runs = typeof text === 'string' ? [{ text }] : text;
  return new Paragraph({
    alignment: AlignmentType[align === 'both' ? 'BOTH' : ALIGN[align]],
    spacing: { before: before * 20, after: after * 20 },
    ...(options.indent && { indent: { firstLine: mm(10) } }),
    ...(options.keepNext && { keepNext: true }),
    ...(options.newPage && { pageBreakBefore: true }),
    children: runs.map(
      (run) =>
        new TextRun({
          text: run.text,
          size,
          font: FONT,
          bold: run.bold ?? bold ?? false,
          italics: run.italics ?? italics ?? false,
        }),
    ),
  });
}
const ALIGN = { left: 'LEFT', center: 'CENTER', right: 'RIGHT' } as const;

/** A paragraph of running text. */
export const body = (text: string | readonly Run[], options: Line = {}): Paragraph =>
  line(text, { align: 'both', indent: true, after: 6, ...options });

/** A heading of a section; it never stands alone at the foot of a page. */
export const heading = (text: string): Paragraph =>
  line(text, { bold: true, before: 6, after: 6, indent: true, keepNext: true });

/** What a table shows, above it. */
export const caption = (text: string, size: number = SIZE.table): Paragraph =>
  line(text, { size, bold: true, align: 'center', before: 6, after: 3, keepNext: true });

/** A thin line of so many twips in the middle of the given width. */
export const rule = (length: number, within: number): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    indent: { left: (within - length) / 2, right: (within - length) / 2 },
    spacing: { before: 20, after: 0, line: 120 },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    children: [new TextRun({ text: '', size: 4 })],
  });

export interface DocColumn {
  readonly title: string;
  /** Of the table's whole width. */
  readonly share: number;
  readonly align: 'left' | 'center' | 'right';
}

/** A row of cells, or one cell over the whole width that heads the rows after it. */
export type DocRow =
  | readonly string[]
  | { readonly over: string }
  | { readonly total: readonly string[] };

/** A table with a heading row that is repeated on each page; no row is torn by a page's end. */
export function gridTable(
  columns: readonly DocColumn[],
  rows: readonly DocRow[],
  { width = PORTRAIT_WIDTH, size = SIZE.table }: { width?: number; size?: number } = {},
): Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / shares));
  const cells = (texts: readonly string[], look: Line = {}) =>
    texts.map((text, at) =>
      gridCell(text, widths[at] ?? 0, { size, align: columns[at]?.align ?? 'left', ...look }),
    );
  return new Table({
    width: { size: width, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells(
          columns.map(({ title }) => title),
          { bold: true, align: 'center' },
        ),
      }),
      ...rows.map((row) =>
        'over' in row
          ? new TableRow({
              cantSplit: true,
              keepNext: true,
              children: [
                gridCell(row.over, width, { size, bold: true, italics: true }, columns.length),
              ],
            })
          : new TableRow({
              cantSplit: true,
              children: 'total' in row ? cells(row.total, { bold: true }) : cells(row),
            }),
      ),
    ],
  });
}

const gridCell = (text: string, width: number, look: Line, span = 1): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: 30, bottom: 30, left: 70, right: 70 },
    ...(span > 1 && { columnSpan: span }),
    children: [line(text, look)],
  });

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;

/** Parts side by side, without lines. */
export const sideBySide = (
  parts: readonly { readonly width: number; readonly children: readonly Paragraph[] }[],
): Table =>
  new Table({
    width: { size: parts.reduce((sum, { width }) => sum + width, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: parts.map(({ width }) => width),
    borders: {
      top: NONE,
      bottom: NONE,
      left: NONE,
      right: NONE,
      insideHorizontal: NONE,
      insideVertical: NONE,
    },
    rows: [
      new TableRow({
        cantSplit: true,
        children: parts.map(
          ({ width, children }) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              margins: { top: 0, bottom: 0, left: 0, right: 0 },
              borders: { top: NONE, bottom: NONE, left: NONE, right: NONE },
              children,
            }),
        ),
      }),
    ],
  });

/** Pages numbered in the middle above, from the second on; each section counts from 1. */
export function section(
  children: ISectionOptions['children'],
  { wide = false }: { wide?: boolean } = {},
): ISectionOptions {
  const margins = wide ? LANDSCAPE : PORTRAIT;
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: 26 })],
  });
  return {
    headers: { default: new Header({ children: [number] }), first: new Header({ children: [] }) },
    properties: {
      titlePage: true,
      page: {
        size: {
          width: mm(A4.width),
          height: mm(A4.height),
          orientation: wide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: mm(margins.top),
          bottom: mm(margins.bottom),
          left: mm(margins.left),
          right: mm(margins.right),
          header: mm(10),
        },
        pageNumbers: { start: 1 },
      },
    },
    children,
  };
}
