/** Who shared the work: a name is typed, a person is picked, until Done. */
import type { PersonHit } from '../../engine/reads.ts';
import { paragraph } from '../../messages/blocks.ts';
import { unitName } from '../../messages/report.ts';
import type { Parsed, Question, QuestionContext } from '../flow.ts';
import { authorOf, contributorsForm, selfSentence } from './contributors-form.ts';
import { HITS_SHOWN, type ReportFacts } from './facts.ts';
import { CONTRIBUTORS_MAX, type Contributor, Contributors } from './values.ts';

type Context = QuestionContext<ReportFacts>;

const chosen = ({ answers }: Context): Contributor[] =>
  Contributors.catch([]).parse(answers.contributors ?? []);

/** People found who can still be added: not oneself, not twice. */
function candidates(context: Context): readonly PersonHit[] {
  const taken = new Set(chosen(context).map(({ id }) => id));
  const self = authorOf(context);
  return (context.facts.hits ?? []).filter(({ id }) => id !== self && !taken.has(id));
}

function pick(value: string, context: Context): Parsed {
  const { say, facts } = context;
  const before = chosen(context);
  if (value.startsWith('-')) {
    const left = before.filter(({ id }) => `-${id}` !== value);
    return left.length === before.length
      ? { kind: 'refuse', why: say('report-co-unknown') }
      : { kind: 'collect', value: left, note: say('report-co-removed') };
  }
  const person = facts.picked;
  if (!person?.membership) return { kind: 'refuse', why: say('report-co-unknown') };
  if (person.id === authorOf(context)) return { kind: 'refuse', why: selfSentence(context) };
  if (before.some(({ id }) => id === person.id))
    return { kind: 'refuse', why: say('report-co-twice', { name: person.name }) };
  if (before.length >= CONTRIBUTORS_MAX)
    return { kind: 'refuse', why: say('report-co-enough', { most: CONTRIBUTORS_MAX }) };
  const added: Contributor = {
    id: person.id,
    name: person.name,
    unitId: person.membership.unit.id,
  };
  return {
    kind: 'collect',
    value: [...before, added],
    note: say('report-co-added', { name: person.name }),
  };
}

function search(context: Context): Parsed {
  const { say, facts } = context;
  const found = candidates(context);
  if (found.length > 0)
    return {
      kind: 'stay',
      note: say(found.length > HITS_SHOWN ? 'report-co-many' : 'report-co-choose'),
    };
  const onlySelf = facts.hits?.some(({ id }) => id === authorOf(context)) ?? false;
  return { kind: 'refuse', why: onlySelf ? selfSentence(context) : say('report-co-none') };
}

export const contributorsQuestion: Question<ReportFacts> = {
  id: 'contributors',
  schema: Contributors,
  collects: true,
  optional: () => true,
  label: ({ say }) => say('report-contributors'),
  ask: (context) => {
    const { say } = context;
    return {
      blocks: [paragraph(say('report-co-ask', { most: CONTRIBUTORS_MAX }))],
      choices: [
        ...candidates(context)
          .slice(0, HITS_SHOWN)
          .map(({ id, name, unit }) => [
            { label: say('report-co-hit', { name, unit: unitName(say, unit) }), value: String(id) },
          ]),
        ...chosen(context).map(({ id, name }) => [
          { label: say('report-remove', { what: name }), value: `-${id}` },
        ]),
      ],
    };
  },
  parse: (input, context) => {
    if (input.kind === 'file') return { kind: 'refuse', why: context.say('report-text-only') };
    return input.kind === 'choice' ? pick(input.value, context) : search(context);
  },
  show: (value) =>
    Contributors.catch([])
      .parse(value)
      .map(({ name }) => name)
      .join(', '),
  form: contributorsForm,
};
