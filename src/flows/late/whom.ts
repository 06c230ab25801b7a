/** Who gets leave: a unit or a person, found by name or code. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import { unitName } from '../../messages/report.ts';
import type { Say } from '../../messages/say.ts';
import { fold, tidy } from '../../people/fold.ts';
import type { Given, Input, Question, QuestionContext } from '../flow.ts';
import { lengthOf } from '../input.ts';

/** A unit or person as the flow stores it: the name is kept to show it, rights are checked at the end. */
export const Whom = z.strictObject({
  kind: z.enum(['unit', 'person']),
  id: z.number().int().positive(),
  nameVi: z.string(),
  nameEn: z.string(),
});
export type Whom = z.infer<typeof Whom>;

interface Candidate {
  readonly whom: Whom;
  /** As a button shows it. */
  label(say: Say): string;
  /** Where it has to be typed: with the code, if it has one that people may see. */
  typed(say: Say): string;
  /** Names and codes that mean exactly this one. */
  readonly keys: readonly string[];
}

export interface LateFacts {
  /** ISO date in the campaign's zone. */
  readonly today: string;
  /** Found for what was typed; null when nothing was. */
  readonly hits: readonly Candidate[] | null;
  /** Whose button was pressed. */
  readonly picked: Candidate | null;
}
type Context = QuestionContext<LateFacts>;
type ReadsOf = Pick<HandlerDeps, 'reads'>;

/** Of each kind; more are asked for to know whether there are others. */
const SHOWN = 5;
const NAME = { least: 2, most: 100 } as const;

const ofUnit = (unit: { id: number; code: string; nameVi: string; nameEn: string }): Candidate => ({
  whom: { kind: 'unit', id: unit.id, nameVi: unit.nameVi, nameEn: unit.nameEn },
  label: (say) => unitName(say, unit),
  typed: (say) => say('late-candidate', { name: unitName(say, unit), code: unit.code }),
  keys: [unit.code, unit.nameVi, unit.nameEn].map(fold),
});

const ofPerson = (person: {
  id: number;
  name: string;
  unit: { nameVi: string; nameEn: string } | null;
}): Candidate => {
  const label = (say: Say): string =>
    person.unit
      ? say('late-person', { name: person.name, unit: unitName(say, person.unit) })
      : person.name;
  return {
    whom: { kind: 'person', id: person.id, nameVi: person.name, nameEn: person.name },
    label,
    typed: label,
    keys: [fold(person.name)],
  };
};

/** Units first; a code means one of them or one person. */
async function findWhom(
  typed: string,
  on: string,
  { reads }: ReadsOf,
): Promise<readonly Candidate[]> {
  const text = tidy(typed);
  const length = lengthOf(text);
  if (length < NAME.least || length > NAME.most) return [];
  const limit = SHOWN + 1;
  const [unit, person] = await Promise.all([
    reads.unitByCode(text, on),
    reads.personByCode(text.toUpperCase(), on),
  ]);
  if (unit) return [ofUnit(unit)];
  if (person) return [ofPerson(person)];
  const [units, people] = await Promise.all([
    reads.findUnits(text, on, limit),
    reads.findPeople(text, { unitId: null, on, limit }),
  ]);
  return [...units.map(ofUnit), ...people.map(ofPerson)];
}

/** Whom a button names: `u12` a unit, `p34` a person; null when there is no such any more. */
async function pick(value: string, on: string, { reads }: ReadsOf): Promise<Candidate | null> {
  const [, kind, id] = /^([up])(\d{1,9})$/.exec(value) ?? [];
  if (id === undefined) return null;
  if (kind === 'u') {
    const [unit] = await reads.units([Number(id)]);
    return unit ? ofUnit(unit) : null;
  }
  const person = await reads.person(Number(id), on);
  return person && ofPerson({ ...person, unit: person.membership?.unit ?? null });
}

export async function lateFacts(
  input: Input | null,
  asking: string,
  on: string,
  deps: ReadsOf,
): Promise<LateFacts> {
  const none: LateFacts = { today: on, hits: null, picked: null };
  if (asking !== 'whom' || !input) return none;
  if (input.kind === 'text') return { ...none, hits: await findWhom(input.text, on, deps) };
  return input.kind === 'choice' ? { ...none, picked: await pick(input.value, on, deps) } : none;
}

const buttonValue = ({ kind, id }: Whom): string => `${kind === 'unit' ? 'u' : 'p'}${id}`;

export const storedName = (say: Say, value: unknown): string => {
  const whom = Whom.parse(value);
  return say.language === 'vi' ? whom.nameVi : whom.nameEn;
};

/** In a form there is nothing to choose from: what is typed must mean exactly one. */
async function readForm(given: Given, { say, facts }: Context, deps: ReadsOf) {
  const typed = given.whom;
  const refuse = (why: string) => ({ kind: 'refuse' as const, errors: { whom: why } });
  if (typeof typed !== 'string') return refuse(say('late-whom-words'));
  const hits = await findWhom(typed, facts.today, deps);
  const exact = hits.filter(({ keys }) => keys.includes(fold(typed)));
  const [only, ...others] = exact.length > 0 ? exact : hits;
  if (!only) return refuse(say('late-whom-none'));
  if (others.length > 0) {
    const names = [only, ...others].slice(0, SHOWN).map((each) => each.typed(say));
    return refuse(say('late-whom-which', { names: names.join('; ') }));
  }
  return { kind: 'answer' as const, answer: { value: only.whom } };
}

export const whomQuestion: Question<LateFacts> = {
  id: 'whom',
  schema: Whom,
  label: ({ say }) => say('late-whom'),
  ask: ({ say, facts: { hits } }) => ({
    blocks: [{ kind: 'text', text: [say('late-whom-ask')] }],
    choices: (hits ?? [])
      .slice(0, 2 * SHOWN)
      .map((hit) => [{ label: hit.label(say), value: buttonValue(hit.whom) }]),
  }),
  parse(input, { say, facts: { hits, picked } }) {
    if (input.kind === 'choice')
      return picked
        ? { kind: 'answer', value: picked.whom }
        : { kind: 'refuse', why: say('late-whom-gone') };
    if (input.kind === 'file') return { kind: 'refuse', why: say('late-whom-words') };
    if (!hits || hits.length === 0) return { kind: 'refuse', why: say('late-whom-none') };
    return { kind: 'stay', note: say(hits.length > SHOWN ? 'late-whom-many' : 'late-whom-choose') };
  },
  show: (value, { say }) => storedName(say, value),
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'text',
        id: 'whom',
        label: say('late-whom'),
        hint: say('late-whom-hint'),
        optional: false,
        multiline: false,
        maxChars: NAME.most,
        ...(answers.whom !== undefined && { value: storedName(say, answers.whom) }),
      },
    ],
    read: (given, context, { deps }) => readForm(given, context, deps),
  },
};
