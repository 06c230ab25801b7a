/**
 * `/phananh`: feedback to the office. Every command and press asks anew who the person is to the
 * ticket; one they may not see is answered like one that does not exist, so that nobody learns of it.
 */
import { campaignDay } from '../../campaign/calendar.ts';
import { type InboundOf, laneKey } from '../../chat/index.ts';
import type { Decision, Outgoing } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { TicketView } from '../../engine/ticket-reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import {
  closedMessage,
  limitMessage,
  ownTicketsMessage,
  TICKETS_SHOWN,
  ticketMessage,
  ticketQueueMessage,
} from '../../messages/tickets.ts';
import { holds, may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, below, type FlowTurn, outdated, reply, speaker, toast } from '../run.ts';
import { parseTicket, type TicketPress } from './action.ts';
import { closeTicket, reopenTicket, ticketCopies, ticketSubject } from './change.ts';
import { atLimit, ticketFlow } from './open-flow.ts';
import { mayWrite, writeFlow, writeSubject } from './write-flow.ts';

interface TicketTurn extends FlowTurn {
  readonly event: InboundOf<'command' | 'press'>;
  readonly person: PersonView;
}

const today = ({ context, deps }: Pick<FlowTurn, 'context' | 'deps'>): string =>
  campaignDay(context.now, deps.campaign.zone);

/** What waits for this person's answer; null when answering is no part of what they do. */
async function toAnswer(turn: TicketTurn) {
  const { person, deps } = turn;
  if (!holds(person, 'office', 'leadership')) return null;
  const waiting = await deps.reads.ticketsWaiting(deps.campaign.code, today(turn));
  return waiting.filter((line) => may(person, 'ticket.answer', ticketSubject(line)));
}

async function ownList(turn: TicketTurn, offset: number): Promise<Decision> {
  const { person, deps } = turn;
  const page = { limit: TICKETS_SHOWN, offset };
  const [own, waiting] = await Promise.all([
    deps.reads.ticketsOf(person.id, deps.campaign.code, today(turn), page),
    toAnswer(turn),
  ]);
  const list = { ...own, offset, answers: waiting?.length ?? null };
  return answerWith(turn, ownTicketsMessage(speaker(turn), list, deps.campaign));
}

async function queue(turn: TicketTurn, offset: number): Promise<Decision> {
  const say = speaker(turn);
  const waiting = await toAnswer(turn);
  if (!waiting) return toast(say('not-authorised'));
  const lines = waiting.slice(offset, offset + TICKETS_SHOWN);
  const list = { total: waiting.length, lines, offset };
  return answerWith(turn, ticketQueueMessage(say, list, today(turn)));
}

async function begin(turn: TicketTurn): Promise<Decision> {
  const { person, deps } = turn;
  const say = speaker(turn);
  if (!may(person, 'ticket.open', null)) return toast(say('not-authorised'));
  const full = await atLimit(person, today(turn), deps);
  return full
    ? answerWith(turn, limitMessage(say, full.live, full.lines, deps.campaign))
    : openFlow(ticketFlow, turn);
}

/** Null also for a ticket this person may not see. */
async function visible(turn: TicketTurn, id: number): Promise<TicketView | null> {
  const ticket = await turn.deps.reads.ticket(id, today(turn));
  return ticket && may(turn.person, 'ticket.read', ticketSubject(ticket)) ? ticket : null;
}

const viewOf = (person: PersonView, ticket: TicketView): 'author' | 'office' =>
  person.id === ticket.authorId ? 'author' : 'office';

/** Shows it below; the copy of somebody who answers is kept up to date from then on. */
function open(turn: TicketTurn, ticket: TicketView): Decision {
  const { person, deps } = turn;
  const as = viewOf(person, ticket);
  const message = ticketMessage(speaker(turn), ticket, as, deps.campaign);
  return {
    writes: [],
    sends: [
      {
        ...reply(turn, message),
        as: 'send',
        ...(as === 'office' && { subject: ticketCopies(ticket.id) }),
      },
    ],
    ack: {},
  };
}

