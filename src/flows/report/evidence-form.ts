/**
 * Evidence in a form: numbers and links one a line, new files in a field of their own, and for each
 * file of the report so far whether it stays.
 */
import { type FormField, TEXT_FIELD_MAX_CHARS } from '../../chat/index.ts';
import { evidenceLine } from '../../messages/report.ts';
import { tidy } from '../../people/fold.ts';
import type { FormRead, Given, QuestionContext, QuestionForm } from '../flow.ts';
import { linesOf, unchangedOr } from '../form-field.ts';
import type { Answer } from '../state.ts';
import type { ReportFacts } from './facts.ts';
import { lineProblems } from './line-problems.ts';
import { filePiece, nextNumber, textPiece, textProblem } from './pieces.ts';
import { wantedHere } from './text-questions.ts';
import { EVIDENCE_MAX, Evidence, type Piece } from './values.ts';

type Context = QuestionContext<ReportFacts>;

const FILES = 'evidence-files';
/** Fields that ask whether a file stays: `evidence-file-a`, `-b` … The file is named by the value. */
const STAYS = 'evidence-file-';
const KEEP = 'keep:';
const DROP = 'drop:';

const piecesOf = (value: unknown): Piece[] => Evidence.catch([]).parse(value ?? []);

function fields(context: Context): FormField[] {
  const { say, answers } = context;
  const pieces = piecesOf(answers.evidence);
  const files = pieces.filter(({ kind }) => kind === 'media');
  const lines = pieces.flatMap(({ text }) => text ?? []);
  const room = EVIDENCE_MAX - files.length;
  return [
    {
      kind: 'text',
      id: 'evidence',
      label: say('report-evidence'),
      hint: say('form-evidence-hint'),
      optional: true,
      multiline: true,
      maxChars: TEXT_FIELD_MAX_CHARS,
      ...(lines.length > 0 && { value: lines.join('\n') }),
    },
    ...files.map(
      (piece, at): FormField => ({
        kind: 'choice',
        id: `${STAYS}${String.fromCharCode('a'.charCodeAt(0) + at)}`,
        label: evidenceLine(say, piece),
        optional: false,
        options: [
          { label: say('form-evidence-keep'), value: `${KEEP}${piece.mediaId}` },
          { label: say('form-evidence-drop'), value: `${DROP}${piece.mediaId}` },
        ],
        value: `${KEEP}${piece.mediaId}`,
      }),
    ),
    ...(room > 0
      ? [
          {
            kind: 'files' as const,
            id: FILES,
            label: say('form-evidence-files'),
            optional: true,
            most: room,
          },
        ]
      : []),
  ];
}

function read(given: Given, context: Context, before: Answer | undefined): FormRead {
  const { say } = context;
  const lines = linesOf(given.evidence);
  const dropped = new Set(
    Object.entries(given).flatMap(([id, value]) =>
      id.startsWith(STAYS) && typeof value === 'string' && value.startsWith(DROP)
        ? [value.slice(DROP.length)]
        : [],
    ),
  );
  const added = lines.map(tidy);
  let pieces = piecesOf(before?.value).filter((piece) => {
    if (piece.text === null) return !dropped.has(piece.mediaId ?? '');
    const at = added.indexOf(piece.text);
    if (at >= 0) added.splice(at, 1);
    return at >= 0;
  });
  const problems: { line: string; why: string }[] = [];
  for (const line of added) {
    const why = textProblem(line, pieces, context);
    if (why === null) pieces = [...pieces, textPiece(nextNumber(pieces), line, null)];
    else problems.push({ line, why });
  }
  if (problems.length > 0)
    return { kind: 'refuse', errors: { evidence: lineProblems(say, problems) } };

  const files = given[FILES];
  if (typeof files !== 'string')
    for (const file of files ?? []) pieces = [...pieces, filePiece(nextNumber(pieces), file, null)];
  if (pieces.length > EVIDENCE_MAX) {
    const field = lines.length > EVIDENCE_MAX || !files ? 'evidence' : FILES;
    const why = say('form-evidence-enough', { most: EVIDENCE_MAX });
    return { kind: 'refuse', errors: { [field]: why } };
  }
  const wanted = wantedHere(context);
  if (pieces.length === 0)
    return wanted.required
      ? { kind: 'refuse', errors: { evidence: wanted.text } }
      : { kind: 'answer', answer: { value: null } };
  const sources = pieces.flatMap(({ source }) => source ?? []);
  return {
    kind: 'answer',
    answer: unchangedOr(before, { value: pieces, ...(sources.length > 0 && { sources }) }),
  };
}

export const evidenceForm: QuestionForm<ReportFacts> = {
  fields,
  read: (given, context, { before }) => read(given, context, before),
};
