/** What happens to a ticket: its rows, and the messages to everyone it concerns. No row but its own has words. */
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import { insert, type Outgoing, update, type Write } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { Holder } from '../../engine/holder-reads.ts';
import { noticesTo } from '../../engine/notices.ts';
import { recorded } from '../../engine/record.ts';
import type { TicketAbout, TicketLine, TicketView } from '../../engine/ticket-reads.ts';
import type { PersonView, TurnContext, UnitView } from '../../engine/turn-context.ts';
import {
  againNote,
  answerNotice,
  goneCopy,
  stateNotice,
  supersededCopy,
  ticketMessage,
} from '../../messages/tickets.ts';
import { may, type Subjects } from '../../people/may.ts';

export interface TicketChange {
  /** As it is once the writes are committed. */
  readonly ticket: TicketView;
  readonly writes: readonly Write[];
  /** To everyone but the one who acted, whose own copies change too. */
  readonly sends: readonly Outgoing[];
}

interface Turn {
  readonly person: PersonView;
  readonly context: Pick<TurnContext, 'now'>;
  readonly deps: HandlerDeps;
}

/** A ticket as the subject of `people/may.ts`. */
export const ticketSubject = ({
  authorId,
  unit,
  escalated,
}: Pick<TicketLine, 'authorId' | 'unit' | 'escalated'>): Subjects['ticket.read'] => ({
  authorId,
  aboutUnitId: unit?.id ?? null,
  escalated,
});

/** Under which key the copies of those who answer are remembered. */
export const ticketCopies = (id: number): string => `ticket:${id}`;

const today = ({ context, deps }: Pick<Turn, 'context' | 'deps'>): string =>
  campaignDay(context.now, deps.campaign.zone);

async function dueOn(turn: Pick<Turn, 'context' | 'deps'>): Promise<string> {
  const calendar = await turn.deps.reads.workCalendar();
  return calendar.addWorkingDays(today(turn), turn.deps.campaign.ticketWorkingDays);
}

const officers = (turn: Pick<Turn, 'context' | 'deps'>): Promise<Holder[]> =>
  turn.deps.reads.holders(['office', 'leadership'], today(turn));

/**
 * The record of what happened. An author's act is recorded without the author: who writes feedback is
 * known to those who answer it alone.
 */
function traced(
  { person, context }: Turn,
  ticket: Pick<TicketView, 'id' | 'authorId'>,
  what: string,
): Write {
  const [at, action, subject] = [instantText(context.now), `ticket.${what}`, `ticket:${ticket.id}`];
  return person.id === ticket.authorId
    ? insert('audit', { at, actor: 'ticket-author', action, subject })
    : recorded(person, at, action, subject);
}

/** Asks everyone who may answer, but for the one who acts. */
const requests = (
  ticket: TicketView,
  asked: readonly Holder[],
  { person, deps }: Turn,
  again: boolean,
): Outgoing[] =>
  asked.flatMap(({ person: officer, address }): Outgoing[] => {
    if (!address || officer.id === person.id) return [];
    const say = deps.texts[officer.language];
    const note = again ? againNote(say, ticket) : null;
    return [
      {
        to: address,
        message: ticketMessage(say, ticket, 'office', deps.campaign, note),
        subject: ticketCopies(ticket.id),
        personId: officer.id,
        priority: 'notice',
      },
    ];
  });

/**
 * The copies of those who answer, as the ticket is now. Who may no longer see it loses what stood
 * there. `again`: a new message follows, so the old copy only points to it.
 */
async function updates(
  ticket: TicketView,
  holders: readonly Holder[],
  { deps }: Turn,
  again: boolean,
): Promise<Outgoing[]> {
  const copies = await deps.reads.copiesOf(ticketCopies(ticket.id));
  const people = new Map(holders.map(({ person }) => [person.id, person]));
  return copies.map(({ address, personId }): Outgoing => {
    const reader = people.get(personId ?? 0) ?? null;
    const say = deps.texts[reader?.language ?? 'vi'];
    const message = !may(reader, 'ticket.answer', ticketSubject(ticket))
      ? goneCopy(say)
      : again
        ? supersededCopy(say, ticket)
        : ticketMessage(say, ticket, 'office', deps.campaign);
    return {
      to: address,
      message,
      as: 'update',
      subject: ticketCopies(ticket.id),
      priority: 'notice',
    };
  });
}

/** Who answers it: the office but for those it is kept from; when nobody is left there, the leadership. */
function answering<T extends Pick<TicketLine, 'authorId' | 'unit' | 'escalated'>>(
  ticket: T,
  holders: readonly Holder[],
): { readonly ticket: T; readonly asked: readonly Holder[] } {
  const those = (of: T) =>
    holders.filter(({ person }) => may(person, 'ticket.answer', ticketSubject(of)));
  const asked = those(ticket);
  if (asked.length > 0 || ticket.escalated) return { ticket, asked };
  const escalated = { ...ticket, escalated: true };
  return { ticket: escalated, asked: those(escalated) };
}

