/** Feedback: one ticket as its author and as those who answer see it, lists, and what people are told. */

import { Temporal } from 'temporal-polyfill';
import { campaignDay } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { type Block, type Button, type Message, shortened } from '../chat/index.ts';
import type { TicketLine, TicketView, TicketWords } from '../engine/ticket-reads.ts';
import { TICKET_NEW, ticketAction, ticketList } from '../flows/tickets/action.ts';
import { paragraph } from './blocks.ts';
import { showDate, showDateTime } from './dates.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

type Zone = Pick<Campaign, 'zone'>;
type Numbered = Pick<TicketLine, 'id'>;

/** Tickets on one page of a list. */
export const TICKETS_SHOWN = 8;
/** The last so many messages of a thread are shown. */
const WORDS_SHOWN = 8;
/** Characters of a ticket's first words in a list. */
const LINE_MAX = 60;

const number = ({ id }: Numbered): { number: string } => ({ number: String(id) });

/** What follows from sending feedback: said before anything is written. */
export const consequences = (say: Say): Block[] => [
  paragraph(say('ticket-consequence')),
  paragraph(say('ticket-consequence-hidden')),
  paragraph(say('ticket-consequence-escalation')),
];

const mineButton = (say: Say): Button => ({
  label: say('ticket-button-mine'),
  action: ticketList('l'),
});
const queueButton = (say: Say): Button => ({
  label: say('ticket-button-queue'),
  action: ticketList('q'),
});
export const openTicketButton = (say: Say, ticket: TicketLine): Button => ({
  label: say('ticket-button-open', number(ticket)),
  action: ticketAction(ticket, 'open'),
});
const followButton = (say: Say, ticket: TicketLine): Button => ({
  label: say('ticket-button-follow'),
  action: ticketAction(ticket, 'follow'),
});

const aboutName = (say: Say, { about, unit }: Pick<TicketLine, 'about' | 'unit'>): string =>
  unit
    ? unitName(say, unit)
    : say(about === 'system' ? 'ticket-about-system' : 'ticket-about-other');

/** The receipt. */
export const ackMessage = (say: Say, ticket: Pick<TicketLine, 'id' | 'dueOn'>): Message =>
  plainMessage(
    [
      say('ticket-ack', { ...number(ticket), date: showDate(ticket.dueOn, say.language) }),
      say('ticket-ack-next'),
    ],
    [[mineButton(say)]],
  );

/** The answer that counts: the latest message which is not the author's. */
const lastAnswer = ({ messages, author }: TicketView): TicketWords | undefined =>
  messages.findLast((each) => each.author.id !== author.id);

function stateWord(say: Say, ticket: TicketView, own: boolean, { zone }: Zone): string {
  const time = (at: string): string => showDateTime(at, zone, say.language);
  if (ticket.status === 'open')
    return say(ticket.escalated ? 'ticket-state-escalated' : 'ticket-state-open');
  if (ticket.status === 'closed')
    return say('ticket-state-closed', { time: time(ticket.closedAt ?? ticket.openedAt) });
  const answer = lastAnswer(ticket);
  const at = time(answer?.at ?? ticket.openedAt);
  return own
    ? say('ticket-state-answered-own', { time: at })
    : say('ticket-state-answered', { name: answer?.author.name ?? '', time: at });
}

/** The author is not told who of the office wrote; the office reads names. */
function thread(say: Say, ticket: TicketView, own: boolean, { zone }: Zone): Block[] {
  const shown = ticket.messages.slice(-WORDS_SHOWN);
  const earlier = ticket.messages.length - shown.length;
  return [
    ...(earlier > 0 ? [paragraph(say('ticket-words-earlier', { n: earlier }))] : []),
    ...shown.map(({ author, at, text }) => {
      const byAuthor = author.id === ticket.author.id;
      const who = own ? say(byAuthor ? 'ticket-you' : 'ticket-office') : author.name;
      return paragraph(
        say('ticket-words', { who, time: showDateTime(at, zone, say.language), text }),
      );
    }),
  ];
}

