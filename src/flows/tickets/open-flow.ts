/** Sending feedback: what it is about, the unit where it is about another one, the words. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import { OPTION_MAX_CHARS, shortened } from '../../chat/index.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PersonView, UnitView } from '../../engine/turn-context.ts';
import { unitName } from '../../messages/report.ts';
import { ackMessage, consequences } from '../../messages/tickets.ts';
import { may } from '../../people/may.ts';
import { SUMMARY } from '../advance.ts';
import type { Choice, Finish, Flow, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { openTicket } from './change.ts';
import { StoredUnit, type UnitFacts, unitFacts, unitQuestion } from './unit-question.ts';
import { TICKET_WORDS, ticketWords } from './words.ts';

type Context = QuestionContext<UnitFacts>;

/** Tickets of one person that are not closed; with as many, they go on with one of these. */
const MOST_LIVE = 5;

/** own: the person's own unit; unit: another one. */
const About = z.enum(['own', 'unit', 'system', 'other']);
type About = z.infer<typeof About>;

function aboutLabel({ say, turn }: Pick<Context, 'say' | 'turn'>, about: About): string {
  const unit = turn.person?.membership?.unit;
  if (about !== 'own') return say(`ticket-about-${about}`);
  return say('ticket-about-own', { unit: unit ? unitName(say, unit) : say('flow-none') });
}

const offered = (context: Pick<Context, 'say' | 'turn'>): Choice[] =>
  About.options
    .filter((about) => about !== 'own' || context.turn.person?.membership)
    .map((about) => ({ label: aboutLabel(context, about), value: about }));

const parseAbout: Question<UnitFacts>['parse'] = (input, context) => {
  const { say, turn } = context;
  const about = About.safeParse(input.kind === 'choice' ? input.value : null);
  if (!about.success) return { kind: 'refuse', why: say('ticket-about-choose') };
  return about.data === 'own' && !turn.person?.membership
    ? { kind: 'refuse', why: say('ticket-about-no-unit') }
    : { kind: 'answer', value: about.data };
};

const aboutQuestion: Question<UnitFacts> = {
  id: 'about',
  schema: About,
  label: ({ say }) => say('ticket-about'),
  ask: (context) => ({
    blocks: [
      ...consequences(context.say),
      { kind: 'text', text: [context.say('ticket-about-ask')] },
    ],
    choices: offered(context).map((choice) => [choice]),
  }),
  parse: parseAbout,
  show: (value, context) => aboutLabel(context, About.parse(value)),
  form: {
    fields: (context) => [
      {
        kind: 'choice',
        id: 'about',
        label: context.say('ticket-about'),
        optional: false,
        options: offered(context).map(({ label, value }) => ({
          label: shortened(label, OPTION_MAX_CHARS),
          value,
        })),
      },
    ],
    read: readField('about', 'choice', parseAbout),
  },
};

const textQuestion = ticketWords<UnitFacts>(({ say }) => say('ticket-text-ask', TICKET_WORDS));

/** The unit it is about, as it is today; undefined when it is gone. */
async function concerned(
  about: About,
  { answers, turn, facts }: Context,
  { reads }: HandlerDeps,
): Promise<UnitView | null | undefined> {
  if (about === 'own') return turn.person?.membership?.unit;
  if (about !== 'unit') return null;
  const unit = StoredUnit.safeParse(answers.unit);
  if (!unit.success) return undefined;
  const [found] = await reads.units([unit.data.id]);
  // A merged unit is found by its number still, but no longer by its code.
  return found && ((await reads.unitByCode(found.code, facts.today)) ?? undefined);
}

/** A list of those to go on with, when there are as many as one person may have. */
export async function atLimit(
  person: PersonView,
  on: string,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
) {
  const page = { limit: MOST_LIVE, offset: 0 };
  const { live, lines } = await reads.ticketsOf(person.id, campaign.code, on, page);
  return live >= MOST_LIVE ? { live, lines } : null;
}

async function finish(context: Context, _state: unknown, deps: HandlerDeps): Promise<Finish> {
  const { say, turn, answers, facts } = context;
  const { person } = turn;
  if (!person || !may(person, 'ticket.open', null))
    return { kind: 'refuse', why: say('not-authorised'), asking: SUMMARY };
  const about = About.parse(answers.about);
  const unit = await concerned(about, context, deps);
  if (unit === undefined)
    return about === 'own'
      ? { kind: 'refuse', why: say('ticket-about-no-unit'), asking: 'about' }
      : { kind: 'refuse', why: say('ticket-unit-gone'), asking: 'unit' };
  if (await atLimit(person, facts.today, deps))
    return { kind: 'refuse', why: say('ticket-limit', { n: MOST_LIVE }), asking: SUMMARY };
  const { ticket, writes, sends } = await openTicket(
    {
      about: about === 'own' ? 'unit' : about,
      unit,
      text: z.string().parse(answers.text),
    },
    { person, context: turn, deps },
  );
  return {
    kind: 'done',
    decision: { writes, sends, ack: {} },
    reply: ackMessage(say, ticket),
  };
}

export const ticketFlow: Flow<UnitFacts> = {
  id: 'ticket',
  version: 1,
  upgrades: {},
  questions: [aboutQuestion, unitQuestion, textQuestion],
  keepsDrafts: true,
  named: 'text',
  summary: true,
  title: ({ say }) => say('ticket-title'),
  form: {
    blocks: ({ say }) => consequences(say),
    otherwise: ({ say }) => say('form-otherwise'),
    key: () => '-',
    recall: async (key, { person }) =>
      key === '-' && may(person, 'ticket.open', null)
        ? { subject: null, answers: {}, changed: null }
        : null,
  },
  async facts(input, state, turn, deps) {
    const today = campaignDay(turn.now, deps.campaign.zone);
    return unitFacts(state.asking === 'unit' ? input : null, today, deps);
  },
  finish,
};
