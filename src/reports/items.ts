/** Which content items a person or a unit may report under. */
import type { Audience, Campaign, ContentItem } from '../campaign/types.ts';
import type { UnitView } from '../engine/turn-context.ts';

/** Items of an audience, in the campaign's order; conduct is for the head's remark only. */
export const offeredItems = (campaign: Campaign, audience: Audience | null): ContentItem[] =>
  campaign.items.filter((item) => item.audience === audience && item.mode !== 'conduct');

/** What a head remarks on: items of conduct of an audience. */
export const conductItems = (campaign: Campaign, audience: Audience | null): ContentItem[] =>
  campaign.items.filter((item) => item.audience === audience && item.mode === 'conduct');

/** The plan divides collectives by what they do (II.3.1), wherever they belong. */
export const collectiveAudience = ({ kind }: Pick<UnitView, 'kind'>): Audience =>
  kind === 'support' ? 'collective_support' : 'collective_research_teaching';

export const itemOf = (campaign: Campaign, id: string): ContentItem | undefined =>
  campaign.items.find((item) => item.id === id);
