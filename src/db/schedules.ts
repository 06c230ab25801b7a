import { Temporal } from 'temporal-polyfill';
import type { Outgoing } from '../engine/decision.ts';
import type { ScheduleStore } from '../engine/schedule.ts';
import type { Database, Queryable } from './database.ts';
import { enqueue } from './enqueue.ts';
import { retryConflicts } from './retry.ts';

type Transactional = Pick<Database, 'query' | 'transaction'>;

/**
 * For schedules that are looked at or done within a transaction: what is undone leaves the rest of it
 * as it was. The embedded database has one connection, so a second transaction would wait for ever.
 */
export const within = (tx: Queryable): Transactional => ({
  query: (text, params) => tx.query(text, params),
  async transaction(work) {
    await tx.query('savepoint within');
    try {
      const result = await work(tx);
      await tx.query('release savepoint within');
      return result;
    } catch (error) {
      await tx.query('rollback to savepoint within');
      throw error;
    }
  },
});

/** Schedules' records in the database; what a job gets as `tx` is made from the transaction. */
export function createScheduleStore<Tx>(
  db: Transactional,
  open: (tx: Queryable) => Tx,
): ScheduleStore<Tx> {
  return {
    async lastOccurrence(schedule) {
      const [row] = await db.query<{ last: string | null }>(
        'select max(occurrence) as last from schedule_run where schedule = $1::text',
        [schedule],
      );
      return row?.last ? Temporal.Instant.from(row.last) : null;
    },
    claim: ({ schedule, occurrence, outcome, at, again = false }, work) =>
      retryConflicts(() =>
        db.transaction(async (tx) => {
          // The row is locked until this transaction ends: a second process waits here, then sees it.
          const conflict = again
            ? `on conflict on constraint schedule_run_once
               do update set outcome = excluded.outcome, at = excluded.at`
            : 'on conflict do nothing';
          const claimed = await tx.query(
            `insert into schedule_run (schedule, occurrence, outcome, at)
           values ($1::text, $2::timestamptz, $3::text, $4::timestamptz)
           ${conflict} returning schedule`,
            [schedule, occurrence.toString(), outcome, at.toString()],
          );
          if (claimed.length === 0) return false;
          await enqueue(tx, await work(open(tx)));
          return true;
        }),
      ),
    async hold(schedule, occurrence) {
      const [row] = await db.query<{ released: boolean }>(
        `select released_at is not null as released from post_hold
         where schedule = $1::text and occurrence = $2::timestamptz`,
        [schedule, occurrence.toString()],
      );
      return row ? (row.released ? 'released' : 'held') : null;
    },
    async released(schedule, until) {
      const rows = await db.query<{ occurrence: string }>(
        `select h.occurrence from post_hold h
         where h.schedule = $1::text and h.occurrence <= $2::timestamptz and h.released_at is not null
           and not exists (select from schedule_run r
             where r.schedule = h.schedule and r.occurrence = h.occurrence)
         order by h.occurrence`,
        [schedule, until.toString()],
      );
      return rows.map(({ occurrence }) => Temporal.Instant.from(occurrence));
    },
    async rehearse(work) {
      const rehearsal = new Rehearsal();
      try {
        await db.transaction(async (tx) => {
          rehearsal.sends = await work(open(tx));
          throw rehearsal;
        });
      } catch (thrown) {
        if (thrown !== rehearsal) throw thrown;
      }
      return rehearsal.sends;
    },
  };
}

/** Thrown to undo the transaction of a rehearsal. */
class Rehearsal extends Error {
  sends: readonly Outgoing[] = [];
}
