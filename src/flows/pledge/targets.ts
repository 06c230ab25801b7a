/** Targets by content item: numbered lines in a chat, a field each in a form. */
import { z } from 'zod';
import type { ContentItem } from '../../campaign/types.ts';
import type { FormField } from '../../chat/index.ts';
import type { PledgeView } from '../../engine/pledge-reads.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { targetLines } from '../../messages/pledge.ts';
import { itemLabel } from '../../messages/report.ts';
import { pledgeItems } from '../../reports/pledged.ts';
import type { FormRead, Given, Parsed, Question, QuestionContext } from '../flow.ts';
import { unchangedOr } from '../form-field.ts';
import { lineProblems } from '../report/line-problems.ts';
import type { Answer } from '../state.ts';

export interface PledgeFacts {
  /** ISO date in the campaign's zone. */
  readonly today: string;
  /** Null when it does not exist any more. */
  readonly unit: UnitView | null;
  readonly pledge: PledgeView | null;
}
type Context = QuestionContext<PledgeFacts>;

const TARGET_MAX = 9999;
export const Targets = z.record(z.string(), z.number().int().min(1).max(TARGET_MAX));
export type Targets = z.infer<typeof Targets>;

const targetsIn = (value: unknown): Targets => Targets.catch({}).parse(value ?? {});

const itemsOf = ({ facts, deps }: Context): readonly ContentItem[] =>
  facts.unit ? pledgeItems(deps.campaign, facts.unit) : [];

/** `3: 20`, `3 - 20`, `3 20`. */
const LINE = /^(\d{1,2})(?:\s*[:=.–-]\s*|\s+)(\d{1,4})$/;

function parseLines(typed: string, context: Context): Parsed {
  const { say } = context;
  const items = itemsOf(context);
  const targets = { ...targetsIn(context.answers.targets) };
  const problems: { line: string; why: string }[] = [];
  const lines = typed
    .split(/[\n;,]/)
    .map((line) => line.trim())
    .filter(Boolean);
  for (const line of lines) {
    const [, number, amount] = LINE.exec(line) ?? [];
    const item = items[Number(number) - 1];
    if (amount === undefined) problems.push({ line, why: say('pledge-targets-line') });
    else if (!item)
      problems.push({ line, why: say('pledge-targets-item', { last: items.length }) });
    else if (Number(amount) === 0) delete targets[item.id];
    else targets[item.id] = Number(amount);
  }
  if (problems.length > 0) return { kind: 'refuse', why: lineProblems(say, problems) };
  return lines.length === 0
    ? { kind: 'refuse', why: say('pledge-targets-words') }
    : { kind: 'collect', value: targets, note: say('pledge-targets-kept') };
}

/** Ids of fields are letters only. */
const fieldOf = (at: number): string => `target-${String.fromCharCode(97 + at)}`;

function fields(context: Context): FormField[] {
  const { say, deps, answers } = context;
  const targets = targetsIn(answers.targets);
  return itemsOf(context).map(({ id }, at) => ({
    kind: 'text',
    id: fieldOf(at),
    label: itemLabel(say, deps.campaign, id),
    optional: true,
    multiline: false,
    maxChars: 4,
    ...(targets[id] !== undefined && { value: String(targets[id]) }),
  }));
}

function read(given: Given, context: Context, before: Answer | undefined): FormRead {
  const errors: Record<string, string> = {};
  const targets: Targets = {};
  for (const [at, { id }] of itemsOf(context).entries()) {
    const typed = given[fieldOf(at)];
    if (typeof typed !== 'string') continue;
    if (/^\d{1,4}$/.test(typed) && Number(typed) > 0) targets[id] = Number(typed);
    else errors[fieldOf(at)] = context.say('pledge-target-field', { most: TARGET_MAX });
  }
  if (Object.keys(errors).length > 0) return { kind: 'refuse', errors };
  const value = Object.keys(targets).length > 0 ? targets : null;
  return { kind: 'answer', answer: unchangedOr(before, { value }) };
}

export const targetsQuestion: Question<PledgeFacts> = {
  id: 'targets',
  schema: Targets,
  collects: true,
  optional: () => true,
  label: ({ say }) => say('pledge-targets'),
  ask: (context) => ({
    blocks: [
      { kind: 'text', text: [context.say('pledge-targets-ask')] },
      {
        kind: 'list',
        ordered: true,
        items: itemsOf(context).map(({ id }) => [
          itemLabel(context.say, context.deps.campaign, id),
        ]),
      },
    ],
  }),
  parse: (input, context) =>
    input.kind === 'text'
      ? parseLines(input.text, context)
      : { kind: 'refuse', why: context.say('pledge-targets-words') },
  show(value, { say, deps }) {
    const lines = targetLines(say, targetsIn(value), deps.campaign);
    return lines.length > 0 ? lines.join('\n') : say('flow-none');
  },
  form: { fields, read: (given, context, { before }) => read(given, context, before) },
};
