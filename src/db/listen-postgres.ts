import { createConnection } from './postgres-connection.ts';

/** Between attempts to listen again while the server is away. */
const RETRY_MS = 500;

/**
 * Listens on a connection of its own and, however long the server is away, listens again
 * afterwards. `onNotify` is then called too, for what was missed.
 * @throws when the first attempt fails
 */
export async function listenPostgres(
  url: string,
  channel: string,
  onNotify: () => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const again = () => {
    if (stopped) return;
    clearTimeout(retry);
    retry = setTimeout(async () => {
      try {
        current = await subscribe();
        onNotify();
      } catch {
        // Still away: whoever queries meanwhile says so.
        again();
      }
    }, RETRY_MS);
    retry.unref();
  };

  async function subscribe() {
    let listening = false;
    const connection = createConnection(url, {
      onNotify,
      onLost: () => {
        if (listening) again();
      },
    });
    try {
      await connection.run(`listen "${channel.replaceAll('"', '""')}"`);
    } catch (error) {
      connection.discard(error);
      throw error;
    }
    listening = true;
    if (stopped) await connection.end();
    return connection;
  }

  let current = await subscribe();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await current.end();
  };
}
