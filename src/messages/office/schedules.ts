/** The schedules of posts: when each comes next, and what the office holds back. */
import type { Schedule } from '../../campaign/types.ts';
import type { Block, Button, Message } from '../../chat/index.ts';
import { officeAction } from '../../flows/office/action.ts';
import { paragraph } from '../blocks.ts';
import { showDateTime } from '../dates.ts';
import type { Say } from '../say.ts';
import { menuButton } from './parts.ts';

/** A schedule as it stands. Instants are ISO texts. */
export interface ScheduleLine {
  readonly schedule: Schedule;
  readonly next: string;
  /** Whether the next occurrence is held back. */
  readonly nextHeld: boolean;
  readonly last: { readonly occurrence: string; readonly outcome: 'done' | 'skipped' } | null;
  /** Occurrences that have passed and are held back, in order. */
  readonly held: readonly string[];
}

/** Minutes since the epoch: an occurrence's time in a button. */
const minutesOf = (at: string): number => Date.parse(at) / 60_000;

const nameOf = (say: Say, { job }: Schedule): string => say(`job-${job}`);

export function schedulesMessage(say: Say, lines: readonly ScheduleLine[], zone: string): Message {
  const when = (at: string): string => showDateTime(at, zone, say.language);
  const heading = say('office-schedules');
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      {
        kind: 'list',
        items: lines.map(({ schedule, next, nextHeld, last, held }) => [
          [
            say(nextHeld ? 'office-schedule-held' : 'office-schedule-next', {
              name: nameOf(say, schedule),
              time: when(next),
            }),
            ...(last
              ? [say(`office-schedule-last-${last.outcome}`, { time: when(last.occurrence) })]
              : []),
            ...(held.length > 0 ? [say('office-schedule-waiting', { n: held.length })] : []),
          ].join(' '),
        ]),
      },
    ],
    buttons: [
      ...lines.map(({ schedule }): Button[] => [
        { label: nameOf(say, schedule), action: officeAction('so', schedule.id) },
      ]),
      [menuButton(say)],
    ],
  };
}

/** One schedule, with what can be done about it. */
export function scheduleMessage(say: Say, line: ScheduleLine, zone: string): Message {
  const { schedule, next, nextHeld, held } = line;
  const when = (at: string): string => showDateTime(at, zone, say.language);
  const press = (label: string, view: string, at: string): Button => ({
    label: say(label, { time: when(at) }),
    action: officeAction(view, schedule.id, minutesOf(at)),
  });
  return {
    notice: nameOf(say, schedule),
    blocks: [
      { kind: 'heading', text: nameOf(say, schedule) },
      paragraph(
        say(nextHeld ? 'office-schedule-held' : 'office-schedule-next', {
          name: nameOf(say, schedule),
          time: when(next),
        }),
      ),
      ...held.map((at) => paragraph(say('office-schedule-kept', { time: when(at) }))),
      { kind: 'note', text: [say('office-schedule-note')] },
    ],
    buttons: [
      [{ label: say('office-schedule-preview'), action: officeAction('sp', schedule.id) }],
      [
        press(
          nextHeld ? 'office-schedule-release' : 'office-schedule-hold',
          nextHeld ? 'sr' : 'sh',
          next,
        ),
      ],
      ...held.map((at) => [press('office-schedule-release', 'sr', at)]),
      [{ label: say('office-schedule-now'), action: officeAction('sn', schedule.id) }],
      [{ label: say('office-to-s'), action: officeAction('s') }],
      [menuButton(say)],
    ],
  };
}

/** Asked before a post is made out of turn. */
export const runNowQuestion = (say: Say, schedule: Schedule): Message => ({
  notice: say('office-schedule-now-ask', { name: nameOf(say, schedule) }),
  blocks: [paragraph(say('office-schedule-now-ask', { name: nameOf(say, schedule) }))],
  buttons: [
    [
      {
        label: say('office-schedule-now-yes'),
        action: officeAction('sy', schedule.id),
        tone: 'danger',
      },
      { label: say('office-schedule-now-no'), action: officeAction('so', schedule.id) },
    ],
  ],
});

const isText = ({ kind }: Block): boolean => kind !== 'image' && kind !== 'file';

/** What a post would say: its words only; pictures and files are made when it is really sent. */
export function previewMessage(say: Say, message: Message, at: number, of: number): Message {
  const line = say('office-preview-line', { at, of });
  const without = message.blocks.filter(isText);
  return {
    notice: line,
    blocks: [
      { kind: 'note', text: [line] },
      ...without,
      ...(without.length < message.blocks.length
        ? [{ kind: 'note' as const, text: [say('office-preview-files')] }]
        : []),
    ],
  };
}
