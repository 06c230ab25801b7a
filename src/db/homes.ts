/** Which people have ever looked at a page of their own. */
import { instantText } from '../campaign/calendar.ts';
import type { HomeStore } from '../engine/homes.ts';
import type { Database } from './database.ts';
import { json } from './json.ts';
import { intArray } from './reads/sql.ts';

/** A JSON parameter of identities, or of chats, as rows. */
const rows = (parameter: string, last: '"user"' | 'chat'): string =>
  `jsonb_to_recordset(${parameter}::jsonb) as t(platform text, tenant text, ${last} text)`;

const KEY = 'i.platform, i.tenant, i."user"';

export const createHomeStore = (db: Database): HomeStore => ({
  async remember(accounts, at) {
    await db.query(
      `update identity i set home_opened_at = $2::timestamptz
       where (${KEY}) in (select platform, tenant, "user" from ${rows('$1', '"user"')})`,
      [json(accounts), instantText(at)],
    );
  },
  async forget({ platform, tenant, user }) {
    await db.query(
      `update identity i set home_opened_at = null
       where (${KEY}) = ($1::text, $2::text, $3::text)`,
      [platform, tenant, user],
    );
  },
  opened: ({ accounts, people, chats }) =>
    db.query(
      `with concerned as (
         select ${KEY}, i.person_id from identity i
         where i.person_id = any (${intArray('$1')})
           or (${KEY}) in (select platform, tenant, "user" from ${rows('$2', '"user"')})
           or (i.platform, i.tenant, i.direct_chat) in (
             select platform, tenant, chat from ${rows('$3', 'chat')}))
       select ${KEY} from identity i
       where i.home_opened_at is not null
         and (i.person_id in (select person_id from concerned)
           or (${KEY}) in (select platform, tenant, "user" from concerned))
       order by ${KEY}`,
      [json(people), json(accounts), json(chats)],
    ),
});
