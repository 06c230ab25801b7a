/** The words "báo cáo" before a title, typed where a platform has no `/` of ours. Pure. */
import { fold } from '../people/fold.ts';

/** The words of the command that a title may follow, in its two languages. */
const REPORT = ['baocao', 'report'];
const FOLLOWED = [
  /^(?<words>\/?\p{L}+\s+\p{L}+)(?<gap>\s*:\s*|\s+)(?<rest>\S.*)$/u,
  /^(?<words>\/?\p{L}+)(?<gap>\s*:\s*|\s+)(?<rest>\S.*)$/u,
];

/** Letters and figures of a text, folded: "Báo  cáo." and "/baocao" are the same. */
export const wordKey = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

/** One line's rest after these words, and whether a colon is between; null when it does not begin with them. */
export function afterCommandWords(
  text: string,
): { readonly rest: string; readonly colon: boolean } | null {
  for (const shape of FOLLOWED) {
    const { words = '', gap = '', rest = '' } = shape.exec(text)?.groups ?? {};
    if (REPORT.includes(wordKey(words))) return { rest: rest.trim(), colon: gap.includes(':') };
  }
  return null;
}
