import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { LANGUAGES, type Language } from '../../src/messages/language.ts';
import { createSay } from '../../src/messages/say.ts';
import { textShapes, unreadable } from '../../src/messages/text-shape.ts';
import { sourceFiles } from '../support/source-files.ts';

interface Text {
  readonly file: string;
  readonly key: string;
  readonly variables: readonly string[];
  readonly words: string;
}

function wordsIn(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(wordsIn).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  const record = node as Record<string, unknown>;
  return wordsIn(record.type === 'select' ? record.variants : record.value);
}

const catalogue = (language: Language): Text[] =>
  sourceFiles(`src/messages/texts/${language}`, ['.ftl']).flatMap(({ path, text }) => {
    const shapes = textShapes(text);
    return new FluentResource(text).body.map((entry, i) => ({
      file: path.split('/').at(-1) ?? '',
      key: entry.id,
      variables: shapes[i]?.variables ?? [],
      words: wordsIn(entry.value),
    }));
  });

const vi = catalogue('vi');
const en = catalogue('en');

describe('texts', () => {
  it('are the same keys with the same variables in both languages', () => {
    const shape = (texts: Text[]) =>
      texts.map(({ file, key, variables }) => `${file} ${key} ${variables.join(',')}`).sort();
    expect(shape(en)).toEqual(shape(vi));
  });

  it('are defined once', () => {
    const keys = vi.map((text) => text.key);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('lose no line to a syntax error', () => {
    for (const language of LANGUAGES) {
      for (const { path, text } of sourceFiles(`src/messages/texts/${language}`, ['.ftl'])) {
        expect({ path, lost: unreadable(text) }).toEqual({ path, lost: [] });
      }
    }
  });

  it('keep the register: no emoji, no exclamation mark, no familiar address', () => {
    const familiar = /\p{Extended_Pictographic}|!|(?<!\p{L})(bạn|mình|em)(?!\p{L})/iu;
    expect(vi.filter((text) => familiar.test(text.words)).map((text) => text.key)).toEqual([]);
  });

  it('are all said somewhere, and everything said exists', () => {
    const code = [...sourceFiles('src', ['.ts']), ...sourceFiles('adapters', ['.ts'])]
      .map((file) => file.text)
      .join('\n');
    const keys = new Set(vi.map((text) => text.key));
    const prefixes = [...code.matchAll(/`([a-z][a-z0-9-]*-)\$\{/g)].map((match) => match[1] ?? '');
    const unused = [...keys].filter(
      (key) => !code.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    const unknown = [...code.matchAll(/\bsay\(\s*'([a-z0-9-]+)'[,)]/g)]
      .map((match) => match[1] ?? '')
      .filter((key) => !keys.has(key));
    expect({ unused, unknown }).toEqual({ unused: [], unknown: [] });
  });

  it('live in the catalogue only: no Vietnamese sentence in the code', () => {
    const marks = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i;
    const stringsOnly = (text: string) =>
      text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
    const offenders = sourceFiles('src', ['.ts'])
      .filter((file) => !DATA.some((data) => file.path.startsWith(data)))
      .filter((file) => marks.test(stringsOnly(file.text)))
      .map((file) => file.path);
    expect(offenders).toEqual([]);
  });

  it('format numbers the way of the language', () => {
    const figures = ['figures = { $n }'];
    expect(createSay('vi', figures)('figures', { n: 1234.5 })).toBe('1.234,5');
    expect(createSay('en', figures)('figures', { n: 1234.5 })).toBe('1,234.5');
    expect(createSay('vi', figures)('figures', { n: 12.345 })).toBe('12,35');
  });

  it('can be overridden by later sources, and refuse an unknown key or a missing variable', () => {
    const say = createSay('vi', ['greeting = Kính chào { $name }', 'greeting = Chào { $name }']);
    expect(say('greeting', { name: 'An' })).toBe('Chào An');
    expect(() => say('farewell')).toThrow('no message "farewell"');
    expect(() => say('greeting')).toThrow('greeting');
    expect(Object.keys(loadTexts())).toEqual(['vi', 'en']);
  });
});

/** Places where Vietnamese words are data: column headings of the roster, letters of the alphabet. */
const DATA = ['src/people/roster', 'src/people/fold', 'src/messages/dates'];
