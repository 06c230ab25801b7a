import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../../src/people/phone.ts';

describe('normalisePhone', () => {
  it.each([
    '0912345678',
    '+84912345678',
    '84912345678',
    '0084 912 345 678',
    '+84 (0) 912.345.678',
    '912345678',
    ' 091-234-5678 ',
  ])('%s', (written) => {
    expect(normalisePhone(written)).toBe('84912345678');
  });

  it('knows landlines and other countries by their code', () => {
    expect(normalisePhone('024.62827195')).toBe('842462827195');
    expect(normalisePhone('+1 650 555 0100')).toBe('16505550100');
    expect(normalisePhone('0033 1 23 45 67 89')).toBe('33123456789');
    expect(normalisePhone('+91 234 567 89')).toBe('9123456789');
  });

  it.each(['', 'không có', '12345', '0912-34', '0912345678 (nhà)', '999999999999999999', '+'])(
    'refuses %j',
    (written) => {
      expect(normalisePhone(written)).toBeNull();
    },
  );

  it('leaves a stored number as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300000000, max: 999999999 }), (n) => {
        const stored = normalisePhone(`0${n}`);
        expect(stored).toBe(`84${n}`);
        expect(normalisePhone(stored ?? '')).toBe(stored);
      }),
    );
  });
});
