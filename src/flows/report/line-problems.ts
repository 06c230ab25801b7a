/** What is wrong with a field of several lines. */
import type { Say } from '../../messages/say.ts';

/** Problems said at once; the next ones show when these are put right. */
const SAID = 3;
/** Characters of a line that say which one is meant. */
const SHOWN = 60;

function beginning(line: string): string {
  const letters = [...line];
  return letters.length > SHOWN ? `${letters.slice(0, SHOWN - 1).join('')}…` : line;
}

/** Each line with its sentence. */
export const lineProblems = (
  say: Say,
  problems: readonly { readonly line: string; readonly why: string }[],
): string =>
  problems
    .slice(0, SAID)
    .map(({ line, why }) => say('form-line', { line: beginning(line), why }))
    .join(' ');
