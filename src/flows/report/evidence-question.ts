/** Evidence: links, document numbers and files, collected until Done. */
import { evidenceGlance, evidenceLine } from '../../messages/report.ts';
import { fold, tidy } from '../../people/fold.ts';
import type { Input, Parsed, Question, QuestionContext } from '../flow.ts';
import { lengthOf } from '../input.ts';
import type { ReportFacts } from './facts.ts';
import { paragraph, wantedHere } from './text-questions.ts';
import { EVIDENCE_MAX, EVIDENCE_TEXT_MAX, Evidence, type Piece } from './values.ts';

type Context = QuestionContext<ReportFacts>;

const pieces = ({ answers }: Context): Piece[] => Evidence.catch([]).parse(answers.evidence ?? []);

/** Choices that take a piece away: `-3`. */
const REMOVE = /^-(\d{1,6})$/;

const isLink = (text: string): boolean => /^(https?:\/\/|www\.)\S+\.\S+$/iu.test(text);

function without(input: Extract<Input, { kind: 'choice' }>, context: Context): Parsed {
  const n = Number(REMOVE.exec(input.value)?.[1] ?? Number.NaN);
  const before = pieces(context);
  const left = before.filter((piece) => piece.n !== n);
  return left.length === before.length
    ? { kind: 'refuse', why: context.say('report-evidence-what') }
    : { kind: 'collect', value: left, note: context.say('report-evidence-removed') };
}

function withPiece(input: Exclude<Input, { kind: 'choice' }>, context: Context): Parsed {
  const { say } = context;
  const before = pieces(context);
  const same = before.find((piece) => piece.source === input.source);
  const others = before.filter((piece) => piece !== same);
  if (others.length >= EVIDENCE_MAX)
    return { kind: 'refuse', why: say('report-evidence-enough', { most: EVIDENCE_MAX }) };
  const n = same?.n ?? Math.max(0, ...before.map((piece) => piece.n)) + 1;
  let piece: Piece;
  if (input.kind === 'file') {
    const { name, mime } = input.file;
    const { mediaId, source } = input;
    piece = { n, kind: 'media', text: null, mediaId, name: tidy(name), mime, source };
  } else {
    // Only a caption can have changed: the file stays what it was.
    if (same?.kind === 'media') return { kind: 'refuse', why: say('report-evidence-caption') };
    const text = tidy(input.text);
    if (!/[\p{L}\p{N}]/u.test(text)) return { kind: 'refuse', why: say('report-evidence-what') };
    if (lengthOf(text) > EVIDENCE_TEXT_MAX)
      return {
        kind: 'refuse',
        why: say('report-text-long', { most: EVIDENCE_TEXT_MAX, length: lengthOf(text) }),
      };
    if (others.some((other) => other.text !== null && fold(other.text) === fold(text)))
      return { kind: 'refuse', why: say('report-evidence-twice') };
    const kind = isLink(text) ? 'link' : 'document';
    piece = { n, kind, text, mediaId: null, name: null, mime: null, source: input.source };
  }
  const value = same ? before.map((each) => (each === same ? piece : each)) : [...before, piece];
  return { kind: 'collect', value, note: say('report-evidence-kept') };
}

export const evidenceQuestion: Question<ReportFacts> = {
  id: 'evidence',
  schema: Evidence,
  collects: true,
  optional: (context) => !wantedHere(context).required,
  label: ({ say }) => say('report-evidence'),
  ask: (context) => ({
    blocks: [
      paragraph(context.say('report-evidence-ask')),
      { kind: 'note', text: [wantedHere(context).text] },
    ],
    choices: pieces(context).map((piece) => [
      {
        label: context.say('report-remove', {
          what: [...evidenceLine(context.say, piece)].slice(0, 40).join(''),
        }),
        value: `-${piece.n}`,
      },
    ]),
  }),
  parse: (input, context) =>
    input.kind === 'choice' ? without(input, context) : withPiece(input, context),
  show: (value, { say }) =>
    Evidence.catch([])
      .parse(value)
      .map((piece) => evidenceGlance(say, piece))
      .join('; '),
};
