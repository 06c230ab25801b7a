import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/campaign/types.ts';
import {
  latestOccurrence,
  nextOccurrence,
  occurrencesBetween,
} from '../../../src/engine/occurrences.ts';

const HANOI = 'Asia/Ho_Chi_Minh';
const BERLIN = 'Europe/Berlin';
type Timing = Pick<Schedule, 'weekday' | 'time'>;
const monday8: Timing = { weekday: 1, time: '08:00' };
const daily8: Timing = { weekday: 'daily', time: '08:00' };
const at = (iso: string) => Temporal.Instant.from(iso);
const between = (schedule: Timing, zone: string, after: string, until: string) =>
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

  it('of every day fall once each day, also over the end of a week', () => {
    expect(between(daily8, HANOI, '2024-07-06T01:00:00Z', '2024-07-09T00:59:59Z')).toEqual([
      '2024-07-07T01:00:00Z',
      '2024-07-08T01:00:00Z',
    ]);
    const latest = (iso: string) => String(latestOccurrence(daily8, HANOI, at(iso)));
    expect(latest('2024-07-08T00:59:59Z')).toBe('2024-07-07T01:00:00Z');
    expect(latest('2024-07-08T01:00:00Z')).toBe('2024-07-08T01:00:00Z');
  });

  it('of every day keep the wall-clock time through both changes of summer time', () => {
    const early: Timing = { weekday: 'daily', time: '02:30' };
    expect(between(early, BERLIN, '2024-03-30T00:00:00Z', '2024-04-01T12:00:00Z')).toEqual([
      '2024-03-30T01:30:00Z',
      '2024-03-31T01:30:00Z',
      '2024-04-01T00:30:00Z',
    ]);
    expect(between(early, BERLIN, '2024-10-26T12:00:00Z', '2024-10-28T12:00:00Z')).toEqual([
      '2024-10-27T00:30:00Z',
      '2024-10-28T01:30:00Z',
    ]);
  });

  it('the next is after this very instant, in this week or the one after', () => {
    const next = (schedule: Timing, iso: string) =>
      String(nextOccurrence(schedule, HANOI, at(iso)));
    expect(next(monday8, '2024-07-08T00:59:59Z')).toBe('2024-07-08T01:00:00Z');
    expect(next(monday8, '2024-07-08T01:00:00Z')).toBe('2024-07-15T01:00:00Z');
    expect(next(daily8, '2024-07-07T01:00:00Z')).toBe('2024-07-08T01:00:00Z');
    // Sunday evening: the day's own has passed, the next is in another week.
    expect(next(daily8, '2024-07-14T12:00:00Z')).toBe('2024-07-15T01:00:00Z');
  });

  it('the latest and the next are neighbours: nothing falls between them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24 * 60 * 400 }),
        fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant('daily' as const)),
        fc.constantFrom('00:00', '02:30', '08:00', '23:59'),
        fc.constantFrom(HANOI, BERLIN, 'America/New_York'),
        (minutes, weekday, time, zone) => {
          const now = at('2024-01-01T00:00:00Z').add({ minutes });
          const schedule = { weekday, time };
          const latest = latestOccurrence(schedule, zone, now);
          const next = nextOccurrence(schedule, zone, now);
          expect(Temporal.Instant.compare(latest, now)).toBeLessThanOrEqual(0);
          expect(Temporal.Instant.compare(next, now)).toBe(1);
          expect(occurrencesBetween(schedule, zone, latest, next).map(String)).toEqual([
            next.toString(),
          ]);
        },
      ),
    );
  });

  it('never get lost or doubled, however a span is cut in two', () => {
    const hours = fc.integer({ min: 0, max: 24 * 400 });
    fc.assert(
      fc.property(
        hours,
        hours,
        hours,
        fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant('daily' as const)),
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
