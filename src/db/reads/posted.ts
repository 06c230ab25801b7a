import { type Address, laneKey } from '../../chat/index.ts';
import type { Reads } from '../../engine/reads.ts';
import type { Database } from '../database.ts';

export const postedReads = (db: Database) =>
  ({
    copiesOf: (subject) =>
      db.query<{ address: Address; personId: number | null }>(
        `select distinct on (lane) address, person_id as "personId" from (
           select lane, address, person_id, 0 as later from posted where subject = $1::text
           union all
           select lane, address, person_id, 1 from outbox
           where subject = $1::text and operation = 'send') copy
         where person_id is null or exists (
           select from identity i where i.person_id = copy.person_id
             and (i.platform, i.tenant, i.direct_chat)
               = (address ->> 'platform', address ->> 'tenant', address ->> 'chat'))
         order by lane, later`,
        [subject],
      ),

    async postedAt(subject, at) {
      const [row] = await db.query<{ at: Address; id: string }>(
        `select address as at, ids ->> -1 as id from posted
         where subject = $1::text and lane = $2::text and jsonb_array_length(ids) > 0`,
        [subject, laneKey(at)],
      );
      return row ?? null;
    },
  }) satisfies Partial<Reads>;
