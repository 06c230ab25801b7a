/** What a flow says: a question with its buttons, the summary, and the engine's own sentences. */

import type { Block, Button, Message } from '../chat/index.ts';
import type { Choice } from '../flows/flow.ts';
import { pressAction, resumeAction, type Verb } from '../flows/press.ts';
import { paragraph } from './blocks.ts';
import type { Say } from './say.ts';

/** The moves open to the person besides answering. */
interface Moves {
  readonly back: boolean;
  readonly skip: boolean;
  /** Go on with the answer already given. */
  readonly keep: boolean;
  readonly done: boolean;
  /** Put the draft aside. */
  readonly park: boolean;
}

export interface QuestionView {
  readonly title: string;
  /** Null for a single question and while one answer is being changed. */
  readonly progress: { readonly at: number; readonly of: number } | null;
  /** One answer is being changed from the summary. */
  readonly changing: boolean;
  readonly step: number;
  /** Said before the question: why the last answer was refused, or what was just collected. */
  readonly before: string | null;
  /** The question itself; empty when only the sentence before is needed. */
  readonly blocks: readonly Block[];
  readonly choices: readonly (readonly Choice[])[];
  /** The answer given so far. */
  readonly current: string | null;
  readonly moves: Moves;
}

function lineOf(block: Block | undefined): string {
  if (!block) return '';
  if (block.kind === 'heading') return block.text;
  if (block.kind !== 'text' && block.kind !== 'note') return '';
  return block.text.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

const rows = (...all: Button[][]): Button[][] => all.filter((row) => row.length > 0);

export function questionMessage(say: Say, view: QuestionView): Message {
  const press = (verb: Verb, label: string, tone?: Button['tone']): Button => ({
    label: say(label),
    action: pressAction(view.step, verb),
    ...(tone && { tone }),
  });
  const { back, skip, keep, done, park } = view.moves;
  const where = view.progress
    ? say('flow-progress', { title: view.title, at: view.progress.at, of: view.progress.of })
    : view.changing
      ? say('flow-changing', { title: view.title })
      : view.title;
  return {
    notice: view.before ?? (lineOf(view.blocks[0]) || where),
    blocks: [
      ...(view.before === null ? [] : [paragraph(view.before)]),
      { kind: 'note', text: [where] },
      ...view.blocks,
      ...(view.current === null ? [] : [paragraph(say('flow-current', { answer: view.current }))]),
    ],
    buttons: rows(
      ...view.choices.map((row) =>
        row.map(({ label, value, tone }) => ({
          label,
          action: pressAction(view.step, 'choose', value),
          ...(tone && { tone }),
        })),
      ),
      [
        ...(done ? [press('done', 'flow-done', 'primary')] : []),
        ...(keep ? [press('keep', 'flow-keep')] : []),
      ],
      [
        ...(back ? [press('back', 'flow-back')] : []),
        ...(skip ? [press('skip', 'flow-skip')] : []),
      ],
      [...(park ? [press('park', 'flow-park')] : []), press('cancel', 'flow-cancel')],
    ),
  };
}

export interface SummaryView {
  readonly title: string;
  readonly step: number;
  readonly before: string | null;
  readonly rows: readonly { readonly id: string; readonly label: string; readonly value: string }[];
  readonly review: readonly Block[];
  readonly park: boolean;
}

export function summaryMessage(say: Say, view: SummaryView): Message {
  const edits = view.rows.map(
    ({ id, label }): Button => ({
      label: say('flow-edit', { label }),
      action: pressAction(view.step, 'edit', id),
    }),
  );
  const pairs = edits.flatMap((_, at) => (at % 2 === 0 ? [edits.slice(at, at + 2)] : []));
  return {
    notice: view.before ?? view.title,
    blocks: [
      ...(view.before === null ? [] : [paragraph(view.before)]),
      { kind: 'heading', text: view.title },
      paragraph(say('flow-check')),
      {
        kind: 'fields',
        rows: view.rows.map(({ label, value }) => ({ label, value: [value] })),
      },
      ...view.review,
    ],
    buttons: [
      [{ label: say('flow-send'), action: pressAction(view.step, 'send'), tone: 'primary' }],
      ...pairs,
      [
        ...(view.park ? [{ label: say('flow-park'), action: pressAction(view.step, 'park') }] : []),
        { label: say('flow-cancel'), action: pressAction(view.step, 'cancel') },
      ],
    ],
  };
}

/** One sentence or a few, with buttons under it. */
export const plainMessage = (lines: readonly string[], buttons: Button[][] = []): Message => ({
  notice: lines[0] ?? '',
  blocks: lines.map(paragraph),
  ...(buttons.length > 0 && { buttons }),
});

export const resumeButton = (say: Say): Button => ({
  label: say('flow-resume'),
  action: 'cmd:tieptuc',
});

/** The drafts put aside, to choose from. */
export const draftsMessage = (
  say: Say,
  drafts: readonly { readonly step: number; readonly label: string }[],
): Message =>
  plainMessage(
    [say('flow-drafts')],
    drafts.map(({ step, label }) => [{ label, action: resumeAction(step) }]),
  );

/** What a draft held that this release cannot go on with: the words are the person's own. */
export const lostDraftMessage = (say: Say, texts: readonly string[]): Message => ({
  notice: say('flow-draft-lost'),
  blocks: [
    paragraph(say('flow-draft-lost')),
    ...(texts.length > 0 ? [{ kind: 'list' as const, items: texts.map((text) => [text]) }] : []),
  ],
});
