/** The days on which people work, against the usual week, and what the office has set of them. */
import type { Button, Message } from '../../chat/index.ts';
import type { SetDay } from '../../engine/office-reads.ts';
import { officeAction } from '../../flows/office/action.ts';
import { showDate } from '../dates.ts';
import type { Say } from '../say.ts';
import { listMessage, menuButton } from './parts.ts';

/** A day that is not what its weekday says. */
export interface OddDay {
  readonly day: string;
  readonly working: boolean;
}

/** `odd`: the next such days, by the calendar as it stands; `set`: those the office has set, in order. */
export function daysMessage(say: Say, odd: readonly OddDay[], set: readonly SetDay[]): Message {
  const notes = new Map(set.map(({ day, note }) => [day, note]));
  return listMessage(say, {
    heading: say('office-days'),
    empty: say('office-days-none'),
    lines: odd.map(({ day, working }) => {
      const date = showDate(day, say.language);
      const what = say(working ? 'office-day-working' : 'office-day-off');
      const note = notes.get(day);
      return note === undefined
        ? say('office-day-line', { date, what })
        : say('office-day-line-set', { date, what, note });
    }),
    note: say('office-days-note'),
    buttons: [
      [{ label: say('office-day-set'), action: officeAction('ca') }],
      ...set.map(({ day }): Button[] => [
        {
          label: say('office-day-drop', { date: showDate(day, say.language) }),
          action: officeAction('cx', day),
        },
      ]),
      [menuButton(say)],
    ],
  });
}
