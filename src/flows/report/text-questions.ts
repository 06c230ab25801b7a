/** Item, title, description and date: the questions with one answer each. */

import { z } from 'zod';
import { addDays } from '../../campaign/calendar.ts';
import { OPTION_MAX_CHARS, shortened } from '../../chat/index.ts';
import { paragraph } from '../../messages/blocks.ts';
import { showDate } from '../../messages/dates.ts';
import { evidenceWanted, itemLabel } from '../../messages/report.ts';
import { tidy } from '../../people/fold.ts';
import { dayProblem } from '../../reports/period.ts';
import type { Choice, Input, Parsed, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import type { ReportFacts } from './facts.ts';
import { parseDate } from './parse-date.ts';
import { whoseBlocks } from './review.ts';
import { Day, DESCRIPTION_MAX, Description, TITLE_MAX, Title } from './values.ts';

type Context = QuestionContext<ReportFacts>;

/** Items shown at once; more are on further pages. */
const ITEMS_SHOWN = 8;

const label = (context: Context, id: string): string =>
  itemLabel(context.say, context.deps.campaign, id);

function itemChoices({ say, facts, deps }: Context): (readonly Choice[])[] {
  const pages = Math.max(1, Math.ceil(facts.items.length / ITEMS_SHOWN));
  const page = Math.min(facts.page, pages - 1);
  const shown = facts.items.slice(page * ITEMS_SHOWN, (page + 1) * ITEMS_SHOWN);
  const turn: Choice[] = [
    ...(page > 0 ? [{ label: say('report-page-before'), value: `>${page - 1}` }] : []),
    ...(page < pages - 1 ? [{ label: say('report-page-after'), value: `>${page + 1}` }] : []),
  ];
  return [
    ...shown.map(({ id }) => [{ label: itemLabel(say, deps.campaign, id), value: id }]),
    ...(turn.length > 0 ? [turn] : []),
  ];
}

/** An item's label as an option of a form, where only so much is shown; the form says it in full above. */
export const itemOption = (label: string): string => shortened(label, OPTION_MAX_CHARS);

const parseItem: Question<ReportFacts>['parse'] = (input, { say, facts }) => {
  if (input.kind !== 'choice') return { kind: 'refuse', why: say('report-item-choose') };
  if (/^>\d{1,3}$/.test(input.value)) return { kind: 'stay' };
  return facts.items.some(({ id }) => id === input.value)
    ? { kind: 'answer', value: input.value }
    : { kind: 'refuse', why: say('report-item-gone') };
};

/** The answer so far, as a field that holds text shows it. */
const typedBefore = (value: unknown): { value?: string } =>
  typeof value === 'string' ? { value } : {};

export const itemQuestion: Question<ReportFacts> = {
  id: 'item',
  schema: z.string(),
  label: ({ say }) => say('report-item'),
  ask: (context) => ({
    blocks: [...whoseBlocks(context), paragraph(context.say('report-item-ask'))],
    choices: itemChoices(context),
  }),
  parse: parseItem,
  show: (value, context) => label(context, String(value)),
  form: {
    fields: ({ say, facts, deps, answers }) => [
      {
        kind: 'choice',
        id: 'item',
        label: say('report-item'),
        optional: false,
        options: facts.items.map(({ id }) => ({
          label: itemOption(itemLabel(say, deps.campaign, id)),
          value: id,
        })),
        ...(facts.items.some(({ id }) => id === answers.item) && typedBefore(answers.item)),
      },
    ],
    read: readField('item', 'choice', parseItem),
  },
};

/** A text of at most `most` characters; anything else is refused in one sentence. */
function parseText(input: Input, { say }: Context, most: number, oneLine: boolean): Parsed {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('report-text-only') };
  const text = oneLine ? tidy(input.text) : input.text;
  const length = lengthOf(text);
  if (!/[\p{L}\p{N}]/u.test(text)) return { kind: 'refuse', why: say('report-text-empty') };
  if (length > most) return { kind: 'refuse', why: say('report-text-long', { most, length }) };
  return { kind: 'answer', value: text };
}

