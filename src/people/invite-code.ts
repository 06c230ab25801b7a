/**
 * Codes that open enrolment. Crockford's base 32: no I, L, O, U, so that a code read from paper is
 * not mistaken; 16 letters hold 80 bits, too many to guess. They fit a Telegram start parameter
 * (at most 64 of A-Z a-z 0-9 _ -).
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** Random bytes one code needs. */
export const INVITE_CODE_BYTES = LENGTH;

/** Makes a code of {@link INVITE_CODE_BYTES} random bytes: five bits of each. */
export const inviteCode = (random: Uint8Array): string =>
  Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET[byte & 31]).join('');

/** What someone typed, as the code they mean: spaces, hyphens, case and look-alikes do not matter. */
export function canonicalInviteCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s_-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((c) => ALPHABET.includes(c)) ? code : null;
}
