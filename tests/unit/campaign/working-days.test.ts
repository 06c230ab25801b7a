import { describe, expect, it } from 'vitest';
import { loadWorkingDays } from '../../../src/campaign/load.ts';
import { createWorkingDays } from '../../../src/campaign/working-days.ts';

describe('working days', () => {
  const isWorkingDay = loadWorkingDays();

  it.each([
    ['2024-07-05', true, 'a Friday'],
    ['2024-07-06', false, 'a Saturday'],
    ['2024-05-04', true, 'a Saturday worked for 29 April'],
    ['2024-04-29', false, 'the Monday swapped for it'],
    ['2024-02-14', false, 'the last day of Tết'],
    ['2024-02-15', true, 'the day after'],
    ['2024-09-02', false, 'National Day'],
    ['2024-04-18', false, 'the Hùng Kings’ day'],
  ])('%s: %s (%s)', (day, expected) => {
    expect(isWorkingDay(day)).toBe(expected);
  });

  it('refuses a calendar with an impossible date', () => {
    expect(() =>
      createWorkingDays(
        '{"off": [["2024-02-30", "2024-03-01", "x", "own"]], "weekendWorkdays": []}',
      ),
    ).toThrow();
  });
});
