/** Makes the one call a claim is about, after a look whether it was made before. */
import {
  type Adapter,
  type AdapterLog,
  Address,
  type Delivery,
  laneKey,
  type Mark,
  Message,
} from '../chat/index.ts';
import { callCount, editsNext, verdictOf, verdictOfUnknown } from './delivery-steps.ts';
import type { Claimed, Verdict } from './outbox.ts';
import { TIMED_OUT, type Timers, within } from './timers.ts';

/** Milliseconds after which the outcome of a call or a look counts as unknown. */
const CALL_MS = 15_000;

/** Stands where an earlier, longer version of a message had more pages: without its text and buttons. */
const BLANK: Message = { notice: '…', blocks: [{ kind: 'text', text: ['…'] }] };

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface Called {
  /** What became of the call; null when none was made. */
  readonly delivery: Delivery | null;
  /** Set when it was looked for an earlier call's message. */
  readonly looked?: 'found' | 'absent' | 'unknown';
  readonly verdict: Verdict;
}

const without = (verdict: Verdict): Called => ({ delivery: null, verdict });
const broken = (what: string, error: unknown): Called =>
  without({ kind: 'dead', reason: 'bug', cause: `${what}: ${reason(error)}` });

interface Tools {
  readonly timers: Timers;
  readonly log: AdapterLog;
}

/** An adapter neither throws nor hangs, by contract; one that does gives an unknown outcome. */
async function guarded<T>(
  work: () => Promise<T>,
  unknown: (cause: string) => T,
  tools: Tools,
): Promise<T> {
  try {
    const result = await within(tools.timers, CALL_MS, work);
    return result === TIMED_OUT ? unknown(`no answer within ${CALL_MS / 1000} s`) : result;
  } catch (error) {
    tools.log.error({ err: error }, 'An adapter threw instead of giving an outcome');
    return unknown(reason(error));
  }
}

type LookUp = NonNullable<Adapter['lookUp']>;

const look = (lookUp: LookUp, to: Address, mark: Mark, tools: Tools) =>
  guarded<Awaited<ReturnType<LookUp>>>(
    () => lookUp(to, mark),
    (unknown) => ({ unknown, afterMs: 0 }),
    tools,
  );

/** Does what the claim needs next: nothing, one `send` or one `edit`, perhaps after a look. Never throws. */
export async function callFor(claim: Claimed, adapter: Adapter, tools: Tools): Promise<Called> {
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

  const mark: Mark = `${claim.mark}:${nth}`;
  const how = { calls, canLook: adapter.lookUp !== null };
  let looked: Pick<Called, 'looked'> = {};
  if (claim.todo === 'look' && adapter.lookUp) {
    const seen = await look(adapter.lookUp, address.data, mark, tools);
    if ('unknown' in seen) {
      const cause = `perhaps sent, and looking for it failed: ${seen.unknown}`;
      const verdict = verdictOfUnknown(claim, cause, { ...how, afterMs: seen.afterMs });
      return { delivery: null, looked: 'unknown', verdict };
    }
    if (seen.found) {
      const delivery: Delivery = { outcome: 'ok', ref: seen.found };
      return { delivery, looked: 'found', verdict: verdictOf(claim, delivery, how) };
    }
    looked = { looked: 'absent' };
  }

  const target = claim.targets[nth];
  const delivery = await guarded<Delivery>(
    () =>
      editsNext(claim) && target !== undefined
        ? adapter.edit({ at: targetsAt.data, id: target }, page)
        : adapter.send(address.data, page, mark),
    (cause) => ({ outcome: 'uncertain', cause }),
    tools,
  );
  if (delivery.outcome === 'moved' && laneKey(delivery.to) === laneKey(address.data)) {
    return broken('platform', 'the chat moved to where it was');
  }
  return { delivery, ...looked, verdict: verdictOf(claim, delivery, how) };
}
