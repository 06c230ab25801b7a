import type { types } from '@slack/bolt';
import { type Block, type Message, sendable, shortened } from '../../src/chat/index.ts';
import { type Piece, paragraph, piecesOf } from './blocks.ts';
import { buttonPieces } from './buttons.ts';
import { LIMITS, PICTURE_TYPES } from './limits.ts';
import type { SlackPage } from './page.ts';
import { plainRich } from './rich.ts';
import { escapeText, visible } from './text.ts';

type Media = NonNullable<SlackPage['media']>;

/** Said where a message has nothing to show: Slack refuses an empty one. */
const NOTHING = '…';

/** A page being filled. */
interface Sheet {
  blocks: types.KnownBlock[];
  chars: number;
  tables: number;
  media: Media | null;
}

/** Splits a message into Slack messages, each within the limits; buttons come last. */
export function paginate(message: Message): SlackPage[] {
  const sheets: Sheet[] = [];
  const put = (piece: Piece): void => {
    const last = sheets.at(-1);
    const sheet = last && hasRoom(last, piece) ? last : emptySheet();
    if (sheet !== last) sheets.push(sheet);
    sheet.blocks.push(piece.block);
    sheet.chars += piece.chars;
    if (piece.block.type === 'table') sheet.tables += 1;
  };
  for (const block of message.blocks) {
    if (block.kind !== 'image' && block.kind !== 'file') {
      for (const piece of piecesOf(block, 'message')) put(piece);
      continue;
    }
    const { media, said } = mediaOf(block);
    for (const piece of said) put(piece);
    const last = sheets.at(-1);
    // A file is shared by a message that is nothing but a link to it.
    if (last && media.as === 'image' && last.media === null) last.media = media;
    else sheets.push({ ...emptySheet(), media });
  }
  const notice = (): Piece[] =>
    paragraph(plainRich(visible(message.notice) ? message.notice : NOTHING));
  const buttons = buttonPieces(message.buttons ?? []);
  const last = sheets.at(-1);
  if (!last || (buttons.length > 0 && last.media?.as === 'file')) for (const p of notice()) put(p);
  putButtons(sheets, buttons);
  const text = escapeText(shortened(message.notice, LIMITS.noticeChars)) || NOTHING;
  return sheets.map(({ blocks, media }) => ({ text, blocks, media }));
}

const emptySheet = (): Sheet => ({ blocks: [], chars: 0, tables: 0, media: null });

/** Text never follows a picture in its page, where it would be shown above it; buttons do. */
function hasRoom(sheet: Sheet, { block, chars }: Piece): boolean {
  if (sheet.media !== null) return false;
  if (block.type === 'table' && sheet.tables === LIMITS.tables) return false;
  // One block is kept for a picture.
  return sheet.blocks.length < LIMITS.blocks - 1 && sheet.chars + chars <= LIMITS.pageChars;
}

/** Onto the last page as far as they fit, the others onto pages of their own. */
function putButtons(sheets: Sheet[], buttons: readonly Piece[]): void {
  for (const { block, chars } of buttons) {
    let sheet = sheets.at(-1);
    const taken = (sheet?.blocks.length ?? 0) + (sheet?.media ? 1 : 0);
    if (!sheet || taken >= LIMITS.blocks || sheet.chars + chars > LIMITS.pageChars) {
      sheet = emptySheet();
      sheets.push(sheet);
    }
    sheet.blocks.push(block);
    sheet.chars += chars;
  }
}

/** A picture or file, and what has to be said before it. */
function mediaOf(block: Extract<Block, { kind: 'image' | 'file' }>): {
  media: Media;
  said: Piece[];
} {
  const { sha256, name, mime } = block.media;
  if (block.kind === 'file') {
    return { media: { sha256, name, mime, as: 'file', alt: null }, said: [] };
  }
  const alt = sendable(block.alt);
  if (!PICTURE_TYPES.includes(mime)) {
    const said = alt === name ? [] : paragraph(plainRich(alt));
    return { media: { sha256, name, mime, as: 'file', alt: null }, said };
  }
  return {
    media: { sha256, name, mime, as: 'image', alt: shortened(alt, LIMITS.altChars) },
    said: alt.length > LIMITS.altChars ? paragraph(plainRich(alt)) : [],
  };
}
