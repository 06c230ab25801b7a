import { badRequest } from './errors.ts';

export interface Entity {
  readonly type: string;
  /** UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

export interface Parsed {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** The tags of the Bot API's "HTML style", each with the entity it makes. */
const TAGS: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
};

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const START = /^<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*>/;
const END = /^<\/([a-zA-Z][a-zA-Z0-9-]*)\s*>/;

/** @throws ApiError "can't parse entities" as the server does. */
export function parseHtml(source: string): Parsed {
  let text = '';
  let at = 0;
  const open: { tag: string; offset: number; url?: string }[] = [];
  const entities: Entity[] = [];
  const fail = (why: string): never => {
    const offset = Buffer.byteLength(source.slice(0, at));
    throw badRequest(`can't parse entities: ${why} at byte offset ${offset}`);
  };
  while (at < source.length) {
    const char = source[at];
    const rest = source.slice(at, at + 4096);
    if (char === '&') {
      const reference = /^&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-fA-F]+));/.exec(rest);
      if (reference) {
        const [whole, name, decimal, hex] = reference;
        text += name
          ? (NAMED[name] ?? '')
          : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex ?? '0', 16));
        at += whole.length;
        continue;
      }
    }
    if (char !== '<') {
      text += char;
      at += 1;
      continue;
    }
    const end = END.exec(rest);
    if (end) {
      const tag = (end[1] ?? '').toLowerCase();
      const last = open.pop();
      if (!last) return fail(`unexpected end tag`);
      if (last.tag !== tag)
        return fail(`unmatched end tag, expected "</${last.tag}>", found "</${tag}>"`);
      const length = text.length - last.offset;
      if (length > 0) {
        const url = last.url === undefined ? {} : { url: last.url };
        entities.push({ type: TAGS[tag] ?? tag, offset: last.offset, length, ...url });
      }
      at += end[0].length;
      continue;
    }
    const start = START.exec(rest);
    if (!start) return fail('unsupported start tag or unescaped "<"');
    const tag = (start[1] ?? '').toLowerCase();
    if (!(tag in TAGS)) return fail(`unsupported start tag "${tag}"`);
    const href = /\shref="([^"]*)"/.exec(start[2] ?? '')?.[1];
    if (tag === 'a' && href === undefined) return fail('tag "a" must have attribute "href"');
    const url = href === undefined ? {} : { url: parseHtml(href).text };
    open.push({ tag, offset: text.length, ...url });
    at += start[0].length;
  }
  const left = open.pop();
  if (left) {
    throw badRequest(
      `can't parse entities: can't find end tag corresponding to start tag "${left.tag}"`,
    );
  }
  return { text, entities };
}

/** What the server does to every text: control characters become blanks, the edges are trimmed. */
export function normalise({ text, entities }: Parsed): Parsed {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the server replaces
  const blanked = text.replace(/\r/g, '').replace(/[\u0000-\u0008\u000b-\u001f]/g, ' ');
  const start = blanked.length - blanked.trimStart().length;
  const trimmed = blanked.trim();
  const kept = entities.flatMap((e) => {
    const from = Math.max(0, e.offset - start);
    const to = Math.min(trimmed.length, e.offset + e.length - start);
    return to > from ? [{ ...e, offset: from, length: to - from }] : [];
  });
  // The server keeps a hundred entities and drops the rest; here dropping is a caller's fault.
  if (kept.length > 100) throw badRequest('more than 100 entities (the server would drop some)');
  return { text: trimmed, entities: kept };
}
