import { describe, expect, it } from 'vitest';
import { loadWorkingDays } from '../../../src/campaign/load.ts';
import { createWorkCalendar } from '../../../src/campaign/work-calendar.ts';

const shipped = loadWorkingDays();
const calendar = createWorkCalendar(shipped, new Map());

describe('the working days after a day', () => {
  it.each([
    ['2024-07-05', 1, '2024-07-08', 'a Friday: the next is Monday'],
    ['2024-07-05', 5, '2024-07-12', 'a whole week later'],
    ['2024-07-06', 1, '2024-07-08', 'a Saturday'],
    ['2024-02-06', 5, '2024-02-20', 'over Tết, 8 to 14 February'],
    ['2024-04-26', 1, '2024-05-02', 'over the swapped Monday and the holidays'],
    ['2024-05-03', 1, '2024-05-04', 'the Saturday worked for it'],
    ['2024-07-05', 0, '2024-07-05', 'none'],
  ])('%s + %i is %s (%s)', (day, n, expected) => {
    expect(calendar.addWorkingDays(day, n)).toBe(expected);
  });
});

describe('what the office has set', () => {
  it('wins over the shipped calendar, both ways', () => {
    const set = createWorkCalendar(
      shipped,
      new Map([
        ['2024-07-08', false],
        ['2024-07-06', true],
      ]),
    );
    expect(set.isWorkingDay('2024-07-08')).toBe(false);
    expect(set.isWorkingDay('2024-07-06')).toBe(true);
    expect(set.addWorkingDays('2024-07-05', 2)).toBe('2024-07-09');
  });

  it('that leaves no day to work on is refused, not searched for ever', () => {
    const never = createWorkCalendar(() => false, new Map());
    expect(() => never.addWorkingDays('2024-07-05', 1)).toThrow(RangeError);
  });
});
