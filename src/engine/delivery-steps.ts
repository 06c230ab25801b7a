/** What one claim does and what its outcome means: the rules of delivery, without any effect. */
import type { Delivery } from '../chat/index.ts';
import type { Claimed, Todo, Verdict } from './outbox.ts';

/** Sends of one page whose outcome may stay unknown before a person has to look: one repetition. */
const UNCERTAIN_SENDS = 1;
/** Changing a message twice is the same as once, so edits are repeated, but not for ever. */
const UNCERTAIN_EDITS = 5;
/** Calls and looks with an unknown outcome where it can be looked: over eight minutes of them. */
const UNCERTAIN_LOOKS = 8;
/**
 * Milliseconds before a call is repeated whose outcome is unknown, times the number of such calls;
 * doubling with them before it is looked for. What is still on its way may arrive meanwhile.
 */
const AFTER_UNCERTAIN_MS = 2_000;

type Position = Pick<Claimed, 'targets' | 'pagesSent' | 'onUncertain' | 'uncertain'>;

/** Whether the next call changes a message that is there, rather than posting one. */
export const editsNext = (claim: Pick<Position, 'targets' | 'pagesSent'>): boolean =>
  claim.pagesSent.length < claim.targets.length;

/** Whether this page may be tried again, `uncertain` calls of it having an unknown outcome. */
function mayRepeat(claim: Position, canLook: boolean): boolean {
  if (editsNext(claim)) return claim.uncertain <= UNCERTAIN_EDITS;
  if (canLook) return claim.uncertain <= UNCERTAIN_LOOKS;
  return claim.onUncertain === 'resend' && claim.uncertain <= UNCERTAIN_SENDS;
}

/**
 * What to do with the head of a lane. `interrupted`: an owner of the lane was lost during a call.
 * `canLook`: the platform can be asked whether a message arrived; then none needs to be held for that.
 */
export function todoFor(
  head: Position & {
    readonly operation: Claimed['operation'];
    readonly interrupted: boolean;
    readonly expired: boolean;
    readonly canLook: boolean;
  },
): Todo {
  if (head.operation === 'update' && head.targets.length === 0) return 'nothing';
  if (head.expired && head.pagesSent.length === 0) return 'expired';
  if (head.interrupted && !mayRepeat(head, head.canLook)) return 'held';
  return head.canLook && head.uncertain > 0 && !editsNext(head) ? 'look' : 'call';
}

/**
 * How many calls a message takes: one a page, and one for each page of the earlier version that the
 * new one no longer fills.
 */
export const callCount = (claim: Pick<Claimed, 'targets'>, pages: number): number =>
  Math.max(pages, claim.targets.length);

/** What follows when it stays unknown whether this page was sent. `canLook` as in `todoFor`. */
export function verdictOfUnknown(
  claim: Claimed,
  cause: string,
  how: { readonly canLook: boolean; readonly afterMs?: number },
): Verdict {
  const uncertain = claim.uncertain + 1;
  if (!mayRepeat({ ...claim, uncertain }, how.canLook)) {
    return { kind: 'dead', reason: 'held', cause };
  }
  const looks = how.canLook && !editsNext(claim);
  const afterMs = AFTER_UNCERTAIN_MS * (looks ? 2 ** (uncertain - 1) : uncertain);
  return { kind: 'again', afterMs: Math.max(afterMs, how.afterMs ?? 0) };
}

/**
 * What an outcome of the next call means for its message. `calls` is how many it takes in all,
 * `canLook` as in `todoFor`.
 */
export function verdictOf(
  claim: Claimed,
  delivery: Delivery,
  { calls, canLook }: { readonly calls: number; readonly canLook: boolean },
): Verdict {
  switch (delivery.outcome) {
    case 'ok': {
      const ids = [...claim.pagesSent, delivery.ref.id];
      return ids.length < calls ? { kind: 'page', ids } : { kind: 'done', ids };
    }
    case 'retry':
      return { kind: 'pause', scope: delivery.scope, afterMs: Math.max(0, delivery.afterMs) };
    case 'uncertain':
      return verdictOfUnknown(claim, delivery.cause, { canLook });
    case 'gone':
      if (editsNext(claim) && delivery.cause === 'not-found') return { kind: 'vanished' };
      return { kind: 'gone', cause: delivery.cause, readdress: claim.operation === 'send' };
    case 'moved':
      return { kind: 'moved', to: delivery.to };
    case 'bug':
      return { kind: 'dead', reason: 'bug', cause: delivery.cause };
  }
}
