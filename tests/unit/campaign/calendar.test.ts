import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addWeeks,
  campaignDay,
  mondayOf,
  weekNumber,
  weekOf,
  weekSpan,
} from '../../../src/campaign/calendar.ts';

const HANOI = 'Asia/Ho_Chi_Minh';
const at = (iso: string) => Temporal.Instant.from(iso);

describe('campaign days and weeks', () => {
  it('changes day and week at midnight of the zone, not of UTC', () => {
    expect(campaignDay(at('2024-07-07T16:59:59.999Z'), HANOI)).toBe('2024-07-07');
    expect(campaignDay(at('2024-07-07T17:00:00Z'), HANOI)).toBe('2024-07-08');
    expect(weekOf(at('2024-07-07T16:59:59.999Z'), HANOI)).toBe('2024-07-01');
    expect(weekOf(at('2024-07-07T17:00:00Z'), HANOI)).toBe('2024-07-08');
  });

  it('follows the zone it is given through a change of summer time', () => {
    // Berlin, 31 March 2024: Sunday has 23 hours.
    expect(weekOf(at('2024-03-31T21:59:59Z'), 'Europe/Berlin')).toBe('2024-03-25');
    expect(weekOf(at('2024-03-31T22:00:00Z'), 'Europe/Berlin')).toBe('2024-04-01');
  });

  it('spans Monday to Sunday, over month and year ends too', () => {
    expect(weekSpan('2024-07-01')).toEqual({ from: '2024-07-01', to: '2024-07-07' });
    expect(weekSpan('2024-12-30')).toEqual({ from: '2024-12-30', to: '2025-01-05' });
    expect(mondayOf('2024-03-01')).toBe('2024-02-26');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addWeeks('2024-03-04', -1)).toBe('2024-02-26');
  });

  it('numbers weeks from the one the campaign begins in', () => {
    const period = { from: '2024-03-01' };
    expect(weekNumber('2024-02-26', period)).toBe(1);
    expect(weekNumber('2024-03-04', period)).toBe(2);
    expect(weekNumber('2024-02-19', period)).toBe(0);
    expect(weekNumber('2024-12-30', period)).toBe(45);
  });

  it('puts every instant into exactly the week that contains its day', () => {
    const instants = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((d) => Temporal.Instant.fromEpochMilliseconds(d.getTime()));
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(HANOI, 'Europe/Berlin', 'America/New_York'),
        (t, zone) => {
          const { from, to } = weekSpan(weekOf(t, zone));
          const day = campaignDay(t, zone);
          expect(from <= day && day <= to).toBe(true);
          expect(Temporal.PlainDate.from(from).dayOfWeek).toBe(1);
        },
      ),
    );
  });
});