async function write(
  turn: TicketTurn,
  ticket: TicketView,
  as: 'answer' | 'follow',
): Promise<Decision> {
  const say = speaker(turn);
  if (!mayWrite(turn.person, ticket, as)) return toast(say('ticket-unknown'));
  if (as === 'answer' && ticket.status === 'closed') return outdated(turn);
  const subject = writeSubject({ as, ticket: ticket.id, seen: ticket.messages.length });
  return below(await openFlow(writeFlow, { ...turn, subject }));
}

/** Closing and reopening name the version that was shown; another one is shown anew. */
async function change(
  turn: TicketTurn,
  before: TicketView,
  verb: 'close' | 'reopen',
  version: number | null,
): Promise<Decision> {
  const { person, context, deps } = turn;
  const say = speaker(turn);
  const as = viewOf(person, before);
  const allowed = as === 'author' || may(person, 'ticket.answer', ticketSubject(before));
  if (!allowed || (verb === 'reopen' && as === 'author')) return toast(say('ticket-unknown'));
  if (before.version !== version || (before.status === 'closed') !== (verb === 'reopen')) {
    const now = ticketMessage(say, before, as, deps.campaign);
    return { ...answerWith(turn, now), ack: { toast: say('outdated-button') } };
  }
  const does = verb === 'close' ? closeTicket : reopenTicket;
  const { ticket, writes, sends } = await does(before, { person, context, deps });
  const answer =
    as === 'author' ? closedMessage(say, ticket) : ticketMessage(say, ticket, as, deps.campaign);
  return { writes, sends: [reply(turn, answer), ...(await others(turn, ticket, sends))], ack: {} };
}

/** The pressed message is changed by the answer; only another copy in this chat needs the update. */
async function others(
  { event, deps }: TicketTurn,
  ticket: TicketView,
  sends: readonly Outgoing[],
): Promise<Outgoing[]> {
  const posted = await deps.reads.postedAt(ticketCopies(ticket.id), event.where);
  const pressed = event.kind === 'press' && posted?.id === event.message?.id;
  return sends.filter(({ to }) => !pressed || laneKey(to) !== laneKey(event.where));
}

function pressedOn(
  turn: TicketTurn,
  { verb, version }: Extract<TicketPress, { kind: 'ticket' }>,
  ticket: TicketView,
): Decision | Promise<Decision> {
  switch (verb) {
    case 'open':
      return open(turn, ticket);
    case 'answer':
    case 'follow':
      return write(turn, ticket, verb);
    case 'close':
    case 'reopen':
      return change(turn, ticket, verb, version);
  }
}

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const press = parseTicket(event.action);
  if (!press || !person || event.audience === 'group') return outdated({ context, deps });
  const turn: TicketTurn = { event, context, deps, person };
  if (press.kind === 'new') return begin(turn);
  if (press.kind === 'list')
    return press.list === 'q' ? queue(turn, press.offset) : ownList(turn, press.offset);
  const ticket = await visible(turn, press.id);
  return ticket ? pressedOn(turn, press, ticket) : toast(speaker(turn)('ticket-unknown'));
};

/** `/phananh`, or at once `/phananh 12`. */
const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const { person } = context;
  const say = speaker({ context, deps });
  if (!person) return answerWith({ event, context }, plainMessage([say('not-authorised')]));
  const turn: TicketTurn = { event, context, deps, person };
  const number = /^#?(\d{1,9})$/.exec(event.args.trim())?.[1];
  if (number !== undefined) {
    const ticket = await visible(turn, Number(number));
    return ticket ? open(turn, ticket) : answerWith(turn, plainMessage([say('ticket-unknown')]));
  }
  return ownList(turn, 0);
};

export const ticketsFeature: Feature = {
  commands: { phananh: command, feedback: command },
  presses: { tk: pressed },
  flows: [ticketFlow, writeFlow],
};
