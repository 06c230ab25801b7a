/** Pieces that questions make their forms of. */
import type { FormRead, Question, QuestionForm } from './flow.ts';
import type { Answer } from './state.ts';

/** The answer with this value; the one from before when it is the same, so that its message still edits it. */
export const unchangedOr = (before: Answer | undefined, answer: Answer): Answer =>
  before !== undefined && JSON.stringify(before.value) === JSON.stringify(answer.value)
    ? before
    : answer;

/** Reads one field as the question reads a message (`text`) or a button (`choice`). */
export const readField =
  <F>(id: string, kind: 'text' | 'choice', parse: Question<F>['parse']): QuestionForm<F>['read'] =>
  (given, context, { before }): FormRead => {
    const refuse = (why: string): FormRead => ({ kind: 'refuse', errors: { [id]: why } });
    const value = given[id];
    if (typeof value !== 'string') return refuse(context.say('form-required'));
    const parsed = parse(
      kind === 'text' ? { kind, text: value, source: '' } : { kind, value },
      context,
    );
    if (parsed.kind === 'answer')
      return { kind: 'answer', answer: unchangedOr(before, { value: parsed.value }) };
    return refuse(parsed.kind === 'refuse' ? parsed.why : context.say('form-required'));
  };

/** The lines of a text, without blank ones. */
export const linesOf = (text: unknown): string[] =>
  typeof text === 'string'
    ? text
        .split('\n')
        .map((line) => line.replace(/\s+/gu, ' ').trim())
        .filter((line) => line !== '')
    : [];
