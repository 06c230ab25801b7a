import type { AdapterLog } from '../chat/index.ts';
import type { Database } from './database.ts';
import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';

export interface OpenOptions {
  /** `postgres://…`: a server. Without it the database is embedded in this process. */
  readonly url?: string | undefined;
  /** Folder of the embedded database, or `memory://`. */
  readonly dataDir?: string | undefined;
  /** Connections for queries; listening and drizzle have a few more. Default 10. */
  readonly poolSize?: number | undefined;
  readonly log?: Pick<AdapterLog, 'info'> | undefined;
}

/**
 * Opens the database and brings its tables up to date.
 * @throws DatabaseUnavailable when the server cannot be reached; a plain sentence when the data
 * folder is in use or cannot be opened
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { url, dataDir = './data', poolSize = 10, log } = options;
  if (url) return openPostgres(url, poolSize);
  const database = await openPglite(dataDir);
  log?.info(
    { dataDir },
    'Embedded database: what was answered survives a killed process, but perhaps not a power cut. Set DATABASE_URL for a PostgreSQL server.',
  );
  return database;
}
