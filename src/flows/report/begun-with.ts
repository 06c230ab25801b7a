/** What a report is begun with: the words after the command, or the message it was invoked on. */
import { type InboundOf, textBoundary } from '../../chat/index.ts';
import type { Say } from '../../messages/say.ts';
import { tidy } from '../../people/fold.ts';
import { linesOf } from '../form-field.ts';
import { cleanText, messageSource } from '../input.ts';
import type { StartOptions } from '../run.ts';
import type { Answer } from '../state.ts';
import { textPiece } from './pieces.ts';
import { DESCRIPTION_MAX, Description, TITLE_MAX, Title } from './values.ts';

/**
 * Words after the command are the title, or the description when they are longer than a title. A
 * message becomes the description, its first line the title when it can be one, its address evidence.
 * Of a text longer than a description the beginning is taken, and that is said.
 */
export function begunWith(
  { args, about, message }: InboundOf<'command'>,
  say: Say,
): Pick<StartOptions, 'prefill' | 'note'> {
  const prefill: Record<string, Answer> = {};
  const notes: string[] = [];
  const source = message ? { source: messageSource(message), command: true as const } : {};
  const describe = (text: string, more: Partial<Answer> = {}): void => {
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    const whole = Description.safeParse(text).success;
    const beginning = whole ? text : text.slice(0, textBoundary(text, DESCRIPTION_MAX)).trimEnd();
    prefill.describe = { value: beginning, ...more };
    if (!whole) notes.push(say('form-beginning-only', { most: DESCRIPTION_MAX }));
  };
  const typed = tidy(cleanText(args));
  if (about) {
    const text = cleanText(about.text);
    const [first = ''] = linesOf(text);
    if (/[\p{L}\p{N}]/u.test(first)) prefill.title = { value: tidy(first) };
    describe(text);
    if (about.link !== null) prefill.evidence = { value: [textPiece(1, about.link, null)] };
  }
  if (Title.safeParse(typed).success) prefill.title = { value: typed, ...source };
  else if (typed !== '') {
    notes.push(say('report-title-too-long', { most: TITLE_MAX }));
    describe(typed, source);
  }
  return { prefill, ...(notes.length > 0 && { note: notes.join(' ') }) };
}
