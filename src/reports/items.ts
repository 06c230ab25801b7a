/** Which content items a person may report under. */
import type { Audience, Campaign, ContentItem } from '../campaign/types.ts';
import type { PersonView } from '../engine/turn-context.ts';

/**
 * The audiences a person reports as: their own, and for the head and deputies of their unit also the
 * unit's collective, whose results they answer for (plan II.3.1).
 */
function audiencesOf(person: PersonView): Audience[] {
  const { membership } = person;
  if (!membership) return [];
  const { unit, audience } = membership;
  const leads = person.grants.some(({ role, unitId }) => role !== 'office' && unitId === unit.id);
  if (!leads) return [audience];
  return [
    audience,
    unit.kind === 'support' ? 'collective_support' : 'collective_research_teaching',
  ];
}

/** Items one reports oneself, in the campaign's order; conduct is for the head's remark only. */
export function offeredItems(campaign: Campaign, person: PersonView | null): ContentItem[] {
  if (!person) return [];
  return audiencesOf(person).flatMap((audience) =>
    campaign.items.filter((item) => item.audience === audience && item.mode !== 'conduct'),
  );
}

export const itemOf = (campaign: Campaign, id: string): ContentItem | undefined =>
  campaign.items.find((item) => item.id === id);
