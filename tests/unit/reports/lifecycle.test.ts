import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportStatus } from '../../../src/engine/reads.ts';
import {
  type Actor,
  type ReportAction,
  TRANSITIONS,
  transition,
} from '../../../src/reports/lifecycle.ts';

const STATUSES: ReportStatus[] = [
  'submitted',
  'verified',
  'returned',
  'rejected',
  'withdrawn',
  'revoked',
];
const ACTIONS = Object.keys(TRANSITIONS) as ReportAction[];

describe('report life cycle', () => {
  it('is exactly this', () => {
    const all = STATUSES.flatMap((status) =>
      ACTIONS.flatMap((action) =>
        (['author', 'verifier'] as Actor[]).flatMap((by) => {
          const to = transition(status, action, by);
          return to ? [`${by}: ${status} ${action} ${to}`] : [];
        }),
      ),
    );
    expect(all.sort()).toEqual(
      [
        'author: submitted resubmit submitted',
        'author: returned resubmit submitted',
        'author: verified resubmit submitted',
        'author: submitted withdraw withdrawn',
        'author: returned withdraw withdrawn',
        'author: verified withdraw withdrawn',
        'verifier: submitted verify verified',
        'verifier: submitted return returned',
        'verifier: submitted reject rejected',
        'verifier: verified revoke revoked',
      ].sort(),
    );
  });

  it('never lets an author decide, and verified always passes through submitted', () => {
    const steps = fc.array(
      fc.record({
        action: fc.constantFrom(...ACTIONS),
        by: fc.constantFrom<Actor>('author', 'verifier'),
      }),
    );
    fc.assert(
      fc.property(steps, (path) => {
        let status: ReportStatus = 'submitted';
        for (const { action, by } of path) {
          const next = transition(status, action, by);
          if (next === null) continue;
          if (next === 'verified')
            expect({ status, by }).toEqual({ status: 'submitted', by: 'verifier' });
          if (['rejected', 'withdrawn', 'revoked'].includes(status))
            throw new Error('it had ended');
          status = next;
        }
      }),
    );
  });
});
