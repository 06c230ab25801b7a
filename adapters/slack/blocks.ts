import type { types } from '@slack/bolt';
import { type Block, sendable } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { plainRich, type Rich, rich, richLength, richVisible, splitRich, styled } from './rich.ts';
import { pieces, plain, visible } from './text.ts';

/** Blocks that are text; pictures and files are uploaded first. */
export type TextBlock = Exclude<Block, { kind: 'image' | 'file' }>;
type Table = Extract<Block, { kind: 'table' }>;

/** One Slack block with the length of its text. */
export interface Piece {
  readonly block: types.KnownBlock;
  readonly chars: number;
}

/** A text block as Slack blocks, each within its own limits; those with nothing to see are left out. */
export function piecesOf(block: TextBlock, surface: 'message' | 'view'): Piece[] {
  switch (block.kind) {
    case 'heading':
      return headingPieces(sendable(block.text));
    case 'text':
      return paragraph(rich(block.text));
    case 'note':
      return notePieces(rich(block.text));
    case 'list':
      return listPieces(block.items.map(rich), block.ordered === true);
    case 'fields':
      return gather(
        block.rows.map(({ label, value }) => {
          const shown = rich(value);
          // Several lines stand under their label, so that the first one is not taken for all.
          const gap = shown.some((e) => e.type !== 'user' && e.text.includes('\n')) ? '\n' : ' ';
          return [...styled(`${label}:`, { bold: true }), ...plainRich(gap), ...shown];
        }),
      );
    case 'table':
      return tablePieces(block, surface);
  }
}

/** A paragraph, or several when it is longer than one block may be. */
export const paragraph = (elements: readonly Rich[]): Piece[] =>
  splitRich(elements, LIMITS.textChars).filter(richVisible).map(sectionPiece);

const sectionPiece = (elements: Rich[]): Piece => ({
  block: richText([section(elements)]),
  chars: richLength(elements),
});

const richText = (elements: types.RichTextBlockElement[]): types.RichTextBlock => ({
  type: 'rich_text',
  elements,
});

const section = (elements: Rich[]): types.RichTextSection => ({
  type: 'rich_text_section',
  elements,
});

function headingPieces(text: string): Piece[] {
  if (text.length > LIMITS.headerChars) return paragraph(styled(text, { bold: true }));
  if (!visible(text)) return [];
  return [{ block: { type: 'header', text: plain(text) }, chars: text.length }];
}

/** Small print has no formatting that cannot be typed alive, so only its links cost it its size. */
function notePieces(elements: Rich[]): Piece[] {
  if (elements.some((element) => element.type !== 'text')) return paragraph(elements);
  const text = elements.map((element) => (element.type === 'text' ? element.text : '')).join('');
  return pieces(text, LIMITS.contextChars)
    .filter(visible)
    .map((piece) => ({
      block: { type: 'context', elements: [plain(piece)] },
      chars: piece.length,
    }));
}

/**
 * A list that fits one block is Slack's own. A longer one has its numbers in its text, because
 * Slack begins each of its lists at 1.
 */
function listPieces(items: Rich[][], ordered: boolean): Piece[] {
  // An item without anything in it still has its number.
  const filled = items.map((item) => (item.length > 0 ? item : plainRich(' ')));
  const chars = filled.reduce((sum, item) => sum + richLength(item), 0);
  if (chars <= LIMITS.textChars) {
    const style = ordered ? ('ordered' as const) : ('bullet' as const);
    const elements = filled.map(section);
    return [{ block: richText([{ type: 'rich_text_list', style, elements }]), chars }];
  }
  return gather(filled.map((item, i) => [...plainRich(ordered ? `${i + 1}. ` : '• '), ...item]));
}

/** Lines in as few blocks as hold them; a line is cut only when it is longer than a block. */
function gather(lines: readonly Rich[][]): Piece[] {
  const result: Piece[] = [];
  let open: Rich[] = [];
  const close = (): void => {
    result.push(...paragraph(open));
    open = [];
  };
  for (const line of lines) {
    if (open.length > 0 && richLength(open) + 1 + richLength(line) > LIMITS.textChars) close();
    open = open.length > 0 ? [...open, ...plainRich('\n'), ...line] : line;
  }
  close();
  return result;
}

const cellText = (text: string | undefined): string => sendable(text ?? '').replace(/\s+/gu, ' ');

/** Slack's table where there is one; where not, or when it would be too wide, a paragraph a row. */
function tablePieces(table: Table, surface: 'message' | 'view'): Piece[] {
  const titles = table.columns.map(({ title }) => cellText(title));
  const rows = table.rows.map((row) => table.columns.map((_, i) => cellText(row[i])));
  const head = sum(titles);
  const widest = Math.max(0, ...rows.map(sum));
  const fits = titles.length <= LIMITS.tableColumns && head + widest <= LIMITS.pageChars;
  if (surface === 'view' || !fits) return gather(stackedRows(titles, rows));
  const settings = table.columns.map(({ align }) => ({ align, is_wrapped: align === 'left' }));
  const header = titles.some(visible)
    ? [titles.map((title) => (visible(title) ? boldCell(title) : cell(title)))]
    : [];
  return tableRows(rows, head, header.length).map(({ some, chars }) => ({
    block: {
      type: 'table',
      column_settings: settings,
      rows: [...header, ...some.map((row) => row.map(cell))],
    },
    chars,
  }));
}

/** Rows shared out over tables, each of which begins with the header. */
function tableRows(
  rows: string[][],
  head: number,
  headerRows: number,
): { some: string[][]; chars: number }[] {
  const tables: { some: string[][]; chars: number }[] = [];
  for (const row of rows) {
    const last = tables.at(-1);
    const own = sum(row);
    const room = last && last.some.length + headerRows < LIMITS.tableRows;
    if (last && room && last.chars + own <= LIMITS.pageChars) {
      last.some.push(row);
      last.chars += own;
    } else tables.push({ some: [row], chars: head + own });
  }
  if (tables.length === 0 && headerRows > 0) tables.push({ some: [], chars: head });
  return tables;
}

const sum = (cells: readonly string[]): number =>
  cells.reduce((chars, text) => chars + Math.max(1, text.length), 0);

/** A cell has at least one character. */
const cell = (text: string): types.RawTextElement => ({ type: 'raw_text', text: text || ' ' });

const boldCell = (text: string): types.RichTextBlock =>
  richText([section(styled(text, { bold: true }))]);

/** `**first cell**`, then `title: cell` for the others on the next line. */
function stackedRows(titles: readonly string[], rows: readonly string[][]): Rich[][] {
  if (rows.length === 0 && titles.some(visible))
    return [styled(titles.join(' · '), { bold: true })];
  return rows.map(([first = '', ...rest]) => {
    const others = rest.map((text, i) => {
      const title = titles[i + 1];
      return title ? `${title}: ${text}` : text;
    });
    return [
      ...styled(first, { bold: true }),
      ...plainRich(others.length > 0 ? `\n${others.join(' · ')}` : ''),
    ];
  });
}
