import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeldRole, verifiers } from '../../../src/people/verifiers.ts';

const role = (
  personId: number,
  held: HeldRole['role'],
  unitId: number | null = null,
): HeldRole => ({
  personId,
  role: held,
  unitId,
});
const UNIT = 1;
const PARENT = 2;
const lead = [
  role(10, 'head', UNIT),
  role(11, 'deputy', UNIT),
  role(20, 'head', PARENT),
  role(21, 'deputy', PARENT),
  role(30, 'office'),
];
const without = (...ids: number[]) => lead.filter((h) => !ids.includes(h.personId));

describe('verifiers', () => {
  it.each([
    ['a member: head and deputies', 99, lead, [10, 11]],
    ['a deputy: the head', 11, lead, [10]],
    ['the head: the deputies', 10, lead, [11]],
    ['the head without deputies: heads of the parent', 10, without(11), [20]],
    ['the head, nobody above: the office', 10, without(11, 20), [30]],
    ['a member of a unit nobody leads: heads of the parent', 99, without(10, 11), [20]],
    ['the parent head inside the unit without leaders: the office', 20, without(10, 11), [30]],
    ['the only officer of a unit nobody leads: nobody', 30, [role(30, 'office')], []],
  ])('%s', (_, authorId, held, expected) => {
    expect(verifiers({ unitId: UNIT, authorId }, PARENT, held)).toEqual(expected);
  });

  it('leaves a head’s own report to nobody the head chose: a deputy for a time decides all others', () => {
    const chosen = { ...role(12, 'deputy', UNIT), delegatedBy: 10 };
    const decides = (authorId: number, held: readonly HeldRole[]) =>
      verifiers({ unitId: UNIT, authorId }, PARENT, held);
    expect(decides(99, [...lead, chosen])).toEqual([10, 11, 12]);
    expect(decides(11, [...lead, chosen])).toEqual([10, 12]);
    expect(decides(10, [...lead, chosen])).toEqual([11]);
    expect(decides(10, [...without(11), chosen])).toEqual([20]);
    // Who is a deputy anyhow decides as one.
    expect(decides(10, [...without(11), chosen, role(12, 'deputy', UNIT)])).toEqual([12]);
  });

  it('does not climb where there is no parent', () => {
    expect(verifiers({ unitId: UNIT, authorId: 99 }, null, without(10, 11))).toEqual([30]);
  });

  it('never names the author, and somebody whenever anybody else is in the office', () => {
    const held = fc.record({
      personId: fc.integer({ min: 1, max: 6 }),
      unitId: fc.constantFrom(UNIT, PARENT, null),
      role: fc.constantFrom('head' as const, 'deputy' as const, 'office' as const),
    });
    fc.assert(
      fc.property(fc.array(held), fc.integer({ min: 1, max: 6 }), (roles, authorId) => {
        const found = verifiers({ unitId: UNIT, authorId }, PARENT, roles);
        expect(found).not.toContain(authorId);
        const officers = roles.filter(
          (h) => h.role === 'office' && h.unitId === null && h.personId !== authorId,
        );
        if (officers.length > 0) expect(found.length).toBeGreaterThan(0);
      }),
    );
  });
});
