import { type Block, type Message, sendable } from '../../src/chat/index.ts';
import { toHtml } from './html.ts';
import { type Keyboard, keyboardRows, keyboards } from './keyboard.ts';
import { LIMITS } from './limits.ts';
import { type Run, runsOf, type TextBlock } from './runs.ts';
import { splitRuns } from './split.ts';

type Media = Extract<Block, { kind: 'image' | 'file' }>['media'];

/** Under a page: buttons, or the one key that hands over the own phone number. */
export type Under = { readonly inline: Keyboard } | { readonly contact: string };

/** One Telegram message. `html` of a picture or file is its caption and may be empty. */
export interface TelegramPage {
  readonly html: string;
  readonly media: { readonly as: 'photo' | 'document'; readonly file: Media } | null;
  readonly under: Under | null;
}

/** The types sendPhoto takes; other pictures go as documents. */
const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'];

/** Stands under further keyboards when one cannot hold all buttons: a message needs some text. */
const MORE = '…';

/** Splits a message into Telegram messages, each within the limits; buttons come last. */
export function paginate(message: Message): TelegramPage[] {
  const pages: TelegramPage[] = [];
  let texts: TextBlock[] = [];
  const flush = (): void => {
    pages.push(...textPages(runsOf(texts)));
    texts = [];
  };
  for (const block of message.blocks) {
    if (block.kind !== 'image' && block.kind !== 'file') {
      texts.push(block);
      continue;
    }
    flush();
    pages.push(...mediaPages(block));
  }
  flush();
  if (pages.length === 0)
    pages.push(...textPages([{ text: sendable(message.notice), look: 'plain' }]));
  if (pages.length === 0) pages.push({ html: MORE, media: null, under: null });
  return withUnder(pages, message);
}

/** Pages without anything to see are dropped: Telegram refuses them. */
function textPages(runs: readonly Run[]): TelegramPage[] {
  return splitRuns(runs, LIMITS.textChars, LIMITS.entities)
    .filter((page) => page.some((r) => visible(r.text)))
    .map((page) => ({ html: toHtml(page), media: null, under: null }));
}

/** Whether the server would find text in it: not only blanks, format characters and fillers. */
const visible = (text: string): boolean =>
  /[^\s\p{Cf}\p{Cc}\p{Zs}\u2800\u3164\u115f\u1160]/u.test(text);

function mediaPages(block: Extract<Block, { kind: 'image' | 'file' }>): TelegramPage[] {
  const { media } = block;
  if (block.kind === 'file') {
    return [{ html: '', media: { as: 'document', file: media }, under: null }];
  }
  // Telegram has no text for screen readers on pictures; the caption does that service.
  const alt: Run = { text: sendable(block.alt), look: 'plain' };
  const as = PHOTO_TYPES.includes(media.mime) ? 'photo' : 'document';
  const fits = alt.text.length <= LIMITS.captionChars;
  const picture: TelegramPage = {
    html: fits ? toHtml([alt]) : '',
    media: { as, file: media },
    under: null,
  };
  return fits ? [picture] : [...textPages([alt]), picture];
}

function withUnder(pages: TelegramPage[], message: Message): TelegramPage[] {
  const unders: Under[] = message.contactRequest
    ? [{ contact: sendable(message.contactRequest.label) }]
    : keyboards(keyboardRows(message.buttons ?? [])).map((inline) => ({ inline }));
  const last = pages.at(-1);
  const [first, ...more] = unders;
  if (!last || !first) return pages;
  return [
    ...pages.slice(0, -1),
    { ...last, under: first },
    ...more.map((under) => ({ html: MORE, media: null, under })),
  ];
}
