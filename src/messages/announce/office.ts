/** What the office and the council see of announcements: the list, one with its progress, who comes. */

import type { Campaign } from '../../campaign/types.ts';
import type { Block, Button, Message } from '../../chat/index.ts';
import type {
  AnnouncementKind,
  AnnouncementProgress,
  AnnouncementView,
  AnswerCounts,
  EventAnswer,
} from '../../engine/announcement-reads.ts';
import type { Paged } from '../../engine/office-reads.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import type { Addressees } from '../../people/addressees.ts';
import { note } from '../blocks.ts';
import { showDateTime } from '../dates.ts';
import { plainMessage } from '../flow.ts';
import { groupName } from '../leaderboard.ts';
import { unitName } from '../report.ts';
import type { Say } from '../say.ts';
import { ANSWERS, type Announced, announcementBlocks, eventRows, shortTitle } from './people.ts';

export const KINDS = [
  'notice',
  'launch',
  'review',
  'event',
] as const satisfies readonly AnnouncementKind[];

/** Lines of one page. */
export const PER_PAGE = 8;

/** Under which an announcement's card is remembered, so that it shows how far it is. */
export const cardSubject = (id: number): string => `announcement-card:${id}`;

export const kindName = (say: Say, kind: AnnouncementKind): string => say(`announce-kind-${kind}`);

/** Whom it is for, in words. */
export function addresseesName(
  say: Say,
  addressees: Addressees,
  { comparison }: Pick<Campaign, 'comparison'>,
): string {
  switch (addressees.scope) {
    case 'bloc':
      return say(`announce-to-bloc-${addressees.bloc}`);
    case 'unit':
      return say('announce-to-unit-named', { unit: unitName(say, addressees) });
    case 'group': {
      const { kind, bloc, cluster } = addressees;
      const given = comparison.by.filter((trait) => addressees[trait] !== undefined);
      return groupName(
        say,
        { kind: kind ?? 'support', bloc: bloc ?? 'academy', cluster: cluster ?? null },
        given,
      );
    }
    default:
      return say(`announce-to-${addressees.scope}`);
  }
}

export interface AnnouncementCard {
  readonly announcement: AnnouncementView;
  readonly progress: AnnouncementProgress;
  /** Of an event. */
  readonly answers: AnswerCounts | null;
  /** The event has begun. */
  readonly over: boolean;
}

const listButton = (say: Say): Button => ({
  label: say('announce-button-list'),
  action: 'ann:list:0',
});

/** How far it is, in one sentence. */
function progressLine(say: Say, { announcement, progress }: AnnouncementCard): string {
  const { status, addressees } = announcement;
  const { total, sent, unreachable } = progress;
  const figures = { sent, total, unreachable };
  const rooms = addressees.scope === 'rooms';
  if (status === 'sending')
    return announcement.total === null
      ? say('announce-preparing')
      : say(rooms ? 'announce-progress-rooms' : 'announce-progress', figures);
  // What waits once it is stopped is about to be taken back.
  const kept = Math.max(0, total - sent - unreachable);
  if (kept > 0) return say('announce-progress-stopped', { ...figures, kept });
  return say(rooms ? 'announce-progress-rooms-end' : 'announce-progress-end', figures);
}

function cardButtons(say: Say, { announcement, answers, over }: AnnouncementCard): Button[][] {
  const { id, version, status, kind } = announcement;
  const button = (key: string, action: string, tone?: Button['tone']): Button => ({
    label: say(`announce-button-${key}`),
    action: `ann:${action}`,
    ...(tone && { tone }),
  });
  const stands = kind === 'event' && !over && (status === 'sending' || status === 'sent');
  const callOff = stands ? [[button('call-off', `ask:${id}:${version}`, 'danger')]] : [];
  if (status === 'sending') return [[button('stop', `stop:${id}`, 'danger')], ...callOff];
  const preview = [button('preview-vi', `see:${id}:vi`), button('preview-en', `see:${id}:en`)];
  if (status === 'scheduled')
    return [
      [button('now', `now:${id}:${version}`, 'primary'), button('edit', `edit:${id}:${version}`)],
      preview,
      [button('cancel', `ask:${id}:${version}`, 'danger')],
      [listButton(say)],
    ];
  const who = answers
    ? [ANSWERS.map((answer) => button(`who-${answer}`, `who:${id}:${answer}:0`))]
    : [];
  return [...who, preview, [button('copy', `copy:${id}`)], ...callOff, [listButton(say)]];
}

export function announcementCard(
  say: Say,
  card: AnnouncementCard,
  campaign: Pick<Campaign, 'zone' | 'comparison'>,
): Message {
  const { announcement, answers, over } = card;
  const { id, kind, status, title, sendAt, remindAt, author } = announcement;
  const { zone } = campaign;
  const at = (instant: string): string => showDateTime(instant, zone, say.language);
  const heading = say('announce-card', { id: String(id), title });
  const begun = announcement.total !== null || status === 'sending';
  return {
    notice: begun ? progressLine(say, card) : heading,
    blocks: [
      { kind: 'heading', text: heading },
      ...(begun ? [{ kind: 'text' as const, text: [progressLine(say, card)] }] : []),
      {
        kind: 'fields',
        rows: [
          { label: say('announce-kind'), value: [kindName(say, kind)] },
          { label: say('announce-status'), value: [say(`announce-status-${status}`)] },
          {
            label: say('announce-to'),
            value: [addresseesName(say, announcement.addressees, campaign)],
          },
          ...(status === 'scheduled' && sendAt !== null
            ? [{ label: say('announce-when'), value: [at(sendAt)] }]
            : []),
          ...(eventRows(say, announcement, zone) ?? []),
          ...(remindAt === null
            ? []
            : [{ label: say('announce-remind-at'), value: [at(remindAt)] }]),
          ...(answers
            ? [
                {
                  label: say('announce-answers'),
                  value: [say('announce-answers-line', { ...answers })],
                },
              ]
            : []),
          { label: say('announce-author'), value: [author.name] },
        ],
      },
      ...(kind === 'event' && over
        ? [{ kind: 'note' as const, text: [say('announce-event-over')] }]
        : []),
    ],
    buttons: cardButtons(say, card),
  };
}