function authorButtons(say: Say, ticket: TicketView): Button[][] {
  const close: Button = {
    label: say(ticket.status === 'answered' ? 'ticket-button-clear' : 'ticket-button-close'),
    action: ticketAction(ticket, 'close'),
    ...(ticket.status === 'answered' && { tone: 'primary' as const }),
  };
  return [
    [followButton(say, ticket), ...(ticket.status === 'closed' ? [] : [close])],
    [mineButton(say)],
  ];
}

function officeButtons(say: Say, ticket: TicketView): Button[][] {
  const press = (verb: 'answer' | 'close' | 'reopen', label: string): Button => ({
    label: say(label),
    action: ticketAction(ticket, verb),
    ...(verb === 'answer' && ticket.status === 'open' && { tone: 'primary' as const }),
  });
  if (ticket.status === 'closed')
    return [[press('reopen', 'ticket-button-reopen')], [queueButton(say)]];
  const more = ticket.status === 'answered';
  return [
    [
      press('answer', more ? 'ticket-button-answer-more' : 'ticket-button-answer'),
      press('close', 'ticket-button-close'),
    ],
    [queueButton(say)],
  ];
}

/** A ticket with its thread. `as`: its author's view, or that of those who answer. */
export function ticketMessage(
  say: Say,
  ticket: TicketView,
  as: 'author' | 'office',
  zone: Zone,
  note: string | null = null,
): Message {
  const own = as === 'author';
  const time = showDateTime(ticket.openedAt, zone.zone, say.language);
  const due = showDate(ticket.dueOn, say.language);
  const from = [
    { label: say('ticket-from'), value: [ticket.author.name] },
    ...(ticket.authorUnit
      ? [{ label: say('ticket-from-unit'), value: [unitName(say, ticket.authorUnit)] }]
      : []),
  ];
  return {
    notice:
      note ??
      (own || ticket.status !== 'open'
        ? say('ticket-number', number(ticket))
        : say('ticket-request-notice', { ...number(ticket), date: due })),
    blocks: [
      { kind: 'heading', text: say('ticket-number', number(ticket)) },
      ...(note === null ? [] : [paragraph(note)]),
      {
        kind: 'fields',
        rows: [
          ...(own ? [] : from),
          { label: say('ticket-about'), value: [aboutName(say, ticket)] },
          { label: say('ticket-opened'), value: [time] },
          ...(ticket.status === 'open' ? [{ label: say('ticket-due'), value: [due] }] : []),
          { label: say('ticket-state'), value: [stateWord(say, ticket, own, zone)] },
        ],
      },
      ...thread(say, ticket, own, zone),
    ],
    buttons: own ? authorButtons(say, ticket) : officeButtons(say, ticket),
  };
}

/** To the author: what the office wrote. */
export const answerNotice = (say: Say, ticket: TicketView): Message => {
  const line = say('ticket-answered', number(ticket));
  return {
    notice: line,
    blocks: [paragraph(line), paragraph(ticket.messages.at(-1)?.text ?? '')],
    buttons: authorButtons(say, ticket),
  };
};

/** To the author: the office closed the ticket, or opened it again. */
export const stateNotice = (say: Say, ticket: TicketView): Message =>
  ticket.status === 'closed'
    ? plainMessage([say('ticket-closed-by-office', number(ticket))], [[followButton(say, ticket)]])
    : plainMessage(
        [
          say('ticket-reopened-by-office', {
            ...number(ticket),
            date: showDate(ticket.dueOn, say.language),
          }),
        ],
        [[followButton(say, ticket)]],
      );

/** The author's own closing. */
export const closedMessage = (say: Say, ticket: TicketView): Message =>
  plainMessage([say('ticket-closed', number(ticket))], authorButtons(say, ticket));

/** In place of a copy that a later message replaces, or that its reader may not see any more. */
export const supersededCopy = (say: Say, ticket: Numbered): Message =>
  plainMessage([say('ticket-superseded', number(ticket))]);
export const goneCopy = (say: Say): Message => plainMessage([say('ticket-gone')]);

