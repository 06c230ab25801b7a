/** A report as the subject of `people/may.ts`. */
import type { Campaign } from '../campaign/types.ts';
import type { ReportView } from '../engine/reads.ts';
import type { Subjects } from '../people/may.ts';
import { itemOf } from './items.ts';

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
