/** The stages of the campaign: each runs from the day after the one before it to its own last day. */
import { addDays, daysBetween } from './calendar.ts';
import type { Campaign, Stage } from './types.ts';

type Staged = Pick<Campaign, 'stages' | 'period'>;

/** First and last day, both inclusive. */
export function stageSpan(campaign: Staged, stage: Stage): { from: string; to: string } {
  const before = campaign.stages[campaign.stages.findIndex(({ id }) => id === stage.id) - 1];
  return { from: before ? addDays(before.to, 1) : campaign.period.from, to: stage.to };
}

/** The stage a day belongs to; days before the campaign count to the first, later ones to the last. */
export function stageOf({ stages }: Pick<Campaign, 'stages'>, day: string): Stage {
  const stage = stages.find(({ to }) => day <= to) ?? stages.at(-1);
  if (!stage) throw new Error('a campaign has at least one stage');
  return stage;
}

/** A stage's last days are said to be so many days before its review. */
const CLOSING_DAYS = 14;

/** Where a stage stands on a day. `daysLeft`: after that day until its last one, 0 on the last. */
type StageState =
  | { readonly state: 'ahead' }
  | { readonly state: 'open' }
  | { readonly state: 'closing'; readonly daysLeft: number }
  | { readonly state: 'closed' };

export function stageState(campaign: Staged, stage: Stage, today: string): StageState {
  const { from, to } = stageSpan(campaign, stage);
  if (today < from) return { state: 'ahead' };
  if (today > to) return { state: 'closed' };
  const daysLeft = daysBetween(today, to);
  return daysLeft < CLOSING_DAYS ? { state: 'closing', daysLeft } : { state: 'open' };
}
