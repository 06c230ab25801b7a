/** Makes the one call a claim is about. */
import {
  type Adapter,
  type AdapterLog,
  Address,
  type Delivery,
  laneKey,
  Message,
} from '../chat/index.ts';
import { callCount, editsNext, verdictOf } from './delivery-steps.ts';
import type { Claimed, Verdict } from './outbox.ts';
import { TIMED_OUT, type Timers, within } from './timers.ts';

/** Milliseconds after which a call's outcome counts as unknown. */
const CALL_MS = 15_000;

/** Stands where an earlier, longer version of a message had more pages: without its text and buttons. */
const BLANK: Message = { notice: '…', blocks: [{ kind: 'text', text: ['…'] }] };

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface Called {
  /** Null when no call was made. */
  readonly delivery: Delivery | null;
  readonly verdict: Verdict;
}

const without = (verdict: Verdict): Called => ({ delivery: null, verdict });
const broken = (what: string, error: unknown): Called =>
  without({ kind: 'dead', reason: 'bug', cause: `${what}: ${reason(error)}` });

/** An adapter neither throws nor hangs, by contract; one that does gives an unknown outcome. */
async function guarded(
  work: () => Promise<Delivery>,
  tools: { timers: Timers; log: AdapterLog },
): Promise<Delivery> {
  try {
    const delivery = await within(tools.timers, CALL_MS, work);
    if (delivery !== TIMED_OUT) return delivery;
    return { outcome: 'uncertain', cause: `no answer within ${CALL_MS / 1000} s` };
  } catch (error) {
    tools.log.error({ err: error }, 'An adapter threw instead of giving an outcome');
    return { outcome: 'uncertain', cause: reason(error) };
  }
}

/** Does what the claim needs next: nothing, one `send` or one `edit`. Never throws. */
export async function callFor(
  claim: Claimed,
  adapter: Adapter,
  tools: { timers: Timers; log: AdapterLog },
): Promise<Called> {
  if (claim.todo === 'nothing') return without({ kind: 'done', ids: [] });
  if (claim.todo === 'expired') return without({ kind: 'dropped' });
  if (claim.todo === 'held') {
    const cause = 'its owner was lost during the call: perhaps sent';
    return without({ kind: 'dead', reason: 'held', cause });
  }
  const address = Address.safeParse(claim.address);
  if (!address.success) return broken('stored address', address.error);
  const message = Message.safeParse(claim.message);
  if (!message.success) return broken('stored message', message.error);
  const targetsAt = Address.safeParse(claim.targetsAt ?? claim.address);
  if (!targetsAt.success) return broken('stored place of the message', targetsAt.error);

  let calls: number;
  let page: unknown;
  const nth = claim.pagesSent.length;
  try {
    const pages = adapter.paginate(message.data);
    calls = callCount(claim, pages.length);
    page = nth < pages.length ? pages[nth] : adapter.paginate(BLANK)[0];
  } catch (error) {
    return broken('rendering', error);
  }
  if (nth >= calls) return without({ kind: 'done', ids: claim.pagesSent });

  const target = claim.targets[nth];
  const delivery = await guarded(
    () =>
      editsNext(claim) && target !== undefined
        ? adapter.edit({ at: targetsAt.data, id: target }, page)
        : adapter.send(address.data, page, `${claim.id}:${nth}`),
    tools,
  );
  if (delivery.outcome === 'moved' && laneKey(delivery.to) === laneKey(address.data)) {
    return broken('platform', 'the chat moved to where it was');
  }
  return { delivery, verdict: verdictOf(claim, delivery, calls) };
}
