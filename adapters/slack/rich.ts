import type { types } from '@slack/bolt';
import { type Inline, type InlineText, sendable, textBoundary } from '../../src/chat/index.ts';
import { LIMITS, PLATFORM } from './limits.ts';
import { visible } from './text.ts';

/**
 * Inline text as rich text elements. Rich text is used wherever a person's words are shown, because
 * it is a tree like ours: in `mrkdwn` an asterisk, an underscore or a leading ">" cannot be escaped
 * at all, here they are only text.
 */
export type Rich =
  | types.RichTextText
  | (types.RichTextLink & { readonly text: string })
  | types.RichTextUserMention;

/** What Slack makes a link of; others are refused (link element). */
const LINKABLE = /^(https?:\/\/|mailto:)\S+$/i;
const USER = /^[UW][A-Z0-9]{2,}$/;

export const rich = (text: InlineText): Rich[] => text.flatMap(richOf);

function richOf(inline: Inline): Rich[] {
  if (typeof inline === 'string') return plainRich(inline);
  switch (inline.kind) {
    case 'link': {
      const { url } = inline;
      const label = sendable(inline.text);
      if (LINKABLE.test(url) && url.length <= LIMITS.urlChars && visible(label)) {
        return [{ type: 'link', url, text: label }];
      }
      return plainRich(label === url ? url : `${label} (${url})`);
    }
    case 'mention': {
      const { platform, user } = inline.identity;
      if (platform === PLATFORM && USER.test(user)) return [{ type: 'user', user_id: user }];
      return styled(inline.text, { bold: true });
    }
    default:
      return styled(inline.text, { [inline.kind]: true });
  }
}

export const plainRich = (text: string): types.RichTextText[] =>
  text === '' ? [] : [{ type: 'text', text: sendable(text) }];

export const styled = (
  text: string,
  style: { bold?: boolean; italic?: boolean; code?: boolean },
): types.RichTextText[] => (text === '' ? [] : [{ type: 'text', text: sendable(text), style }]);

/** A mention shows a name, which we do not know; this is longer than most. */
const MENTION_CHARS = 40;

const lengthOf = (element: Rich): number =>
  element.type === 'user' ? MENTION_CHARS : element.text.length;

export const richLength = (elements: readonly Rich[]): number =>
  elements.reduce((sum, element) => sum + lengthOf(element), 0);

export const richVisible = (elements: readonly Rich[]): boolean =>
  elements.some((element) => element.type === 'user' || visible(element.text));

/**
 * Cuts elements into pieces of at most `max` units, at a blank line, a line, a word or a character.
 * Joined, the pieces are the text; formatting that is cut goes on in the next piece. `max` is larger
 * than a mention.
 */
export function splitRich(elements: readonly Rich[], max: number): Rich[][] {
  const result: Rich[][] = [];
  let rest = elements;
  while (richLength(rest) > max) {
    // A mention stands for its room in characters that are no boundary.
    const text = rest.map((e) => (e.type === 'user' ? '@'.repeat(MENTION_CHARS) : e.text)).join('');
    const [piece, after] = cut(rest, textBoundary(text, max));
    result.push(piece);
    rest = after;
  }
  return rest.length > 0 ? [...result, [...rest]] : result;
}

function cut(elements: readonly Rich[], at: number): [Rich[], Rich[]] {
  const before: Rich[] = [];
  const after: Rich[] = [];
  let room = at;
  for (const element of elements) {
    const own = lengthOf(element);
    if (after.length > 0 || room <= 0) after.push(element);
    else if (own <= room) before.push(element);
    // A mention is never cut; where it comes first there is room for it.
    else if (element.type === 'user') after.push(element);
    else {
      before.push({ ...element, text: element.text.slice(0, room) });
      after.push({ ...element, text: element.text.slice(room) });
    }
    room -= own;
  }
  return [before, after];
}
