/** Writing an announcement: what, for whom, when; the summary shows it as people will see it. */
import { instantText } from '../../campaign/calendar.ts';
import type { Address } from '../../chat/index.ts';
import type { AnnouncementTask } from '../../engine/announce-tasks.ts';
import type { AnnouncementView } from '../../engine/announcement-reads.ts';
import { type Decision, insert, update, type Write } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { announcementCard, reviewBlocks } from '../../messages/announce/office.ts';
import { plainMessage } from '../../messages/flow.ts';
import { Addressees } from '../../people/addressees.ts';
import { may } from '../../people/may.ts';
import { SUMMARY } from '../advance.ts';
import type { Finish, Flow, FlowForm } from '../flow.ts';
import type { Answer } from '../state.ts';
import { addresseesQuestion } from './addressees-question.ts';
import { type AnnounceFacts, announceFacts, type Context, Kind, kindOf } from './facts.ts';
import { asAnswer } from './find.ts';
import { inWorkingHours } from './hours.ts';
import {
  eventAtQuestion,
  eventProblem,
  instantOf,
  NONE,
  NOW,
  placeQuestion,
  remindProblem,
  remindQuestion,
  whenProblem,
  whenQuestion,
} from './times.ts';
import { bodyQuestion, kindQuestion, titleQuestion } from './words.ts';

/** What a flow that changes a scheduled announcement is about: its number and version. */
export const subjectOf = ({ id, version }: Pick<AnnouncementView, 'id' | 'version'>): string =>
  `${id}.${version}`;

const parseSubject = (subject: string): { id: number; version: number } | null => {
  const match = /^(\d{1,9})\.(\d{1,9})$/.exec(subject);
  return match ? { id: Number(match[1]), version: Number(match[2]) } : null;
};

/** The answers that would make this announcement; `timed` false leaves out when it goes out. */
export function answersOf(view: AnnouncementView, timed: boolean): Record<string, Answer> {
  const { kind, title, body, addressees, sendAt, eventAt, eventPlace, remindAt } = view;
  return {
    kind: { value: kind },
    title: { value: title },
    body: { value: body },
    to: { value: asAnswer(addressees) },
    ...(kind === 'event' && eventPlace !== null && { place: { value: eventPlace } }),
    ...(timed && { when: { value: sendAt ?? NOW } }),
    ...(timed &&
      eventAt !== null && { eventAt: { value: eventAt }, remind: { value: remindAt ?? NONE } }),
  };
}

/** The private chat in which the person writes; null before the platform has told it. */
export function privateChat({ identity, account }: TurnContext): Address | null {
  if (!identity || !account?.directChat) return null;
  return { platform: identity.platform, tenant: identity.tenant, chat: account.directChat };
}

/** The task that sends it, which tells this person how far it is. */
export function sendTask(id: number, person: PersonView, turn: TurnContext): Write {
  const to = privateChat(turn);
  const payload: AnnouncementTask = { id, by: person.id, ...(to && { to }) };
  return insert('task', { kind: 'announcement-send', payload, askedBy: person.id });
}

/** The record of what was done with an announcement. */
export const audited = (
  action: string,
  id: number,
  person: Pick<PersonView, 'id'>,
  turn: TurnContext,
  details: Readonly<Record<string, unknown>> = {},
): Write =>
  recorded(person, instantText(turn.now), `announcement.${action}`, `announcement:${id}`, details);

/** What is wrong by now, with the question that puts it right; null when nothing is. */
function problem(context: Context): { why: string; asking: string } | null {
  const { say, answers, facts } = context;
  const at = {
    event: instantOf(answers.eventAt),
    when: instantOf(answers.when),
    remind: instantOf(answers.remind),
  };
  const isEvent = kindOf(context) === 'event';
  const checks: readonly (readonly [string, string | null])[] = [
    ['eventAt', isEvent && at.event ? eventProblem(at.event, context) : null],
    ['when', at.when ? whenProblem(at.when, context) : null],
    ['remind', isEvent && at.remind ? remindProblem(at.remind, context) : null],
    [
      'to',
      isEvent && Addressees.parse(answers.to).scope === 'rooms' ? say('announce-to-gone') : null,
    ],
    ['to', facts.reach?.total === 0 ? say('announce-to-nobody') : null],
  ];
  const found = checks.find(([, why]) => why !== null);
  return found ? { asking: found[0], why: found[1] ?? '' } : null;
}

function viewOf(
  context: Context,
  id: number,
  version: number,
  person: PersonView,
): AnnouncementView {
  const { answers } = context;
  const kind = kindOf(context);
  const text = (value: unknown): string => String(value ?? '');
  const event = kind === 'event';
  return {
    id,
    kind,
    title: text(answers.title),
    body: text(answers.body),
    addressees: Addressees.parse(answers.to),
    status: answers.when === NOW ? 'sending' : 'scheduled',
    version,
    author: { id: person.id, name: person.name },
    sendAt: instantOf(answers.when)?.toString() ?? null,
    total: null,
    eventAt: event ? text(answers.eventAt) : null,
    eventPlace: event ? text(answers.place) : null,
    remindAt: event ? (instantOf(answers.remind)?.toString() ?? null) : null,
  };
}

