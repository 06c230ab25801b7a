/** From a wish for a digest to the digest. */
import type { Temporal } from 'temporal-polyfill';
import { campaignDay, instantText } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { DigestScope } from '../people/may.ts';
import { computeDigest } from './compute.ts';
import { type DigestData, loadDigest } from './data.ts';
import type { DigestSource } from './source.ts';
import { type DigestSpans, stageSpans, weekSpans } from './spans.ts';
import type { Digest } from './types.ts';

/** A period that stays the same one, whenever it is looked at. */
export type FixedPeriod =
  | { readonly kind: 'week'; readonly week: string }
  /** Null: the whole campaign. */
  | { readonly kind: 'stage'; readonly stage: string | null };

export const fixedPeriod = ({ period }: DigestSpans): FixedPeriod =>
  period.kind === 'week'
    ? { kind: 'week', week: period.week }
    : { kind: 'stage', stage: period.stage };

/** Null when the campaign has no such stage, or it has not begun. */
export function fixedSpans(
  campaign: Campaign,
  period: FixedPeriod,
  thisWeek: string,
): DigestSpans | null {
  if (period.kind === 'week') return weekSpans(campaign, period.week, thisWeek);
  if (period.stage === null) return stageSpans(campaign, null, thisWeek);
  const stage = campaign.stages.find(({ id }) => id === period.stage);
  return stage ? stageSpans(campaign, stage, thisWeek) : null;
}

/** The digest as it stands at `now`, and what it was computed from. */
export async function prepareDigest(
  source: DigestSource,
  campaign: Campaign,
  of: DigestScope,
  spans: DigestSpans,
  now: Temporal.Instant,
): Promise<{ readonly data: DigestData; readonly digest: Digest }> {
  const data = await loadDigest(
    source,
    {
      campaign: campaign.code,
      of,
      spans,
      studentItems: campaign.items.flatMap(({ id, audience }) =>
        audience === 'student' ? id : [],
      ),
      at: instantText(now),
      day: campaignDay(now, campaign.zone),
      zone: campaign.zone,
    },
    campaign,
  );
  return { data, digest: computeDigest(data, campaign) };
}
