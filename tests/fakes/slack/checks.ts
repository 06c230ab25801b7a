import type { Json } from './world.ts';

/** Takes down what is wrong, with where it is as a JSON pointer. */
export type Say = (complaint: string, at: string) => void;
export type Check = (value: unknown, at: string, say: Say) => void;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list; anything else counts as an empty one. */
export const jsons = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

export const string =
  ({ min = 1, max = Number.POSITIVE_INFINITY, pattern = /^/, blank = false } = {}): Check =>
  (value, at, say) => {
    if (typeof value !== 'string') return say('must be a string', at);
    if (value.length > max) say(`must be less than ${max + 1} characters`, at);
    if (value.length < min) say(`must be more than ${min - 1} characters`, at);
    // Slack trims first, so that only blanks are no text.
    else if (!blank && value.trim() === '') say('must be more than 0 characters', at);
    if (!pattern.test(value)) say('has the wrong form', at);
  };

export const flag: Check = (value, at, say) => {
  if (typeof value !== 'boolean') say('must be a boolean', at);
};

export const integer =
  (min: number, max: number): Check =>
  (value, at, say) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) say('must be an integer', at);
    else if (value < min || value > max) say(`must be from ${min} to ${max}`, at);
  };

export const among =
  (...values: readonly unknown[]): Check =>
  (value, at, say) => {
    if (!values.includes(value)) say(`must be one of ${values.join(', ')}`, at);
  };

/** `min` and `max` count items. */
export const list =
  (item: Check, min: number, max = Number.POSITIVE_INFINITY): Check =>
  (value, at, say) => {
    if (!Array.isArray(value)) return say('must be an array', at);
    if (value.length > max) say(`no more than ${max} items allowed`, at);
    if (value.length < min) say(`no fewer than ${min} items allowed`, at);
    value.forEach((each, i) => {
      item(each, `${at}/${i}`, say);
    });
  };

type Fields = Readonly<Record<string, Check>>;

/** An object with these properties and no others; `also` sees it whole. */
export const object =
  (
    required: Fields,
    optional: Fields = {},
    also: (value: Json) => string | null = () => null,
  ): Check =>
  (value, at, say) => {
    if (!isJson(value)) return say('must be an object', at);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) say(`missing required field: ${name}`, at);
    }
    for (const [name, inner] of Object.entries(value)) {
      const check = required[name] ?? optional[name];
      if (inner === undefined) continue;
      if (check) check(inner, `${at}/${name}`, say);
      else say(`invalid additional property: ${name}`, at);
    }
    const complaint = also(value);
    if (complaint !== null) say(complaint, at);
  };

/** One of several objects, told apart by `type`, which the checks need not name. */
export const typed =
  (kinds: Readonly<Record<string, Check>>): Check =>
  (value, at, say) => {
    if (!isJson(value)) return say('must be an object', at);
    const { type, ...rest } = value;
    const check = typeof type === 'string' ? kinds[type] : undefined;
    if (check) check(rest, at, say);
    else say(`unsupported type: ${String(type)}`, `${at}/type`);
  };

/** What `check` has to say, as Slack writes it. */
export function complaints(check: Check, value: unknown, at: string): string[] {
  const said: string[] = [];
  check(value, at, (complaint, where) => {
    said.push(`${complaint} [json-pointer:${where}]`);
  });
  return said;
}

/** Says of each value that comes twice that it does. */
export function unique(values: readonly unknown[], name: string, at: string, say: Say): void {
  const seen = new Set<unknown>();
  for (const value of values) {
    if (value === undefined) continue;
    if (seen.has(value)) say(`\`${name}\` "${String(value)}" already exists`, at);
    seen.add(value);
  }
}