const parseTitle: Question<ReportFacts>['parse'] = (input, context) =>
  parseText(input, context, TITLE_MAX, true);

export const titleQuestion: Question<ReportFacts> = {
  id: 'title',
  schema: Title,
  label: ({ say }) => say('report-title'),
  ask: ({ say }) => ({ blocks: [paragraph(say('report-title-ask', { most: TITLE_MAX }))] }),
  parse: parseTitle,
  show: String,
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'text',
        id: 'title',
        label: say('report-title'),
        optional: false,
        multiline: false,
        maxChars: TITLE_MAX,
        ...typedBefore(answers.title),
      },
    ],
    read: readField('title', 'text', parseTitle),
  },
};

const parseDescription: Question<ReportFacts>['parse'] = (input, context) =>
  parseText(input, context, DESCRIPTION_MAX, false);

export const describeQuestion: Question<ReportFacts> = {
  id: 'describe',
  schema: Description,
  label: ({ say }) => say('report-describe'),
  ask: ({ say }) => ({
    blocks: [
      paragraph(say('report-describe-ask', { most: DESCRIPTION_MAX })),
      { kind: 'note', text: [say('report-secret')] },
    ],
  }),
  parse: parseDescription,
  show: String,
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'text',
        id: 'describe',
        label: say('report-describe'),
        hint: say('report-secret'),
        optional: false,
        multiline: true,
        maxChars: DESCRIPTION_MAX,
        ...typedBefore(answers.describe),
      },
    ],
    read: readField('describe', 'text', parseDescription),
  },
};

/** Why the day cannot be reported, in words; null when it can. */
export function daySentence(day: string, { say, facts, deps }: Context): string | null {
  const { period } = deps.campaign;
  const problem = dayProblem(deps.campaign, day, facts.today);
  if (problem === 'future') return say('report-date-future');
  return problem === 'outside'
    ? say('report-date-outside', {
        from: showDate(period.from, say.language),
        to: showDate(period.to, say.language),
      })
    : null;
}

const parseDay: Question<ReportFacts>['parse'] = (input, context) => {
  const { say, facts, deps } = context;
  if (input.kind === 'file') return { kind: 'refuse', why: say('report-date-file') };
  const typed = input.kind === 'text' ? input.text : input.value;
  const day =
    lengthOf(typed) > 60 ? null : parseDate(typed, facts.today, deps.campaign.period.from);
  if (day === null) return { kind: 'refuse', why: say('report-date-unknown') };
  const why = daySentence(day, context);
  return why === null ? { kind: 'answer', value: day } : { kind: 'refuse', why };
};

export const dateQuestion: Question<ReportFacts> = {
  id: 'date',
  schema: Day,
  label: ({ say }) => say('report-date'),
  ask: (context) => {
    const { say, facts } = context;
    const days = [
      { key: 'report-date-today', day: facts.today },
      { key: 'report-date-yesterday', day: addDays(facts.today, -1) },
    ].filter(({ day }) => daySentence(day, context) === null);
    const choices = days.map(({ key, day }) => ({
      label: say(key, { date: showDate(day, say.language) }),
      value: day,
    }));
    return {
      blocks: [paragraph(say('report-date-ask'))],
      choices: choices.length > 0 ? [choices] : [],
    };
  },
  parse: parseDay,
  show: (value, { say }) => showDate(String(value), say.language),
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'date',
        id: 'date',
        label: say('report-date'),
        optional: false,
        ...typedBefore(answers.date),
      },
    ],
    read: readField('date', 'text', parseDay),
  },
};

/** What the chosen item wants as evidence, for the evidence question. */
export function wantedHere(context: Context): { text: string; required: boolean } {
  const item = context.deps.campaign.items.find(({ id }) => id === context.answers.item);
  // Entered for somebody, it names who confirmed it, which some items want and no more.
  const { filedBy } = context.facts.whose.target ?? {};
  const named = filedBy !== undefined && filedBy !== null && item?.evidence.kinds.includes('E4');
  return item
    ? { text: evidenceWanted(context.say, item), required: item.evidence.required && !named }
    : { text: context.say('report-evidence-free'), required: false };
}
