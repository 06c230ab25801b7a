import pg from 'pg';
import { databaseError } from './errors.ts';

/** Between attempts to listen again while the server is away. */
const RETRY_MS = 500;

/**
 * Listens on a connection of its own and, however long the server is away, listens again
 * afterwards. `onNotify` is then called too, for what was missed.
 * @throws when the first attempt fails
 */
export async function listenPostgres(
  connection: pg.ClientConfig,
  channel: string,
  onNotify: () => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let current: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;

  const again = () => {
    if (stopped) return;
    clearTimeout(retry);
    retry = setTimeout(async () => {
      try {
        await subscribe();
        onNotify();
      } catch {
        // Still away: whoever queries meanwhile says so.
        again();
      }
    }, RETRY_MS);
    retry.unref();
  };

  async function subscribe() {
    const client = new pg.Client(connection);
    client.on('notification', () => onNotify());
    // What went wrong shows in `end`, which follows.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    if (stopped) {
      await client.end();
      return;
    }
    client.on('end', again);
    current = client;
  }

  try {
    await subscribe();
  } catch (error) {
    throw databaseError(error);
  }
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await current?.end();
  };
}
