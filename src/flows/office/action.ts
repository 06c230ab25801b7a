/** Buttons of the office's tools: `off:<view>[:<value>…]`. */

/** Lines of one page of a list. */
export const PER_PAGE = 8;

/** `off:q:8` → `['q', '8']`; null for anything else. */
export function parseOffice(action: string): readonly string[] | null {
  const match = /^off:([a-z]{1,2}(?::[\w.-]{1,40}){0,3})$/.exec(action);
  return match?.[1]?.split(':') ?? null;
}

export const officeAction = (view: string, ...values: readonly (string | number)[]): string =>
  ['off', view, ...values].join(':');

/** A whole number of a button, or null. */
export const numberOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;

/** Where a page begins; 0 for anything that is no number. */
export const offsetOf = (text: string | undefined): number => numberOf(text) ?? 0;
