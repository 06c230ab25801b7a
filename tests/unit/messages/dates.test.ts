import { describe, expect, it } from 'vitest';
import { showDate, showDateLong, showDateTime, showWeek } from '../../../src/messages/dates.ts';

const HANOI = 'Asia/Ho_Chi_Minh';

describe('dates as they are read', () => {
  it('short', () => {
    expect(showDate('2024-07-05')).toBe('05/07/2024');
    expect(showDate('2024-12-31', 'vi')).toBe('31/12/2024');
    expect(showDate('2024-07-05', 'en')).toBe('5 July 2024');
  });

  it('long: days under 10 and only the months 1 and 2 are padded', () => {
    expect(showDateLong('2024-07-05')).toBe('ngày 05 tháng 7 năm 2024');
    expect(showDateLong('2024-02-19')).toBe('ngày 19 tháng 02 năm 2024');
    expect(showDateLong('2024-01-01')).toBe('ngày 01 tháng 01 năm 2024');
    expect(showDateLong('2024-03-10')).toBe('ngày 10 tháng 3 năm 2024');
    expect(showDateLong('2024-11-09', 'en')).toBe('9 November 2024');
  });

  it('with the time of the zone', () => {
    expect(showDateTime('2024-07-05T09:30:00Z', HANOI)).toBe('16 giờ 30, 05/07/2024');
    expect(showDateTime('2024-07-05T17:05:00Z', HANOI)).toBe('00 giờ 05, 06/07/2024');
    expect(showDateTime('2024-07-05T09:30:00Z', HANOI, 'en')).toBe('16:30, 5 July 2024');
  });

  it('a timestamp as PostgreSQL writes it', () => {
    expect(showDateTime('2024-07-05 09:30:00.123+00', HANOI)).toBe('16 giờ 30, 05/07/2024');
  });

  it('weeks, saying once what both ends share', () => {
    expect(showWeek('2024-07-01')).toBe('01/07 – 07/07/2024');
    expect(showWeek('2024-12-30')).toBe('30/12/2024 – 05/01/2025');
    expect(showWeek('2024-07-01', 'en')).toBe('1 – 7 July 2024');
    expect(showWeek('2024-07-29', 'en')).toBe('29 July – 4 August 2024');
    expect(showWeek('2024-12-30', 'en')).toBe('30 December 2024 – 5 January 2025');
  });

  it('refuses what is no date', () => {
    expect(() => showDate('2024-02-30')).toThrow(RangeError);
  });
});
