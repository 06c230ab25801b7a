import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { latestOccurrence, occurrencesBetween } from '../../../src/engine/occurrences.ts';

const HANOI = 'Asia/Ho_Chi_Minh';
const BERLIN = 'Europe/Berlin';
const monday8 = { weekday: 1, time: '08:00' };
const at = (iso: string) => Temporal.Instant.from(iso);
const between = (schedule: typeof monday8, zone: string, after: string, until: string) =>
  occurrencesBetween(schedule, zone, at(after), at(until)).map(String);

describe('occurrences', () => {
  it('fall at the time of the zone’s clock, after the first instant and up to the second', () => {
    const eight = '2024-07-08T01:00:00Z';
    expect(between(monday8, HANOI, '2024-07-01T01:00:00Z', '2024-07-08T00:59:59Z')).toEqual([]);
    expect(between(monday8, HANOI, '2024-07-01T01:00:00Z', eight)).toEqual([eight]);
    expect(between(monday8, HANOI, eight, '2024-07-15T00:59:59Z')).toEqual([]);
    expect(between(monday8, HANOI, '2024-07-01T00:59:59Z', eight)).toEqual([
      '2024-07-01T01:00:00Z',
      eight,
    ]);
  });

  it('keep the wall-clock time on both sides of summer time', () => {
    expect(between(monday8, BERLIN, '2024-03-24T00:00:00Z', '2024-04-02T00:00:00Z')).toEqual([
      '2024-03-25T07:00:00Z',
      '2024-04-01T06:00:00Z',
    ]);
  });

  it('move later by the gap when summer time skips them', () => {
    const sunday = { weekday: 7, time: '02:30' };
    // 02:30 does not exist on 31 March: 03:30 summer time.
    expect(between(sunday, BERLIN, '2024-03-30T00:00:00Z', '2024-04-01T00:00:00Z')).toEqual([
      '2024-03-31T01:30:00Z',
    ]);
  });

  it('happen once when the clock shows their time twice', () => {
    const sunday = { weekday: 7, time: '02:30' };
    expect(between(sunday, BERLIN, '2024-10-26T00:00:00Z', '2024-10-28T00:00:00Z')).toEqual([
      '2024-10-27T00:30:00Z',
    ]);
  });

  it('are none when the clock went back', () => {
    expect(between(monday8, HANOI, '2024-07-15T00:00:00Z', '2024-07-01T02:00:00Z')).toEqual([]);
  });

  it('the latest is this week’s from its very instant, else last week’s', () => {
    const latest = (iso: string) => String(latestOccurrence(monday8, HANOI, at(iso)));
    expect(latest('2024-07-08T00:59:59Z')).toBe('2024-07-01T01:00:00Z');
    expect(latest('2024-07-08T01:00:00Z')).toBe('2024-07-08T01:00:00Z');
    expect(latest('2024-07-14T16:59:59Z')).toBe('2024-07-08T01:00:00Z');
  });

  it('never get lost or doubled, however a span is cut in two', () => {
    const hours = fc.integer({ min: 0, max: 24 * 400 });
    fc.assert(
      fc.property(
        hours,
        hours,
        hours,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('00:00', '02:30', '08:00', '23:59'),
        fc.constantFrom(HANOI, BERLIN, 'America/New_York'),
        (x, y, z, weekday, time, zone) => {
          const [a = 0, b = 0, c = 0] = [x, y, z].sort((p, q) => p - q);
          const from = at('2024-01-01T00:00:00Z');
          const [first, cut, last] = [a, b, c].map((h) => from.add({ hours: h })) as [
            Temporal.Instant,
            Temporal.Instant,
            Temporal.Instant,
          ];
          const parts = [
            ...occurrencesBetween({ weekday, time }, zone, first, cut),
            ...occurrencesBetween({ weekday, time }, zone, cut, last),
          ].map(String);
          const whole = occurrencesBetween({ weekday, time }, zone, first, last).map(String);
          expect(parts).toEqual(whole);
          expect(new Set(whole).size).toBe(whole.length);
        },
      ),
    );
  });
});
