import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseComingDate, parseDate } from '../../../../src/flows/report/parse-date.ts';

const TODAY = '2024-07-05';
const FROM = '2024-03-01';
const parse = (text: string, today = TODAY) => parseDate(text, today, FROM);

describe('typed days', () => {
  it.each([
    ['5/7', '2024-07-05'],
    ['05-07-2024', '2024-07-05'],
    ['5/7/24', '2024-07-05'],
    ['5.7.2024', '2024-07-05'],
    ['5 7 2024', '2024-07-05'],
    ['2024-07-05', '2024-07-05'],
    ['ngày 5 tháng 7 năm 2024', '2024-07-05'],
    ['Ngày 05 tháng 7', '2024-07-05'],
    ['hôm nay', '2024-07-05'],
    ['HOM QUA', '2024-07-04'],
    ['today', '2024-07-05'],
    ['yesterday.', '2024-07-04'],
    ['29/2', '2024-02-29'],
    ['6/7', '2024-07-06'],
  ])('%s is %s', (text, day) => {
    expect(parse(text)).toBe(day);
  });

  it.each(['', '31/2', '32/7', '5/13', '0/0', 'mai', '5', '5/7/2024/1', '٥/٧', '5/7/024', '🎉'])(
    '%s is no day',
    (text) => {
      expect(parse(text)).toBeNull();
    },
  );

  it('without a year means the latest such day that the campaign has seen', () => {
    expect(parseDate('28/12', '2025-01-03', '2024-03-01')).toBe('2024-12-28');
    expect(parseDate('28/12', '2024-07-05', '2024-03-01')).toBe('2024-12-28');
    expect(parseDate('29/2', '2025-03-05', '2023-03-01')).toBe('2024-02-29');
  });

  const days = fc
    .integer({ min: 0, max: 3000 })
    .map((n) => Temporal.PlainDate.from('2020-01-01').add({ days: n }));

  it('reads back every way of writing a day', () => {
    fc.assert(
      fc.property(days, fc.constantFrom('/', '-', '.'), fc.boolean(), (day, mark, padded) => {
        const part = (n: number) => (padded ? String(n).padStart(2, '0') : String(n));
        const text = [part(day.day), part(day.month), day.year].join(mark);
        expect(parse(text)).toBe(day.toString());
      }),
    );
  });

  it('without a year never means a later day than one of this year', () => {
    fc.assert(
      fc.property(days, days, (day, today) => {
        const read = parseDate(`${day.day}/${day.month}`, today.toString(), FROM);
        if (read === null) return;
        expect(read.slice(5)).toBe(day.toString().slice(5));
        expect(Number(read.slice(0, 4))).toBeLessThanOrEqual(today.year);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
  });
});

describe('a day to come', () => {
  const coming = (text: string) => parseComingDate(text, '2024-12-28');

  it('without a year is the next one from today on', () => {
    expect(coming('28/12')).toBe('2024-12-28');
    expect(coming('27/12')).toBe('2025-12-27');
    expect(coming('5/1')).toBe('2025-01-05');
    expect(coming('ngày 5 tháng 1')).toBe('2025-01-05');
  });

  it('with a year, or as a word, is that very day', () => {
    expect(coming('5/1/2024')).toBe('2024-01-05');
    expect(coming('05-01-24')).toBe('2024-01-05');
    expect(coming('hôm qua')).toBe('2024-12-27');
    expect(coming('2025-01-20')).toBe('2025-01-20');
  });

  it('is none where no year has it, or it is no day', () => {
    expect(coming('31/2')).toBeNull();
    expect(coming('mai')).toBeNull();
  });
});
