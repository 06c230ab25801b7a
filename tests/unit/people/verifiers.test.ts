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

  it.each([
    ['unsigned: its heads and deputies', { signedBy: null }, lead, [10, 11]],
    [
      'unsigned, filed by one who now leads: the others',
      { authorId: 11, signedBy: null },
      lead,
      [10],
    ],
    ['unsigned in a unit nobody leads: nobody', { signedBy: null }, without(10, 11), []],
    ['signed: heads of the parent', { signedBy: 10 }, lead, [20]],
    ['signed by who heads the parent too: the office', { signedBy: 20 }, lead, [30]],
    ['filed by the parent’s head: the office', { authorId: 20, signedBy: 10 }, lead, [30]],
    ['signed by the only officer, nobody above: nobody', { signedBy: 30 }, without(20), []],
  ])('a collective report %s', (_, report, held, expected) => {
    const collective = { unitId: UNIT, authorId: 99, kind: 'collective' as const, ...report };
    expect(verifiers(collective, PARENT, held)).toEqual(expected);
  });

  it('leaves out who entered a report for its author, and the deputies of that one’s choice', () => {
    const entered = (filedBy: number, held = lead) =>
      verifiers({ unitId: UNIT, authorId: 99, filedBy }, PARENT, held);
    expect(entered(50)).toEqual([10, 11]);
    expect(entered(10)).toEqual([11]);
    expect(entered(10, without(11))).toEqual([20]);
    expect(entered(10, [...without(11), { ...role(12, 'deputy', UNIT), delegatedBy: 10 }])).toEqual(
      [20],
    );
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
    const id = fc.integer({ min: 1, max: 6 });
    const hands = fc.record({
      authorId: id,
      filedBy: fc.option(id),
      signedBy: fc.option(id),
      kind: fc.constantFrom('personal' as const, 'collective' as const),
    });
    fc.assert(
      fc.property(fc.array(held), hands, (roles, { authorId, filedBy, signedBy, kind }) => {
        const report = { unitId: UNIT, authorId, filedBy, signedBy, kind };
        const found = verifiers(report, PARENT, roles);
        for (const hand of [authorId, filedBy, signedBy]) expect(found).not.toContain(hand);
        const officers = roles.filter(
          (h) =>
            h.role === 'office' &&
            h.unitId === null &&
            ![authorId, filedBy, signedBy].includes(h.personId),
        );
        if (officers.length > 0 && (kind === 'personal' || signedBy !== null))
          expect(found.length).toBeGreaterThan(0);
      }),
    );
  });
});