/** All of them, latest first, with what can be written. `before`: a sentence said first. */
export function announcementList(
  say: Say,
  { total, lines }: Paged<AnnouncementView>,
  offset: number,
  zone: string,
  before: string | null = null,
): Message {
  const heading = say('announce-list');
  const page = (key: string, to: number): Button => ({
    label: say(key),
    action: `ann:list:${Math.max(0, to)}`,
  });
  const pages = [
    ...(offset > 0 ? [page('announce-page-before', offset - PER_PAGE)] : []),
    ...(offset + PER_PAGE < total ? [page('announce-page-after', offset + PER_PAGE)] : []),
  ];
  const line = ({ id, title, status, sendAt }: AnnouncementView): string =>
    say('announce-line', {
      id: String(id),
      title,
      status:
        status === 'scheduled' && sendAt !== null
          ? say('announce-status-scheduled-at', { at: showDateTime(sendAt, zone, say.language) })
          : say(`announce-status-${status}`),
    });
  const fresh = KINDS.map(
    (kind): Button => ({
      label: say(`announce-new-${kind}`),
      action: `ann:new:${kind}`,
    }),
  );
  return {
    notice: before ?? heading,
    blocks: [
      ...(before === null ? [] : [{ kind: 'text' as const, text: [before] }]),
      { kind: 'heading', text: heading },
      lines.length > 0
        ? { kind: 'list', items: lines.map((each) => [line(each)]) }
        : { kind: 'text', text: [say('announce-none')] },
    ],
    buttons: [
      fresh.slice(0, 2),
      fresh.slice(2),
      ...lines.map(({ id, title }): Button[] => [
        {
          label: say('announce-open', { id: String(id), title: shortTitle(title) }),
          action: `ann:open:${id}`,
        },
      ]),
      ...(pages.length > 0 ? [pages] : []),
    ],
  };
}

/** Asks before it is called off, or cancelled before it went out. */
export function cancelQuestion(
  say: Say,
  { id, version, title, status }: AnnouncementView,
): Message {
  const planned = status === 'scheduled';
  return plainMessage(
    [say(planned ? 'announce-cancel-ask' : 'announce-call-off-ask', { title })],
    [
      [
        {
          label: say(planned ? 'announce-button-cancel' : 'announce-button-call-off'),
          action: `ann:cancel:${id}:${version}`,
          tone: 'danger',
        },
      ],
      [{ label: say('announce-button-back'), action: `ann:back:${id}` }],
    ],
  );
}

export function answerersMessage(
  say: Say,
  { id, title }: AnnouncementView,
  answer: EventAnswer,
  people: Paged<{
    readonly name: string;
    readonly unit: Pick<UnitView, 'nameVi' | 'nameEn'> | null;
  }>,
  offset: number,
): Message {
  const heading = say(`announce-who-${answer}`, { title, n: people.total });
  const to = (at: number): string => `ann:who:${id}:${answer}:${Math.max(0, at)}`;
  const size = ANSWERERS_SHOWN;
  const pages: Button[] = [
    ...(offset > 0 ? [{ label: say('announce-page-before'), action: to(offset - size) }] : []),
    ...(offset + size < people.total
      ? [{ label: say('announce-page-after'), action: to(offset + size) }]
      : []),
  ];
  const items = people.lines.map(({ name, unit }) => [
    unit ? say('announce-who-line', { name, unit: unitName(say, unit) }) : name,
  ]);
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      items.length > 0
        ? { kind: 'list', items }
        : { kind: 'text', text: [say('announce-who-nobody')] },
    ],
    buttons: [
      ...(pages.length > 0 ? [pages] : []),
      [{ label: say('announce-button-back'), action: `ann:back:${id}` }],
    ],
  };
}

/** Names of one page. */
export const ANSWERERS_SHOWN = 30;

/** An event's time had come before its invitation went out. */
export const missedMessage = (say: Say, { id, title }: AnnouncementView): Message =>
  plainMessage([say('announce-missed', { id: String(id), title })], [[listButton(say)]]);

export interface ReviewOf {
  readonly total: number;
  readonly reachable: number;
  readonly rooms: boolean;
  /** The time it goes out lies outside working hours. */
  readonly offHours: boolean;
}

/**
 * Under the summary, before it is sent: for how many it is, and how they will see it. `frames`: as its
 * readers' languages have it; the words are Vietnamese in both.
 */
export function reviewBlocks(
  say: Say,
  frames: { readonly vi: Say; readonly en: Say },
  announced: Announced,
  { total, reachable, rooms, offHours }: ReviewOf,
  zone: string,
): Block[] {
  return [
    {
      kind: 'text',
      text: [
        rooms
          ? say('announce-reach-rooms', { total })
          : say('announce-reach', { total, reachable, missing: total - reachable }),
      ],
    },
    ...(offHours ? [note(say('announce-off-hours'))] : []),
    note(say('announce-preview')),
    ...announcementBlocks(frames.vi, announced, zone),
    note(say('announce-preview-en', { frame: frames.en(`announce-from-${announced.kind}`) })),
    note(say('announce-send-hint')),
  ];
}
