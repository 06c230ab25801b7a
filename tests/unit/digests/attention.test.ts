import { describe, expect, it } from 'vitest';
import {
  attentionOf,
  FALL_POINTS,
  UNREACHABLE_PEOPLE,
  UNREACHABLE_SHARE,
} from '../../../src/digests/attention.ts';
import { unit } from '../../support/standings-week.ts';

type Observed = Parameters<typeof attentionOf>[0];

const small = unit(3, { nameVi: 'Tổ nhỏ', headcount: 3 });
const units = [
  unit(1, { nameVi: 'Viện Triết học', headcount: 100 }),
  unit(2, { nameVi: 'Viện Xã hội học', headcount: 100 }),
  small,
];
const totals = { units: 3, headcount: 200, participants: 50, silentUnits: 0, reports: null };
const quiet: Observed = {
  period: { kind: 'week', week: '2024-07-01', number: 19, running: false },
  totals,
  before: totals,
  participation: units.map((each) => ({ unit: each, participants: 20, before: 20 })),
  silent: [],
  silentBefore: [],
  smallUnit: 5,
  backlog: [],
  audit: { drawn: 5, waiting: 5, sound: 0, doubtful: 0 },
  ticketsOverdue: 0,
  reach: { enrolled: 100, unreachable: 0 },
};
const kinds = (change: Partial<Observed>) =>
  attentionOf({ ...quiet, ...change }).map(({ kind }) => kind);
const running = { ...quiet.period, running: true } as Observed['period'];

describe('attention', () => {
  it('is called for by nothing in a quiet week', () => {
    expect(attentionOf(quiet)).toEqual([]);
  });

  it('goes to at most three, doubts and waiting people first', () => {
    const everything: Partial<Observed> = {
      audit: { drawn: 5, waiting: 2, sound: 2, doubtful: 1 },
      ticketsOverdue: 1,
      backlog: [{ unit: units[0] ?? small, late: 2, oldestDays: 9 }],
      before: { ...totals, participants: 100 },
      silent: units,
      silentBefore: units,
      reach: { enrolled: 100, unreachable: 50 },
    };
    expect(kinds(everything)).toEqual(['audit', 'tickets', 'backlog']);
    expect(kinds({ ...everything, audit: null, ticketsOverdue: 0, backlog: [] })).toEqual([
      'falling',
      'silent',
      'unreachable',
    ]);
  });

  it('names units with late reports, the oldest first', () => {
    const [point] = attentionOf({
      ...quiet,
      backlog: units.map((each, i) => ({ unit: each, late: i + 1, oldestDays: 8 + i })),
    });
    expect(point).toEqual({
      kind: 'backlog',
      waiting: 6,
      oldestDays: 10,
      units: [units[2], units[1], units[0]],
    });
  });

  it(`is called for when participation falls by ${FALL_POINTS} points, never by a running week`, () => {
    const fell = (participants: number) => ({ before: { ...totals, participants } });
    expect(kinds(fell(59))).toEqual([]);
    expect(kinds(fell(60))).toEqual(['falling']);
    expect(kinds({ ...fell(60), period: running })).toEqual([]);
    expect(kinds({ before: null })).toEqual([]);
    const [point] = attentionOf({
      ...quiet,
      ...fell(60),
      participation: [
        { unit: units[0] ?? small, participants: 10, before: 15 },
        { unit: units[1] ?? small, participants: 10, before: 20 },
        // Of three people one more or less says nothing, and would point at a person.
        { unit: small, participants: 0, before: 3 },
      ],
    });
    expect(point).toEqual({ kind: 'falling', points: 5, units: [units[1], units[0]] });
  });

  it('is called for by silence that lasts: one quiet week is nobody’s fault', () => {
    expect(kinds({ silent: [small] })).toEqual([]);
    expect(kinds({ silent: [small], silentBefore: [small] })).toEqual(['silent']);
    expect(kinds({ silent: [small], silentBefore: [small], period: running })).toEqual([]);
    // A stage or the whole campaign has nothing before it.
    expect(kinds({ silent: [small], before: null })).toEqual(['silent']);
  });

  it('is called for by people out of reach when they are many enough', () => {
    const reach = (enrolled: number, unreachable: number) =>
      kinds({ reach: { enrolled, unreachable } });
    const few = UNREACHABLE_PEOPLE - 1;
    expect(reach(few, few)).toEqual([]);
    expect(reach(UNREACHABLE_PEOPLE / UNREACHABLE_SHARE, UNREACHABLE_PEOPLE)).toEqual([
      'unreachable',
    ]);
    expect(reach(UNREACHABLE_PEOPLE / UNREACHABLE_SHARE + 1, UNREACHABLE_PEOPLE)).toEqual([]);
  });
});
