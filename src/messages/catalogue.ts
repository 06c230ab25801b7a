import { readdirSync, readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from './language.ts';
import { createSay, type Say } from './say.ts';

/**
 * The shipped texts: `texts/<language>/*.ftl`, one file a feature. Read once, by whoever composes
 * the application.
 */
export function loadTexts(): Record<Language, Say> {
  const speak = (language: Language): Say => {
    const folder = new URL(`./texts/${language}/`, import.meta.url);
    const sources = readdirSync(folder)
      .filter((name) => name.endsWith('.ftl'))
      .sort()
      .map((name) => readFileSync(new URL(name, folder), 'utf8'));
    return createSay(language, sources);
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, speak(language)])) as Record<
    Language,
    Say
  >;
}
