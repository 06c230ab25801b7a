import { DatabaseUnavailable } from './errors.ts';
import { CONNECT_TIMEOUT_MS, type Connection } from './postgres-connection.ts';

/** As long as connecting may take: whoever waits cannot tell the difference. */
const WAIT_MS = CONNECT_TIMEOUT_MS;
const IDLE_MS = 60_000;

interface Idle {
  readonly connection: Connection;
  readonly timer: NodeJS.Timeout;
}

export interface Pool {
  /**
   * Lends a connection to `work`, and to nobody else meanwhile. One that is lost is replaced.
   * @throws DatabaseUnavailable when all are lent for too long, and after `close`
   */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Waits for what was begun, then ends the connections. */
  close(): Promise<void>;
}

export function createPool(size: number, open: () => Connection): Pool {
  // The one that was returned last is lent first, so that the others can be ended.
  const idle: Idle[] = [];
  const waiting: ((connection: Connection) => void)[] = [];
  const uses = new Set<Promise<unknown>>();
  let lent = 0;
  let closed = false;

  function takeIdle(): Connection | null {
    for (let last = idle.pop(); last; last = idle.pop()) {
      clearTimeout(last.timer);
      if (!last.connection.lost) return last.connection;
    }
    return null;
  }

  function take(): Connection | Promise<Connection> {
    if (lent < size) {
      lent += 1;
      return takeIdle() ?? open();
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(next), 1);
        reject(new DatabaseUnavailable('All connections to the database are busy'));
      }, WAIT_MS);
      const next = (connection: Connection) => {
        clearTimeout(timer);
        resolve(connection);
      };
      waiting.push(next);
    });
  }

  function giveBack(connection: Connection): void {
    const next = waiting.shift();
    if (next) {
      next(connection.lost ? open() : connection);
      return;
    }
    lent -= 1;
    if (connection.lost) return;
    const timer = setTimeout(() => {
      idle.splice(idle.indexOf(entry), 1);
      void connection.end();
    }, IDLE_MS);
    timer.unref();
    const entry: Idle = { connection, timer };
    idle.push(entry);
  }

  async function lend<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await take();
    try {
      return await work(connection);
    } finally {
      giveBack(connection);
    }
  }

  return {
    async use(work) {
      if (closed) throw new DatabaseUnavailable('The database was closed');
      const using = lend(work);
      uses.add(using);
      try {
        return await using;
      } finally {
        uses.delete(using);
      }
    },
    async close() {
      closed = true;
      while (uses.size > 0) await Promise.allSettled(uses);
      for (const { timer } of idle) clearTimeout(timer);
      await Promise.all(idle.splice(0).map(({ connection }) => connection.end()));
    },
  };
}
