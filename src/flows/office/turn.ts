/** What every one of the office's tools is given: the person has been found to be of the office. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import { insert, type Write } from '../../engine/decision.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import type { Say } from '../../messages/say.ts';
import type { FlowTurn } from '../run.ts';

export interface OfficeTurn extends FlowTurn {
  readonly event: InboundOf<'command' | 'press'>;
  readonly person: PersonView;
  readonly say: Say;
}

export const today = ({ context, deps }: Pick<FlowTurn, 'context' | 'deps'>): string =>
  campaignDay(context.now, deps.campaign.zone);

/** The record of what the office did: codes and numbers, never words anybody wrote. */
export const recorded = (
  { context }: Pick<FlowTurn, 'context'>,
  person: Pick<PersonView, 'id'>,
  action: string,
  subject: string,
  details: Readonly<Record<string, unknown>> = {},
): Write =>
  insert('audit', {
    at: context.now.toString(),
    actorId: person.id,
    actor: `person:${person.id}`,
    action,
    subject,
    details,
  });
