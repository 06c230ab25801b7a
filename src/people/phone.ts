/**
 * A telephone number as stored: digits with country code. Vietnamese numbers may be written with 0,
 * +84, 0084, 84, or without the leading 0 (a spreadsheet takes it away). Null when it is no number.
 */
export function normalisePhone(text: string): string | null {
  const written = text.trim();
  if (!/^\+?[\d\s().-]+$/.test(written)) return null;
  const digits = written.replace(/\D/g, '').replace(/^00/, '');
  const national = /^(?:840?|0)([2-9]\d{8,9})$/.exec(digits) ?? /^([35789]\d{8})$/.exec(digits);
  if (national?.[1] && !(written.startsWith('+') && !digits.startsWith('84'))) {
    return `84${national[1]}`;
  }
  // Another country: only when the country code was written.
  return /^(?:\+|00)/.test(written) && /^[1-9]\d{7,14}$/.test(digits) ? digits : null;
}
