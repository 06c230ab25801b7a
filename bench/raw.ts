/** postgres.js as one would use it by hand: its own pool, its own `begin`, statements prepared. */
import postgres from 'postgres';
import type { Param, Queryable } from '../src/db/database.ts';
import { types } from '../src/db/postgres-connection.ts';
import { paramText } from '../src/db/values.ts';

export interface Raw extends Queryable {
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Values travel as text, as in the bot, so that both sides convert alike. */
export function rawPostgres(url: string, max: number): Raw {
  const sql = postgres(url, { max, fetch_types: false, types });
  const on = (client: Pick<typeof sql, 'unsafe'>): Queryable => ({
    query: async <T extends object>(text: string, params: readonly Param[] = []) =>
      client.unsafe<T[]>(text, params.map(paramText), { prepare: true }),
  });
  return {
    ...on(sql),
    transaction: <T>(work: (tx: Queryable) => Promise<T>) =>
      sql.begin((tx) => work(on(tx))) as Promise<T>,
    close: () => sql.end(),
  };
}
