/**
 * Who shared the work, in a form: one name a line, each of which must say exactly who is meant. A name
 * that several people have takes the unit or the staff code after a dash.
 */
import { TEXT_FIELD_MAX_CHARS } from '../../chat/index.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PersonHit } from '../../engine/reads.ts';
import { unitName } from '../../messages/report.ts';
import { fold, tidy } from '../../people/fold.ts';
import type { FormRead, Given, QuestionContext, QuestionForm } from '../flow.ts';
import { linesOf, unchangedOr } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import type { Answer } from '../state.ts';
import type { ReportFacts } from './facts.ts';
import { lineProblems } from './line-problems.ts';
import { CONTRIBUTORS_MAX, type Contributor, Contributors } from './values.ts';

type Context = QuestionContext<ReportFacts>;

const FIELD = 'contributors';
/** A name longer than this finds nobody. */
const NAME_MAX = 100;
/** Enough to have every namesake among them. */
const SEARCHED = 300;
/** People named when it is not clear who is meant. */
const NAMED = 5;

const peopleIn = (value: unknown): Contributor[] => Contributors.catch([]).parse(value ?? []);

/** `Name – unit or staff code`; the dash has spaces about it, which those of names and units may lack. */
const QUALIFIED = /^(.+?)\s+[-–—]\s+(.+)$/u;
/** One word with a figure in it is no name. */
const CODE = /^(?=.*\d)[\p{L}\d][\p{L}\d._/-]{1,39}$/u;

type Meant =
  | { readonly kind: 'person'; readonly person: PersonHit }
  | { readonly kind: 'unclear'; readonly why: string };

const named = (hits: readonly PersonHit[], typed: string): readonly PersonHit[] => {
  const whole = hits.filter(({ name }) => fold(name) === fold(typed));
  const exact = whole.filter((hit) => hit.exact);
  if (exact.length > 0) return exact;
  // Marks that were typed and do not agree mean somebody else.
  return fold(typed) === tidy(typed).toLowerCase() ? whole : [];
};

function ofUnit(hits: readonly PersonHit[], qualifier: string): readonly PersonHit[] {
  const key = fold(qualifier);
  const keysOf = ({ unit }: PersonHit) => [unit.nameVi, unit.nameEn, unit.code].map(fold);
  const exact = hits.filter((hit) => keysOf(hit).includes(key));
  return exact.length > 0
    ? exact
    : hits.filter((hit) => keysOf(hit).some((name) => name.includes(key)));
}

async function meant(
  line: string,
  { say, facts }: Context,
  { reads }: Pick<HandlerDeps, 'reads'>,
): Promise<Meant> {
  const none: Meant = { kind: 'unclear', why: say('form-co-none') };
  if (CODE.test(line)) {
    const person = await reads.personByCode(line, facts.today);
    return person ? { kind: 'person', person } : none;
  }
  const [, name = line, qualifier] = QUALIFIED.exec(line) ?? [];
  if (lengthOf(name) < 2 || lengthOf(name) > NAME_MAX) return none;
  const hits = await reads.findPeople(name, {
    unitId: null,
    on: facts.today,
    limit: SEARCHED,
  });
  let fit = named(hits, name);
  if (qualifier !== undefined) {
    const byUnit = ofUnit(fit, qualifier);
    const coded =
      byUnit.length === 0 && CODE.test(qualifier)
        ? await reads.personByCode(qualifier, facts.today)
        : null;
    fit = coded ? fit.filter(({ id }) => id === coded.id) : byUnit;
  }
  const [only, ...others] = fit;
  if (only && others.length === 0) return { kind: 'person', person: only };
  if (hits.length === 0) return none;
  const people = (fit.length > 0 ? fit : hits)
    .slice(0, NAMED)
    .map((hit) => say('report-co-hit', { name: hit.name, unit: unitName(say, hit.unit) }))
    .join('; ');
  return { kind: 'unclear', why: say('form-co-which', { people }) };
}

/** Whose work it is: no co-author of their own, and the sentence that says so. */
export const authorOf = ({ facts: { whose } }: Context): number | undefined =>
  whose.target?.author.id;
export const selfSentence = ({ say, facts: { whose } }: Context): string =>
  say(whose.target?.filedBy ? 'report-co-author' : 'report-co-self');

/** Why this person cannot be added to those there are, or null. */
function notAdded(person: PersonHit, there: readonly Contributor[], context: Context) {
  const { say } = context;
  if (person.id === authorOf(context)) return selfSentence(context);
  return there.some(({ id }) => id === person.id)
    ? say('report-co-twice', { name: person.name })
    : null;
}

async function read(
  given: Given,
  context: Context,
  before: Answer | undefined,
  deps: HandlerDeps,
): Promise<FormRead> {
  const { say } = context;
  const refuse = (why: string): FormRead => ({ kind: 'refuse', errors: { [FIELD]: why } });
  const lines = linesOf(given[FIELD]).map(tidy);
  if (lines.length > CONTRIBUTORS_MAX)
    return refuse(say('report-co-enough', { most: CONTRIBUTORS_MAX }));
  // Whoever is in the report already is meant by the name alone, though others have it too.
  let people = peopleIn(before?.value).filter(({ name }) => {
    const at = lines.indexOf(tidy(name));
    if (at >= 0) lines.splice(at, 1);
    return at >= 0;
  });
  const found = await Promise.all(
    lines.map(async (line) => ({ line, whom: await meant(line, context, deps) })),
  );
  const problems: { line: string; why: string }[] = [];
  for (const { line, whom } of found) {
    const why = whom.kind === 'person' ? notAdded(whom.person, people, context) : whom.why;
    if (why !== null) problems.push({ line, why });
    else if (whom.kind === 'person') {
      const { id, name, unit } = whom.person;
      people = [...people, { id, name, unitId: unit.id }];
    }
  }
  if (problems.length > 0) return refuse(lineProblems(say, problems));
  return {
    kind: 'answer',
    answer: unchangedOr(before, { value: people.length > 0 ? people : null }),
  };
}

export const contributorsForm: QuestionForm<ReportFacts> = {
  fields({ say, answers }) {
    const people = peopleIn(answers.contributors);
    return [
      {
        kind: 'text',
        id: FIELD,
        label: say('report-contributors'),
        hint: say('form-co-hint', { most: CONTRIBUTORS_MAX }),
        optional: true,
        multiline: true,
        maxChars: TEXT_FIELD_MAX_CHARS,
        ...(people.length > 0 && { value: people.map(({ name }) => name).join('\n') }),
      },
    ];
  },
  read: (given, context, { before, deps }) => read(given, context, before, deps),
};
