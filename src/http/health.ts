/** What `/health` answers, and how it is found out. */
export interface Health {
  /** False answers 503: take this replica out of rotation. */
  readonly ready: boolean;
  readonly database: 'ok' | 'unreachable';
  /** Seconds the oldest due message has waited; null when the database is unreachable. */
  readonly outboxOldestSeconds: number | null;
  /** `receiving` or why it is not, by platform. */
  readonly adapters: Readonly<Record<string, string>>;
}

/** The state of an adapter that takes events. */
export const RECEIVING = 'receiving';

/**
 * Ready when the database answers and an adapter receives: while one platform is away, the process goes
 * on serving the others. A full outbox is shown but is not a
 * reason: it is the platform that is slow, and another replica would not be faster.
 */
export function createHealth(ports: {
  /** @throws when the database cannot be reached. */
  readonly outboxOldestSeconds: () => Promise<number>;
  readonly adapters: () => Readonly<Record<string, string>>;
}): () => Promise<Health> {
  return async () => {
    const adapters = ports.adapters();
    const receiving = Object.values(adapters).some((state) => state === RECEIVING);
    try {
      const outboxOldestSeconds = await ports.outboxOldestSeconds();
      return { ready: receiving, database: 'ok', outboxOldestSeconds, adapters };
    } catch {
      // The cause is logged where queries are made; this answer is public.
      return { ready: false, database: 'unreachable', outboxOldestSeconds: null, adapters };
    }
  };
}
