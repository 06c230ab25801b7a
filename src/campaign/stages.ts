/** The stages of the campaign: each runs from the day after the one before it to its own last day. */
import { addDays } from './calendar.ts';
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
