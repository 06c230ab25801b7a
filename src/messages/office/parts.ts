/** Pieces that the office's lists share. */

import type { Button, Message } from '../../chat/index.ts';
import type { Paged } from '../../engine/office-reads.ts';
import { officeAction, PER_PAGE } from '../../flows/office/action.ts';
import { paragraph } from '../blocks.ts';
import type { Say } from '../say.ts';

export const menuButton = (say: Say): Button => ({
  label: say('office-back'),
  action: officeAction('m'),
});

/** Earlier and later pages of a list, and the way back to the menu. */
export function pageButtons(
  say: Say,
  { total }: Pick<Paged<unknown>, 'total'>,
  offset: number,
  to: (offset: number) => string,
): Button[][] {
  const turns = [
    ...(offset > 0
      ? [{ label: say('office-previous'), action: to(Math.max(0, offset - PER_PAGE)) }]
      : []),
    ...(offset + PER_PAGE < total
      ? [{ label: say('office-next'), action: to(offset + PER_PAGE) }]
      : []),
  ];
  return [...(turns.length > 0 ? [turns] : []), [menuButton(say)]];
}

/** A list with its heading, or one sentence where it is empty. */
export function listMessage(
  say: Say,
  parts: {
    readonly heading: string;
    readonly lines: readonly string[];
    readonly empty: string;
    readonly note?: string;
    readonly buttons: Button[][];
  },
): Message {
  const { heading, lines, empty, note, buttons } = parts;
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      ...(lines.length > 0
        ? [{ kind: 'list' as const, items: lines.map((line) => [line]) }]
        : [paragraph(empty)]),
      ...(note === undefined ? [] : [{ kind: 'note' as const, text: [note] }]),
    ],
    buttons: buttons.length > 0 ? buttons : [[menuButton(say)]],
  };
}
