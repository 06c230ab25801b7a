import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fold,
  foldedWords,
  givenNameFirst,
  inVietnameseOrder,
  matchesMarks,
  tidy,
} from '../../../src/people/fold.ts';

const unicode = fc.string({ unit: 'grapheme', maxLength: 40 });
const syllable = fc.constantFrom(
  'Nguyễn',
  'Đỗ',
  'Thị',
  'Thủy',
  'Thuỷ',
  'Ước',
  'An',
  'Ân',
  'đ',
  'Ý',
);
const name = fc.array(syllable, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));

describe('fold', () => {
  it.each([
    ['Đặng Thị Thuỷ', 'dang thi thuy'],
    ['ĐẶNG  THỊ\tTHỦY ', 'dang thi thuy'],
    ['Trường Chính trị tỉnh Bà Rịa - Vũng Tàu', 'truong chinh tri tinh ba ria - vung tau'],
    ['Ước mơ, ưỡn ẹo', 'uoc mo, uon eo'],
    ['', ''],
  ])('%s → %s', (text, key) => {
    expect(fold(text)).toBe(key);
  });

  it('gives the same key for every normal form, once and again', () => {
    fc.assert(
      fc.property(fc.oneof(unicode, name), (text) => {
        const key = fold(text);
        expect(fold(key)).toBe(key);
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
        expect(fold(tidy(text))).toBe(key);
      }),
    );
  });

  it('leaves plain letters of a Vietnamese name', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(fold(text)).toMatch(/^[a-z ]+$/);
      }),
    );
  });

  it('has no words for a blank query', () => {
    expect(foldedWords('  \n ')).toEqual([]);
  });
});

describe('tidy', () => {
  it('composes letters and collapses spaces', () => {
    expect(tidy(` Nguyễn${String.fromCharCode(0xa0)} An \n`.normalize('NFD'))).toBe('Nguyễn An');
  });
});

describe('matchesMarks', () => {
  it.each([
    ['thủy', 'Trần Thị Thủy', true],
    ['thuy', 'Trần Thị Thủy', false],
    ['Trần th', 'Trần Thị Thủy', true],
    ['tran', 'Tran Van An', true],
    ['ba', 'Lê Bá Bạn', false],
    ['thủy', 'Trần Thị Thuỷ', true],
    ['thuỷ t', 'Trần Thị Thủy', true],
    ['thúy', 'Trần Thị Thuỷ', false],
    ['trân', 'Trần Thị Thuỷ', false],
  ])('%s in %s: %s', (query, text, expected) => {
    expect(matchesMarks(query, text)).toBe(expected);
  });

  it('whatever matches with marks matches without', () => {
    fc.assert(
      fc.property(name, name, (query, text) => {
        if (!matchesMarks(query, text)) return;
        const parts = foldedWords(text);
        expect(foldedWords(query).every((w) => parts.some((p) => p.startsWith(w)))).toBe(true);
      }),
    );
  });
});

describe('givenNameFirst', () => {
  it('sorts by the last word, then the surname, tones in dictionary order', () => {
    const sorted = [
      'Trần Văn An',
      'Lê Thị Bình',
      'Nguyễn Văn An',
      'Đỗ Ân',
      'Dương Ân',
      'Phạm Ăn',
      'Hà',
      'Hạ',
      'Lê Hả',
      'Vũ Thuỷ',
      'Tạ Thủy',
      'Cao Thúy',
      'Cao Thùy',
    ].sort(givenNameFirst);
    expect(sorted).toEqual([
      'Nguyễn Văn An',
      'Trần Văn An',
      'Phạm Ăn',
      'Dương Ân',
      'Đỗ Ân',
      'Lê Thị Bình',
      'Hà',
      'Lê Hả',
      'Hạ',
      'Cao Thùy',
      'Tạ Thủy',
      'Vũ Thuỷ',
      'Cao Thúy',
    ]);
  });

  it('is an order', () => {
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(givenNameFirst(a, b))).toBe(-Math.sign(givenNameFirst(b, a)) + 0);
        if (givenNameFirst(a, b) <= 0 && givenNameFirst(b, c) <= 0) {
          expect(givenNameFirst(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('puts đ after d among other texts', () => {
    expect(['đa', 'dz', 'ê', 'e'].sort(inVietnameseOrder)).toEqual(['dz', 'đa', 'e', 'ê']);
  });
});
