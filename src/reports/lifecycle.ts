/** Which step a report may take from which status, and who may take it. Nothing else is possible. */
import type { ReportStatus } from '../engine/reads.ts';

export type ReportAction =
  /** Changed by the author and sent (again) for verification. */
  | 'resubmit'
  | 'withdraw'
  | 'verify'
  | 'return'
  | 'reject'
  /** Undoes a verification, with a trace. */
  | 'revoke';

export type Actor = 'author' | 'verifier';

interface Rule {
  readonly by: Actor;
  readonly from: readonly ReportStatus[];
  readonly to: ReportStatus;
}

export const TRANSITIONS: Readonly<Record<ReportAction, Rule>> = {
  resubmit: { by: 'author', from: ['submitted', 'returned', 'verified'], to: 'submitted' },
  withdraw: { by: 'author', from: ['submitted', 'returned', 'verified'], to: 'withdrawn' },
  verify: { by: 'verifier', from: ['submitted'], to: 'verified' },
  return: { by: 'verifier', from: ['submitted'], to: 'returned' },
  reject: { by: 'verifier', from: ['submitted'], to: 'rejected' },
  revoke: { by: 'verifier', from: ['verified'], to: 'revoked' },
};

/** The status after the action, or null when this actor may not take it from this status. */
export function transition(
  status: ReportStatus,
  action: ReportAction,
  by: Actor,
): ReportStatus | null {
  const rule = TRANSITIONS[action];
  return rule.by === by && rule.from.includes(status) ? rule.to : null;
}

/** Whether changing a report of this status takes its verification away. */
export const voidsVerification = (status: ReportStatus): boolean => status === 'verified';
