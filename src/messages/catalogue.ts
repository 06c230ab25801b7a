import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, type Language } from './language.ts';
import { overrideProblems, TextsError } from './overrides.ts';
import { createSay, type Say } from './say.ts';
import { type TextShape, textShapes } from './text-shape.ts';

/** The shipped sources of a language: `texts/<language>/*.ftl`, one file a feature. */
function shippedSources(language: Language): string[] {
  const folder = new URL(`./texts/${language}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
}

/** A shipped text. */
interface ShippedText extends TextShape {
  /** As it stands in its file, key and all. */
  readonly words: string;
}

/** Every shipped text of a language, in the order of the files. */
export const shippedTexts = (language: Language): ShippedText[] =>
  shippedSources(language).flatMap((source) => {
    const lines = source.split('\n');
    return textShapes(source).map((text, i, all) => ({
      ...text,
      words: lines
        .slice(text.line - 1, (all[i + 1]?.line ?? lines.length + 1) - 1)
        .join('\n')
        .trim(),
    }));
  });

/**
 * The shipped texts, and over them the office's own: `vi.ftl` and `en.ftl` in `own`. Read once, by
 * whoever composes the application.
 * @throws TextsError when the folder or one of its texts cannot be used
 */
export function loadTexts(own?: string): Record<Language, Say> {
  const overrides = own === undefined ? {} : readOverrides(own);
  const speak = (language: Language): Say => {
    const mine = overrides[language];
    return createSay(language, [
      ...shippedSources(language),
      ...(mine === undefined ? [] : [mine]),
    ]);
  };
  return { vi: speak('vi'), en: speak('en') };
}

function readOverrides(folder: string): Partial<Record<Language, string>> {
  const found = LANGUAGES.flatMap((language) => {
    const path = join(folder, `${language}.ftl`);
    return existsSync(path) ? [{ language, path, source: readFileSync(path, 'utf8') }] : [];
  });
  if (found.length === 0)
    throw new TextsError([`TEXTS=${folder}: has neither vi.ftl nor en.ftl; put one there`]);
  const problems = found.flatMap(({ language, path, source }) =>
    overrideProblems(path, source, shippedTexts(language)),
  );
  if (problems.length > 0) throw new TextsError(problems);
  return Object.fromEntries(found.map(({ language, source }) => [language, source]));
}
