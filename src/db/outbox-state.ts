import type { OutboxState } from '../http/metrics.ts';
import type { Queryable } from './database.ts';

/** How much waits to be delivered, for the numbers and the health check. @throws when the database is away */
export async function outboxState(db: Queryable): Promise<OutboxState> {
  const [row] = await db.query<OutboxState>(
    `select (select count(*) from outbox) as depth,
       coalesce((select extract(epoch from now() - min(greatest(ready_at, now() - interval '30 days')))
         from lane where ready_at <= now()), 0)::float8 as "oldestSeconds"`,
  );
  return row ?? { depth: 0, oldestSeconds: 0 };
}
