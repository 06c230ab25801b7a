import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RosterEntry } from '../../../src/people/roster.ts';
import { planRoster, type RosterPlan, type StoredPerson } from '../../../src/people/roster-plan.ts';

const units = [1, 2, 3].map((id) => ({
  id,
  code: `u${id}`,
  nameFold: `vien ${id}`,
  validTo: null,
}));
type Stored = Map<string, StoredPerson>;

let serial = 0;
const newId = (): number => {
  serial += 1;
  return serial;
};

/** Writes a plan as the database would. */
function apply(stored: Stored, plan: RosterPlan): Stored {
  const next: Stored = new Map(stored);
  const change = (code: string, update: (person: StoredPerson) => Partial<StoredPerson>) => {
    const empty = { id: newId(), code, name: '', email: null, phone: null };
    const person = next.get(code) ?? { ...empty, memberships: [], grants: [] };
    next.set(code, { ...person, ...update(person) });
  };
  for (const { code, name, email, phone } of plan.people)
    change(code, () => ({ name, email, phone }));
  for (const { code, id, ...m } of plan.memberships) {
    change(code, ({ memberships }) => ({
      memberships:
        id === null
          ? [...memberships, { ...m, id: newId() }]
          : memberships.map((old) => (old.id === id ? { ...m, id } : old)),
    }));
  }
  for (const { code, id, remove, ...g } of plan.grants) {
    change(code, ({ grants }) => ({
      grants:
        id === null
          ? [...grants, { ...g, id: newId(), origin: 'file' as const }]
          : grants.flatMap((old) =>
              old.id !== id ? old : remove ? [] : { ...g, id, origin: old.origin },
            ),
    }));
  }
  return next;
}

const day = fc.integer({ min: 1, max: 28 }).map((d) => `2024-07-${String(d).padStart(2, '0')}`);
const row = fc
  .record({
    code: fc.constantFrom('A', 'B'),
    unit: fc.constantFrom('u1', 'u2', 'Viện 3'),
    audience: fc.constantFrom('staff' as const, 'student' as const),
    cohort: fc.constantFrom(undefined, null, 'K70'),
    roles: fc.option(
      fc.subarray(['head', 'deputy', 'reporter', 'office', 'overseer:students'] as const),
      { nil: undefined },
    ),
    from: fc.option(day),
    to: fc.option(day),
  })
  .map(({ from, to, ...rest }): RosterEntry => {
    const reversed = from !== null && to !== null && from >= to;
    return {
      row: 2,
      name: 'Trần An',
      email: undefined,
      phone: undefined,
      ...rest,
      roles: rest.audience === 'student' && rest.roles ? [] : rest.roles,
      from,
      to: reversed ? null : to,
    };
  });

const overlaps = (a: { validFrom: string; validTo: string | null }, b: typeof a): boolean =>
  (b.validTo === null || a.validFrom < b.validTo) &&
  (a.validTo === null || b.validFrom < a.validTo);

describe('a series of imports', () => {
  it('leaves one unit at a time, spans the right way round, and nothing to do the second time', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, day), { maxLength: 12 }), (imports) => {
        let stored: Stored = new Map();
        const days = imports.map(([, on]) => on).sort();
        for (const [at, [entry]] of imports.entries()) {
          const on = days[at] ?? '';
          const again = () => planRoster([entry], { units, people: [...stored.values()] }, on);
          const { plan, problems } = again();
          if (problems.length > 0) continue;
          stored = apply(stored, plan);
          expect(again()).toEqual({
            plan: { people: [], memberships: [], grants: [], audit: [] },
            problems: [],
          });

          const person = stored.get(entry.code);
          const spans = person?.memberships ?? [];
          const grants = person?.grants ?? [];
          for (const span of [...spans, ...grants]) {
            if (span.validTo !== null) expect(span.validFrom < span.validTo).toBe(true);
          }
          for (const [i, a] of spans.entries()) {
            for (const b of spans.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
          }
          for (const [i, a] of grants.entries()) {
            for (const b of grants.slice(i + 1)) {
              expect(a.role === b.role && a.unitId === b.unitId && overlaps(a, b)).toBe(false);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
