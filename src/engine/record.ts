/** The record of who did what to what: codes and numbers, never words anybody wrote. */
import { insert, type Write } from './decision.ts';
import type { PersonView } from './turn-context.ts';

/**
 * @param at ISO instant
 * @param subject e.g. `report:12`
 */
export const recorded = (
  by: Pick<PersonView, 'id'>,
  at: string,
  action: string,
  subject: string,
  details?: Readonly<Record<string, unknown>>,
): Write =>
  insert('audit', {
    at,
    actorId: by.id,
    actor: `person:${by.id}`,
    action,
    subject,
    ...(details && { details }),
  });
