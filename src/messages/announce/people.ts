/** What people receive: an announcement as the office wrote it, in a frame of the reader's language. */

import type { Block, Button, InlineText, Message } from '../../chat/index.ts';
import type {
  AnnouncementKind,
  AnnouncementView,
  ComingEvent,
  EventAnswer,
} from '../../engine/announcement-reads.ts';
import { paragraph } from '../blocks.ts';
import { showDateTime } from '../dates.ts';
import { plainMessage } from '../flow.ts';
import type { Say } from '../say.ts';

/** What an announcement says, whether it is stored already or not. */
export interface Announced {
  readonly kind: AnnouncementKind;
  readonly title: string;
  readonly body: string;
  readonly eventAt: string | null;
  readonly eventPlace: string | null;
}

export const ANSWERS = ['yes', 'maybe', 'no'] as const satisfies readonly EventAnswer[];

/** When and where, as rows; null for what is no event. */
export function eventRows(
  say: Say,
  { eventAt, eventPlace }: Pick<Announced, 'eventAt' | 'eventPlace'>,
  zone: string,
): { label: string; value: InlineText }[] | null {
  if (eventAt === null) return null;
  return [
    { label: say('announce-event-at'), value: [showDateTime(eventAt, zone, say.language)] },
    ...(eventPlace === null ? [] : [{ label: say('announce-place'), value: [eventPlace] }]),
  ];
}

/** The announcement itself, without buttons: also shown before it goes out. */
export function announcementBlocks(say: Say, announced: Announced, zone: string): Block[] {
  const rows = eventRows(say, announced, zone);
  return [
    { kind: 'heading', text: announced.title },
    ...(rows ? [{ kind: 'fields' as const, rows }] : []),
    paragraph(announced.body),
    { kind: 'note', text: [say(`announce-from-${announced.kind}`)] },
  ];
}

/** Yes, maybe, no; a press sends one of them. */
const answerButtons = (say: Say, id: number): Button[][] => [
  ANSWERS.map(
    (answer): Button => ({
      label: say(`announce-answer-${answer}`),
      action: `ev:${answer}:${id}`,
      ...(answer === 'yes' && { tone: 'primary' }),
    }),
  ),
];

/** `answer`: the reader's own so far; undefined in what goes to everybody. */
export function announcementMessage(
  say: Say,
  announcement: Announced & Pick<AnnouncementView, 'id'>,
  zone: string,
  answer?: EventAnswer | null,
): Message {
  const { kind, id, title } = announcement;
  return {
    notice: title,
    blocks: [
      ...announcementBlocks(say, announcement, zone),
      ...(kind !== 'event'
        ? []
        : [paragraph(answer ? say(`announce-answered-${answer}`) : say('announce-answer-ask'))]),
    ],
    ...(kind === 'event' && { buttons: answerButtons(say, id) }),
  };
}

const shortEvent = (say: Say, { title, ...announced }: Announced, zone: string): Block[] => {
  const rows = eventRows(say, announced, zone);
  return [{ kind: 'heading', text: title }, ...(rows ? [{ kind: 'fields' as const, rows }] : [])];
};

export function reminderMessage(
  say: Say,
  announcement: Announced & Pick<AnnouncementView, 'id'>,
  zone: string,
): Message {
  const notice = say('announce-remind', { title: announcement.title });
  return {
    notice,
    blocks: [
      paragraph(say('announce-remind-intro')),
      ...shortEvent(say, announcement, zone),
      paragraph(say('announce-remind-ask')),
    ],
    buttons: answerButtons(say, announcement.id),
  };
}

export function calledOffMessage(say: Say, announcement: Announced, zone: string): Message {
  return {
    notice: say('announce-called-off', { title: announcement.title }),
    blocks: [paragraph(say('announce-called-off-intro')), ...shortEvent(say, announcement, zone)],
  };
}

/** Events to come. `all`: the reader sees also those they are not invited to, with how many come. */
export function calendarMessage(
  say: Say,
  events: readonly ComingEvent[],
  all: boolean,
  zone: string,
): Message {
  const title = say(all ? 'announce-calendar-all' : 'announce-calendar');
  if (events.length === 0) return plainMessage([say('announce-calendar-none')]);
  const line = ({ announcement, answer, invited, yes }: ComingEvent): string => {
    const { title: name, eventAt, eventPlace, status } = announcement;
    return [
      say('announce-calendar-line', {
        title: name,
        at: eventAt === null ? '' : showDateTime(eventAt, zone, say.language),
        place: eventPlace ?? '',
      }),
      ...(status === 'scheduled' ? [say('announce-calendar-planned')] : []),
      ...(all && status !== 'scheduled' ? [say('announce-calendar-coming', { n: yes })] : []),
      ...(invited
        ? [answer ? say(`announce-answered-${answer}`) : say('announce-answered-none')]
        : []),
    ].join(' ');
  };
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'list', items: events.map((event) => [line(event)]) },
    ],
    ...(events.some(({ invited }) => invited) && {
      buttons: events
        .filter(({ invited }) => invited)
        .map(({ announcement }): Button[] => [
          {
            label: say('announce-calendar-open', { title: shortTitle(announcement.title) }),
            action: `ev:open:${announcement.id}`,
          },
        ]),
    }),
  };
}

/** Characters of a title on a button. */
const ON_BUTTON = 40;
export const shortTitle = (title: string): string =>
  title.length <= ON_BUTTON ? title : `${title.slice(0, ON_BUTTON - 1).trimEnd()}…`;
