import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalInviteCode,
  INVITE_CODE_BYTES,
  inviteCode,
} from '../../../src/people/invite-code.ts';

const bytes = fc.uint8Array({ minLength: INVITE_CODE_BYTES, maxLength: INVITE_CODE_BYTES });

describe('invite codes', () => {
  it('suit a Telegram start parameter and come back from careless typing', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = inviteCode(random);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        const groups = code.toLowerCase().replace(/(.{4})(?=.)/g, '$1-');
        expect(canonicalInviteCode(` ${groups} `)).toBe(code);
        expect(canonicalInviteCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
      }),
    );
  });

  it('use every bit they promise', () => {
    const codes = Array.from({ length: 32 }, (_, i) => inviteCode(new Uint8Array(16).fill(i)));
    expect(new Set(codes).size).toBe(32);
  });

  it.each(['', 'ABC', 'ABCDEFGHJKMNPQRS7', 'ABCDEFGHJKMNPQ!S', 'UUUUUUUUUUUUUUUU'])(
    'refuse %j',
    (typed) => {
      expect(canonicalInviteCode(typed)).toBeNull();
    },
  );
});
