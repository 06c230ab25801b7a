const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** Emoji and the wide scripts of East Asia take two columns of fixed-width text. */
const WIDE =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;
const INVISIBLE = /^[\p{Mark}\p{Cf}\p{Cc}]+$/u;

/** Columns that `text` takes in a fixed-width font; letters with marks count once, however encoded. */
export function columns(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (INVISIBLE.test(segment)) continue;
    width += WIDE.test(segment) ? 2 : 1;
  }
  return width;
}

export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - columns(text)));
  return align === 'left' ? text + space : space + text;
}
