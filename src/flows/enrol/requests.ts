/** Enrolments that need the word of the unit's leaders: asking for it, giving it, taking it back. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { type Decision, insert, type Outgoing, update, type Write } from '../../engine/decision.ts';
import type { Handler, HandlerDeps } from '../../engine/deps.ts';
import type { EnrolmentRequestView, Reads } from '../../engine/reads.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { type CommandRole, commandRoles } from '../../messages/commands.ts';
import {
  enrolmentOutcome,
  enrolmentOutcomeLine,
  enrolmentRequestMessage,
  greetingMessage,
  refusedMessage,
  startButton,
} from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import { DEFAULT_LANGUAGE } from '../../messages/language.ts';
import { ledUnits, may } from '../../people/may.ts';
import { answerWith, type FlowTurn, outdated, reply, speaker, toast } from '../run.ts';
import { actorOf, identityKey, passTurn } from './link.ts';

const requestSubject = (id: number): string => `enrolment:${id}`;

type Deps = Pick<HandlerDeps, 'campaign' | 'reads' | 'texts'>;

/** Those who may decide: the unit's leaders without the person concerned, else who stands in for them. */
const decidersOf = (
  { unit, person }: Pick<EnrolmentRequestView, 'unit' | 'person'>,
  { now }: Pick<TurnContext, 'now'>,
  { reads, campaign }: Deps,
) => reads.verifiersOf(unit.id, person.id, campaignDay(now, campaign.zone));

/** A new request: its rows and the messages that ask. `reached`: somebody has been written to. */
export async function askLeaders(
  request: EnrolmentRequestView,
  context: Pick<TurnContext, 'now'>,
  deps: Deps,
): Promise<{ writes: Write[]; sends: Outgoing[]; reached: boolean }> {
  const at = context.now.toString();
  const { id, identity, person, unit, status, version } = request;
  const sends = (await decidersOf(request, context, deps)).flatMap(
    ({ personId, address, language }): Outgoing[] =>
      address
        ? [
            {
              to: address,
              message: enrolmentRequestMessage(deps.texts[language], request),
              subject: requestSubject(id),
              personId,
              priority: 'notice',
            },
          ]
        : [],
  );
  return {
    writes: [
      insert('enrolmentRequest', {
        ...identityKey(identity),
        id,
        personId: person.id,
        unitId: unit.id,
        status,
        version,
        requestedAt: at,
      }),
      insert('audit', {
        at,
        actor: actorOf(identity),
        action: 'enrolment.requested',
        subject: requestSubject(id),
        details: { person: person.id, unit: unit.code },
      }),
    ],
    sends,
    reached: sends.length > 0,
  };
}

/** Ends a request: by the leader `by`, or (null) by the person who made it. */
async function close(
  request: EnrolmentRequestView,
  status: 'confirmed' | 'refused',
  by: PersonView | null,
  context: Pick<TurnContext, 'now'>,
  deps: Deps,
): Promise<{ writes: Write[]; updates: Outgoing[]; closed: EnrolmentRequestView }> {
  const at = context.now.toString();
  const { id, version, identity } = request;
  const closed: EnrolmentRequestView = {
    ...request,
    status,
    version: version + 1,
    decidedByName: by?.name ?? null,
  };
  const copies = await deps.reads.copiesOf(requestSubject(id));
  const readers = await deps.reads.recipients(copies.flatMap(({ personId }) => personId ?? []));
  const languages = new Map(readers.map(({ personId, language }) => [personId, language]));
  return {
    closed,
    writes: [
      update(
        'enrolmentRequest',
        { id, version, status: 'waiting' },
        { status, version: version + 1, decidedAt: at, decidedBy: by?.id ?? null },
      ),
      insert('audit', {
        at,
        actorId: by?.id ?? null,
        actor: by ? `person:${by.id}` : actorOf(identity),
        action: by ? `enrolment.${status}` : 'enrolment.withdrawn',
        subject: requestSubject(id),
      }),
    ],
    updates: copies.map(({ address, personId }) => ({
      to: address,
      message: enrolmentOutcome(
        deps.texts[languages.get(personId ?? 0) ?? DEFAULT_LANGUAGE],
        closed,
      ),
      as: 'update',
      subject: requestSubject(id),
      priority: 'notice',
    })),
  };
}

/** Takes back the open request of an account, if there is one. */
export async function withdrawOpen(
  context: Pick<TurnContext, 'now' | 'identity'>,
  deps: Deps,
): Promise<{ writes: readonly Write[]; sends: readonly Outgoing[] }> {
  const open = context.identity && (await deps.reads.openEnrolmentRequest(context.identity));
  if (!open) return { writes: [], sends: [] };
  const { writes, updates } = await close(open, 'refused', null, context, deps);
  return { writes, sends: updates };
}

