/** Pieces of evidence out of what was typed or sent. Pure. */
import type { Say } from '../../messages/say.ts';
import { fold, tidy } from '../../people/fold.ts';
import type { GivenFile } from '../flow.ts';
import { lengthOf } from '../input.ts';
import { EVIDENCE_TEXT_MAX, type Piece } from './values.ts';

const isLink = (text: string): boolean => /^(https?:\/\/|www\.)\S+\.\S+$/iu.test(text);

/** Why this text cannot be a piece beside the others, in one sentence, or null when it can. */
export function textProblem(
  typed: string,
  others: readonly Piece[],
  { say }: { readonly say: Say },
): string | null {
  const text = tidy(typed);
  if (!/[\p{L}\p{N}]/u.test(text)) return say('report-evidence-what');
  if (lengthOf(text) > EVIDENCE_TEXT_MAX)
    return say('report-text-long', { most: EVIDENCE_TEXT_MAX, length: lengthOf(text) });
  return others.some((other) => other.text !== null && fold(other.text) === fold(text))
    ? say('report-evidence-twice')
    : null;
}

const nothing = { text: null, mediaId: null, name: null, mime: null } as const;

export function textPiece(n: number, typed: string, source: string | null): Piece {
  const text = tidy(typed);
  return { ...nothing, n, kind: isLink(text) ? 'link' : 'document', text, source };
}

export const filePiece = (
  n: number,
  { file, mediaId }: GivenFile,
  source: string | null,
): Piece => ({
  ...nothing,
  n,
  kind: 'media',
  mediaId,
  name: tidy(file.name),
  mime: file.mime,
  source,
});

/** The number of the next piece. */
export const nextNumber = (pieces: readonly Piece[]): number =>
  Math.max(0, ...pieces.map(({ n }) => n)) + 1;
