/** The rows of a digest's workbook, within the digest's own right. */
import type { Campaign } from '../campaign/types.ts';
import { sortByGivenName } from '../people/fold.ts';
import { type DigestData, peopleOver } from './data.ts';
import type { DigestSource } from './source.ts';
import type { Digest, DigestSheets, SheetPerson } from './types.ts';

/** Three round trips; none for `participation`. */
export async function loadSheets(
  source: DigestSource,
  data: DigestData,
  digest: Digest,
  campaign: Campaign,
): Promise<DigestSheets> {
  const { ask } = data;
  if (ask.of === 'participation') return { people: [], reports: [] };
  const units = new Map(digest.units.map(({ unit }) => [unit.unitId, unit]));
  const orderOf = new Map([...units.keys()].map((unitId, order) => [unitId, order]));
  const shown = (unitId: number) => {
    const unit = units.get(unitId);
    return unit && unit.headcount >= campaign.comparison.smallUnit ? unit : undefined;
  };
  const [recorded, reports] = await Promise.all([
    ask.of === 'students' ? [] : source.digestPeople(ask),
    source.digestReports(ask),
  ]);
  const standings = peopleOver(data, recorded).filter(
    ({ unitId, verified }) => verified > 0 && shown(unitId),
  );
  const members = await source.membersOf(
    standings.map(({ personId, unitId }) => ({ personId, unitId })),
  );
  const memberOf = new Map(members.map((each) => [`${each.personId} ${each.unitId}`, each]));
  const labels = new Map(campaign.items.map(({ id, label }) => [id, label]));
  return {
    // Units are in the order of their names already.
    people: sortByGivenName(
      standings.flatMap(({ personId, unitId, points, verified }): SheetPerson[] => {
        const unit = shown(unitId);
        const member = memberOf.get(`${personId} ${unitId}`);
        if (!unit || !member || (ask.of === 'students' && member.audience !== 'student')) return [];
        const { name, audience, cohort } = member;
        return [{ personId, name, unit, audience, cohort, points, verified }];
      }),
    ).sort((a, b) => (orderOf.get(a.unit.unitId) ?? 0) - (orderOf.get(b.unit.unitId) ?? 0)),
    reports: reports.flatMap(({ unitId, texts, files, authorName, ...report }) => {
      const unit = units.get(unitId);
      if (!unit) return [];
      return [
        {
          ...report,
          unit,
          itemLabel: labels.get(report.item) ?? { vi: report.item, en: report.item },
          authorName: report.kind === 'personal' && shown(unitId) ? authorName : null,
          evidence: { texts, files },
        },
      ];
    }),
  };
}
