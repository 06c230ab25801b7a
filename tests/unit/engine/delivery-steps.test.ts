import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/chat/index.ts';
import {
  callCount,
  editsNext,
  todoFor,
  verdictOf,
  verdictOfUnknown,
} from '../../../src/engine/delivery-steps.ts';
import type { Claimed } from '../../../src/engine/outbox.ts';
import { chatOf, says } from '../../support/delivery.ts';

const claim = (more: Partial<Claimed> = {}): Claimed => ({
  id: 1,
  mark: '1.0',
  lane: 'test:t1:a',
  todo: 'call',
  address: chatOf('a'),
  message: says('x'),
  operation: 'send',
  targets: [],
  targetsAt: null,
  subject: null,
  personId: null,
  priority: 0,
  onUncertain: 'resend',
  attempts: 1,
  uncertain: 0,
  pagesSent: [],
  openBefore: null,
  ...more,
});
const head = (more: Partial<Parameters<typeof todoFor>[0]> = {}) => ({
  ...claim(),
  interrupted: false,
  expired: false,
  canLook: false,
  ...more,
});
const ok: Delivery = { outcome: 'ok', ref: { at: chatOf('a'), id: 'm2' } };
const lost: Delivery = { outcome: 'uncertain', cause: 'reset' };

/** What `verdictOf` is told. */
const calls = (n: number, canLook = false) => ({ calls: n, canLook });

describe('what to do with the head of a lane', () => {
  it('calls the platform', () => {
    expect(todoFor(head())).toBe('call');
  });

  it('has nothing to do where no copy was posted, expired or not', () => {
    expect(todoFor(head({ operation: 'update' }))).toBe('nothing');
    expect(todoFor(head({ operation: 'update', expired: true }))).toBe('nothing');
    expect(todoFor(head({ operation: 'update', targets: ['1'] }))).toBe('call');
  });

  it('drops what expired, unless it has begun', () => {
    expect(todoFor(head({ expired: true }))).toBe('expired');
    expect(todoFor(head({ expired: true, interrupted: true, uncertain: 1 }))).toBe('expired');
    expect(todoFor(head({ expired: true, pagesSent: ['1'] }))).toBe('call');
  });

  it('repeats an interrupted send once, if it may be repeated at all', () => {
    expect(todoFor(head({ interrupted: true, uncertain: 1 }))).toBe('call');
    expect(todoFor(head({ interrupted: true, uncertain: 2 }))).toBe('held');
    expect(todoFor(head({ interrupted: true, uncertain: 1, onUncertain: 'hold' }))).toBe('held');
  });

  it('repeats an interrupted edit, but a page added to it only like a send', () => {
    const edit = { operation: 'edit', targets: ['1'], interrupted: true, uncertain: 1 } as const;
    expect(todoFor(head({ ...edit, onUncertain: 'hold' }))).toBe('call');
    expect(todoFor(head({ ...edit, onUncertain: 'hold', pagesSent: ['1'] }))).toBe('held');
  });
});

describe('where the platform can be asked what it has', () => {
  const able = (more: Parameters<typeof head>[0] = {}) => todoFor(head({ canLook: true, ...more }));

  it('looks for what may have been sent, whether or not it would have to be held', () => {
    expect(able()).toBe('call');
    expect(able({ interrupted: true, uncertain: 1 })).toBe('look');
    expect(able({ interrupted: true, uncertain: 1, onUncertain: 'hold' })).toBe('look');
    expect(able({ uncertain: 1 })).toBe('look');
    expect(todoFor(head({ uncertain: 1 }))).toBe('call');
  });

  it('changes a message again without a look, but looks for a page added to it', () => {
    const edit = { operation: 'edit', targets: ['1'], uncertain: 1 } as const;
    expect(able(edit)).toBe('call');
    expect(able({ ...edit, pagesSent: ['1'] })).toBe('look');
  });

  it('looks later each time, no sooner than the platform says, and not for ever', () => {
    const hold = (uncertain: number, afterMs = 0) =>
      verdictOfUnknown(claim({ onUncertain: 'hold', uncertain }), 'away', {
        canLook: true,
        afterMs,
      });
    expect([0, 1, 2].map((uncertain) => hold(uncertain))).toEqual([
      { kind: 'again', afterMs: 2_000 },
      { kind: 'again', afterMs: 4_000 },
      { kind: 'again', afterMs: 8_000 },
    ]);
    expect(hold(1, 60_000)).toEqual({ kind: 'again', afterMs: 60_000 });
    expect(hold(8)).toEqual({ kind: 'dead', reason: 'held', cause: 'away' });
    expect(verdictOf(claim({ onUncertain: 'hold' }), lost, calls(1, true))).toEqual(hold(0));
    expect(able({ interrupted: true, uncertain: 9 })).toBe('held');
  });
});

describe('what an outcome means', () => {
  it('finishes with the last page', () => {
    expect(verdictOf(claim(), ok, calls(1))).toEqual({ kind: 'done', ids: ['m2'] });
    expect(verdictOf(claim(), ok, calls(2))).toEqual({ kind: 'page', ids: ['m2'] });
    expect(verdictOf(claim({ pagesSent: ['m1'] }), ok, calls(2))).toEqual({
      kind: 'done',
      ids: ['m1', 'm2'],
    });
  });

  it('takes as many calls as the longer of the new and the earlier version has pages', () => {
    expect(callCount({ targets: [] }, 2)).toBe(2);
    expect(callCount({ targets: ['1', '2', '3'] }, 2)).toBe(3);
    expect(editsNext({ targets: ['1'], pagesSent: [] })).toBe(true);
    expect(editsNext({ targets: ['1'], pagesSent: ['1'] })).toBe(false);
  });

  it('waits exactly as long as the platform says', () => {
    const retry: Delivery = { outcome: 'retry', scope: 'bot', afterMs: 17_000, cause: '429' };
    expect(verdictOf(claim(), retry, calls(1))).toEqual({
      kind: 'pause',
      scope: 'bot',
      afterMs: 17_000,
    });
  });

  it('repeats an unknown send once, later, and then leaves it to a person', () => {
    expect(verdictOf(claim(), lost, calls(1))).toMatchObject({ kind: 'again' });
    expect(verdictOf(claim({ uncertain: 1 }), lost, calls(1))).toMatchObject({
      kind: 'dead',
      reason: 'held',
    });
    expect(verdictOf(claim({ onUncertain: 'hold' }), lost, calls(1))).toMatchObject({
      kind: 'dead',
    });
  });

  it('readdresses a new message and no change of an old one', () => {
    const blocked: Delivery = { outcome: 'gone', cause: 'blocked' };
    expect(verdictOf(claim(), blocked, calls(1))).toMatchObject({ kind: 'gone', readdress: true });
    const edit = claim({ operation: 'edit', targets: ['1'] });
    expect(verdictOf(edit, blocked, calls(1))).toMatchObject({ kind: 'gone', readdress: false });
  });

  it('tells a chat that is not found from a message that is not', () => {
    const missing: Delivery = { outcome: 'gone', cause: 'not-found' };
    expect(verdictOf(claim(), missing, calls(1))).toMatchObject({ kind: 'gone' });
    const edit = claim({ operation: 'update', targets: ['1'] });
    expect(verdictOf(edit, missing, calls(1))).toEqual({ kind: 'vanished' });
  });
});
