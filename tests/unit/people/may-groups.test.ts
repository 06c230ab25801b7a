import { describe, expect, it } from 'vitest';
import type { GrantView } from '../../../src/engine/turn-context.ts';
import { may } from '../../../src/people/may.ts';
import { personView } from '../../support/conversation.ts';

/** Of somebody in no unit, for the group of the units 8 and 9. */
const sees = (grants: GrantView[], bloc: 'academy' | 'political_school' | null): boolean =>
  may(personView({ membership: null, grants }), 'leaderboard.group', { unitIds: [8, 9], bloc });

describe('the table of a comparison group', () => {
  it.each(['office', 'council', 'leadership'] as const)(
    'is open to the %s, whatever group',
    (role) => {
      const grants = [{ role, unitId: null }];
      expect(sees(grants, 'academy')).toBe(true);
      expect(sees(grants, 'political_school')).toBe(true);
      expect(sees(grants, null)).toBe(true);
    },
  );

  it('is open to the overseer of the political schools where all are schools', () => {
    const grants: GrantView[] = [{ role: 'overseer', unitId: null, scope: 'political_schools' }];
    expect(sees(grants, 'political_school')).toBe(true);
    expect(sees(grants, 'academy')).toBe(false);
    expect(sees(grants, null)).toBe(false);
  });

  it('is open to whoever leads one of its units, and to nobody else', () => {
    expect(sees([{ role: 'deputy', unitId: 9 }], 'academy')).toBe(true);
    expect(sees([{ role: 'head', unitId: 7 }], 'academy')).toBe(false);
    expect(sees([{ role: 'overseer', unitId: null, scope: 'students' }], 'academy')).toBe(false);
    expect(sees([{ role: 'mobiliser', unitId: null }], 'academy')).toBe(false);
    expect(sees([], 'political_school')).toBe(false);
  });
});
