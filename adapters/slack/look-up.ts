import type { Adapter, Address, Mark } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { describeError, limitedFor, outcomeOf } from './outcome.ts';
import type { Reach } from './reach.ts';
import { lacksThread, MARK_EVENT } from './send.ts';

type LookUp = NonNullable<Adapter['lookUp']>;

/** Pause before history is asked again after a failure that says nothing of one. */
const AGAIN_MS = 10_000;

/** Looks through the newest messages of a channel, or through a thread, for one with this mark. Never throws. */
export async function lookUp(reach: Reach, to: Address, mark: Mark): ReturnType<LookUp> {
  const { conversations } = reach.client;
  const common = { channel: to.chat, include_all_metadata: true };
  try {
    const { messages = [] } =
      to.thread === undefined
        ? await conversations.history({ ...common, limit: LIMITS.lookUpMessages })
        : // Replies come oldest first, so all of them are asked for.
          await conversations.replies({ ...common, ts: to.thread, limit: LIMITS.lookUpReplies });
    const found = messages.find(
      ({ metadata }) => metadata?.event_type === MARK_EVENT && markOf(metadata) === mark,
    );
    return { found: found?.ts ? { at: to, id: found.ts } : null };
  } catch (error) {
    if (to.thread !== undefined && lacksThread(error)) {
      // Then it was said in the channel itself, see `sendPage`.
      const { thread: _, ...channel } = to;
      return lookUp(reach, channel, mark);
    }
    const outcome = outcomeOf(error, { to });
    // The bot cannot read there any more, nor write: sending again will find that out.
    if (outcome.outcome === 'gone') return { found: null };
    const afterMs = outcome.outcome === 'retry' ? outcome.afterMs : AGAIN_MS;
    return { unknown: describeError(error), afterMs: limitedFor(error) ?? afterMs };
  }
}

const markOf = ({ event_payload: payload }: { event_payload?: unknown }): unknown =>
  typeof payload === 'object' && payload !== null && 'mark' in payload ? payload.mark : null;
