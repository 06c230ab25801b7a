import type { WeekReport } from '../standings/own.ts';

export interface OwnStandingReads {
  /**
   * A person's verified personal reports, written or shared in and confirmed, of the weeks from one to
   * another, and how many reports of theirs wait for a decision, of whatever week.
   */
  ownReports(
    personId: number,
    campaign: string,
    weeks: { readonly first: string; readonly last: string },
  ): Promise<{ readonly reports: readonly WeekReport[]; readonly waiting: number }>;
}
