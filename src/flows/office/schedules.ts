/** The office looks at what will be posted, holds it back, releases it, or has it posted now. */
import { Temporal } from 'temporal-polyfill';
import type { Schedule } from '../../campaign/types.ts';
import { type Decision, insert, update, upsert } from '../../engine/decision.ts';
import { nextOccurrence } from '../../engine/occurrences.ts';
import type { PostTask } from '../../engine/post-tasks.ts';
import { recorded } from '../../engine/record.ts';
import { plainMessage } from '../../messages/flow.ts';
import {
  runNowQuestion,
  type ScheduleLine,
  scheduleMessage,
  schedulesMessage,
} from '../../messages/office/schedules.ts';
import { answerWith, outdated } from '../run.ts';
import { numberOf, officeAction } from './action.ts';
import type { OfficeTurn } from './turn.ts';

async function linesOf({ deps, context }: OfficeTurn): Promise<ScheduleLine[]> {
  const { schedules, zone } = deps.campaign;
  const states = new Map((await deps.reads.scheduleStates()).map((each) => [each.schedule, each]));
  return schedules.map((schedule) => {
    const state = states.get(schedule.id);
    const next = nextOccurrence(schedule, zone, context.now).toString();
    const held = state?.held ?? [];
    return {
      schedule,
      next,
      nextHeld: held.includes(next),
      last: state?.last ?? null,
      held: held.filter((at) => at < next),
    };
  });
}

export const showSchedules = async (turn: OfficeTurn): Promise<Decision> =>
  answerWith(turn, schedulesMessage(turn.say, await linesOf(turn), turn.deps.campaign.zone));

async function lineOf(turn: OfficeTurn, id: string | undefined): Promise<ScheduleLine | null> {
  return (await linesOf(turn)).find(({ schedule }) => schedule.id === id) ?? null;
}

const show = (turn: OfficeTurn, line: ScheduleLine): Decision =>
  answerWith(turn, scheduleMessage(turn.say, line, turn.deps.campaign.zone));

export async function showSchedule(turn: OfficeTurn, id: string | undefined): Promise<Decision> {
  const line = await lineOf(turn, id);
  return line ? show(turn, line) : outdated(turn);
}

/** A button's occurrence, when it is one that may be held or released now. */
function occurrenceOf(line: ScheduleLine, minutes: string | undefined): string | null {
  const ms = (numberOf(minutes) ?? 0) * 60_000;
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toString();
  return at === line.next || line.held.includes(at) ? at : null;
}

export async function hold(
  turn: OfficeTurn,
  id: string | undefined,
  minutes: string | undefined,
): Promise<Decision> {
  const line = await lineOf(turn, id);
  const at = line && occurrenceOf(line, minutes);
  if (!line || at !== line.next) return outdated(turn);
  const { schedule } = line;
  const held = {
    schedule: schedule.id,
    occurrence: at,
    heldBy: turn.person.id,
    heldAt: turn.context.now.toString(),
    releasedBy: null,
    releasedAt: null,
  };
  return {
    ...show(turn, { ...line, nextHeld: true }),
    writes: [
      upsert('postHold', held),
      recorded(turn.person, turn.context.now.toString(), 'post.held', `schedule:${schedule.id}`, {
        occurrence: at,
      }),
    ],
    ack: { toast: turn.say('office-schedule-hold-done') },
  };
}

export async function release(
  turn: OfficeTurn,
  id: string | undefined,
  minutes: string | undefined,
): Promise<Decision> {
  const line = await lineOf(turn, id);
  const at = line && occurrenceOf(line, minutes);
  if (!line || at === null || (at === line.next && !line.nextHeld)) return outdated(turn);
  const { schedule } = line;
  const left = line.held.filter((each) => each !== at);
  return {
    ...show(turn, { ...line, nextHeld: line.nextHeld && at !== line.next, held: left }),
    writes: [
      update(
        'postHold',
        { schedule: schedule.id, occurrence: at, releasedBy: null },
        { releasedBy: turn.person.id, releasedAt: turn.context.now.toString() },
      ),
      recorded(
        turn.person,
        turn.context.now.toString(),
        'post.released',
        `schedule:${schedule.id}`,
        { occurrence: at },
      ),
    ],
    ack: { toast: turn.say('office-schedule-release-done') },
  };
}

const task = (turn: OfficeTurn, payload: PostTask) =>
  insert('task', { kind: `post-${payload.does}`, payload, askedBy: turn.person.id });

const asked = (turn: OfficeTurn, { id }: Schedule, text: string): Decision =>
  answerWith(
    turn,
    plainMessage(
      [text],
      [[{ label: turn.say('office-schedule-back'), action: officeAction('so', id) }]],
    ),
  );

/** What the next occurrence would say if it came now. */
export async function preview(turn: OfficeTurn, id: string | undefined): Promise<Decision> {
  const line = await lineOf(turn, id);
  if (!line) return outdated(turn);
  const payload: PostTask = {
    does: 'preview',
    schedule: line.schedule.id,
    at: line.next,
    to: turn.event.where,
    personId: turn.person.id,
    language: turn.context.language,
  };
  return {
    ...asked(turn, line.schedule, turn.say('office-preview-coming')),
    writes: [task(turn, payload)],
  };
}

export async function askRunNow(turn: OfficeTurn, id: string | undefined): Promise<Decision> {
  const line = await lineOf(turn, id);
  return line ? answerWith(turn, runNowQuestion(turn.say, line.schedule)) : outdated(turn);
}

export async function runNow(turn: OfficeTurn, id: string | undefined): Promise<Decision> {
  const line = await lineOf(turn, id);
  if (!line) return outdated(turn);
  const payload: PostTask = {
    does: 'now',
    schedule: line.schedule.id,
    at: turn.context.now.toString(),
    to: turn.event.where,
    personId: turn.person.id,
    language: turn.context.language,
  };
  return {
    ...asked(turn, line.schedule, turn.say('office-schedule-now-coming')),
    writes: [
      task(turn, payload),
      recorded(
        turn.person,
        turn.context.now.toString(),
        'post.now',
        `schedule:${line.schedule.id}`,
      ),
    ],
  };
}
