/** Two transactions that meet, in an order the test decides. */
import type { Database } from '../../src/db/database.ts';
import { count } from './delivery.ts';

/** A transaction that ends when told to. */
export function openTransaction<T>(
  db: Database,
  work: Parameters<typeof db.transaction<T>>[0],
): { worked: Promise<void>; end(): void; done: Promise<T> } {
  let end = () => {};
  const told = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = () => {};
  const worked = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const done = db.transaction(async (tx) => {
    const result = await work(tx);
    begun();
    await told;
    return result;
  });
  return { worked, end: () => end(), done };
}

/** Until somebody waits for a lock: then the two transactions have met. */
export async function untilBlocked(db: Database): Promise<void> {
  while (
    (await count(
      db,
      `pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )) === 0
  );
}
