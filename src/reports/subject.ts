/** A report as the subject of `people/may.ts`. */
import type { Campaign } from '../campaign/types.ts';
import type { EvidenceView, ReportView } from '../engine/reads.ts';
import type { Subjects } from '../people/may.ts';
import type { Handled } from '../people/verifiers.ts';
import { itemOf } from './items.ts';

/** What decides who decides it: the last argument of `Reads.verifiersOf`. */
export const handled = ({
  kind,
  filedBy,
  signedBy,
}: Pick<ReportView, 'kind' | 'filedBy' | 'signedBy'>): Handled => ({
  kind,
  filedBy: filedBy?.id ?? null,
  signedBy: signedBy?.id ?? null,
});

/** Whether it is a collective report that nobody has signed off yet. */
export const awaitsSignature = ({
  kind,
  status,
  signedBy,
}: Pick<ReportView, 'kind' | 'status' | 'signedBy'>): boolean =>
  kind === 'collective' && status === 'submitted' && signedBy === null;

/** Numbers and links by which the same work is recognised; who confirmed it says nothing of that. */
export const evidenceTexts = (evidence: readonly Pick<EvidenceView, 'kind' | 'text'>[]): string[] =>
  evidence.flatMap(({ kind, text }) => (kind === 'confirmation' ? [] : (text ?? [])));

export const authored = ({
  author,
  filedBy,
}: Pick<ReportView, 'author' | 'filedBy'>): Subjects['report.amend'] => ({
  authorId: author.id,
  filedBy: filedBy?.id ?? null,
});

/** What decides who may read it. `verifierIds`: by `people/verifiers.ts`. */
export function readable(
  report: ReportView,
  verifierIds: readonly number[],
  campaign: Campaign,
): Subjects['report.read'] {
  const audience = itemOf(campaign, report.item)?.audience;
  return {
    ...authored(report),
    verifierIds,
    contributorIds: report.contributors.map(({ personId }) => personId),
    unitId: report.unit.id,
    bloc: report.unit.bloc,
    audience:
      report.kind === 'collective' ? 'collective' : audience === 'student' ? 'student' : 'staff',
    verified: report.status === 'verified',
  };
}
