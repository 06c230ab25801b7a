/** Writing in a ticket: the office's answer, and what its author adds. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { TicketView } from '../../engine/ticket-reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import { openTicketButton, unsentMessage } from '../../messages/tickets.ts';
import { may } from '../../people/may.ts';
import type { Finish, Flow, QuestionContext } from '../flow.ts';
import { answerTicket, followTicket, ticketSubject } from './change.ts';
import { TICKET_WORDS, ticketWords } from './words.ts';

interface Writing {
  readonly as: 'answer' | 'follow';
  readonly ticket: number;
  /** How many messages the ticket had when its writer last saw it. */
  readonly seen: number;
}

export const writeSubject = ({ as, ticket, seen }: Writing): string => `${as}:${ticket}:${seen}`;

const SUBJECT = /^(answer|follow):(\d{1,9}):(\d{1,9})$/;

function parseSubject(subject: string | null): Writing {
  const match = SUBJECT.exec(subject ?? '');
  if (!match) throw new Error(`Not a subject of the ticket's writing: ${subject}`);
  return {
    as: match[1] === 'answer' ? 'answer' : 'follow',
    ticket: Number(match[2]),
    seen: Number(match[3]),
  };
}

/** Whether this person may write in it as that. */
export const mayWrite = (person: PersonView, ticket: TicketView, as: Writing['as']): boolean =>
  as === 'answer'
    ? may(person, 'ticket.answer', ticketSubject(ticket))
    : person.id === ticket.authorId && may(person, 'ticket.read', ticketSubject(ticket));

const asked = ({ say, subject }: QuestionContext<null>): string => {
  const { as, ticket } = parseSubject(subject);
  return as === 'answer'
    ? say('ticket-answer-ask', TICKET_WORDS)
    : say('ticket-follow-ask', { number: String(ticket), ...TICKET_WORDS });
};

async function finish(
  { say, turn, answers, subject }: QuestionContext<null>,
  _state: unknown,
  deps: HandlerDeps,
): Promise<Finish> {
  const { as, ticket: id, seen } = parseSubject(subject);
  const { person } = turn;
  const text = z.string().parse(answers.text);
  const on = campaignDay(turn.now, deps.campaign.zone);
  const ticket = await deps.reads.ticket(id, on);
  const stop = (reply: Extract<Finish, { kind: 'done' }>['reply']): Finish => ({
    kind: 'done',
    decision: { writes: [], sends: [], ack: {} },
    ...(reply && { reply }),
  });
  // Somebody else's ticket is answered like one that does not exist.
  if (!person || !ticket || !mayWrite(person, ticket, as))
    return stop(plainMessage([say('ticket-unknown'), say('ticket-unsent', { text })]));
  const answersClosed = as === 'answer' && ticket.status === 'closed';
  if (ticket.messages.length !== seen || answersClosed)
    return stop(unsentMessage(say, ticket, text));
  const change = as === 'answer' ? answerTicket : followTicket;
  const done = await change(ticket, text, { person, context: turn, deps });
  const line = say(`ticket-${as}-committed`, {
    number: String(id),
    ...(as === 'follow' && { date: showDate(done.ticket.dueOn, say.language) }),
  });
  return {
    kind: 'done',
    decision: { writes: done.writes, sends: done.sends, ack: {} },
    reply: plainMessage([line], [[openTicketButton(say, done.ticket)]]),
  };
}

export const writeFlow: Flow<null> = {
  id: 'ticket-words',
  version: 1,
  upgrades: {},
  questions: [ticketWords<null>(asked)],
  keepsDrafts: false,
  summary: false,
  title({ say, subject }) {
    const { as, ticket } = parseSubject(subject);
    return say(`ticket-${as}-title`, { number: String(ticket) });
  },
  form: {
    blocks: (context) => [{ kind: 'text', text: [asked(context)] }],
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '',
    // Whether it may be done, and whether somebody else was faster, is found out when it is finished.
    recall: async (key) =>
      SUBJECT.test(key) ? { subject: key, answers: {}, changed: null } : null,
  },
  facts: async () => null,
  finish,
};
