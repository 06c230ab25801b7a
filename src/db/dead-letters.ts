/** Messages that wait for a person's decision. */
import { type Database, OUTBOX_CHANNEL, type Queryable } from './database.ts';

export interface DeadLetter {
  readonly id: number;
  readonly lane: string;
  readonly reason: 'bug' | 'held' | 'gone' | 'expired';
  readonly cause: string;
  /** Instant at which it was parked. */
  readonly at: string;
  /** The message's one-line notice. */
  readonly notice: string;
}

/** Latest first. */
export const listDeadLetters = (db: Queryable, limit: number): Promise<DeadLetter[]> =>
  db.query(
    `select id, lane, reason, cause, at, coalesce(message ->> 'notice', '') as notice
     from dead_letter order by at desc, id desc limit $1::int`,
    [limit],
  );

/**
 * Puts the message back as it was, at the end of its chat's queue, or before everything that has not
 * begun when some of its pages are out already: they are not repeated. Its key stays used, and it does
 * not expire any more, since a person wants it sent.
 */
const RESEND = `with letter as (
  delete from dead_letter where id = $1::bigint returning lane, row
), lanes as (
  insert into lane (key, bot, ready_at, priority)
  select lane, (row -> 'address' ->> 'platform') || ':' || (row -> 'address' ->> 'tenant'), now(),
    (row ->> 'priority')::int from letter
  on conflict (key) do update set
    ready_at = least(lane.ready_at, excluded.ready_at),
    priority = case when lane.ready_at is null then excluded.priority
                    else least(lane.priority, excluded.priority) end
  returning key
), message as (
  insert into outbox (lane, address, operation, message, ref, subject, dedupe, batch, person_id, priority,
    on_uncertain, pages_sent)
  select lanes.key, r.address, r.operation, r.message, r.ref, r.subject, r.dedupe, r.batch, r.person_id,
    r.priority, r.on_uncertain, r.pages_sent
  from letter join lanes on lanes.key = letter.lane
  cross join jsonb_populate_record(null::outbox, letter.row) r
  returning id
)
select id, pg_notify('${OUTBOX_CHANNEL}', '') from message`;

/** @returns whether there was such a letter */
export async function resendDeadLetter(db: Database, id: number): Promise<boolean> {
  return (await db.query(RESEND, [id])).length > 0;
}

/** Gives up a message for good. @returns whether there was such a letter */
export async function dropDeadLetter(db: Queryable, id: number): Promise<boolean> {
  const gone = await db.query('delete from dead_letter where id = $1::bigint returning 1', [id]);
  return gone.length > 0;
}
