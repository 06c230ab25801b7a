/** Questions that both giving a role and delegating ask: who, and until when. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { addDays, campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PersonHit } from '../../engine/reads.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { showDate } from '../../messages/dates.ts';
import { nameOf } from '../../messages/enrol.ts';
import { parseDay } from '../../people/roster.ts';
import type { Input, Question } from '../flow.ts';
import { lengthOf } from '../input.ts';
import type { FlowState } from '../state.ts';

/** Characters of a name worth searching for. */
const NAME = { least: 2, most: 100 } as const;
/** Names offered at once. */
const SHOWN = 8;

export interface PersonFacts {
  /** The campaign day. */
  readonly on: string;
  /** Who was found for what was typed; null when nothing was. */
  readonly hits: readonly PersonHit[] | null;
  /** Whose button was pressed, or who was chosen before. */
  readonly picked: PersonView | null;
}

const searchable = (text: string): boolean => {
  const length = lengthOf(text);
  return length >= NAME.least && length <= NAME.most;
};

/** `unitId` null: everybody. */
export async function personFacts(
  input: Input | null,
  state: FlowState,
  unitId: number | null,
  turn: Pick<TurnContext, 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<PersonFacts> {
  const on = campaignDay(turn.now, campaign.zone);
  const asking = state.asking === 'person' && input !== null;
  if (asking && input.kind === 'text' && searchable(input.text)) {
    const [byCode, named] = await Promise.all([
      reads.personByCode(input.text, on),
      reads.findPeople(input.text, { unitId, on, limit: SHOWN + 1 }),
    ]);
    const coded = byCode && (unitId === null || byCode.unit.id === unitId) ? [byCode] : [];
    const others = named.filter(({ id }) => id !== byCode?.id);
    return { on, hits: [...coded, ...others], picked: null };
  }
  const chosen =
    asking && input.kind === 'choice' ? input.value : String(state.answers.person?.value ?? '');
  const picked = /^\d{1,9}$/.test(chosen) ? await reads.person(Number(chosen), on) : null;
  return { on, hits: null, picked };
}

/** Found by name or staff code, then chosen. `ask`: the key of the sentence that asks. */
export const personQuestion = <F extends PersonFacts>(
  ask: (context: Parameters<Question<F>['ask']>[0]) => string,
): Question<F> => ({
  id: 'person',
  schema: z.number().int().positive(),
  label: ({ say }) => say('roles-person'),
  ask: (context) => ({
    blocks: [{ kind: 'text', text: [ask(context)] }],
    ...(context.facts.hits && {
      choices: context.facts.hits
        .slice(0, SHOWN)
        .map((hit) => [{ label: nameOf(context.say, hit), value: String(hit.id) }]),
    }),
  }),
  parse(input, { say, facts: { hits, picked } }) {
    if (input.kind === 'choice')
      return picked
        ? { kind: 'answer', value: picked.id }
        : { kind: 'refuse', why: say('roles-person-none') };
    if (input.kind !== 'text' || !searchable(input.text))
      return { kind: 'refuse', why: say('roles-person-words') };
    if (!hits || hits.length === 0) return { kind: 'refuse', why: say('roles-person-none') };
    return {
      kind: 'stay',
      note: say(hits.length > SHOWN ? 'roles-person-more' : 'roles-person-pick'),
    };
  },
  show: (value, { facts }) => facts.picked?.name ?? String(value),
});

/** Days ahead for which a day without a year is taken to be meant: what is further away needs one. */
const NEAR_DAYS = 183;

/** The last day meant by `31/12/2024` or `31/12`; null when it is no day, or one before `today`. */
export function lastDayOf(text: string, today: string): string | null {
  const bare = text.trim().replace(/[.,]$/, '');
  const short = /^(\d{1,2})[/.-](\d{1,2})$/.exec(bare);
  const year = Temporal.PlainDate.from(today).year;
  const days = short
    ? [year, year + 1]
        .map((of) => parseDay(`${short[1]}/${short[2]}/${of}`))
        .filter((day) => day !== null && day <= addDays(today, NEAR_DAYS))
    : [parseDay(bare)];
  return days.find((day) => day !== null && day >= today) ?? null;
}

/** Until when, the last day included. `most`: the last day there may be. */
export const untilQuestion = <F extends PersonFacts>(of: {
  readonly optional: boolean;
  readonly ask: string;
  most?(facts: F): string | null;
}): Question<F> => ({
  id: 'until',
  schema: z.iso.date(),
  label: ({ say }) => say('roles-until'),
  optional: () => of.optional,
  ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say(of.ask)] }] }),
  parse(input, { say, facts }) {
    const day = input.kind === 'text' ? lastDayOf(input.text, facts.on) : null;
    if (day === null)
      return {
        kind: 'refuse',
        why: say('roles-until-wrong', { today: showDate(facts.on, say.language) }),
      };
    const most = of.most?.(facts) ?? null;
    return most !== null && day > most
      ? { kind: 'refuse', why: say('roles-until-most', { date: showDate(most, say.language) }) }
      : { kind: 'answer', value: day };
  },
  show: (value, { say }) =>
    typeof value === 'string' ? showDate(value, say.language) : say('roles-open'),
});

/** The first day after the last one. */
export const dayAfter = (lastDay: string): string => addDays(lastDay, 1);
