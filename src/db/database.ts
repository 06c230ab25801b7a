import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/**
 * A value for `$1`, `$2` … It travels as text and the statement says what it is: `$1::int`,
 * `$2::jsonb` (a JSON string), `$3::timestamptz`, `$4::bytea` (bytes), `$5::int[]` (`'{1,2}'`).
 */
export type Param = string | number | boolean | null | Uint8Array;

/**
 * Both drivers answer alike: int2, int4, int8 and numeric as numbers (an int8 beyond 2^53 throws),
 * date as `2024-07-05`, timestamptz as `2024-07-05T09:30:00.123456Z`, json and jsonb parsed, bytea as
 * bytes, boolean as boolean; arrays are not parsed, so return `to_jsonb(…)` instead.
 */
export interface Queryable {
  /**
   * One statement, one round trip once it has been prepared on its connection.
   * @throws DatabaseUnavailable, DatabaseError
   */
  query<T extends object>(text: string, params?: readonly Param[]): Promise<T[]>;
}

/**
 * The tables as drizzle sees them: for paths where typing matters more than round trips. Transactions
 * are `Database.transaction` alone.
 */
export type Drizzle = Omit<PgDatabase<PgQueryResultHKT, typeof schema>, 'transaction'>;

export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction (read committed), rolled back when it throws or when one of its
   * statements failed, even if it caught that. Inside, use only
   * `tx`: the embedded database has one connection, and another query would wait for ever.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /**
   * Calls `onNotify` for every NOTIFY on the channel, by any process, until the returned function is
   * called. Notifications sent while the connection is away are lost: poll as well.
   */
  listen(channel: string, onNotify: () => void): Promise<() => Promise<void>>;
  /** Reads values by drizzle's own rules. */
  readonly drizzle: Drizzle;
  /** True when the database lives in this process, which then is the only one. */
  readonly embedded: boolean;
  /** Waits for queries in flight, then ends the connections. */
  close(): Promise<void>;
}

/** The channel that is notified when something was put into the outbox. */
export const OUTBOX_CHANNEL = 'outbox';
