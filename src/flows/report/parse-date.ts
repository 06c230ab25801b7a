/** Days as people type them. Pure. */
import { Temporal } from 'temporal-polyfill';
import { fold } from '../../people/fold.ts';

/** Words for today and yesterday, folded, in both languages. */
const DAYS_AGO: Readonly<Record<string, number>> = {
  'hom nay': 0,
  today: 0,
  'hom qua': 1,
  yesterday: 1,
  'hom kia': 2,
};

const SHAPES = [
  /^(?:ngay )?(?<d>\d{1,2}) ?[/.\- ] ?(?<m>\d{1,2})(?: ?[/.\- ] ?(?<y>\d{4}|\d{2}))?$/,
  /^(?:ngay )?(?<d>\d{1,2}) thang (?<m>\d{1,2})(?:,? nam (?<y>\d{4}))?$/,
  /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})$/,
];

/**
 * An ISO date from `5/7`, `05-07-2024`, `5.7.24`, `ngày 5 tháng 7 năm 2024`, `2024-07-05`, `hôm nay` or
 * `hôm qua`; null when it is no day. Day before month. Without a year the latest such day that is not
 * after `today` is meant, unless that falls before `notBefore`: then the one of this year. Two figures
 * mean this century.
 */
export function parseDate(text: string, today: string, notBefore: string): string | null {
  const typed = fold(text).replace(/[.,]$/, '');
  const now = Temporal.PlainDate.from(today);
  const ago = Object.hasOwn(DAYS_AGO, typed) ? DAYS_AGO[typed] : undefined;
  if (ago !== undefined) return now.subtract({ days: ago }).toString();
  for (const shape of SHAPES) {
    const groups = shape.exec(typed)?.groups;
    if (!groups) continue;
    const [month, day] = [Number(groups.m), Number(groups.d)];
    if (groups.y !== undefined)
      return dateOf(groups.y.length === 2 ? 2000 + Number(groups.y) : Number(groups.y), month, day);
    const thisYear = dateOf(now.year, month, day);
    const lastYear = dateOf(now.year - 1, month, day);
    if (thisYear !== null && thisYear <= today) return thisYear;
    return lastYear !== null && lastYear >= notBefore ? lastYear : (thisYear ?? lastYear);
  }
  return null;
}

/**
 * The day somebody means for something to come, written as for `parseDate`: without a year the next
 * such day from `today` on.
 */
export function parseComingDate(text: string, today: string): string | null {
  const day = parseDate(text, today, today);
  if (day === null || day >= today || /\d{4}/.test(text)) return day;
  const { year, month, day: dayOfMonth } = Temporal.PlainDate.from(day);
  const named = SHAPES.some((shape) => shape.exec(fold(text))?.groups?.y !== undefined);
  const isWord = Object.hasOwn(DAYS_AGO, fold(text));
  return named || isWord ? day : dateOf(year + 1, month, dayOfMonth);
}

function dateOf(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
