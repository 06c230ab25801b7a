import { FluentBundle, FluentNumber, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Language } from './language.ts';

/** Speaks one language: `say(key, {variables})`. @throws when the key or a variable is missing. */
export interface Say {
  (key: string, variables?: Record<string, string | number>): string;
  readonly language: Language;
}

/** Numbers the Vietnamese way (1.234,5) or the English one, from within the catalogue. */
const localised = (language: Language, value: number): FluentVariable =>
  new FluentNumber(value, {
    maximumFractionDigits: 2,
    useGrouping: language === 'en' || Math.abs(value) >= 1000,
  });

/**
 * Makes a speaker from Fluent sources, later ones overriding earlier ones (the office's own texts).
 * Bidi isolation marks are off: texts go to chats that show them as boxes.
 */
export function createSay(language: Language, sources: readonly string[]): Say {
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const source of sources) {
    const errors = bundle.addResource(new FluentResource(source), { allowOverrides: true });
    if (errors[0]) throw new Error(`Text catalogue ${language}: ${errors[0].message}`);
  }
  const say = (key: string, variables: Record<string, string | number> = {}): string => {
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) throw new Error(`Text catalogue ${language} has no message "${key}"`);
    if (typeof pattern === 'string') return pattern;
    const errors: Error[] = [];
    const values = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        name,
        typeof value === 'number' ? localised(language, value) : value,
      ]),
    );
    const text = bundle.formatPattern(pattern, values, errors);
    if (errors[0])
      throw new Error(`Text "${key}" (${language}): ${errors[0].message}`, { cause: errors[0] });
    return text;
  };
  return Object.assign(say, { language });
}
