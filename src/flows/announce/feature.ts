/** `/thongbao`: the office and the council write announcements, and see how far each is. */
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import type { InboundOf, Message } from '../../chat/index.ts';
import type { AnnouncementView, EventAnswer } from '../../engine/announcement-reads.ts';
import { type Decision, insert, type Outgoing, update } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import {
  ANSWERERS_SHOWN,
  announcementCard,
  announcementList,
  answerersMessage,
  cancelQuestion,
  cardSubject,
  PER_PAGE,
} from '../../messages/announce/office.ts';
import { announcementMessage } from '../../messages/announce/people.ts';
import { plainMessage } from '../../messages/flow.ts';
import { may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, below, type FlowTurn, outdated, reply, speaker, toast } from '../run.ts';
import { calendarCommand, eventPressed } from './events.ts';
import { Kind } from './facts.ts';
import { announceFlow, answersOf, audited, privateChat, sendTask, subjectOf } from './flow.ts';

interface OfficeTurn extends FlowTurn {
  readonly event: InboundOf<'command' | 'press'>;
  readonly person: PersonView;
}

/** A new message: what stands in the chat keeps showing its own announcement. */
const anew = (turn: OfficeTurn, message: Message): Decision => below(answerWith(turn, message));

async function list(turn: OfficeTurn, offset: number): Promise<Decision> {
  const { campaign, reads } = turn.deps;
  const page = await reads.announcements(campaign.code, { limit: PER_PAGE, offset });
  return anew(turn, announcementList(speaker(turn), page, offset, campaign.zone));
}

const isOver = ({ eventAt }: AnnouncementView, { context }: FlowTurn): boolean =>
  eventAt !== null && Date.parse(eventAt) <= context.now.epochMilliseconds;

/** The announcement's card, which shows from then on how far it is. */
async function cardOf(
  turn: OfficeTurn,
  announcement: AnnouncementView,
  as: 'anew' | 'here',
): Promise<Outgoing> {
  const { reads, campaign } = turn.deps;
  const [progress, answers] = await Promise.all([
    reads.announcementProgress(announcement.id),
    announcement.kind === 'event' ? reads.answerCounts(announcement.id) : null,
  ]);
  const over = isOver(announcement, turn);
  const card = announcementCard(speaker(turn), { announcement, progress, answers, over }, campaign);
  const send = { ...reply(turn, card), subject: cardSubject(announcement.id) };
  return as === 'anew' ? { ...send, as: 'send' } : send;
}

const shown = async (
  turn: OfficeTurn,
  announcement: AnnouncementView,
  as: 'anew' | 'here' = 'here',
): Promise<Decision> => ({ writes: [], sends: [await cardOf(turn, announcement, as)], ack: {} });

/** Somebody was faster, or the button is old: the card as it is now. */
async function changed(turn: OfficeTurn, announcement: AnnouncementView): Promise<Decision> {
  return {
    ...(await shown(turn, announcement)),
    ack: { toast: speaker(turn)('announce-changed-meanwhile') },
  };
}

/** Exactly what people receive, by the reader's language. */
function preview(
  turn: OfficeTurn,
  announcement: AnnouncementView,
  language: 'vi' | 'en',
): Decision {
  const { campaign, texts } = turn.deps;
  return anew(turn, announcementMessage(texts[language], announcement, campaign.zone));
}

async function sendNow(turn: OfficeTurn, view: AnnouncementView): Promise<Decision> {
  const { context, person } = turn;
  const say = speaker(turn);
  const at = instantText(context.now);
  return {
    ...answerWith(turn, plainMessage([say('announce-begun-now', { id: String(view.id) })])),
    writes: [
      update(
        'announcement',
        { id: view.id, version: view.version, status: 'scheduled' },
        { status: 'sending', version: view.version + 1, startedAt: at },
      ),
      audited('sent-now', view.id, person, context),
      sendTask(view.id, person, context),
    ],
  };
}

/** Ends what goes out, or calls an event off; what waits is taken back by a task. */
async function end(
  turn: OfficeTurn,
  view: AnnouncementView,
  status: 'stopped' | 'cancelled',
): Promise<Decision> {
  const { context, person, deps } = turn;
  const begun = view.status !== 'scheduled';
  const to = privateChat(context);
  const after: AnnouncementView = { ...view, status, version: view.version + 1 };
  return {
    writes: [
      update(
        'announcement',
        { id: view.id, version: view.version, status: view.status },
        {
          status,
          version: after.version,
          ...(!begun && { endedAt: instantText(context.now) }),
        },
      ),
      audited(status, view.id, person, context),
      ...(begun
        ? [
            insert('task', {
              kind: 'announcement-stop',
              payload: { id: view.id, by: person.id, ...(to && { to }) },
              askedBy: person.id,
            }),
          ]
        : []),
    ],
    sends: [await cardOf(turn, after, 'here')],
    ack: { toast: deps.texts[context.language](`announce-${status}-done`) },
  };
}

