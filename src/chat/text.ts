/** Text on its way to a platform. */

/**
 * Half of a surrogate pair is refused by the platforms, and control characters are changed by them;
 * both are made visible or blank here so that what is sent is what arrives.
 */
export const sendable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd');

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/**
 * Where to cut a text so that its first part has at most `limit` UTF-16 units: at the last blank line,
 * else line, else word, else character. `limit` is 1 or more, and so is the answer.
 */
export function textBoundary(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const head = text.slice(0, limit);
  // A boundary in the first half would waste a page; a coarser one is then not worth it.
  const half = limit / 2;
  for (const boundary of ['\n\n', '\n', ' ']) {
    const at = head.lastIndexOf(boundary);
    if (at >= half) return at + boundary.length;
  }
  return graphemeBoundary(text, limit);
}

/** The beginning of a text in at most `max` UTF-16 units, for where the whole stands elsewhere. `max` is 2 or more. */
export const shortened = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, textBoundary(text, max - 1)).trimEnd()}…`;

/** The end of the last whole character of `text` at or before `limit` UTF-16 units; `limit` is 1 or more, the answer too. */
function graphemeBoundary(text: string, limit: number): number {
  if (limit >= text.length) return text.length;
  // Boundaries depend on near neighbours only, so a window before the limit is enough.
  const from = Math.max(0, limit - 64);
  const window = graphemes.segment(text.slice(from, limit + 64));
  const start = window.containing(limit - from)?.index ?? 0;
  if (start > 0) return from + start;
  // One "character" longer than the window: cut between code points at least.
  const unit = text.charCodeAt(limit);
  const splitsPair = unit >= 0xdc00 && unit <= 0xdfff;
  return splitsPair ? Math.max(limit - 1, 2) : limit;
}