export async function openTicket(
  given: { readonly about: TicketAbout; readonly unit: UnitView | null; readonly text: string },
  turn: Turn,
): Promise<TicketChange> {
  const { person, context, deps } = turn;
  const at = instantText(context.now);
  const [id, due, holders] = await Promise.all([
    deps.reads.nextTicketNumber(),
    dueOn(turn),
    officers(turn),
  ]);
  const author = { id: person.id, name: person.name };
  const { ticket, asked } = answering<TicketView>(
    {
      id,
      author,
      authorId: person.id,
      authorUnit: person.membership?.unit ?? null,
      about: given.about,
      unit: given.unit,
      status: 'open',
      version: 1,
      openedAt: at,
      dueOn: due,
      escalated: false,
      closedAt: null,
      words: given.text,
      messages: [{ author, at, text: given.text }],
    },
    holders,
  );
  const writes = [
    insert('ticket', {
      id,
      campaign: deps.campaign.code,
      authorId: person.id,
      about: given.about,
      aboutUnitId: given.unit?.id ?? null,
      status: 'open',
      version: 1,
      openedAt: at,
      dueOn: due,
      escalatedAt: ticket.escalated ? at : null,
    }),
    insert('ticketMessage', { ticketId: id, authorId: person.id, at, text: given.text }),
    traced(turn, ticket, 'opened'),
  ];
  return { ticket, writes, sends: requests(ticket, asked, turn, false) };
}

/** One row of the ticket, guarded by the version that was read. */
const moved = (before: TicketView, set: Parameters<typeof update<'ticket'>>[2]): Write =>
  update(
    'ticket',
    { id: before.id, version: before.version },
    { ...set, version: before.version + 1 },
  );

const wordsOf = (turn: Turn, ticket: TicketView, text: string) => {
  const at = instantText(turn.context.now);
  const { id, name } = turn.person;
  return {
    row: insert('ticketMessage', { ticketId: ticket.id, authorId: id, at, text }),
    messages: [...ticket.messages, { author: { id, name }, at, text }],
  };
};

/** The office writes to the author. */
export async function answerTicket(
  before: TicketView,
  text: string,
  turn: Turn,
): Promise<TicketChange> {
  const { row, messages } = wordsOf(turn, before, text);
  const ticket: TicketView = {
    ...before,
    status: 'answered',
    version: before.version + 1,
    messages,
  };
  const told = await toAuthor(ticket, turn, answerNotice);
  return {
    ticket,
    writes: [moved(before, { status: 'answered' }), row, traced(turn, before, 'answered')],
    sends: [...told, ...(await updates(ticket, await officers(turn), turn, false))],
  };
}

/** The author writes more: it waits for an answer again. */
export async function followTicket(
  before: TicketView,
  text: string,
  turn: Turn,
): Promise<TicketChange> {
  const [due, holders] = await Promise.all([dueOn(turn), officers(turn)]);
  const { row, messages } = wordsOf(turn, before, text);
  const { ticket, asked } = answering<TicketView>(
    {
      ...before,
      status: 'open',
      version: before.version + 1,
      // More words do not put off the answer that is owed already.
      dueOn: before.status === 'open' ? before.dueOn : due,
      closedAt: null,
      messages,
    },
    holders,
  );
  const at = instantText(turn.context.now);
  const set = {
    status: 'open',
    dueOn: ticket.dueOn,
    closedAt: null,
    ...(ticket.escalated && !before.escalated && { escalatedAt: at }),
  } as const;
  return {
    ticket,
    writes: [moved(before, set), row, traced(turn, before, 'followed')],
    sends: [
      ...(await updates(ticket, holders, turn, true)),
      ...requests(ticket, asked, turn, true),
    ],
  };
}

/** The author or the office closes it. */
export async function closeTicket(before: TicketView, turn: Turn): Promise<TicketChange> {
  const closedAt = instantText(turn.context.now);
  const ticket: TicketView = {
    ...before,
    status: 'closed',
    version: before.version + 1,
    closedAt,
  };
  return {
    ticket,
    writes: [moved(before, { status: 'closed', closedAt }), traced(turn, before, 'closed')],
    sends: [
      ...(await toAuthor(ticket, turn, stateNotice)),
      ...(await updates(ticket, await officers(turn), turn, false)),
    ],
  };
}

/** The office takes a closed one up again. */
export async function reopenTicket(before: TicketView, turn: Turn): Promise<TicketChange> {
  const due = await dueOn(turn);
  const ticket: TicketView = {
    ...before,
    status: 'open',
    version: before.version + 1,
    dueOn: due,
    closedAt: null,
  };
  return {
    ticket,
    writes: [
      moved(before, { status: 'open', dueOn: due, closedAt: null }),
      traced(turn, before, 'reopened'),
    ],
    sends: [
      ...(await toAuthor(ticket, turn, stateNotice)),
      ...(await updates(ticket, await officers(turn), turn, false)),
    ],
  };
}

async function toAuthor(
  ticket: TicketView,
  { person, deps }: Turn,
  message: typeof answerNotice,
): Promise<Outgoing[]> {
  if (person.id === ticket.authorId) return [];
  return noticesTo(await deps.reads.recipients([ticket.authorId]), (language) =>
    message(deps.texts[language], ticket),
  );
}
