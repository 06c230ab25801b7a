/** Whom a remark is about: a person of a unit that one leads, or the unit. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { Audience } from '../../campaign/types.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { TurnContext, UnitView } from '../../engine/turn-context.ts';
import { may } from '../../people/may.ts';
import { collectiveAudience } from '../../reports/items.ts';

export interface About {
  readonly unit: UnitView;
  /** Null: the unit. */
  readonly person: { readonly id: number; readonly name: string } | null;
  readonly audience: Audience;
}

export const aboutUnit = (unitId: number): string => `u${unitId}`;
export const aboutPerson = (personId: number): string => `p${personId}`;
export const ABOUT = /^(?<whom>[up])(?<id>\d{1,9})$/;

/** What the subject of a flow names, or null when this person may not remark on it (any more). */
export async function readAbout(
  subject: string | null,
  { person: writer, now }: Pick<TurnContext, 'person' | 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<About | null> {
  const { whom, id } = ABOUT.exec(subject ?? '')?.groups ?? {};
  if (whom === undefined || !writer) return null;
  if (whom === 'u') {
    const unitId = Number(id);
    if (!may(writer, 'remark.write', { unitId, personId: null })) return null;
    const [unit] = await reads.units([unitId]);
    return unit ? { unit, person: null, audience: collectiveAudience(unit) } : null;
  }
  const person = await reads.person(Number(id), campaignDay(now, campaign.zone));
  if (!person?.membership) return null;
  const { unit, audience } = person.membership;
  return may(writer, 'remark.write', { unitId: unit.id, personId: person.id })
    ? { unit, person: { id: person.id, name: person.name }, audience }
    : null;
}
