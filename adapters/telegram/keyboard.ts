import type { InlineKeyboardButton } from 'grammy/types';
import { type Button, sendable } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { columns } from './width.ts';

export type Keyboard = InlineKeyboardButton.CallbackButton[][];

/** Columns of text a phone shows over the whole width of a keyboard, and what a button's frame takes. */
const ROW_COLUMNS = 38;
const FRAME_COLUMNS = 3;

const widthFor = (buttonsInRow: number): number =>
  Math.floor(ROW_COLUMNS / buttonsInRow) - FRAME_COLUMNS;

/** Rows whose labels can be read: the caller's rows, broken where a phone would cut a label. */
export function keyboardRows(rows: readonly (readonly Button[])[]): Keyboard {
  return rows.flatMap((row) => {
    const broken: Button[][] = [];
    for (const button of row) {
      const last = broken.at(-1);
      if (last && fits([...last, button])) last.push(button);
      else broken.push([button]);
    }
    return broken.map((buttons) => buttons.map(toButton));
  });
}

const fits = (row: readonly Button[]): boolean =>
  row.length <= LIMITS.buttonsPerRow &&
  row.every((button) => columns(button.label) <= widthFor(row.length));

function toButton({ label, action, tone }: Button): InlineKeyboardButton.CallbackButton {
  return {
    // A label of blanks alone is refused.
    text: sendable(label).trim() || '…',
    callback_data: action,
    ...(tone === undefined ? {} : { style: tone }),
  };
}

/** Rows shared out over keyboards of at most 100 buttons; no row is torn, since none exceeds 8. */
export function keyboards(rows: Keyboard): Keyboard[] {
  const result: Keyboard[] = [];
  let room = 0;
  for (const row of rows) {
    const last = result.at(-1);
    if (last && row.length <= room) last.push(row);
    else {
      result.push([row]);
      room = LIMITS.buttons;
    }
    room -= row.length;
  }
  return result;
}
