/** The working days of the public sector, as shipped and as the office has set them since. */
import { addDays } from './calendar.ts';

export interface WorkCalendar {
  /** Whether people work on this ISO date. */
  isWorkingDay(day: string): boolean;
  /**
   * The `n`th working day after this one, which is not counted itself.
   * @throws RangeError when there is none within ten years: the calendar has no working days then
   */
  addWorkingDays(day: string, n: number): string;
}

const MOST_DAYS = 3660;

/**
 * @param shipped whether a day is worked by the shipped calendar: see `working-days.ts`
 * @param set days the office has set itself, ISO date to whether people work; they win
 */
export function createWorkCalendar(
  shipped: (day: string) => boolean,
  set: ReadonlyMap<string, boolean>,
): WorkCalendar {
  const isWorkingDay = (day: string): boolean => set.get(day) ?? shipped(day);
  return {
    isWorkingDay,
    addWorkingDays(day, n) {
      let left = n;
      let at = day;
      for (let days = 0; left > 0; days += 1) {
        if (days >= MOST_DAYS) throw new RangeError(`no ${n} working days after ${day}`);
        at = addDays(at, 1);
        if (isWorkingDay(at)) left -= 1;
      }
      return at;
    },
  };
}
