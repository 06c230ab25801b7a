import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/**
 * The public-sector calendar as data, because no library knows the Government's swaps of working
 * days. `off`: [first day, last day, what, source]; `weekendWorkdays`: [day, source]. Sources: lib (a
 * holiday library), press (a published decision), own (recalled: check), provisional (not announced).
 */
const Holidays = z.object({
  off: z.array(z.tuple([z.iso.date(), z.iso.date(), z.string(), z.string()])),
  weekendWorkdays: z.array(z.tuple([z.iso.date(), z.string()])),
});

/** Tells working days from others, by `holidays.json` text. @throws when the text does not fit. */
export function createWorkingDays(text: string): (day: string) => boolean {
  const { off, weekendWorkdays } = Holidays.parse(JSON.parse(text));
  const worked = new Set(weekendWorkdays.map(([day]) => day));
  return (day) => {
    if (worked.has(day)) return true;
    if (off.some(([from, to]) => from <= day && day <= to)) return false;
    return Temporal.PlainDate.from(day).dayOfWeek <= 5;
  };
}
