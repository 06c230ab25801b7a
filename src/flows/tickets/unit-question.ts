/** Which unit feedback is about, found by name or code. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { unitName } from '../../messages/report.ts';
import { fold } from '../../people/fold.ts';
import { findUnits, UNIT_NAME, UNITS_SHOWN } from '../find-units.ts';
import type { FormRead, Given, Input, Question, QuestionContext } from '../flow.ts';
import { unchangedOr } from '../form-field.ts';

/** As the flow stores it: the names are kept to show it; it is looked up again at the end. */
export const StoredUnit = z.strictObject({
  id: z.number().int().positive(),
  nameVi: z.string(),
  nameEn: z.string(),
});

export interface UnitFacts {
  /** ISO date in the campaign's zone. */
  readonly today: string;
  /** Found for what was typed; null when nothing was. */
  readonly hits: readonly UnitView[] | null;
  /** Whose button was pressed. */
  readonly picked: UnitView | null;
}

export async function unitFacts(
  input: Input | null,
  today: string,
  deps: Pick<HandlerDeps, 'reads'>,
): Promise<UnitFacts> {
  const none: UnitFacts = { today, hits: null, picked: null };
  if (input?.kind === 'text') return { ...none, hits: await findUnits(input.text, today, deps) };
  if (input?.kind !== 'choice' || !/^\d{1,9}$/.test(input.value)) return none;
  const [picked] = await deps.reads.units([Number(input.value)]);
  return { ...none, picked: picked ?? null };
}

const stored = ({ id, nameVi, nameEn }: UnitView) => ({ id, nameVi, nameEn });

const chosenElsewhere = ({ answers }: QuestionContext<UnitFacts>): boolean =>
  answers.about === 'unit';

/** In a form there is nothing to choose from: what is typed must mean exactly one. */
async function readForm(
  given: Given,
  context: QuestionContext<UnitFacts>,
  { before, deps }: Parameters<NonNullable<Question<UnitFacts>['form']>['read']>[2],
): Promise<FormRead> {
  const { say, facts } = context;
  if (!chosenElsewhere(context)) return { kind: 'answer', answer: { value: null } };
  const refuse = (why: string): FormRead => ({ kind: 'refuse', errors: { unit: why } });
  const typed = given.unit;
  if (typeof typed !== 'string') return refuse(say('ticket-unit-words'));
  const hits = await findUnits(typed, facts.today, deps);
  const words = fold(typed);
  const named = hits.filter(({ nameVi, nameEn }) => [nameVi, nameEn].map(fold).includes(words));
  const [only, ...others] = named.length > 0 ? named : hits;
  if (!only) return refuse(say('ticket-unit-none'));
  if (others.length > 0) {
    const names = [only, ...others].slice(0, UNITS_SHOWN).map((unit) => unitName(say, unit));
    return refuse(say('ticket-unit-which', { names: names.join('; ') }));
  }
  return { kind: 'answer', answer: unchangedOr(before, { value: stored(only) }) };
}

export const unitQuestion: Question<UnitFacts> = {
  id: 'unit',
  schema: StoredUnit,
  when: chosenElsewhere,
  label: ({ say }) => say('ticket-unit'),
  ask: ({ say, facts: { hits } }) => ({
    blocks: [{ kind: 'text', text: [say('ticket-unit-ask')] }],
    choices: (hits ?? [])
      .slice(0, UNITS_SHOWN)
      .map((unit) => [{ label: unitName(say, unit), value: String(unit.id) }]),
  }),
  parse(input, { say, facts: { hits, picked } }) {
    if (input.kind === 'choice')
      return picked
        ? { kind: 'answer', value: stored(picked) }
        : { kind: 'refuse', why: say('ticket-unit-gone') };
    if (input.kind === 'file') return { kind: 'refuse', why: say('ticket-unit-words') };
    if (!hits || hits.length === 0) return { kind: 'refuse', why: say('ticket-unit-none') };
    return {
      kind: 'stay',
      note: say(hits.length > UNITS_SHOWN ? 'ticket-unit-many' : 'ticket-unit-choose'),
    };
  },
  show: (value, { say }) => unitName(say, StoredUnit.parse(value)),
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'text',
        id: 'unit',
        label: say('ticket-unit'),
        hint: say('ticket-unit-hint'),
        optional: true,
        multiline: false,
        maxChars: UNIT_NAME.most,
        ...(answers.unit !== undefined && {
          value: unitName(say, StoredUnit.parse(answers.unit)),
        }),
      },
    ],
    read: readForm,
  },
};
