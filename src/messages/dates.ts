/**
 * How dates read. Written out by hand: `Intl` gives 5/7/24 for Vietnamese, where official style is
 * 05/07/2024, and "ngày 05 tháng 7 năm 2024" pads days under 10 but only the months 1 and 2
 * (Decree 30/2020, presentation of documents).
 */
import { Temporal } from 'temporal-polyfill';
import { weekSpan } from '../campaign/calendar.ts';
import { DEFAULT_LANGUAGE, type Language } from './language.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const two = (n: number): string => String(n).padStart(2, '0');
const english = (d: Temporal.PlainDate): string => `${d.day} ${MONTHS[d.month - 1]} ${d.year}`;

/** An ISO date as `05/07/2024`, in English `5 July 2024` (a figure month is read two ways there). */
export function showDate(day: string, language: Language = DEFAULT_LANGUAGE): string {
  const d = Temporal.PlainDate.from(day);
  return language === 'vi' ? `${two(d.day)}/${two(d.month)}/${d.year}` : english(d);
}

/** An ISO date as `ngày 05 tháng 7 năm 2024`, in English `5 July 2024`. */
export function showDateLong(day: string, language: Language = DEFAULT_LANGUAGE): string {
  const d = Temporal.PlainDate.from(day);
  if (language === 'en') return english(d);
  return `ngày ${two(d.day)} tháng ${d.month <= 2 ? two(d.month) : d.month} năm ${d.year}`;
}

/** An instant on the zone's clock: `16 giờ 30, 05/07/2024`, in English `16:30, 5 July 2024`. */
export function showDateTime(
  at: Temporal.Instant | string,
  zone: string,
  language: Language = DEFAULT_LANGUAGE,
): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const separator = language === 'vi' ? ' giờ ' : ':';
  const day = showDate(local.toPlainDate().toString(), language);
  return `${two(local.hour)}${separator}${two(local.minute)}, ${day}`;
}

/** A week by its Monday: `01/07 – 07/07/2024`, in English `1 – 7 July 2024`. */
export function showWeek(week: string, language: Language = DEFAULT_LANGUAGE): string {
  const { from, to } = weekSpan(week);
  return showSpan(from, to, language);
}

/** Two ISO dates and what lies between, as of a week; what repeats is left out. */
export function showSpan(from: string, to: string, language: Language = DEFAULT_LANGUAGE): string {
  const a = Temporal.PlainDate.from(from);
  const end = showDate(to, language);
  const b = Temporal.PlainDate.from(to);
  if (a.year !== b.year) return `${showDate(from, language)} – ${end}`;
  if (language === 'vi') return `${two(a.day)}/${two(a.month)} – ${end}`;
  return a.month === b.month ? `${a.day} – ${end}` : `${a.day} ${MONTHS[a.month - 1]} – ${end}`;
}

/** A month such as `2024-07` as `7/2024`, in English `July 2024`. */
export function showMonth(month: string, language: Language = DEFAULT_LANGUAGE): string {
  const m = Temporal.PlainYearMonth.from(month);
  if (language === 'en') return `${MONTHS[m.month - 1]} ${m.year}`;
  return `${m.month <= 2 ? two(m.month) : m.month}/${m.year}`;
}
