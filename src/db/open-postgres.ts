import { drizzle } from 'drizzle-orm/postgres-js';
import postgres, { type Options, type PostgresType, type Sql } from 'postgres';
import type { Database, Drizzle, Param, Queryable } from './database.ts';
import { databaseError } from './errors.ts';
import { migratePostgres } from './migrate.ts';
import * as schema from './schema.ts';
import { PARSERS, paramText } from './values.ts';

type Types = Record<string, PostgresType>;

/** Our own reading and writing of values, instead of the driver's (see `database.ts`). */
const types: Types = Object.fromEntries(
  Object.entries(PARSERS).map(([oid, parse]) => [
    `type${oid}`,
    { to: Number(oid), from: [Number(oid)], serialize: (text: string) => text, parse },
  ]),
);

/** Seconds. Short, because a turn waits: the caller decides what to do about a database that is away. */
const CONNECT_TIMEOUT_S = 10;
const LONGEST_PAUSE_S = 1;

const options = (max: number): Options<Types> => ({
  max,
  connect_timeout: CONNECT_TIMEOUT_S,
  backoff: (attempt) => Math.min(0.05 * 2 ** attempt, LONGEST_PAUSE_S),
  fetch_types: false,
  onnotice: () => {},
  connection: { application_name: 'emulation-campaign-bot', TimeZone: 'UTC' },
});

async function run<T extends object>(
  on: Pick<Sql, 'unsafe'>,
  text: string,
  params: readonly Param[],
): Promise<T[]> {
  try {
    const rows = await on.unsafe<T[]>(text, params.map(paramText), { prepare: true });
    return Array.from(rows);
  } catch (error) {
    throw databaseError(error);
  }
}

/**
 * A database on a PostgreSQL server, 15 or later, brought up to date.
 * @throws DatabaseUnavailable when the server cannot be reached
 */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const migrating = postgres(url, options(1));
  try {
    await migratePostgres(migrating);
  } catch (error) {
    throw databaseError(error);
  } finally {
    await migrating.end({ timeout: 1 });
  }

  const hot = postgres(url, { ...options(poolSize), types });
  const cold = postgres(url, { ...options(2), idle_timeout: 60 });

  return {
    embedded: false,
    drizzle: drizzle(cold, { schema }) as unknown as Drizzle,
    query: <T extends object>(text: string, params: readonly Param[] = []) =>
      run<T>(hot as unknown as Sql, text, params),
    async transaction(work) {
      let failure: { error: unknown } | null = null;
      try {
        return (await hot.begin(async (tx) => {
          const queryable: Queryable = {
            query: <T extends object>(text: string, params: readonly Param[] = []) =>
              run<T>(tx as unknown as Sql, text, params),
          };
          try {
            return await work(queryable);
          } catch (error) {
            failure = { error };
            throw error;
          }
        })) as Awaited<ReturnType<typeof work>>;
      } catch (error) {
        const { error: cause } = failure ?? { error };
        throw databaseError(cause);
      }
    },
    async listen(channel, onNotify) {
      try {
        const subscription = await hot.listen(channel, () => onNotify());
        return async () => {
          await subscription.unlisten();
        };
      } catch (error) {
        throw databaseError(error);
      }
    },
    async close() {
      await Promise.all([hot.end({ timeout: 5 }), cold.end({ timeout: 5 })]);
    },
  };
}
