/** One person's own results: by week and by content item. */
import type { Campaign } from '../campaign/types.ts';
import { grouped } from './grouped.ts';
import { type Share, sharesOf } from './shares.ts';
import type { CountedReport } from './types.ts';

/** A verified report with the week it counts in. */
export interface WeekReport extends CountedReport {
  /** ISO date of the Monday. */
  readonly week: string;
}

export interface OwnResults {
  readonly points: number;
  /** Verified reports written or shared in. */
  readonly verified: number;
  /** Weeks with a verified report, latest first. */
  readonly weeks: readonly {
    readonly week: string;
    readonly points: number;
    readonly verified: number;
  }[];
  /** Items with a verified report, most points first. */
  readonly items: readonly {
    readonly item: string;
    readonly points: number;
    readonly verified: number;
  }[];
}

/** `reports`: all verified ones that the person wrote or shares in, of these weeks: caps are counted by week. */
export function ownResults(
  reports: readonly WeekReport[],
  personId: number,
  campaign: Campaign,
): OwnResults {
  const shares = [...grouped(reports, ({ week }) => week)].flatMap(([week, of]) =>
    sharesOf(of, campaign)
      .filter((share) => share.personId === personId)
      .map((share) => ({ ...share, week })),
  );
  const byWeek = [...grouped(shares, ({ week }) => week)].map(([week, of]) => ({
    week,
    ...sum(of),
  }));
  const byItem = [...grouped(shares, ({ report }) => report.item)].map(([item, of]) => ({
    item,
    ...sum(of),
  }));
  return {
    ...sum(shares),
    weeks: byWeek.sort((a, b) => (a.week < b.week ? 1 : -1)),
    items: byItem.sort(
      (a, b) => b.points - a.points || b.verified - a.verified || (a.item < b.item ? -1 : 1),
    ),
  };
}

const sum = (shares: readonly Share[]): { points: number; verified: number } => ({
  points: shares.reduce((total, { cents }) => total + cents, 0) / 100,
  verified: new Set(shares.map(({ report }) => report.id)).size,
});
