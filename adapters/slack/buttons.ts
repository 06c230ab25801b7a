import type { types } from '@slack/bolt';
import { type Button, sendable, shortened } from '../../src/chat/index.ts';
import { type Piece, paragraph } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { plainRich } from './rich.ts';
import { plain, visible } from './text.ts';

/**
 * Rows of buttons as actions blocks. A label that is too long stands in full above its row under a
 * number, and the button begins with that number.
 */
export function buttonPieces(rows: readonly (readonly Button[])[]): Piece[] {
  let long = 0;
  return chunked(rows).flatMap((row, r) => {
    const above: Piece[] = [];
    const elements = row.map((button, c): types.Button => {
      const label = sendable(button.label);
      let text = visible(label) ? label : '…';
      if (text.length > LIMITS.buttonLabelChars) {
        long += 1;
        above.push(...paragraph(plainRich(`${long}. ${label}`)));
        text = shortened(`${long}. ${label}`, LIMITS.buttonLabelChars);
      }
      return {
        type: 'button',
        // Slack wants it unique in a message; what the button does is its value.
        action_id: `b${r}.${c}`,
        text: plain(text),
        value: button.action,
        ...(button.tone === undefined ? {} : { style: button.tone }),
      };
    });
    const chars = elements.reduce((sum, { text }) => sum + text.text.length, 0);
    return [...above, { block: { type: 'actions', elements }, chars }];
  });
}

/** Rows no wider than an actions block. */
const chunked = (rows: readonly (readonly Button[])[]): Button[][] =>
  rows.flatMap((row) => {
    const parts: Button[][] = [];
    for (let i = 0; i < row.length; i += LIMITS.buttonsPerRow)
      parts.push(row.slice(i, i + LIMITS.buttonsPerRow));
    return parts;
  });