/** What waits for this person: in the units they lead; for the office everywhere. Never themselves. */
export async function enrolmentsFor(
  person: PersonView,
  reads: Pick<Reads, 'enrolmentQueue'>,
): Promise<EnrolmentRequestView[]> {
  const units = ledUnits(person);
  const everywhere = may(person, 'campaign', null);
  if (!everywhere && units.length === 0) return [];
  const waiting = await reads.enrolmentQueue(everywhere ? null : units);
  return waiting.filter((request) => request.person.id !== person.id);
}

/** `enr:<id>:<version>:<verb>`: y confirm, n refuse, o open (from the queue), w withdraw (the applicant). */
export const onRequestPress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const match = /^enr:(\d{1,9}):(\d{1,9}):([ynow])$/.exec(event.action);
  const turn = { event, context, deps };
  const request = match ? await deps.reads.enrolmentRequest(Number(match[1])) : null;
  if (!match || !request) return outdated(turn);
  if (match[3] === 'w') return withdraw(turn, request);
  const { person } = context;
  const say = speaker(turn);
  if (!person) return toast(say('not-authorised'));
  const verifiers = await decidersOf(request, context, deps);
  const allowed = may(person, 'enrolment.decide', {
    unitId: request.unit.id,
    personId: request.person.id,
    verifierIds: verifiers.map(({ personId }) => personId),
  });
  if (!allowed) return toast(say('enrol-not-yours'));
  if (match[3] === 'o') return open(turn, request);
  if (request.status !== 'waiting' || request.version !== Number(match[2]))
    return {
      ...answerWith(turn, enrolmentOutcome(say, request)),
      ack: { toast: enrolmentOutcomeLine(say, request) },
    };
  return decide(turn, request, person, match[3] === 'y');
};

function open(turn: FlowTurn, request: EnrolmentRequestView): Decision {
  const say = speaker(turn);
  const waiting = request.status === 'waiting';
  const message = waiting ? enrolmentRequestMessage(say, request) : enrolmentOutcome(say, request);
  return {
    writes: [],
    sends: [
      {
        ...reply(turn, message),
        as: 'send',
        ...(waiting && { subject: requestSubject(request.id) }),
      },
    ],
    ack: {},
  };
}

async function decide(
  turn: FlowTurn,
  request: EnrolmentRequestView,
  by: PersonView,
  confirmed: boolean,
): Promise<Decision> {
  const { context, deps } = turn;
  const say = speaker(turn);
  // Another account was faster: refusing is all that is left, and the toast says why.
  if (confirmed && request.person.taken)
    return toast(say('enrol-request-taken', { name: request.person.name }));
  const status = confirmed ? 'confirmed' : 'refused';
  const { writes, updates, closed } = await close(request, status, by, context, deps);
  const told = await tellApplicant(request, confirmed, context, deps);
  return {
    writes: [
      ...writes,
      ...(confirmed
        ? [
            update(
              'identity',
              { ...identityKey(request.identity), personId: null },
              { personId: request.person.id },
            ),
            passTurn(request.person, context.now),
            // Vietnamese is the default; another choice made before enrolment stays.
            ...(request.language === DEFAULT_LANGUAGE
              ? []
              : [update('person', { id: request.person.id }, { language: request.language })]),
          ]
        : []),
    ],
    sends: [reply(turn, enrolmentOutcome(say, closed)), ...updates, told],
    ack: {
      toast: say(confirmed ? 'enrol-decided-yes' : 'enrol-decided-no', {
        name: request.person.name,
      }),
    },
  };
}

async function tellApplicant(
  request: EnrolmentRequestView,
  confirmed: boolean,
  context: Pick<TurnContext, 'now'>,
  { reads, campaign, texts }: Deps,
): Promise<Outgoing> {
  const say = texts[request.language];
  const { id, name } = request.person;
  const person = await reads.person(id, campaignDay(context.now, campaign.zone));
  const roles: readonly CommandRole[] = person ? commandRoles(person) : ['enrolled'];
  const message = confirmed
    ? greetingMessage(say, { name, unit: request.unit, roles })
    : refusedMessage(say, request);
  return { to: request.address, message, priority: 'notice' };
}

/** The applicant picked the wrong name, or thinks better of it. */
async function withdraw(turn: FlowTurn, request: EnrolmentRequestView): Promise<Decision> {
  const { context, deps } = turn;
  const { identity } = context;
  if (!identity || actorOf(identity) !== actorOf(request.identity) || request.status !== 'waiting')
    return outdated(turn);
  const { writes, updates } = await close(request, 'refused', null, context, deps);
  const message = plainMessage([speaker(turn)('enrol-withdrawn')], [[startButton(speaker(turn))]]);
  return { writes, sends: [reply(turn, message), ...updates], ack: {} };
}
