/** What a unit may set itself targets for. */
import type { Audience, Campaign, ContentItem } from '../campaign/types.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { collectiveAudience, offeredItems } from './items.ts';

/** Whose work a unit's is: the collective's, its staff's, and at the academy its students' (plan, III). */
const audiencesOf = (unit: Pick<UnitView, 'kind' | 'bloc'>): Audience[] => [
  collectiveAudience(unit),
  'staff',
  ...(unit.bloc === 'academy' ? (['student'] as const) : []),
];

/** The content items a unit can pledge reports of, in the order they are numbered for it. */
export const pledgeItems = (
  campaign: Campaign,
  unit: Pick<UnitView, 'kind' | 'bloc'>,
): ContentItem[] => audiencesOf(unit).flatMap((audience) => offeredItems(campaign, audience));
