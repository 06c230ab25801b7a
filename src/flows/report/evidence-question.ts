/** Evidence: links, document numbers and files, collected until Done. */
import { shortened } from '../../chat/index.ts';
import { paragraph } from '../../messages/blocks.ts';
import { evidenceGlance, evidenceLine } from '../../messages/report.ts';
import type { Input, Parsed, Question, QuestionContext } from '../flow.ts';
import { evidenceForm } from './evidence-form.ts';
import type { ReportFacts } from './facts.ts';
import { filePiece, nextNumber, textPiece, textProblem } from './pieces.ts';
import { wantedHere } from './text-questions.ts';
import { EVIDENCE_MAX, Evidence, type Piece } from './values.ts';

type Context = QuestionContext<ReportFacts>;

const pieces = ({ answers }: Context): Piece[] => Evidence.catch([]).parse(answers.evidence ?? []);

/** Choices that take a piece away: `-3`. */
const REMOVE = /^-(\d{1,6})$/;

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
  // Files of one message share its id, and none of them stands for another.
  const same =
    input.kind === 'file' ? undefined : before.find((piece) => piece.source === input.source);
  const others = before.filter((piece) => piece !== same);
  if (others.length >= EVIDENCE_MAX)
    return { kind: 'refuse', why: say('report-evidence-enough', { most: EVIDENCE_MAX }) };
  const n = same?.n ?? nextNumber(before);
  let piece: Piece;
  if (input.kind === 'file') {
    piece = filePiece(n, input, input.source);
  } else {
    // Only a caption can have changed: the file stays what it was.
    if (same?.kind === 'media') return { kind: 'refuse', why: say('report-evidence-caption') };
    const why = textProblem(input.text, others, context);
    if (why !== null) return { kind: 'refuse', why };
    piece = textPiece(n, input.text, input.source);
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
          what: shortened(evidenceLine(context.say, piece), 40),
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
      .join('\n'),
  form: evidenceForm,
};
