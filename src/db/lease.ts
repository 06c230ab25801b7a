import type { Leases } from '../engine/lease.ts';
import type { Database } from './database.ts';

const HOLD = `insert into lease (name, owner, until)
values ($1::text, $2::text, clock_timestamp() + $3::float8 * interval '1 millisecond')
on conflict (name) do update set owner = excluded.owner, until = excluded.until
where lease.owner = excluded.owner or lease.until <= clock_timestamp()
returning 1`;

/** Leases as rows. In an embedded database every other owner is dead: there is only this process. */
export function createLeases(db: Database): Leases {
  return {
    async hold(name, owner, ms) {
      if (db.embedded) {
        await db.query('delete from lease where name = $1::text and owner <> $2::text', [
          name,
          owner,
        ]);
      }
      return (await db.query(HOLD, [name, owner, ms])).length > 0;
    },
    async release(name, owner) {
      await db.query('delete from lease where name = $1::text and owner = $2::text', [name, owner]);
    },
  };
}
