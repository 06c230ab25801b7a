/** Between a stored report and the flow's answers. Pure. */
import type { ContributorView, EvidenceView, ReportView } from '../../engine/reads.ts';
import type { Answer } from '../state.ts';
import type { Contributor, Piece, ReportAnswers } from './values.ts';

/** The key of a piece's message in `report.sources`: pieces are stored in order. */
const pieceKey = (at: number): string => `evidence:${at}`;
const SINGLE = ['title', 'describe', 'date'] as const;
/** Ends the key of an answer that stands after a command in its message. */
const AFTER_COMMAND = ':command';

type PieceView = EvidenceView & { readonly kind: Piece['kind'] };
/** The confirmation stands last: it has an answer of its own. */
const isPiece = (view: EvidenceView): view is PieceView => view.kind !== 'confirmation';

const pieceOf = (view: PieceView, at: number, report: ReportView): Piece => ({
  n: at + 1,
  kind: view.kind,
  text: view.text,
  mediaId: view.mediaId,
  name: view.name,
  mime: view.mime,
  source: report.sources[pieceKey(at)] ?? null,
});

const contributorOf = ({ personId, name, unitId }: ContributorView): Contributor => ({
  id: personId,
  name,
  unitId,
});

/** The answers that would make this report, for amending it. */
export function answersFrom(report: ReportView): Record<string, Answer> {
  const single = (id: (typeof SINGLE)[number], value: string): Answer => {
    const after = report.sources[`${id}${AFTER_COMMAND}`];
    const source = after ?? report.sources[id];
    return {
      value,
      ...(source !== undefined && { source }),
      ...(after !== undefined && { command: true }),
    };
  };
  const evidence = report.evidence.filter(isPiece).map((view, at) => pieceOf(view, at, report));
  const confirmation = report.evidence.find(({ kind }) => kind === 'confirmation');
  const sources = evidence.flatMap(({ source }) => source ?? []);
  const contributors = report.contributors.map(contributorOf);
  return {
    item: { value: report.item },
    title: single('title', report.title),
    describe: single('describe', report.description),
    date: single('date', report.doneOn),
    evidence:
      evidence.length > 0
        ? { value: evidence, ...(sources.length > 0 && { sources }) }
        : { value: null },
    contributors: { value: contributors.length > 0 ? contributors : null },
    ...(confirmation && { confirmer: { value: confirmation.text } }),
  };
}

/** The flow question an answer named in `report.sources` belongs to. */
export const questionNamed = (answer: string): string => answer.split(':', 1)[0] ?? answer;

/** Which message each answer came from, as stored with the report. */
export function sourcesOf(
  answers: Readonly<Record<string, Answer>>,
  evidence: readonly Piece[],
): Record<string, string> {
  const single = SINGLE.flatMap((id) => {
    const { source, command } = answers[id] ?? {};
    return source === undefined ? [] : [[command ? `${id}${AFTER_COMMAND}` : id, source] as const];
  });
  const many = evidence.flatMap(({ source }, at) =>
    source === null ? [] : [[pieceKey(at), source] as const],
  );
  return Object.fromEntries([...single, ...many]);
}

const confirmation = ({ confirmer, evidence }: ReportAnswers): EvidenceView[] =>
  confirmer === undefined
    ? []
    : [
        {
          id: Math.max(0, ...evidence.map(({ n }) => n)) + 1,
          kind: 'confirmation',
          text: confirmer,
          mediaId: null,
          name: null,
          mime: null,
          sha256: null,
          failure: null,
        },
      ];

/** What the answers make visible of a report, before it is read back. */
export function contentOf(
  answers: ReportAnswers,
  before: Pick<ReportView, 'evidence' | 'contributors'> | null,
): Pick<ReportView, 'item' | 'title' | 'description' | 'doneOn' | 'evidence' | 'contributors'> {
  return {
    item: answers.item,
    title: answers.title,
    description: answers.describe,
    doneOn: answers.date,
    evidence: [
      ...answers.evidence.map(
        (piece): EvidenceView => ({
          id: piece.n,
          kind: piece.kind,
          text: piece.text,
          mediaId: piece.mediaId,
          name: piece.name,
          mime: piece.mime,
          sha256: before?.evidence.find(({ mediaId }) => mediaId === piece.mediaId)?.sha256 ?? null,
          failure: null,
        }),
      ),
      ...confirmation(answers),
    ],
    contributors: answers.contributors.map(
      ({ id, name, unitId }): ContributorView =>
        before?.contributors.find(({ personId }) => personId === id) ?? {
          personId: id,
          name,
          unitId,
          answer: 'waiting',
        },
    ),
  };
}
