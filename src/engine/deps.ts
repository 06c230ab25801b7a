/** What the core's handlers are given; the composition root builds it once. */

import type { Campaign } from '../campaign/types.ts';
import type { Abilities, Inbound } from '../chat/index.ts';
import type { Language } from '../messages/language.ts';
import type { Say } from '../messages/say.ts';
import type { Decision } from './decision.ts';
import type { Reads } from './reads.ts';
import type { TurnContext } from './turn-context.ts';

export interface HandlerDeps {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  readonly reads: Reads;
  /** Names of the platforms that are served, in order. */
  readonly platforms: readonly string[];
  /** Abilities of a platform that is served. */
  abilities(platform: string): Abilities;
  /** A new UUID (media ids). Given, so that tests can repeat a turn exactly. */
  uuid(): string;
  /** A new code of `people/invite-code.ts` that nobody can guess. */
  inviteCode(): string;
}

/** Decides one event. May read; writes only through the decision it returns. */
export type Handler<E extends Inbound = Inbound> = (
  event: E,
  context: TurnContext,
  deps: HandlerDeps,
) => Promise<Decision>;
