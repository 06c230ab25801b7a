/** Whom a remark is told: the person, or of the unit's whoever else leads it. Never a group. */
import type { Outgoing } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { RemarkView } from '../../engine/filing-reads.ts';
import { noticesTo } from '../../engine/notices.ts';
import { remarkNotice } from '../../messages/remark.ts';

export async function tellRemark(
  event: 'written' | 'withdrawn',
  remark: RemarkView,
  actorId: number,
  on: string,
  { reads, texts, campaign }: Pick<HandlerDeps, 'reads' | 'texts' | 'campaign'>,
): Promise<Outgoing[]> {
  // The unit's leaders without the writer are whoever would sign a report that the writer filed.
  const told = remark.person
    ? await reads.recipients([remark.person.id])
    : await reads.verifiersOf(remark.unit.id, actorId, on, {
        kind: 'collective',
        filedBy: null,
        signedBy: null,
      });
  return noticesTo(
    told.filter(({ personId }) => personId !== actorId),
    (language) => remarkNotice(texts[language], event, remark, campaign),
  );
}
