/** Giving leave to report after the close: to whom, until when. */
import { z } from 'zod';
import { addDays, campaignDay, daysBetween } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import { lateListButton, whomOf } from '../../messages/late.ts';
import { may } from '../../people/may.ts';
import { campaignPhase } from '../../reports/period.ts';
import { SUMMARY } from '../advance.ts';
import type { Finish, Flow, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { parseComingDate } from '../report/parse-date.ts';
import { type Concerned, giveLeave } from './change.ts';
import { type LateFacts, lateFacts, storedName, Whom, whomQuestion } from './whom.ts';

type Context = QuestionContext<LateFacts>;

/** A leave lasts at most so many days: a wrong year is a slip. */
const MOST_DAYS = 90;
/** Days offered as buttons. */
const OFFERED = [3, 7, 14] as const;

/** The day from which leave is counted: until the close everybody can report. */
const countedFrom = ({ facts, deps }: Context): string =>
  campaignPhase(deps.campaign, facts.today) === 'after'
    ? facts.today
    : deps.campaign.reportingUntil;

/** Why reports cannot be let in until this day, or null. */
function dayRefusal(day: string, context: Context): string | null {
  const { say, facts, deps } = context;
  const { reportingUntil } = deps.campaign;
  if (day < facts.today) return say('late-until-past');
  if (day <= reportingUntil)
    return say('late-until-anyway', { date: showDate(reportingUntil, say.language) });
  return daysBetween(countedFrom(context), day) > MOST_DAYS
    ? say('late-until-far', { days: MOST_DAYS })
    : null;
}

const parseUntil: Question<LateFacts>['parse'] = (input, context) => {
  const { say, facts } = context;
  if (input.kind === 'file') return { kind: 'refuse', why: say('late-until-words') };
  const typed = input.kind === 'text' ? input.text : input.value;
  const day = lengthOf(typed) > 60 ? null : parseComingDate(typed, facts.today);
  if (day === null) return { kind: 'refuse', why: say('late-until-unknown') };
  const why = dayRefusal(day, context);
  return why === null ? { kind: 'answer', value: day } : { kind: 'refuse', why };
};

const untilQuestion: Question<LateFacts> = {
  id: 'until',
  schema: z.iso.date(),
  label: ({ say }) => say('late-until'),
  ask(context) {
    const { say } = context;
    const days = OFFERED.map((more) => addDays(countedFrom(context), more));
    return {
      blocks: [{ kind: 'text', text: [say('late-until-ask')] }],
      choices: [days.map((day) => ({ label: showDate(day, say.language), value: day }))],
    };
  },
  parse: parseUntil,
  show: (value, { say }) => showDate(String(value), say.language),
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'date',
        id: 'until',
        label: say('late-until'),
        optional: false,
        ...(typeof answers.until === 'string' && { value: answers.until }),
      },
    ],
    read: readField('until', 'text', parseUntil),
  },
};

/** The unit or person as it is today; null when it is gone. */
async function stillThere(
  { kind, id }: Whom,
  on: string,
  { reads }: HandlerDeps,
): Promise<Concerned | null> {
  if (kind === 'unit') {
    const [unit] = await reads.units([id]);
    return unit
      ? { target: { unitId: id, personId: null }, whom: whomOf({ unit, person: null }) }
      : null;
  }
  const person = await reads.person(id, on);
  return person && { target: { unitId: null, personId: id }, whom: whomOf({ unit: null, person }) };
}

async function finish(context: Context, _state: unknown, deps: HandlerDeps): Promise<Finish> {
  const { say, turn, answers, facts } = context;
  const { person } = turn;
  if (!person || !may(person, 'campaign', null))
    return { kind: 'refuse', why: say('not-authorised'), asking: SUMMARY };
  const whom = Whom.parse(answers.whom);
  const until = z.iso.date().parse(answers.until);
  const why = dayRefusal(until, context);
  if (why !== null) return { kind: 'refuse', why, asking: 'until' };
  const to = await stillThere(whom, facts.today, deps);
  if (!to) return { kind: 'refuse', why: say('late-whom-gone'), asking: 'whom' };
  const { campaign, reads } = deps;
  const validTo = addDays(until, 1);
  const before = await reads.lateLeaveFor(campaign.code, to.target);
  const changed = await giveLeave(to, before, validTo, person, turn, deps);
  const said = say('late-given', {
    name: storedName(say, whom),
    date: showDate(until, say.language),
  });
  return {
    kind: 'done',
    decision: { ...changed, ack: {} },
    reply: plainMessage([said], [[lateListButton(say)]]),
  };
}

export const lateFlow: Flow<LateFacts> = {
  id: 'late-leave',
  version: 1,
  upgrades: {},
  questions: [whomQuestion, untilQuestion],
  keepsDrafts: false,
  summary: true,
  title: ({ say }) => say('late-title'),
  form: {
    blocks: ({ say, deps }) => [
      {
        kind: 'text',
        text: [say('late-intro', { date: showDate(deps.campaign.reportingUntil, say.language) })],
      },
    ],
    otherwise: ({ say }) => say('form-otherwise'),
    key: () => '-',
    recall: async (key, turn: TurnContext) =>
      key === '-' && may(turn.person, 'campaign', null)
        ? { subject: null, answers: {}, changed: null }
        : null,
  },
  facts: (input, state, turn, deps) =>
    lateFacts(input, state.asking, campaignDay(turn.now, deps.campaign.zone), deps),
  finish,
};
