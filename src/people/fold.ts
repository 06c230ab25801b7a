/**
 * Vietnamese text: how it is stored, searched and sorted. Stored text is NFC, so that equal words
 * are equal bytes whatever keyboard wrote them; search keys are folded, so that a name typed
 * without marks finds the marked one.
 */

/** As text is stored: NFC, no space at either end, single spaces between words. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

/**
 * The search key of a text: no marks, đ as d, lower case, single spaces. NFD does not take đ apart,
 * hence the extra step. `thủy` and `thuỷ` (two spellings of one syllable) have the same key.
 */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gu, 'd')
    .replace(/\s+/gu, ' ')
    .trim();

/** The words of a search key; none for a blank query. */
export const foldedWords = (text: string): string[] => fold(text).split(' ').filter(Boolean);

/** Huyền, hỏi, ngã, sắc, nặng. */
const TONE = /[\u0300\u0309\u0303\u0301\u0323]/gu;

/**
 * Each word with its tone mark after its last letter: spellings that differ only in where the tone
 * is written (thủy, thuỷ) become equal, and words still sort by tone.
 */
const toneLast = (text: string): string =>
  tidy(text)
    .normalize('NFD')
    .replace(/\S+/gu, (word) => word.replace(TONE, '') + (word.match(TONE) ?? []).join(''))
    .normalize('NFC');

const words = (text: string): string[] => tidy(text.toLowerCase()).split(' ').filter(Boolean);

/**
 * Whether every word typed begins a word of the name with the same marks. A word typed to its last
 * letter agrees in tone wherever the tone is written.
 */
export function matchesMarks(query: string, name: string): boolean {
  const parts = words(name);
  return words(query).every((word) =>
    parts.some((part) => part.startsWith(word) || toneLast(part) === toneLast(word)),
  );
}

const collator = new Intl.Collator('vi');

/** Compares Vietnamese text: a < ă < â, d < đ, tones huyền, hỏi, ngã, sắc, nặng. */
export const inVietnameseOrder = (a: string, b: string): number =>
  collator.compare(toneLast(a), toneLast(b));

/** Compares people's names the Vietnamese way: by given name (the last word), then the rest from the left. */
export function givenNameFirst(a: string, b: string): number {
  const [restA, givenA] = splitName(a);
  const [restB, givenB] = splitName(b);
  return inVietnameseOrder(givenA, givenB) || inVietnameseOrder(restA, restB);
}

function splitName(name: string): [rest: string, given: string] {
  const tidied = tidy(name);
  const cut = tidied.lastIndexOf(' ');
  return [tidied.slice(0, Math.max(cut, 0)), tidied.slice(cut + 1)];
}
