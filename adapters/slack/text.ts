import { sendable, textBoundary } from '../../src/chat/index.ts';

/** Whether a reader would see anything: not only blanks, format characters and fillers. */
export const visible = (text: string): boolean =>
  /[^\s\p{Cf}\p{Cc}\p{Zs}\u2800\u3164\u115f\u1160]/u.test(text);

/** Pieces of at most `max` UTF-16 units, cut on boundaries; joined, they are the text. */
export function pieces(text: string, max: number): string[] {
  const result: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const at = textBoundary(rest, max);
    result.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? result : [...result, rest];
}

/**
 * Plain text. Never `mrkdwn`, so nothing in it comes alive, and `emoji: false`, so that ":smile:"
 * stays what was typed.
 */
export const plain = (
  text: string,
): { readonly type: 'plain_text'; text: string; emoji: boolean } => ({
  type: 'plain_text',
  text,
  emoji: false,
});

/**
 * For a text that is no block: the notice of a message, an ephemeral answer. These three characters
 * are all that begins a mention or link there (docs.slack.dev/messaging/formatting-message-text);
 * asterisks and the like are kept plain by sending it with `mrkdwn: false`.
 */
export const escapeText = (text: string): string =>
  sendable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * A link in such a text. Marks that would format its label and cannot be escaped become signs that
 * look like them, as file names have few of them and the file itself keeps its name.
 */
export const linkText = (url: string, label: string): string =>
  `<${url.replace(/[<>|\s]/g, encodeURIComponent)}|${escapeText(unformatted(label))}>`;

const ALIKE: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u02cb',
  '|': '\u2223',
  '\n': ' ',
};

/** Marks inside a word, such as `bao_cao.pdf`, format nothing. */
const unformatted = (label: string): string =>
  label.replace(
    /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])|[|\n]/gu,
    (mark) => ALIKE[mark] ?? mark,
  );
