/** Which content items a person may report under. */
import type { Campaign, ContentItem } from '../campaign/types.ts';
import type { PersonView } from '../engine/turn-context.ts';

/** Items of a person's own audience, in the campaign's order; conduct is for the head's remark only. */
export function offeredItems(campaign: Campaign, person: PersonView | null): ContentItem[] {
  const audience = person?.membership?.audience;
  return campaign.items.filter((item) => item.audience === audience && item.mode !== 'conduct');
}

export const itemOf = (campaign: Campaign, id: string): ContentItem | undefined =>
  campaign.items.find((item) => item.id === id);
