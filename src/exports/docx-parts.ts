/**
 * Pieces of an official document, as plain data: they can be handed to another thread. Sizes, margins
 * and places of its parts: Decree 30/2020/NĐ-CP, Annex I (how administrative documents are presented).
 */
/** Half-points. */
export const SIZE = { body: 28, table: 24, annex: 20, small: 22, recipients: 24 } as const;

/** Millimetres in twips; the docx library's own function rounds down, below what the decree asks for. */
export const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);

/** Millimetres: 20–25 above and below, 30–35 left, 15–20 right; a wide page is bound at its top. */
export const PORTRAIT = { top: 20, bottom: 20, left: 30, right: 15 } as const;
export const LANDSCAPE = { top: 30, bottom: 15, left: 20, right: 20 } as const;
export const A4 = { width: 210, height: 297 } as const;

/** Twips between the margins. */
export const PORTRAIT_WIDTH = twips(A4.width - PORTRAIT.left - PORTRAIT.right);
export const LANDSCAPE_WIDTH = twips(A4.height - LANDSCAPE.left - LANDSCAPE.right);

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

export interface LineLook {
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
}

export interface LinePart {
  readonly kind: 'line';
  readonly runs: readonly Run[];
  readonly look: LineLook;
}
/** A thin line of so many twips in the middle of the given width. */
export interface RulePart {
  readonly kind: 'rule';
  readonly length: number;
  readonly within: number;
}
/** A table with a heading row that is repeated on each page; no row is torn by a page's end. */
export interface GridPart {
  readonly kind: 'grid';
  readonly columns: readonly DocColumn[];
  readonly rows: readonly DocRow[];
  readonly width: number;
  readonly size: number;
}
/** Parts side by side, without lines. */
export interface SidePart {
  readonly kind: 'side';
  readonly parts: readonly {
    readonly width: number;
    readonly children: readonly (LinePart | RulePart)[];
  }[];
}
export type DocPart = LinePart | RulePart | GridPart | SidePart;

/** Pages numbered in the middle above, from the second on; each section counts from 1. */
export interface DocSection {
  readonly wide: boolean;
  readonly children: readonly DocPart[];
}

export interface DocPlan {
  readonly title: string;
  readonly creator: string;
  readonly sections: readonly DocSection[];
}

export interface DocColumn {
  readonly title: string;
  /** Of the table's whole width. */
  readonly share: number;
  readonly align: 'left' | 'center' | 'right';
}

/** A row of cells, or one cell over the whole width that heads the rows after it. */
export type DocRow = readonly string[] | { readonly over: string };

export const line = (text: string | readonly Run[], look: LineLook = {}): LinePart => ({
  kind: 'line',
  runs: typeof text === 'string' ? [{ text }] : text,
  look,
});

/** A paragraph of running text. */
export const body = (text: string | readonly Run[], look: LineLook = {}): LinePart =>
  line(text, { align: 'both', indent: true, after: 6, ...look });

/** A heading of a section; it never stands alone at the foot of a page. */
export const heading = (text: string): LinePart =>
  line(text, { bold: true, before: 6, after: 6, indent: true, keepNext: true });

/** What a table shows, above it. */
export const caption = (text: string, size: number = SIZE.table): LinePart =>
  line(text, { size, bold: true, align: 'center', before: 6, after: 3, keepNext: true });

export const rule = (length: number, within: number): RulePart => ({
  kind: 'rule',
  length,
  within,
});

export const gridTable = (
  columns: readonly DocColumn[],
  rows: readonly DocRow[],
  { width = PORTRAIT_WIDTH, size = SIZE.table }: { width?: number; size?: number } = {},
): GridPart => ({ kind: 'grid', columns, rows, width, size });

export const sideBySide = (parts: SidePart['parts']): SidePart => ({ kind: 'side', parts });

export const section = (
  children: readonly DocPart[],
  { wide = false }: { wide?: boolean } = {},
): DocSection => ({ wide, children });
