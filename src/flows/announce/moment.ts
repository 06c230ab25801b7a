/** A day and hour as people type them. Pure. */
import { Temporal } from 'temporal-polyfill';
import { addDays } from '../../campaign/calendar.ts';
import { fold } from '../../people/fold.ts';
import { parseComingDate } from '../report/parse-date.ts';

/** `14 giờ 30`, `8h`, `14:30`, `2 giờ chiều`; folded. Not within a date. */
const TIME =
  /(?<![\d/.-])(?<h>\d{1,2}) ?(?:gio|h|:) ?(?:(?<m>\d{2})(?![\d/.-]))?(?: ?phut)?(?: (?<part>sang|trua|chieu|toi)| ?(?<half>am|pm))?(?!\p{L})/u;
/** `8am`, `2 pm`. */
const HALF_DAY = /(?<![\d/.-])(?<h>\d{1,2}) ?(?<half>am|pm)(?!\p{L})/u;

/** Words for days to come, folded. */
const DAYS: Readonly<Record<string, number>> = {
  'hom nay': 0,
  today: 0,
  mai: 1,
  'ngay mai': 1,
  tomorrow: 1,
  'ngay kia': 2,
};

/** Words between the two that say nothing. */
const BETWEEN = /(?:^|[\s,])(?:vao|luc|on|at)(?=[\s,]|$)/gu;

function timeIn(typed: string): { hour: number; minute: number; rest: string } | null {
  const match = TIME.exec(typed) ?? HALF_DAY.exec(typed);
  const { h, m = '0', part, half } = match?.groups ?? {};
  if (!match || h === undefined) return null;
  const late = part === 'chieu' || part === 'toi' || half === 'pm';
  const hour = Number(h) + (late && Number(h) < 12 ? 12 : 0);
  const minute = Number(m);
  if (hour > 23 || minute > 59) return null;
  return {
    hour,
    minute,
    rest: `${typed.slice(0, match.index)} ${typed.slice(match.index + match[0].length)}`,
  };
}

/**
 * The instant meant by `14 giờ 30 ngày 20/9`, `8h 05/09/2024`, `20/9 14:30`, `8 giờ sáng mai`; null when
 * there is no hour or what is left is no day. Without a day the next such hour is meant, without a year
 * the next such day; it may lie in the past where both are given.
 */
export function parseMoment(
  text: string,
  now: Temporal.Instant,
  zone: string,
): Temporal.Instant | null {
  const time = timeIn(fold(text));
  if (!time) return null;
  const local = now.toZonedDateTimeISO(zone);
  const today = local.toPlainDate().toString();
  const rest = time.rest.replace(BETWEEN, ' ').replace(/,/g, ' ').replace(/\s+/g, ' ').trim();
  const on = (day: string): Temporal.Instant =>
    Temporal.PlainDate.from(day)
      .toZonedDateTime({
        timeZone: zone,
        plainTime: Temporal.PlainTime.from({ hour: time.hour, minute: time.minute }),
      })
      .toInstant();
  if (rest === '') {
    const at = on(today);
    return Temporal.Instant.compare(at, now) > 0 ? at : on(addDays(today, 1));
  }
  const ahead = Object.hasOwn(DAYS, rest) ? DAYS[rest] : undefined;
  const day = ahead === undefined ? parseComingDate(rest, today) : addDays(today, ahead);
  return day === null ? null : on(day);
}
