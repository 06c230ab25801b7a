import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReportEvent, TOLD, whoIsTold } from '../../../src/reports/notify.ts';

const EVENTS = Object.keys(TOLD) as ReportEvent[];
const people = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 5 });

describe('who is told of what', () => {
  it('reads as the table says', () => {
    const parties = { author: 1, verifiers: [2, 3], coAuthors: [4] };
    const lines = (event: ReportEvent, actor: number) =>
      whoIsTold(event, parties, actor).map(
        ({ personId, role, telling }) => `${personId} ${role} ${telling}`,
      );
    expect(lines('submitted', 1)).toEqual([
      '2 verifier request',
      '3 verifier request',
      '4 co-author request',
    ]);
    expect(lines('verified', 2)).toEqual([
      '1 author notice',
      '3 verifier update',
      '4 co-author notice',
    ]);
    expect(lines('returned', 3)).toEqual(['1 author notice', '2 verifier update']);
    expect(lines('withdrawn', 1)).toEqual([
      '2 verifier update',
      '3 verifier update',
      '4 co-author update',
    ]);
    expect(lines('signed', 2)).toEqual(['1 author notice', '3 verifier request']);
    const entered = { ...parties, filer: 5, verifiers: [2], coAuthors: [] };
    const of = (event: ReportEvent, actor: number) =>
      whoIsTold(event, entered, actor).map(({ personId, telling }) => `${personId} ${telling}`);
    expect(of('verified', 2)).toEqual(['1 notice', '5 notice']);
    expect(of('withdrawn', 5)).toEqual(['1 notice', '2 update']);
    expect(of('withdrawn', 1)).toEqual(['5 notice', '2 update']);
    const collective = { author: 1, signer: 3, verifiers: [3, 6], coAuthors: [] };
    expect(
      whoIsTold('returned', collective, 6).map(
        ({ personId, role, telling }) => `${personId} ${role} ${telling}`,
      ),
    ).toEqual(['1 author notice', '3 signer notice', '3 verifier update']);
    // Who filed and signed it hears of it once.
    expect(whoIsTold('verified', { ...collective, signer: 1 }, 6)).toHaveLength(2);
    expect(lines('co-author-declined', 4)).toEqual([
      '1 author notice',
      '2 verifier update',
      '3 verifier update',
    ]);
  });

  it('never tells the actor, gives nobody two notices, and reaches every other copy', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EVENTS),
        fc.integer({ min: 1, max: 9 }),
        people,
        people,
        fc.integer({ min: 1, max: 9 }),
        (event, author, verifiers, coAuthors, actor) => {
          const told = whoIsTold(event, { author, verifiers, coAuthors }, actor);
          expect(told.some(({ personId }) => personId === actor)).toBe(false);
          const notices = told.filter(({ telling }) => telling === 'notice');
          expect(new Set(notices.map(({ personId }) => personId)).size).toBe(notices.length);
          const reached = told.filter(({ role }) => role === 'verifier');
          expect(reached.map(({ personId }) => personId)).toEqual(
            verifiers.filter((id) => id !== actor),
          );
        },
      ),
    );
  });
});
