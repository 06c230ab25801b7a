import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database, Drizzle, Param, Queryable } from './database.ts';
import { databaseError } from './errors.ts';
import { lockFolder } from './folder-lock.ts';
import { migratePglite } from './migrate.ts';
import * as schema from './schema.ts';
import { inTransaction, PARSERS, PLAIN_SERIALIZERS, paramText } from './values.ts';

const reading = { parsers: { ...PARSERS }, serializers: { ...PLAIN_SERIALIZERS } };

async function run<T extends object>(
  on: Pick<PGlite, 'query'>,
  text: string,
  params: readonly Param[],
): Promise<T[]> {
  try {
    return (await on.query<T>(text, params.map(paramText), reading)).rows;
  } catch (error) {
    throw databaseError(error);
  }
}

const nothingToRelease = async () => {};

/**
 * The database inside this process. `folder` keeps it between starts; `memory://` forgets it.
 * @throws a plain sentence when another process uses the folder
 */
export async function openPglite(folder: string): Promise<Database> {
  const inMemory = folder.startsWith('memory://');
  const dataDir = inMemory ? folder : resolve(folder);
  if (!inMemory) await mkdir(dirname(dataDir), { recursive: true });
  const release = inMemory ? nothingToRelease : await lockFolder(dataDir);
  let client: PGlite;
  try {
    client = await PGlite.create({ dataDir, relaxedDurability: false });
    await client.exec(`set time zone 'UTC'`);
    await migratePglite(client);
  } catch (error) {
    await release();
    throw new Error(`The data folder ${folder} cannot be opened: ${(error as Error).message}`, {
      cause: databaseError(error),
    });
  }

  return {
    embedded: true,
    // The two drivers' handles differ only in the type of raw results, which nobody reads.
    drizzle: drizzle(client, { schema }) as unknown as Drizzle,
    query: <T extends object>(text: string, params: readonly Param[] = []) =>
      run<T>(client, text, params),
    async transaction(work) {
      try {
        return await client.transaction((tx) => {
          const on: Queryable = {
            query: (text, params = []) => run(tx as unknown as PGlite, text, params),
          };
          return inTransaction(on, work);
        });
      } catch (error) {
        throw databaseError(error);
      }
    },
    async listen(channel, onNotify) {
      const unlisten = await client.listen(channel, () => onNotify());
      return async () => {
        if (!client.closed) await unlisten();
      };
    },
    async close() {
      if (!client.closed) await client.close();
      await release();
    },
  };
}
