/** `/vanphong`: the standing office's tools. Every press asks anew whether the person is of the office. */
import { daysSince } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { UNREACHABLE_KINDS } from '../../engine/office-reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import {
  overviewMessage,
  queuesMessage,
  unreachableMenu,
  unreachableMessage,
} from '../../messages/office/overview.ts';
import { holds, may } from '../../people/may.ts';
import type { Feature } from '../feature.ts';
import { openFlow } from '../form.ts';
import { answerWith, outdated, speaker, toast } from '../run.ts';
import { numberOf, offsetOf, PER_PAGE, parseOffice } from './action.ts';
import { auditNoteFlow, openAudit, sayDoubtful, saySound, showAudit } from './audit.ts';
import { dayFlow } from './day-flow.ts';
import { dropDay, showDays } from './days.ts';
import { findFlow } from './find-flow.ts';
import { found, setAside, showDuplicates, showPerson, showReport } from './reports.ts';
import {
  askRunNow,
  hold,
  preview,
  release,
  runNow,
  showSchedule,
  showSchedules,
} from './schedules.ts';
import { type OfficeTurn, today } from './turn.ts';

async function showMenu(turn: OfficeTurn): Promise<Decision> {
  const { deps, say } = turn;
  const overview = await deps.reads.officeOverview(deps.campaign.code, today(turn));
  const { oldestAt } = overview.reports;
  const days = oldestAt === null ? null : daysOf(turn, oldestAt);
  return answerWith(turn, overviewMessage(say, overview, days));
}

const daysOf = (turn: OfficeTurn, at: string): number =>
  daysSince(at, today(turn), turn.deps.campaign.zone);

async function showQueues(turn: OfficeTurn, offset: number): Promise<Decision> {
  const { deps, say } = turn;
  const page = await deps.reads.unitQueues(deps.campaign.code, today(turn), {
    limit: PER_PAGE,
    offset,
  });
  return answerWith(
    turn,
    queuesMessage(say, page, offset, (at) => daysOf(turn, at)),
  );
}

async function showUnreachable(
  turn: OfficeTurn,
  kindName: string | undefined,
  offset: number,
): Promise<Decision> {
  const { deps, say } = turn;
  const kind = UNREACHABLE_KINDS.find((each) => each === kindName);
  if (!kind) {
    const overview = await deps.reads.officeOverview(deps.campaign.code, today(turn));
    return answerWith(turn, unreachableMenu(say, overview));
  }
  const page = await deps.reads.unreachablePeople(kind, today(turn), { limit: PER_PAGE, offset });
  return answerWith(turn, unreachableMessage(say, kind, page, offset));
}

type View = (turn: OfficeTurn, values: readonly string[]) => Promise<Decision>;

const two = (
  turn: OfficeTurn,
  [a, b]: readonly string[],
  go: (turn: OfficeTurn, a: number, b: number) => Promise<Decision>,
): Promise<Decision> => {
  const [first, second] = [numberOf(a), numberOf(b)];
  return first === null || second === null
    ? Promise.resolve(outdated(turn))
    : go(turn, first, second);
};

const VIEWS: Readonly<Record<string, View>> = {
  m: (turn) => showMenu(turn),
  q: (turn, [offset]) => showQueues(turn, offsetOf(offset)),
  f: (turn) => openFlow(findFlow, turn),
  p: (turn, [person, offset]) => showPerson(turn, offsetOf(person), offsetOf(offset)),
  r: (turn, [report]) => showReport(turn, offsetOf(report)),
  u: (turn, [kind, offset]) => showUnreachable(turn, kind, offsetOf(offset)),
  d: (turn, [offset]) => showDuplicates(turn, offsetOf(offset)),
  dx: (turn, pair) => two(turn, pair, setAside),
  a: (turn, [offset]) => showAudit(turn, offsetOf(offset)),
  ao: (turn, [report]) => openAudit(turn, offsetOf(report)),
  as: (turn, values) => two(turn, values, saySound),
  ad: (turn, values) => two(turn, values, sayDoubtful),
  c: (turn) => showDays(turn),
  ca: (turn) => openFlow(dayFlow, turn),
  cx: (turn, [day]) => dropDay(turn, day),
  s: (turn) => showSchedules(turn),
  so: (turn, [schedule]) => showSchedule(turn, schedule),
  sp: (turn, [schedule]) => preview(turn, schedule),
  sh: (turn, [schedule, at]) => hold(turn, schedule, at),
  sr: (turn, [schedule, at]) => release(turn, schedule, at),
  sn: (turn, [schedule]) => askRunNow(turn, schedule),
  sy: (turn, [schedule]) => runNow(turn, schedule),
};

/** The council looks at the audit sample too, and at nothing else here. */
const AUDIT_VIEWS = ['a', 'ao', 'as', 'ad'];
const isCouncil = (person: PersonView): boolean =>
  holds(person, 'council') && !may(person, 'campaign', null);

/** `/vanphong`, or at once `/vanphong 123` and `/vanphong An`. */
const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const { person } = context;
  const say = speaker({ context, deps });
  const council = person !== null && isCouncil(person);
  if (!person || !(council || may(person, 'campaign', null)))
    return answerWith({ event, context }, plainMessage([say('not-authorised')]));
  const turn: OfficeTurn = { event, context, deps, person, say };
  if (council) return showAudit(turn, 0);
  const typed = event.args.trim();
  return typed === '' ? showMenu(turn) : answerWith(turn, await found(turn, typed));
};

const pressed: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const say = speaker({ context, deps });
  if (event.audience === 'group') return outdated({ context, deps });
  const [view = '', ...values] = parseOffice(event.action) ?? [];
  const council = person !== null && isCouncil(person) && AUDIT_VIEWS.includes(view);
  if (!person || !(council || may(person, 'campaign', null))) return toast(say('not-authorised'));
  const show = VIEWS[view];
  return show ? show({ event, context, deps, person, say }, values) : outdated({ context, deps });
};

export const officeFeature: Feature = {
  commands: { vanphong: command, office: command },
  presses: { off: pressed },
  flows: [findFlow, auditNoteFlow, dayFlow],
};
