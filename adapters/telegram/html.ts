import type { Look, Run } from './runs.ts';

/** The three characters that mean something in Telegram's HTML (Bot API, HTML style). */
const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const TAGS = { bold: 'b', italic: 'i', code: 'code', pre: 'pre' } as const;

/** One page's runs as Telegram HTML. Blanks at the edge of a run stay outside its tags. */
export function toHtml(runs: readonly Run[]): string {
  return runs.map(({ text, look }) => wrap(text, look)).join('');
}

function wrap(text: string, look: Look): string {
  if (look === 'plain' || text.trim() === '') return escapeHtml(text);
  if (look === 'pre') return `<pre>${escapeHtml(text)}</pre>`;
  const inner = text.trim();
  const start = text.indexOf(inner);
  const [before, after] = [text.slice(0, start), text.slice(start + inner.length)];
  if (typeof look === 'object') {
    const href = escapeHtml(look.href).replace(/"/g, '&quot;');
    return `${before}<a href="${href}">${escapeHtml(inner)}</a>${after}`;
  }
  const tag = TAGS[look];
  return `${before}<${tag}>${escapeHtml(inner)}</${tag}>${after}`;
}
