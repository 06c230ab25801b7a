/** What every one of the office's tools is given: the person has been found to be of the office. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
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
