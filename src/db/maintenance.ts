/** What is kept only for a while. */
import type { Queryable } from './database.ts';

/** Platforms deliver an event again for at most a day. */
const EVENTS_KEPT = '48 hours';

/** Forgets events that no platform delivers again; to be run about once an hour. @returns how many */
export async function forgetOldEvents(db: Queryable): Promise<number> {
  const [row] = await db.query<{ forgotten: number }>(
    `with old as (
       delete from inbound_event where handled_at < now() - interval '${EVENTS_KEPT}' returning 1
     )
     select count(*) as forgotten from old`,
  );
  return row?.forgotten ?? 0;
}
