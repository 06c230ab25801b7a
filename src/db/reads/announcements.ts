import type {
  AnnouncementProgress,
  AnnouncementReads,
  AnnouncementView,
  AnswerCounts,
  ComingEvent,
  EventAnswer,
} from '../../engine/announcement-reads.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { Addressees } from '../../people/addressees.ts';
import { peopleOf } from '../addressees.ts';
import { accountsOf, UNIT_ROOMS } from '../broadcast.ts';
import type { Queryable } from '../database.ts';
import { nextNumber } from './numbers.ts';
import { instantJson, named, unitJson, validOn } from './sql.ts';

/** What an announcement's messages are counted and remembered under. */
export const batchOf = (id: number): string => `announcement:${id}`;

/** An `AnnouncementView` from a row `a` of `announcement` and its author's `c` of `person`. */
const VIEW = `json_build_object('id', a.id, 'kind', a.kind, 'title', a.title, 'body', a.body,
    'addressees', a.audience, 'status', a.status, 'version', a.version,
    'author', ${named('c')}, 'sendAt', ${instantJson('a.send_at')},
    'total', a.total, 'eventAt', ${instantJson('a.event_at')}, 'eventPlace', a.event_place,
    'remindAt', ${instantJson('a.remind_at')})`;
const FROM = 'announcement a join person c on c.id = a.created_by';

type Stored = Omit<AnnouncementView, 'addressees'> & { readonly addressees: unknown };
const viewOf = (stored: Stored): AnnouncementView => ({
  ...stored,
  addressees: Addressees.parse(stored.addressees),
});

/** @param lock held until the transaction ends, so that nothing else is done with it meanwhile */
export async function announcementRow(
  db: Queryable,
  id: number,
  lock = false,
): Promise<AnnouncementView | null> {
  const [row] = await db.query<{ view: Stored }>(
    `select ${VIEW} as view from ${FROM} where a.id = $1::int ${lock ? 'for update of a' : ''}`,
    [id],
  );
  return row ? viewOf(row.view) : null;
}

/** Delivered messages are those whose place is remembered; a dead letter reached nobody. */
export async function progressOf(db: Queryable, id: number): Promise<AnnouncementProgress> {
  const [row] = await db.query<AnnouncementProgress>(
    `select coalesce(a.total, 0) as total,
       (select count(*) from posted where subject = $2::text) as sent,
       (select count(*) from announcement_recipient r
         where r.announcement_id = a.id and not r.reachable)
       + (select count(*) from dead_letter d where d.row ->> 'batch' = $2::text) as unreachable,
       (select count(*) from outbox o where o.batch = $2::text) as waiting
     from announcement a where a.id = $1::int`,
    [id, batchOf(id)],
  );
  return row ?? { total: 0, sent: 0, unreachable: 0, waiting: 0 };
}

export const announcementReads = (db: Queryable): AnnouncementReads => ({
  nextAnnouncementNumber: () => nextNumber(db, 'announcement_id_seq'),

  announcement: (id) => announcementRow(db, id),

  async announcements(campaign, { limit, offset }) {
    const rows = await db.query<{ view: Stored; total: number }>(
      `select ${VIEW} as view, count(*) over () as total from ${FROM}
       where a.campaign = $1::text order by a.id desc limit $2::int offset $3::int`,
      [campaign, limit, offset],
    );
    return { total: rows[0]?.total ?? 0, lines: rows.map(({ view }) => viewOf(view)) };
  },

  announcementProgress: (id) => progressOf(db, id),

  async answerCounts(id) {
    const [row] = await db.query<AnswerCounts>(
      `select count(*) filter (where answer = 'yes') as yes,
         count(*) filter (where answer = 'maybe') as maybe,
         count(*) filter (where answer = 'no') as no,
         count(*) filter (where answer is null) as silent
       from announcement_recipient where announcement_id = $1::int`,
      [id],
    );
    return row ?? { yes: 0, maybe: 0, no: 0, silent: 0 };
  },

  async answerers(id, answer, on, { limit, offset }) {
    const rows = await db.query<{
      name: string;
      unit: Pick<UnitView, 'nameVi' | 'nameEn'> | null;
      total: number;
    }>(
      `select p.name, count(*) over () as total,
         (select ${unitJson('u')} from membership m join unit u on u.id = m.unit_id
          where m.person_id = p.id and ${validOn('m', '$5::date')} limit 1) as unit
       from announcement_recipient r join person p on p.id = r.person_id
       where r.announcement_id = $1::int and r.answer = $2::text
       order by split_part(p.name_fold, ' ', -1), p.name_fold, p.id
       limit $3::int offset $4::int`,
      [id, answer, limit, offset, on],
    );
    return { total: rows[0]?.total ?? 0, lines: rows.map(({ name, unit }) => ({ name, unit })) };
  },

  async invitation(id, personId) {
    const [row] = await db.query<{ view: Stored; answer: EventAnswer | null }>(
      `select ${VIEW} as view, r.answer from ${FROM}
         join announcement_recipient r on r.announcement_id = a.id
       where a.id = $1::int and r.person_id = $2::int`,
      [id, personId],
    );
    return row ? { announcement: viewOf(row.view), answer: row.answer } : null;
  },

  async comingEvents(campaign, now, { personId, all, limit }) {
    const rows = await db.query<Omit<ComingEvent, 'announcement'> & { view: Stored }>(
      `select ${VIEW} as view, r.person_id is not null as invited, r.answer,
         (select count(*) from announcement_recipient y
          where y.announcement_id = a.id and y.answer = 'yes') as yes
       from ${FROM} left join announcement_recipient r
         on r.announcement_id = a.id and r.person_id = $3::int
       where a.campaign = $1::text and a.event_at > $2::timestamptz
         and (a.status in ('sending', 'sent') or a.status = 'scheduled' and $4::boolean)
         and ($4::boolean or r.person_id is not null)
       order by a.event_at, a.id limit $5::int`,
      [campaign, now, personId, all, limit],
    );
    return rows.map(({ view, ...event }) => ({ announcement: viewOf(view), ...event }));
  },

  async reach(addressees, on) {
    const { sql, params } =
      addressees.scope === 'rooms'
        ? {
            sql: `select count(*) as total, count(*) as reachable from (${UNIT_ROOMS.sql}) room`,
            params: [],
          }
        : reachOf(addressees, on);
    const [row] = await db.query<{ total: number; reachable: number }>(sql, params);
    return row ?? { total: 0, reachable: 0 };
  },

  unitTraits: (on) =>
    db.query(
      `select distinct u.kind, u.bloc, u.cluster from unit u
       where ${validOn('u', '$1::date')} order by u.bloc, u.kind, u.cluster`,
      [on],
    ),
});

function reachOf(addressees: Addressees, on: string) {
  const people = peopleOf(addressees, on);
  return {
    sql: `select (select count(*) from (${people.sql}) wanted) as total,
        (select count(*) from (${accountsOf(people).sql}) reached) as reachable`,
    params: people.params,
  };
}
