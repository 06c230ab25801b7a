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
  try {
    const seen = await search(reach, to, mark);
    if (seen === 'too long') return { unknown: 'the thread is too long', afterMs: AGAIN_MS };
    return { found: seen === null ? null : { at: to, id: seen } };
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

/**
 * The message's id, or null. Slack may give less than was asked for "even if the end of the
 * conversation history hasn't been reached" (conversations.history, limit), so pages are followed.
 */
async function search(
  { client: { conversations } }: Reach,
  { chat: channel, thread: ts }: Address,
  mark: Mark,
): Promise<string | null | 'too long'> {
  // Replies come oldest first, so all of them are asked for.
  const [limit, most] =
    ts === undefined
      ? [LIMITS.lookUpMessages, LIMITS.lookUpMessages]
      : [LIMITS.lookUpReplies, LIMITS.lookUpThread];
  let cursor = '';
  for (let looked = 0; looked < most; ) {
    const page = {
      channel,
      include_all_metadata: true,
      limit,
      ...(cursor === '' ? {} : { cursor }),
    };
    const { messages = [], response_metadata } =
      ts === undefined
        ? await conversations.history(page)
        : await conversations.replies({ ...page, ts });
    const found = messages.find(
      ({ metadata }) => metadata?.event_type === MARK_EVENT && markOf(metadata) === mark,
    );
    if (found?.ts) return found.ts;
    cursor = response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
    looked += Math.max(1, messages.length);
  }
  return ts === undefined ? null : 'too long';
}

const markOf = ({ event_payload: payload }: { event_payload?: unknown }): unknown =>
  typeof payload === 'object' && payload !== null && 'mark' in payload ? payload.mark : null;
