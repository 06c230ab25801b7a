/** Whose documents: the whole campaign's, or a unit's, found by name or code. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PersonView, UnitView } from '../../engine/turn-context.ts';
import { scopeName } from '../../messages/documents.ts';
import { unitName } from '../../messages/report.ts';
import type { Say } from '../../messages/say.ts';
import { fold } from '../../people/fold.ts';
import { ledUnits, may } from '../../people/may.ts';
import { findUnits, UNIT_NAME, UNITS_SHOWN } from '../find-units.ts';
import type { FormRead, Given, Input, Question, QuestionContext } from '../flow.ts';
import { lengthOf } from '../input.ts';

/** A unit as the flow stores it, with its names to show them; or the whole campaign. */
export const Scope = z.union([
  z.literal('campaign'),
  z.strictObject({ unitId: z.number().int().positive(), nameVi: z.string(), nameEn: z.string() }),
]);
export type Scope = z.infer<typeof Scope>;

export interface DocumentFacts {
  /** ISO date in the campaign's zone. */
  readonly today: string;
  /** Documents of every unit and of the campaign are theirs to read. */
  readonly all: boolean;
  /** Units they lead. */
  readonly own: readonly UnitView[];
  /** Found for what was typed; null when nothing was. */
  readonly hits: readonly UnitView[] | null;
  /** Whose button was pressed. */
  readonly picked: UnitView | null;
}
type Context = QuestionContext<DocumentFacts>;

const CAMPAIGN = 'all';

export async function ownUnits(
  person: PersonView | null,
  { reads }: Pick<HandlerDeps, 'reads'>,
): Promise<readonly UnitView[]> {
  const ids = person ? ledUnits(person) : [];
  return ids.length === 0 ? [] : reads.units(ids);
}

export const readsAll = (person: PersonView | null): boolean =>
  may(person, 'export.read', { unitId: null });

/** Null: the whole campaign. */
export const unitOf = (scope: Scope) => (scope === 'campaign' ? null : scope);

export const unitScope = ({ id, nameVi, nameEn }: UnitView): Scope => ({
  unitId: id,
  nameVi,
  nameEn,
});

/** Units this text may mean, among those whose documents the person may have. */
async function meant(
  typed: string,
  on: string,
  { all, own }: Pick<DocumentFacts, 'all' | 'own'>,
  deps: Pick<HandlerDeps, 'reads'>,
): Promise<readonly UnitView[]> {
  if (all) return findUnits(typed, on, deps);
  const words = fold(typed);
  if (lengthOf(words) < UNIT_NAME.least) return [];
  return own.filter(({ code, nameVi }) => fold(`${code} ${nameVi}`).includes(words));
}

export async function found(
  input: Input | null,
  on: string,
  facts: Pick<DocumentFacts, 'all' | 'own'>,
  deps: Pick<HandlerDeps, 'reads'>,
): Promise<Pick<DocumentFacts, 'hits' | 'picked'>> {
  if (input?.kind === 'text')
    return { hits: await meant(input.text, on, facts, deps), picked: null };
  const id = input?.kind === 'choice' ? /^u(\d{1,9})$/.exec(input.value)?.[1] : undefined;
  const [picked] = id === undefined ? [] : await deps.reads.units([Number(id)]);
  return { hits: null, picked: picked ?? null };
}

const storedName = (say: Say, value: unknown): string => scopeName(say, unitOf(Scope.parse(value)));

const button = (say: Say, unit: UnitView) => [{ label: unitName(say, unit), value: `u${unit.id}` }];

/** In a form there is nothing to choose from: what is typed must mean exactly one; nothing: the campaign. */
async function readForm(
  given: Given,
  { say, facts }: Context,
  deps: HandlerDeps,
): Promise<FormRead> {
  const refuse = (why: string) => ({ kind: 'refuse' as const, errors: { unit: why } });
  const answer = (value: Scope) => ({ kind: 'answer' as const, answer: { value } });
  const typed = given.unit;
  const [own] = facts.own;
  if (typeof typed !== 'string') {
    if (facts.all) return answer('campaign');
    return own && facts.own.length === 1 ? answer(unitScope(own)) : refuse(say('form-required'));
  }
  const hits = await meant(typed, facts.today, facts, deps);
  const exact = hits.filter((unit) =>
    [unit.code, unit.nameVi, unit.nameEn].some((name) => fold(name) === fold(typed)),
  );
  const [only, ...others] = exact.length > 0 ? exact : hits;
  if (!only) return refuse(say('export-unit-none'));
  if (others.length > 0) {
    const names = [only, ...others].slice(0, UNITS_SHOWN).map((unit) => unitName(say, unit));
    return refuse(say('export-unit-which', { names: names.join('; ') }));
  }
  return answer(unitScope(only));
}

export const scopeQuestion: Question<DocumentFacts> = {
  id: 'scope',
  schema: Scope,
  label: ({ say }) => say('export-scope'),
  // Whoever has one unit has nothing to choose.
  when: ({ facts }) => facts.all || facts.own.length > 1,
  ask: ({ say, facts: { all, own, hits } }) => ({
    blocks: [{ kind: 'text', text: [say(all ? 'export-scope-ask-all' : 'export-scope-ask')] }],
    choices: hits?.length
      ? hits.slice(0, UNITS_SHOWN).map((unit) => button(say, unit))
      : [
          ...(all ? [[{ label: say('export-campaign'), value: CAMPAIGN }]] : []),
          ...own.map((unit) => button(say, unit)),
        ],
  }),
  parse(input, { say, turn, facts: { all, hits, picked } }) {
    if (input.kind === 'choice') {
      if (input.value === CAMPAIGN && all) return { kind: 'answer', value: 'campaign' };
      return picked && may(turn.person, 'export.read', { unitId: picked.id })
        ? { kind: 'answer', value: unitScope(picked) }
        : { kind: 'refuse', why: say('export-unit-none') };
    }
    if (input.kind === 'file' || !hits || hits.length === 0)
      return { kind: 'refuse', why: say('export-unit-none') };
    return {
      kind: 'stay',
      note: say(hits.length > UNITS_SHOWN ? 'export-unit-many' : 'export-unit-choose'),
    };
  },
  show: (value, { say }) => storedName(say, value),
  form: {
    fields: ({ say, facts: { all, own }, answers }) =>
      all || own.length > 1
        ? [
            {
              kind: 'text',
              id: 'unit',
              label: say('export-unit'),
              hint: say(all ? 'export-unit-hint-all' : 'export-unit-hint'),
              optional: all,
              multiline: false,
              maxChars: UNIT_NAME.most,
              ...(answers.scope !== undefined &&
                answers.scope !== 'campaign' && { value: storedName(say, answers.scope) }),
            },
          ]
        : [],
    read: (given, context, { deps }) => readForm(given, context, deps),
  },
};
