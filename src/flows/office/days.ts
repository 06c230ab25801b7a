/** The office sets which days people work: a holiday the Government has added, a Saturday worked instead. */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../campaign/calendar.ts';
import type { WorkCalendar } from '../../campaign/work-calendar.ts';
import { type Decision, remove } from '../../engine/decision.ts';
import { recorded } from '../../engine/record.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import { daysMessage, type OddDay } from '../../messages/office/days.ts';
import { answerWith, outdated } from '../run.ts';
import { officeAction } from './action.ts';
import { type OfficeTurn, today } from './turn.ts';

/** Days ahead that are looked through, and how many of them are shown. */
const AHEAD = 180;
const SHOWN = 15;
/** Own days from today on that have a button. */
const SET_SHOWN = 10;

function oddDays(calendar: WorkCalendar, from: string): OddDay[] {
  const odd: OddDay[] = [];
  for (let i = 0; i < AHEAD && odd.length < SHOWN; i += 1) {
    const day = addDays(from, i);
    const working = calendar.isWorkingDay(day);
    if (working !== Temporal.PlainDate.from(day).dayOfWeek <= 5) odd.push({ day, working });
  }
  return odd;
}

/** The calendar as it stands. */
export async function showDays(turn: OfficeTurn): Promise<Decision> {
  const from = today(turn);
  const [calendar, set] = await Promise.all([
    turn.deps.reads.workCalendar(),
    turn.deps.reads.setDays(from, SET_SHOWN),
  ]);
  return answerWith(turn, daysMessage(turn.say, oddDays(calendar, from), set));
}

/** The day is again what the shipped calendar says. */
export async function dropDay(turn: OfficeTurn, day: string | undefined): Promise<Decision> {
  const { reads } = turn.deps;
  const set = await reads.setDays(today(turn), SET_SHOWN);
  if (day === undefined || !set.some((each) => each.day === day)) return outdated(turn);
  const dropped = turn.say('office-day-dropped', { date: showDate(day, turn.say.language) });
  return {
    ...answerWith(
      turn,
      plainMessage([dropped], [[{ label: turn.say('office-to-c'), action: officeAction('c') }]]),
    ),
    writes: [
      remove('calendarDay', { day }),
      recorded(turn.person, turn.context.now.toString(), 'calendar.dropped', `day:${day}`),
    ],
  };
}
