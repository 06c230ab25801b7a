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
export const matchesMarks = (query: string, name: string): boolean => marksMatcher(query)(name);

/** The same for many names. */
export function marksMatcher(query: string): (name: string) => boolean {
  const typed = words(query).map((word) => ({ word, whole: toneLast(word) }));
  return (name) => {
    const parts = words(name);
    const wholes = words(toneLast(name));
    return typed.every(
      ({ word, whole }) => parts.some((part) => part.startsWith(word)) || wholes.includes(whole),
    );
  };
}

const collator = new Intl.Collator('vi');

/** Compares Vietnamese text: a < ă < â, d < đ, tones huyền, hỏi, ngã, sắc, nặng. */
export const inVietnameseOrder = (a: string, b: string): number =>
  collator.compare(toneLast(a), toneLast(b));

interface NameKey {
  readonly given: string;
  readonly rest: string;
}

function nameKey(name: string): NameKey {
  const tidied = toneLast(name);
  const cut = tidied.lastIndexOf(' ');
  return { given: tidied.slice(cut + 1), rest: tidied.slice(0, Math.max(cut, 0)) };
}

const compareKeys = (a: NameKey, b: NameKey): number =>
  collator.compare(a.given, b.given) || collator.compare(a.rest, b.rest);

/** Compares people's names the Vietnamese way: by given name (the last word), then the rest from the left. */
export const givenNameFirst = (a: string, b: string): number => compareKeys(nameKey(a), nameKey(b));

/** People in that order; equal names stay in the order given. */
export const sortByGivenName = <T extends { readonly name: string }>(people: readonly T[]): T[] =>
  people
    .map((person) => ({ person, key: nameKey(person.name) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ person }) => person);
