import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { loadWorkingDays } from '../../../../src/campaign/load.ts';
import { createWorkCalendar } from '../../../../src/campaign/work-calendar.ts';
import {
  defaultReminder,
  inWorkingHours,
  workingTimes,
} from '../../../../src/flows/announce/hours.ts';
import { parseMoment } from '../../../../src/flows/announce/moment.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
/** Wednesday, 4 September 2024, 09:00. */
const NOW = Temporal.Instant.from('2024-09-04T09:00:00+07:00');
const local = (at: Temporal.Instant | null): string | null =>
  at?.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? null;

describe('a day and hour as typed', () => {
  it.each([
    ['14 giờ 30 ngày 20/9', '2024-09-20T14:30'],
    ['14h30 20/9', '2024-09-20T14:30'],
    ['14:30, 20/09/2024', '2024-09-20T14:30'],
    ['20/9 14:30', '2024-09-20T14:30'],
    ['8 giờ ngày 5/9', '2024-09-05T08:00'],
    ['8h 5/9', '2024-09-05T08:00'],
    ['8h 20/9', '2024-09-20T08:00'],
    ['lúc 8 giờ 30 phút ngày 5 tháng 9 năm 2024', '2024-09-05T08:30'],
    ['8 giờ sáng mai', '2024-09-05T08:00'],
    ['2 giờ chiều hôm nay', '2024-09-04T14:00'],
    ['7 giờ tối ngày kia', '2024-09-06T19:00'],
    ['2:30 pm tomorrow', '2024-09-05T14:30'],
    ['8am 10/9', '2024-09-10T08:00'],
    ['2024-09-20 14:30', '2024-09-20T14:30'],
    // Without a day: the next such hour.
    ['10 giờ', '2024-09-04T10:00'],
    ['8 giờ', '2024-09-05T08:00'],
    // Without a year: the next such day.
    ['9 giờ 2/1', '2025-01-02T09:00'],
    // Both given: as it is, also when it is past.
    ['9 giờ 2/1/2024', '2024-01-02T09:00'],
  ])('%s', (typed, meant) => {
    expect(local(parseMoment(typed, NOW, ZONE))).toBe(meant);
  });

  it.each([
    '20/9',
    'sáng mai',
    '25 giờ 5/9',
    '8 giờ 30/2',
    '8 giờ 70 5/9',
    'ngày nào đó',
    '',
    '9:75',
  ])('“%s” is none', (typed) => {
    expect(parseMoment(typed, NOW, ZONE)).toBeNull();
  });
});

describe('working hours', () => {
  const calendar = createWorkCalendar(loadWorkingDays(), new Map([['2024-09-13', false]]));
  const at = (time: string) => Temporal.Instant.from(`${time}+07:00`);

  it('are those of working days, without the noon break and holidays', () => {
    const inside = (time: string) => inWorkingHours(at(time), ZONE, calendar);
    expect(inside('2024-09-04T09:00')).toBe(true);
    expect(inside('2024-09-04T12:00')).toBe(false);
    expect(inside('2024-09-04T17:00')).toBe(false);
    expect(inside('2024-09-07T09:00')).toBe(false);
    expect(inside('2024-09-02T09:00')).toBe(false);
    expect(inside('2024-09-13T09:00')).toBe(false);
  });

  it('are offered from now on', () => {
    expect(workingTimes(NOW, ZONE, calendar).map(local)).toEqual([
      '2024-09-04T14:00',
      '2024-09-05T08:00',
      '2024-09-05T14:00',
    ]);
    expect(workingTimes(at('2024-09-06T18:00'), ZONE, calendar).map(local)).toEqual([
      '2024-09-09T08:00',
      '2024-09-09T14:00',
    ]);
  });

  it('a reminder comes the working day before, else two hours before, else not at all', () => {
    const reminder = (event: string, now = NOW) =>
      local(defaultReminder(at(event), now, ZONE, calendar));
    expect(reminder('2024-09-12T14:30')).toBe('2024-09-11T08:00');
    // Over a day the office has set free, and a weekend.
    expect(reminder('2024-09-16T09:00')).toBe('2024-09-12T08:00');
    expect(reminder('2024-09-05T14:00')).toBe('2024-09-05T12:00');
    expect(reminder('2024-09-04T10:00')).toBeNull();
  });
});