async function finish(
  context: Context,
  state: { subject: string | null },
  deps: HandlerDeps,
): Promise<Finish> {
  const { say, turn, facts } = context;
  const { person } = turn;
  if (!person || !may(person, 'announcement.write', null))
    return { kind: 'refuse', why: say('not-authorised'), asking: SUMMARY };
  const wrong = problem(context);
  if (wrong) return { kind: 'refuse', ...wrong };
  const before = state.subject === null ? null : parseSubject(state.subject);
  const stored = before && (await deps.reads.announcement(before.id));
  if (before && (stored?.status !== 'scheduled' || stored.version !== before.version))
    return { kind: 'refuse', why: say('announce-changed'), asking: SUMMARY };
  const id = before?.id ?? (await deps.reads.nextAnnouncementNumber());
  const fresh = viewOf(context, id, (before?.version ?? 0) + 1, person);
  const view = stored ? { ...fresh, author: stored.author } : fresh;
  const now = view.status === 'sending';
  const at = instantText(turn.now);
  const row = {
    kind: view.kind,
    title: view.title,
    body: view.body,
    audience: view.addressees,
    status: view.status,
    version: view.version,
    sendAt: view.sendAt,
    startedAt: now ? at : null,
    eventAt: view.eventAt,
    eventPlace: view.eventPlace,
    remindAt: view.remindAt,
  } as const;
  const writes: Write[] = [
    before
      ? update('announcement', { id, version: before.version, status: 'scheduled' }, row)
      : insert('announcement', {
          id,
          campaign: deps.campaign.code,
          createdBy: person.id,
          createdAt: at,
          ...row,
        }),
    audited(before ? 'changed' : 'written', id, person, turn, {
      kind: view.kind,
      scope: view.addressees.scope,
      status: view.status,
    }),
    ...(now ? [sendTask(id, person, turn)] : []),
  ];
  const decision: Omit<Decision, 'state'> = { writes, sends: [], ack: {} };
  if (now)
    return {
      kind: 'done',
      decision,
      reply: plainMessage([say('announce-begun', { id: String(id), n: facts.reach?.total ?? 0 })]),
    };
  const progress = { total: 0, sent: 0, unreachable: 0, waiting: 0 };
  const card = { announcement: view, progress, answers: null, over: false };
  return { kind: 'done', decision, reply: announcementCard(say, card, deps.campaign) };
}

/** `new:event`, or `12.3:event` where a scheduled one is changed. */
const KEY = /^(new|\d{1,9}\.\d{1,9}):([a-z]+)$/;

const form: FlowForm<AnnounceFacts> = {
  blocks: ({ say }) => [{ kind: 'text', text: [say('announce-form-intro')] }],
  otherwise: ({ say }) => say('form-otherwise'),
  key: (context) => `${context.subject ?? 'new'}:${kindOf(context)}`,
  async recall(key, turn, { reads, texts }) {
    const [, about = '', named] = KEY.exec(key) ?? [];
    const kind = Kind.safeParse(named);
    if (!kind.success || !may(turn.person, 'announcement.write', null)) return null;
    const subject = parseSubject(about);
    if (!subject) return { subject: null, answers: { kind: { value: kind.data } }, changed: null };
    const view = await reads.announcement(subject.id);
    const stands = view?.status === 'scheduled' && view.version === subject.version;
    return {
      subject: about,
      answers: view ? answersOf(view, true) : { kind: { value: kind.data } },
      changed: stands ? null : texts[turn.language]('announce-changed'),
    };
  },
  // Nothing goes to thousands before it was seen as they will see it.
  doubt: ({ say }) => say('announce-look-first'),
};

export const announceFlow: Flow<AnnounceFacts> = {
  id: 'announce',
  version: 1,
  upgrades: {},
  questions: [
    kindQuestion,
    titleQuestion,
    bodyQuestion,
    eventAtQuestion,
    placeQuestion,
    addresseesQuestion,
    whenQuestion,
    remindQuestion,
  ],
  keepsDrafts: true,
  named: 'title',
  summary: true,
  title: ({ say, subject }) => say(subject === null ? 'announce-writing' : 'announce-changing'),
  form,
  facts: announceFacts,
  review(context) {
    const { facts, answers, deps, say } = context;
    const { reach } = facts;
    if (!reach) return [];
    const to = Addressees.parse(answers.to);
    const { zone } = deps.campaign;
    const event = kindOf(context) === 'event';
    const announced = {
      kind: kindOf(context),
      title: String(answers.title),
      body: String(answers.body),
      eventAt: event ? String(answers.eventAt) : null,
      eventPlace: event ? String(answers.place) : null,
    };
    const offHours = !inWorkingHours(instantOf(answers.when) ?? facts.now, zone, facts.calendar);
    const rooms = to.scope === 'rooms';
    return reviewBlocks(say, facts.texts, announced, { ...reach, rooms, offHours }, zone);
  },
  finish,
};
