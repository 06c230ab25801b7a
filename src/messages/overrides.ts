/** The office's own wording: Fluent files that replace shipped texts by key. */
import { type TextShape, textShapes, unreadable } from './text-shape.ts';

/** Own texts that cannot be used. The message has one line for each: file, line, key, how to put it right. */
export class TextsError extends Error {
  override readonly name = 'TextsError';

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/**
 * What is wrong with a file of own texts, a line each; empty when it can be used. A text may leave
 * out a variable of the shipped one; it cannot use one that it is not given.
 */
export function overrideProblems(
  file: string,
  source: string,
  shipped: readonly TextShape[],
): string[] {
  const known = new Map(shipped.map((text) => [text.key, text]));
  const seen = new Set<string>();
  const broken = unreadable(source).map((line) => ({
    line,
    what: 'not a text; write it as "key = words" on one line',
  }));
  const wrong = textShapes(source).flatMap(({ key, variables, line }) => {
    const twice = seen.has(key);
    seen.add(key);
    return faultsOf(variables, known.get(key), twice).map((fault) => ({
      line,
      what: `${key}: ${fault}`,
    }));
  });
  return [...broken, ...wrong]
    .sort((a, b) => a.line - b.line)
    .map(({ line, what }) => `${file}:${line}: ${what}`);
}

function faultsOf(
  variables: readonly string[],
  shipped: TextShape | undefined,
  twice: boolean,
): string[] {
  if (twice) return ['is in the file twice; keep one'];
  if (!shipped) return ['no text has this key; "npm run admin -- texts find WORDS" tells the keys'];
  const given = shipped.variables.map((each) => `{ $${each} }`).join(', ');
  return variables
    .filter((name) => !shipped.variables.includes(name))
    .map(
      (name) =>
        `{ $${name} } is not known there; ${given === '' ? 'it has no variables' : `use only ${given}`}`,
    );
}
