/** People answer invitations to events; `/lich`: the events to come. */
import { instantText } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { AnnouncementView, EventAnswer } from '../../engine/announcement-reads.ts';
import { type Decision, update } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { recorded } from '../../engine/record.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { announcementMessage, calendarMessage } from '../../messages/announce/people.ts';
import { may } from '../../people/may.ts';
import { answerWith, below, outdated, speaker, toast } from '../run.ts';

/** Events of one list. */
const SHOWN = 20;

/** Why it cannot be answered any more, as a text's key; null while it can. */
function closed({ status, eventAt }: AnnouncementView, { now }: TurnContext): string | null {
  if (status === 'cancelled') return 'announce-event-cancelled';
  const begun = eventAt === null || Date.parse(eventAt) <= now.epochMilliseconds;
  return begun ? 'announce-event-begun' : null;
}

const ACTION = /^ev:(yes|no|maybe|open):(\d{1,9})$/;

export const eventPressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const turn = { event, context, deps };
  const say = speaker(turn);
  const [, verb, number] = ACTION.exec(event.action) ?? [];
  if (!verb || event.audience === 'group') return outdated(turn);
  const invited = person && (await deps.reads.invitation(Number(number), person.id));
  if (!person || !invited || invited.announcement.kind !== 'event')
    return toast(say('announce-not-invited'));
  const { announcement } = invited;
  const shown = (answer: EventAnswer | null) =>
    announcementMessage(say, announcement, deps.campaign.zone, answer);
  const why = closed(announcement, context);
  if (why !== null) return toast(say(why));
  if (verb === 'open') return below(answerWith(turn, shown(invited.answer)));
  const answer = verb as EventAnswer;
  const kept: Decision['ack'] = { toast: say(`announce-answered-${answer}`) };
  if (answer === invited.answer) return { writes: [], sends: [], ack: kept };
  const at = instantText(context.now);
  return {
    ...answerWith(turn, shown(answer)),
    writes: [
      update(
        'announcementRecipient',
        { announcementId: announcement.id, personId: person.id, answer: invited.answer },
        { answer, answeredAt: at },
      ),
      recorded(person, at, 'event.answered', `announcement:${announcement.id}`, { answer }),
    ],
    ack: kept,
  };
};

/** Those one is invited to; all of them for whoever keeps the calendar. */
export const calendarCommand: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const { person } = context;
  const { campaign, reads } = deps;
  const say = speaker({ context, deps });
  const all = may(person, 'awards.read', null);
  const events = person
    ? await reads.comingEvents(campaign.code, instantText(context.now), {
        personId: person.id,
        all,
        limit: SHOWN,
      })
    : [];
  return answerWith({ event, context }, calendarMessage(say, events, all, campaign.zone));
};