export const againNote = (say: Say, ticket: Numbered): string =>
  say('ticket-request-again', number(ticket));

interface List {
  readonly total: number;
  readonly lines: readonly TicketLine[];
  readonly offset: number;
}

const pages = (say: Say, list: 'l' | 'q', { total, offset }: List): Button[][] => {
  const page = (label: string, at: number): Button => ({
    label: say(label),
    action: ticketList(list, at),
  });
  const turn = [
    ...(offset > 0 ? [page('ticket-page-before', Math.max(0, offset - TICKETS_SHOWN))] : []),
    ...(offset + TICKETS_SHOWN < total ? [page('ticket-page-after', offset + TICKETS_SHOWN)] : []),
  ];
  return turn.length > 0 ? [turn] : [];
};

const ownLines = (say: Say, lines: readonly TicketLine[], { zone }: Zone): Block => ({
  kind: 'list',
  items: lines.map((line) => [
    say('ticket-line', {
      ...number(line),
      date: showDate(campaignDay(Temporal.Instant.from(line.openedAt), zone), say.language),
      status: say(`ticket-status-${line.status}`),
      words: shortened(line.words.replace(/\s+/gu, ' '), LINE_MAX),
    }),
  ]),
});

/** A person's own tickets. `answers`: how many wait for them to answer; null when they answer none. */
export function ownTicketsMessage(
  say: Say,
  list: List & { readonly answers: number | null },
  zone: Zone,
): Message {
  const { lines, answers } = list;
  const title = say('ticket-mine');
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      lines.length > 0 ? ownLines(say, lines, zone) : paragraph(say('ticket-mine-none')),
      ...(answers === null || answers === 0
        ? []
        : [paragraph(say('ticket-queue-count', { n: answers }))]),
    ],
    buttons: [
      ...(answers === null ? [] : [[queueButton(say)]]),
      [{ label: say('ticket-button-new'), action: TICKET_NEW, tone: 'primary' }],
      ...lines.map((line) => [openTicketButton(say, line)]),
      ...pages(say, 'l', list),
    ],
  };
}

/** More tickets than one person may have open: they are asked to go on with one of these. */
export const limitMessage = (
  say: Say,
  live: number,
  lines: readonly TicketLine[],
  zone: Zone,
): Message => {
  const line = say('ticket-limit', { n: live });
  return {
    notice: line,
    blocks: [paragraph(line), ownLines(say, lines, zone)],
    buttons: lines.map((each) => [openTicketButton(say, each)]),
  };
};

/** What waits for an answer. `today`: ISO date, for what is overdue. */
export function ticketQueueMessage(say: Say, list: List, today: string): Message {
  const title = say('ticket-queue');
  const { lines, total } = list;
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(lines.length > 0
        ? [
            paragraph(say('ticket-queue-count', { n: total })),
            {
              kind: 'list' as const,
              items: lines.map((line) => [
                say(line.dueOn < today ? 'ticket-queue-line-late' : 'ticket-queue-line', {
                  ...number(line),
                  about: aboutName(say, line),
                  due: showDate(line.dueOn, say.language),
                }),
              ]),
            },
          ]
        : [paragraph(say('ticket-queue-none'))]),
    ],
    buttons: [
      ...lines.map((line) => [openTicketButton(say, line)]),
      ...pages(say, 'q', list),
      [mineButton(say)],
    ],
  };
}

/** To the leadership, or a line to the office: never the text, which is read when it is opened. */
export const escalatedMessage = (say: Say, ticket: TicketLine, to: 'lead' | 'office'): Message =>
  plainMessage(
    [
      say(to === 'lead' ? 'ticket-escalated' : 'ticket-escalated-office', {
        ...number(ticket),
        date: showDate(ticket.dueOn, say.language),
      }),
    ],
    [[openTicketButton(say, ticket)]],
  );

/** What was written came too late: it is given back. */
export const unsentMessage = (say: Say, ticket: TicketLine, text: string): Message =>
  plainMessage(
    [say('ticket-changed', number(ticket)), say('ticket-unsent', { text })],
    [[openTicketButton(say, ticket)]],
  );
