import type { Address } from '../chat/index.ts';
import type { DigestStore } from '../engine/digest-store.ts';
import type { Recipient } from '../engine/turn-context.ts';
import type { Queryable } from './database.ts';
import { digestReads } from './digests.ts';
import { json } from './json.ts';
import { storeBlob } from './media.ts';
import { peopleReads, RECIPIENT } from './reads/people.ts';
import { roomAddress, textArray, validOn } from './reads/sql.ts';
import { standingReads } from './standings.ts';

/** Digests that are sent, within the transaction of their job or task. */
export const createDigestStore = (tx: Queryable): DigestStore => ({
  ...digestReads(tx),
  unitWeek: standingReads(tx).unitWeek,
  person: peopleReads(tx).person,
  holders: (roles, scope, day) =>
    tx.query<Recipient>(
      `select ${RECIPIENT} from person p
       where p.id in (select g.person_id from "grant" g
         where g.role = any (${textArray('$1')}) and g.scope is not distinct from $2::text
           and ${validOn('g', '$3::date')})
       order by p.id`,
      [json(roles), scope, day],
    ),
  councilRooms: async () => {
    const rows = await tx.query<{ address: Address }>(
      `select ${roomAddress('r')} as address
       from chat_room r where purpose = 'council' and linked_at is not null and left_at is null
       order by platform, tenant, chat`,
    );
    return rows.map(({ address }) => address);
  },
  async addTask(kind, payload) {
    await tx.query('insert into task (kind, payload) values ($1::text, $2::jsonb)', [
      kind,
      json(payload),
    ]);
  },
  keep: (bytes, mime) => storeBlob(tx, bytes, mime),
});
