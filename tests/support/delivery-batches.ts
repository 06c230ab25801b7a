/** Generated messages to a few chats, for properties of delivery. */
import fc from 'fast-check';
import type { Database } from '../../src/db/database.ts';
import { enqueue } from '../../src/db/enqueue.ts';
import type { Outgoing } from '../../src/engine/decision.ts';
import { to } from './delivery.ts';

/** Transactions, each enqueuing to some chats; the number is how many pages. */
export const batches = fc.array(
  fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 1, maxLength: 10 },
);

export async function emptyQueue(db: Database): Promise<void> {
  for (const table of ['outbox', 'lane', 'bucket', 'posted', 'dead_letter']) {
    await db.query(`delete from ${table}`);
  }
}

/** Enqueues them in this order, which is each chat's. @returns the pages each chat is to get */
export async function enqueueBatches(
  db: Database,
  plan: readonly (readonly (readonly [string, number])[])[],
  more: (n: number) => Partial<Outgoing> = () => ({}),
): Promise<Map<string, string[]>> {
  const wanted = new Map<string, string[]>();
  let n = 0;
  for (const batch of plan) {
    const sends = batch.map(([chat, pages]) => {
      n += 1;
      const texts = Array.from({ length: pages }, (_, i) => `${n}.${i + 1}`);
      wanted.set(chat, [...(wanted.get(chat) ?? []), ...texts]);
      return to(chat, texts.join('|'), more(n));
    });
    await db.transaction((tx) => enqueue(tx, sends));
  }
  return wanted;
}

/** Pages of messages parked among the dead letters that were not out before. */
export async function parkedPages(db: Database): Promise<Set<string>> {
  const parked = await db.query<{ notice: string; done: number }>(
    `select message ->> 'notice' as notice, jsonb_array_length(row -> 'pages_sent') as done
     from dead_letter`,
  );
  return new Set(parked.flatMap(({ notice, done }) => notice.split('|').slice(done)));
}
