import type { Inline, InlineText } from '../../src/chat/index.ts';

const textOf = (inline: Inline): string => (typeof inline === 'string' ? inline : inline.text);
export const inlineLength = (text: InlineText): number =>
  text.reduce((sum, inline) => sum + textOf(inline).length, 0);

const withText = (inline: Inline, text: string): Inline =>
  typeof inline === 'string' ? text : { ...inline, text };

/**
 * Cuts inline text into pieces of at most `max` UTF-16 units, at a blank line, a line, a word or a
 * grapheme. Joined, the pieces are the text; formatting that is cut goes on in the next piece.
 */
export function splitInline(text: InlineText, max: number): InlineText[] {
  const pieces: InlineText[] = [];
  let rest: InlineText = text;
  while (inlineLength(rest) > max) {
    const [piece, after] = cut(rest, boundary(rest.map(textOf).join(''), max));
    pieces.push(piece);
    rest = after;
  }
  return [...pieces, rest];
}

/** Where a piece of at most `max` units ends; never inside a grapheme unless one alone is larger. */
function boundary(text: string, max: number): number {
  const head = text.slice(0, max);
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = head.lastIndexOf(mark);
    // A boundary in the first half would leave the piece mostly empty.
    if (at >= max / 2) return at + mark.length;
  }
  // Graphemes are looked at in a window that is longer than any sensible one.
  const from = Math.max(0, max - 64);
  const window = text.slice(from, max + 64);
  let end = 0;
  for (const { index } of new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(window))
    if (from + index <= max) end = from + index;
  return end > from ? end : max;
}

function cut(text: InlineText, at: number): [InlineText, InlineText] {
  const before: Inline[] = [];
  const after: Inline[] = [];
  let room = at;
  for (const inline of text) {
    const own = textOf(inline);
    if (own.length <= room) before.push(inline);
    else if (room <= 0) after.push(inline);
    else {
      before.push(withText(inline, own.slice(0, room)));
      after.push(withText(inline, own.slice(room)));
    }
    room -= own.length;
  }
  return [before, after];
}
