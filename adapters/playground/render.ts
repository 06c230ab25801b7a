import type { Block, Button, InlineText, Message } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { inlineLength, splitInline } from './split.ts';
import type { PlaygroundPage } from './types.ts';

type PageBlock = PlaygroundPage['blocks'][number];

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const plain = (text: string): InlineText => [text];
const paragraph = (text: InlineText): Block => ({ kind: 'text', text });

/** Units a block takes; every line costs one more for its end. */
function lengthOf(block: PageBlock): number {
  switch (block.kind) {
    case 'heading':
      return block.text.length + 1;
    case 'text':
    case 'note':
      return inlineLength(block.text) + 1;
    case 'list':
      return sum(block.items.map(itemLength));
    case 'fields':
      return sum(block.rows.map(fieldLength));
    case 'table':
      return rowLength(block.columns.map((c) => c.title)) + sum(block.rows.map(rowLength));
    case 'image':
      return block.alt.length + 1;
    case 'file':
      return block.media.name.length + 1;
  }
}

const itemLength = (item: InlineText): number => inlineLength(item) + 1;
const fieldLength = (row: { label: string; value: InlineText }): number =>
  row.label.length + 2 + inlineLength(row.value) + 1;
const rowLength = (cells: readonly string[]): number =>
  sum(cells.map((cell) => cell.length + 1)) + 1;

/**
 * Splits a message into pages of at most `LIMITS.textChars`; nothing is left out, the last page
 * carries the buttons, and buttons beyond `LIMITS.buttons` get pages of their own.
 */
export function paginate(message: Message, max: number = LIMITS.textChars): PlaygroundPage[] {
  const pages: PageBlock[][] = [[]];
  let used = 0;
  for (const block of message.blocks) {
    for (const piece of lengthOf(block) > max ? splitBlock(block, max) : [block]) {
      const length = lengthOf(piece);
      if (used > 0 && used + length > max) {
        pages.push([]);
        used = 0;
      }
      pages.at(-1)?.push(piece);
      used += length;
    }
  }
  const [onLast = [], ...further] = keyboards(message.buttons ?? []);
  const filled = pages.map((blocks, i): PlaygroundPage => {
    const last = i === pages.length - 1;
    return {
      notice: message.notice,
      blocks: blocks.length > 0 ? blocks : [paragraph(plain(message.notice))],
      ...(last && onLast.length > 0 ? { buttons: onLast } : {}),
      ...(last && message.contactRequest ? { contactRequest: message.contactRequest } : {}),
    };
  });
  const more = further.map(
    (buttons): PlaygroundPage => ({
      notice: message.notice,
      blocks: [paragraph(plain(message.notice))],
      buttons,
    }),
  );
  return [...filled, ...more];
}

/** Rows no wider than the limit, gathered into keyboards no larger than the limit. */
function keyboards(rows: readonly Button[][]): Button[][][] {
  const narrow = rows.flatMap((row) => chunk(row, LIMITS.buttonsPerRow));
  const boards: Button[][][] = [];
  let count = Number.POSITIVE_INFINITY;
  for (const row of narrow) {
    if (count + row.length > LIMITS.buttons) {
      boards.push([]);
      count = 0;
    }
    boards.at(-1)?.push(row);
    count += row.length;
  }
  return boards;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}

/** A block that is too long, as blocks that are not: between its lines, else within a line. */
function splitBlock(block: Block, max: number): PageBlock[] {
  switch (block.kind) {
    case 'heading':
      return splitInline(plain(block.text), max - 1).map((text) => ({
        kind: 'heading',
        text: text.join(''),
      }));
    case 'text':
    case 'note':
      return splitInline(block.text, max - 1).map((text) => ({ kind: block.kind, text }));
    case 'list':
      return splitLines(block.items, itemLength, max, {
        group: (items, first) =>
          block.ordered
            ? { kind: 'list', ordered: true, start: first + 1, items }
            : { kind: 'list', items },
        loose: (item) => item,
      });
    case 'fields':
      return splitLines(block.rows, fieldLength, max, {
        group: (rows) => ({ kind: 'fields', rows }),
        loose: (row) => [{ kind: 'bold', text: `${row.label}: ` }, ...row.value],
      });
    case 'table': {
      const head = rowLength(block.columns.map((c) => c.title));
      return splitLines(block.rows, rowLength, Math.max(1, max - head), {
        group: (rows) => ({ kind: 'table', columns: block.columns, rows }),
        loose: (row) => plain(row.join(' · ')),
      });
    }
    case 'image':
    case 'file':
      return [block];
  }
}

/** Groups of lines within the limit; a line that alone is too long becomes paragraphs. */
function splitLines<Line>(
  lines: readonly Line[],
  length: (line: Line) => number,
  max: number,
  as: { group(lines: Line[], first: number): PageBlock; loose(line: Line): InlineText },
): PageBlock[] {
  const blocks: PageBlock[] = [];
  let group: Line[] = [];
  let used = 0;
  const close = (next: number): void => {
    if (group.length > 0) blocks.push(as.group(group, next - group.length));
    group = [];
    used = 0;
  };
  lines.forEach((line, i) => {
    const own = length(line);
    if (used + own > max) close(i);
    if (own > max) {
      for (const text of splitInline(as.loose(line), max - 1)) blocks.push(paragraph(text));
      return;
    }
    group.push(line);
    used += own;
  });
  close(lines.length);
  return blocks;
}