async function who(
  turn: OfficeTurn,
  view: AnnouncementView,
  answer: EventAnswer,
  offset: number,
): Promise<Decision> {
  const { deps, context } = turn;
  const page = await deps.reads.answerers(
    view.id,
    answer,
    campaignDay(context.now, deps.campaign.zone),
    { limit: ANSWERERS_SHOWN, offset },
  );
  return answerWith(turn, answerersMessage(speaker(turn), view, answer, page, offset));
}

const ACTION =
  /^ann:(?:new:(?<kind>[a-z]+)|list:(?<offset>\d{1,6})|(?<verb>open|back|copy|stop):(?<plain>\d{1,9})|see:(?<seen>\d{1,9}):(?<language>vi|en)|(?<deed>now|edit|ask|cancel):(?<id>\d{1,9}):(?<version>\d{1,9})|who:(?<event>\d{1,9}):(?<answer>yes|no|maybe):(?<from>\d{1,6}))$/;

type Parts = Readonly<Record<string, string | undefined>>;

/** What a button about one announcement does. */
async function act(turn: OfficeTurn, view: AnnouncementView, parts: Parts): Promise<Decision> {
  const { status } = view;
  switch (parts.verb ?? parts.deed) {
    case 'open':
      return shown(turn, view, 'anew');
    case 'back':
      return shown(turn, view);
    case 'copy':
      return openFlow(announceFlow, { ...turn, prefill: answersOf(view, false) });
    case 'stop':
      return status === 'sending' ? end(turn, view, 'stopped') : changed(turn, view);
    default:
      break;
  }
  const planned = status === 'scheduled';
  const calledOff =
    view.kind === 'event' && !isOver(view, turn) && (status === 'sending' || status === 'sent');
  switch (parts.deed) {
    case 'ask':
      return planned || calledOff
        ? answerWith(turn, cancelQuestion(speaker(turn), view))
        : changed(turn, view);
    case 'cancel':
      if (!planned && !calledOff) return changed(turn, view);
      // An event goes on being sent while it is asked: its card need not be the latest.
      return planned && Number(parts.version) !== view.version
        ? changed(turn, view)
        : end(turn, view, 'cancelled');
    case 'now':
    case 'edit':
      if (!planned || Number(parts.version) !== view.version) return changed(turn, view);
      return parts.deed === 'now'
        ? sendNow(turn, view)
        : openFlow(announceFlow, {
            ...turn,
            subject: subjectOf(view),
            prefill: answersOf(view, true),
          });
    default:
      return outdated(turn);
  }
}

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const parts = ACTION.exec(event.action)?.groups;
  if (!parts || event.audience === 'group') return outdated({ context, deps });
  if (!person || !may(person, 'announcement.write', null))
    return toast(speaker({ context, deps })('not-authorised'));
  const turn: OfficeTurn = { event, context, deps, person };
  if (parts.kind !== undefined) {
    const kind = Kind.safeParse(parts.kind);
    return kind.success
      ? openFlow(announceFlow, { ...turn, prefill: { kind: { value: kind.data } } })
      : outdated(turn);
  }
  if (parts.offset !== undefined) return list(turn, Number(parts.offset));
  const id = Number(parts.plain ?? parts.seen ?? parts.id ?? parts.event);
  const view = await deps.reads.announcement(id);
  if (!view) return outdated(turn);
  if (parts.language !== undefined)
    return preview(turn, view, parts.language === 'en' ? 'en' : 'vi');
  if (parts.answer !== undefined)
    return view.kind === 'event'
      ? who(turn, view, parts.answer as EventAnswer, Number(parts.from))
      : outdated(turn);
  return act(turn, view, parts);
};

const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const { person } = context;
  if (!person || !may(person, 'announcement.write', null)) {
    const refusal = speaker({ context, deps })('not-authorised');
    return answerWith({ event, context }, plainMessage([refusal]));
  }
  return list({ event, context, deps, person }, 0);
};

export const announceFeature: Feature = {
  commands: {
    thongbao: command,
    announce: command,
    lich: calendarCommand,
    calendar: calendarCommand,
  },
  presses: { ann: pressed, ev: eventPressed },
  flows: [announceFlow],
};
