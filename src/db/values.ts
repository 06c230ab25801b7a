/** How values travel: every parameter as text, every result by the same rules for both drivers. */
import type { Param, Queryable } from './database.ts';

/** A parameter as PostgreSQL's text format. */
export function paramText(value: Param): string | null {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return String(value);
}

const instant = (text: string): string => text.replace(' ', 'T').replace(/\+00$/, 'Z');

const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number exactly`);
  return value;
};

/** Parsers by type oid. The session's time zone is UTC, so an instant always ends in `+00`. */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  17: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  20: integer,
  21: Number,
  23: Number,
  26: Number,
  114: JSON.parse,
  700: Number,
  701: Number,
  1082: (text) => text,
  1114: (text) => text,
  1184: instant,
  1700: Number,
  3802: JSON.parse,
};

/** Serializers that leave the text of `paramText` alone, for every type a driver would convert. */
export const PLAIN_SERIALIZERS: Readonly<Record<number, (text: string) => string>> =
  Object.fromEntries(
    [16, 17, 20, 21, 23, 25, 26, 114, 700, 701, 1043, 1082, 1114, 1184, 1700, 3802].map((oid) => [
      oid,
      (text: string) => text,
    ]),
  );

/**
 * Runs `work` on the statements of an open transaction. PostgreSQL ends a transaction in which a
 * statement failed without saying so at its commit; so a failure that `work` caught is thrown again.
 */
export async function inTransaction<T>(
  on: Queryable,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  let failed: { error: unknown } | null = null;
  const result = await work({
    async query<R extends object>(text: string, params: readonly Param[] = []): Promise<R[]> {
      try {
        return await on.query<R>(text, params);
      } catch (error) {
        failed ??= { error };
        throw error;
      }
    },
  });
  if (failed) throw (failed as { error: unknown }).error;
  return result;
}
