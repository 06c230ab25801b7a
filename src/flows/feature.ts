import type { InboundOf } from '../chat/index.ts';
import type { Decision } from '../engine/decision.ts';
import type { Handler } from '../engine/deps.ts';
import type { Flow } from './flow.ts';

/**
 * One capability of the bot: its commands, buttons and flows. `dispatch.ts` composes the features
 * and sends each event to the one that owns it. A button's action is `prefix:rest`.
 */
export interface Feature {
  readonly commands?: Readonly<Record<string, Handler<InboundOf<'command'>>>>;
  readonly presses?: Readonly<Record<string, Handler<InboundOf<'press'>>>>;
  // biome-ignore lint/suspicious/noExplicitAny: a flow's facts are its own business.
  readonly flows?: readonly Flow<any>[];
  readonly events?: {
    readonly [K in
      | 'joined'
      | 'left'
      | 'moved'
      | 'renamed'
      | 'blocked'
      | 'unblocked'
      | 'contact']?: Handler<InboundOf<K>>;
  };
  /** What people who are not enrolled may use as well; for anything else they get the `start` command. */
  readonly public?: { readonly commands?: readonly string[]; readonly presses?: readonly string[] };
  /** Commands that also work in a group; the others answer there that they need a private chat. */
  readonly inGroups?: readonly string[];
  /** Texts in private that no active flow takes, tried in order of features; null passes it on. */
  readonly text?: (...args: Parameters<Handler<InboundOf<'text'>>>) => ReturnType<Handler> | null;
  /** A message changed in private that is no answer of an active or parked flow; null passes it on. */
  readonly edited?: (...args: Parameters<Handler<InboundOf<'text'>>>) => Promise<Decision | null>;
}
