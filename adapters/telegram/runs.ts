import { type Block, type Inline, type InlineText, sendable } from '../../src/chat/index.ts';
import { PHONE_COLUMNS, PLATFORM } from './limits.ts';
import { columns, pad } from './width.ts';

/** A stretch of text with one look. A text is a list of runs, so cutting it never cuts markup. */
export interface Run {
  readonly text: string;
  readonly look: Look;
}
export type Look = 'plain' | 'bold' | 'italic' | 'code' | 'pre' | { readonly href: string };

/** Blocks that are text; pictures and files are pages of their own. */
export type TextBlock = Exclude<Block, { kind: 'image' | 'file' }>;

const run = (text: string, look: Look = 'plain'): Run => ({ text: sendable(text), look });

/** All text blocks of a message as one text, a blank line between two blocks. */
export function runsOf(blocks: readonly TextBlock[]): Run[] {
  return blocks.flatMap((block, i) => {
    if (i === 0) return blockRuns(block);
    const gap = blocks[i - 1]?.kind === 'heading' ? '\n' : '\n\n';
    return [run(gap), ...blockRuns(block)];
  });
}

function blockRuns(block: TextBlock): Run[] {
  switch (block.kind) {
    case 'heading':
      return [run(block.text, 'bold')];
    case 'text':
      return inlineRuns(block.text);
    case 'note':
      return inlineRuns(block.text).map((r) => (r.look === 'plain' ? { ...r, look: 'italic' } : r));
    case 'list':
      return lines(
        block.items.map((item, i) => [
          run(block.ordered ? `${i + 1}. ` : '• '),
          ...inlineRuns(item),
        ]),
      );
    case 'fields':
      return lines(
        block.rows.map(({ label, value }) => [
          run(`${label}:`, 'bold'),
          run(' '),
          ...inlineRuns(value),
        ]),
      );
    case 'table':
      return tableRuns(block);
  }
}

const lines = (items: readonly Run[][]): Run[] =>
  items.flatMap((item, i) => (i === 0 ? item : [run('\n'), ...item]));

const inlineRuns = (text: InlineText): Run[] => text.map(inlineRun);

function inlineRun(inline: Inline): Run {
  if (typeof inline === 'string') return run(inline);
  switch (inline.kind) {
    case 'link':
      return run(inline.text, { href: inline.url });
    case 'mention': {
      const { platform, user } = inline.identity;
      const known = platform === PLATFORM && /^\d+$/.test(user);
      return run(inline.text, known ? { href: `tg://user?id=${user}` } : 'bold');
    }
    default:
      return run(inline.text, inline.kind);
  }
}

/** Fixed-width columns where a phone has room for them, else one paragraph per row. */
function tableRuns(table: Extract<Block, { kind: 'table' }>): Run[] {
  const cell = (text: string | undefined): string =>
    sendable(text ?? '')
      .normalize('NFC')
      .replace(/\s+/gu, ' ');
  const titles = table.columns.map((c) => cell(c.title));
  const rows = table.rows.map((row) => table.columns.map((_, i) => cell(row[i])));
  const widths = titles.map((title, i) =>
    Math.max(columns(title), ...rows.map((row) => columns(row[i] ?? ''))),
  );
  const gaps = 2 * (widths.length - 1);
  if (widths.reduce((sum, w) => sum + w, gaps) > PHONE_COLUMNS) return stackedRows(titles, rows);
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, i) => pad(text, widths[i] ?? 0, table.columns[i]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  const header = titles.some((title) => title !== '') ? [titles] : [];
  return [run([...header, ...rows].map(line).join('\n'), 'pre')];
}

/** `**first cell**`, then `title: cell` for the others on one line. */
function stackedRows(titles: readonly string[], rows: readonly string[][]): Run[] {
  return lines(
    rows.map(([first = '', ...rest]) => {
      const others = rest.map((text, i) => {
        const title = titles[i + 1];
        return title ? `${title}: ${text}` : text;
      });
      return [run(first, 'bold'), run(others.length > 0 ? `\n${others.join(' · ')}` : '')];
    }),
  );
}
