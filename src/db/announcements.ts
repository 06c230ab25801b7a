import type { DueStore } from '../engine/announce-due.ts';
import type { AnnouncementStore, Watcher } from '../engine/announce-tasks.ts';
import type { Recipient } from '../engine/turn-context.ts';
import { peopleOf } from './addressees.ts';
import { accountsOf, broadcast, UNIT_ROOMS, withdrawBroadcast } from './broadcast.ts';
import type { Queryable } from './database.ts';
import { announcementReads, announcementRow, batchOf, progressOf } from './reads/announcements.ts';
import { RECIPIENT } from './reads/people.ts';
import { validOn } from './reads/sql.ts';

/** Whether person `p` may write announcements on a day: `announcement.write` of `may.ts`. */
const WRITES = (day: string): string =>
  `exists (select from "grant" g where g.person_id = p.id and g.role in ('office', 'council')
     and ${validOn('g', day)})`;

/** Purposes of messages that follow an announcement. */
const purposeBatch = (id: number, purpose: 'remind' | 'cancel'): string =>
  `${batchOf(id)}:${purpose}`;

export const createAnnouncementStore = (tx: Queryable): AnnouncementStore => ({
  take: (id) => announcementRow(tx, id, true),

  async begin({ id, addressees }, on, messages) {
    const batch = batchOf(id);
    if (addressees.scope === 'rooms') {
      // Twice in a unit's group looks careless: where it cannot be looked for, the office decides.
      const total = await broadcast(tx, {
        batch,
        messages,
        to: UNIT_ROOMS,
        subject: batch,
        onUncertain: 'hold',
      });
      await tx.query('update announcement set total = $2::int where id = $1::int', [id, total]);
      return total;
    }
    const people = peopleOf(addressees, on);
    const n = people.params.length + 1;
    await tx.query(
      `insert into announcement_recipient (announcement_id, person_id, reachable)
       select $${n}::int, w.person_id, r.person_id is not null
       from (${people.sql}) w
       left join (${accountsOf(people).sql}) r on r.person_id = w.person_id
       on conflict do nothing`,
      [...people.params, id],
    );
    const [row] = await tx.query<{ total: number }>(
      `update announcement set total = (
         select count(*) from announcement_recipient where announcement_id = $1::int)
       where id = $1::int returning total`,
      [id],
    );
    await broadcast(tx, {
      batch,
      messages,
      subject: batch,
      to: accountsOf({
        sql: `select person_id from announcement_recipient
          where announcement_id = $1::int and reachable`,
        params: [id],
      }),
    });
    return row?.total ?? 0;
  },

  progress: (id) => progressOf(tx, id),
  answers: (id) => announcementReads(tx).answerCounts(id),

  async end(id, status, at) {
    await tx.query(
      `with ended as (
         update announcement set status = $2::text, ended_at = $3::timestamptz,
           version = version + 1
         where id = $1::int and ended_at is null returning id
       )
       insert into audit (at, actor, action, subject)
       select $3::timestamptz, 'system', 'announcement.' || $2::text, 'announcement:' || id
       from ended`,
      [id, status, at],
    );
  },

  async withdraw(id) {
    const taken = await withdrawBroadcast(tx, [batchOf(id), purposeBatch(id, 'remind')]);
    const people = taken.flatMap(({ personId, batch }) =>
      batch === batchOf(id) && personId !== null ? [personId] : [],
    );
    await tx.query(
      `delete from announcement_recipient where announcement_id = $1::int
         and person_id in (select jsonb_array_elements_text($2::jsonb)::int)`,
      [id, JSON.stringify(people)],
    );
  },

  async follow(id, purpose, messages) {
    await broadcast(tx, {
      batch: purposeBatch(id, purpose),
      messages,
      priority: 'notice',
      to: accountsOf({
        sql: `select person_id from announcement_recipient
          where announcement_id = $1::int and reachable and answer is distinct from 'no'`,
        params: [id],
      }),
    });
  },

  watchers: (id, on) =>
    tx.query<Watcher>(
      `select distinct on (c.lane) c.address, p.id as "personId",
         coalesce(p.language, 'vi') as language
       from (
         select lane, address, person_id from posted where subject = $1::text
         union all
         select lane, address, person_id from outbox
         where subject = $1::text and operation in ('send', 'edit')) c
       join person p on p.id = c.person_id
       where ${WRITES('$2::date')} and exists (
         select from identity i where i.person_id = p.id
           and (i.platform, i.tenant, i.direct_chat)
             = (c.address ->> 'platform', c.address ->> 'tenant', c.address ->> 'chat'))
       order by c.lane`,
      [`announcement-card:${id}`, on],
    ),

  async writer(id, by, on) {
    const [row] = await tx.query<Recipient>(
      `select ${RECIPIENT} from announcement a join person p on p.id = coalesce($3::int, a.created_by)
       where a.id = $1::int and ${WRITES('$2::date')}`,
      [id, on, by],
    );
    return row ?? null;
  },
});

export const createDueStore = (db: Queryable, campaign: string): DueStore => ({
  async launch(now) {
    const [row] = await db.query<{ tasks: number }>(
      `with launched as (
         update announcement set status = 'sending', version = version + 1,
           started_at = $1::timestamptz
         where campaign = $2::text and status = 'scheduled' and send_at <= $1::timestamptz
         returning id, created_by
       ), reminded as (
         update announcement set reminded_at = $1::timestamptz
         where campaign = $2::text and kind = 'event' and status in ('sending', 'sent')
           and remind_at <= $1::timestamptz and reminded_at is null
           and event_at > $1::timestamptz
         returning id, created_by
       ), audited as (
         insert into audit (at, actor, action, subject)
         select $1::timestamptz, 'system', 'announcement.due', 'announcement:' || id from launched
       ), tasks as (
         insert into task (kind, payload, asked_by)
         select 'announcement-send', jsonb_build_object('id', id), created_by from launched
         union all
         select 'announcement-remind', jsonb_build_object('id', id), created_by from reminded
         returning 1
       )
       select count(*) as tasks from tasks`,
      [now, campaign],
    );
    return row?.tasks ?? 0;
  },
});
