import type { Campaign, ContentItem } from '../campaign/types.ts';
import type { CountedReport } from './types.ts';

/** What one person gets for one report, in hundredths of a point. */
export interface Share {
  readonly report: CountedReport;
  readonly personId: number;
  readonly unitId: number;
  readonly cents: number;
}

const cents = (points: number): number => Math.round(points * 100);

/**
 * Who gets how much of which report. The item's weight is split equally among the author and the
 * co-authors who have not declined, rounded down to 0.01 so that no work earns more than its weight;
 * those who have not answered yet leave their part untaken. A person's cap per item and week is
 * filled in order of first submission. Nothing for an item the campaign no longer has, nor without
 * the evidence it demands; such shares are listed with 0, as they still are participation.
 */
export function sharesOf(reports: readonly CountedReport[], campaign: Campaign): Share[] {
  const capped = caps(campaign);
  return inOrder(reports, 'personal').flatMap((report) => {
    const owners = [report.author, ...report.contributors.filter((c) => c.confirmed)];
    return owners.map(({ personId, unitId }) => ({
      report,
      personId,
      unitId,
      cents: capped(report, personId),
    }));
  });
}

/** What a unit gets for one collective report, in hundredths of a point. */
export type CollectiveShare = Omit<Share, 'personId'>;

/**
 * Collective reports give the whole weight of their item to the unit, by the same rules of evidence;
 * the cap is the unit's, for the item and week.
 */
export function collectiveShares(
  reports: readonly CountedReport[],
  campaign: Campaign,
): CollectiveShare[] {
  const capped = caps(campaign);
  return inOrder(reports, 'collective').map((report) => {
    const { unitId } = report.author;
    return { report, unitId, cents: capped(report, unitId) };
  });
}

/** What is left under the cap of each owner (a person, or a unit) and item. */
function caps(campaign: Campaign): (report: CountedReport, owner: number) => number {
  const items = new Map(campaign.items.map((item) => [item.id, item]));
  const taken = new Map<string, number>();
  return (report, owner) => {
    const item = items.get(report.item);
    const each = earned(report, item);
    const key = `${owner} ${report.item}`;
    const before = taken.get(key) ?? 0;
    const cap = item?.weeklyCap ?? null;
    const share = cap === null ? each : Math.min(each, cents(cap) - before);
    taken.set(key, before + share);
    return share;
  };
}

function earned(report: CountedReport, item: ContentItem | undefined): number {
  if (!item || (item.evidence.required && !report.hasEvidence)) return 0;
  return Math.floor(cents(item.weight) / (1 + report.contributors.length));
}

const inOrder = (reports: readonly CountedReport[], kind: CountedReport['kind']): CountedReport[] =>
  reports
    .filter((report) => report.kind === kind)
    .sort((a, b) => {
      if (a.submittedAt !== b.submittedAt) return a.submittedAt < b.submittedAt ? -1 : 1;
      return a.id - b.id;
    });
