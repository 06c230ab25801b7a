import { loadWorkingDays } from '../../campaign/load.ts';
import { createWorkCalendar, type WorkCalendar } from '../../campaign/work-calendar.ts';
import type { TicketLine, TicketReads, TicketView } from '../../engine/ticket-reads.ts';
import type { Queryable } from '../database.ts';
import { nextNumber } from './numbers.ts';
import { instantJson, named, successorOf, unitJson, validOn } from './sql.ts';

/** Characters of a ticket's text that a list may show. */
const WORDS = 80;

/** The unit a ticket `t` is about, as of the day. */
const ABOUT = (day: string): string => `(select ${unitJson('u')}::jsonb from unit was
    join unit u on u.id = ${successorOf('was', day)} where was.id = t.about_unit_id)`;

/** A `TicketLine` from a row `t` of `ticket`. */
export const TICKET_LINE = (day: string): string => `jsonb_build_object('id', t.id,
    'authorId', t.author_id, 'about', t.about, 'unit', ${ABOUT(day)}, 'status', t.status,
    'version', t.version, 'openedAt', ${instantJson('t.opened_at')}, 'dueOn', t.due_on,
    'escalated', t.escalated_at is not null,
    'words', (select left(m.text, ${WORDS}) from ticket_message m where m.ticket_id = t.id
      order by m.id limit 1))`;

/** The shipped calendar under the days the office has set. */
async function workCalendar(
  db: Queryable,
  shipped: (day: string) => boolean,
): Promise<WorkCalendar> {
  const rows = await db.query<{ day: string; working: boolean }>(
    'select day, working from calendar_day',
  );
  return createWorkCalendar(shipped, new Map(rows.map(({ day, working }) => [day, working])));
}

export function ticketReads(db: Queryable): TicketReads {
  const shipped = loadWorkingDays();
  return {
    workCalendar: () => workCalendar(db, shipped),

    nextTicketNumber: () => nextNumber(db, 'ticket_number'),

    async ticket(id, on) {
      const [row] = await db.query<{ ticket: TicketView }>(
        `select ${TICKET_LINE('$2::date')} || jsonb_build_object(
           'author', ${named('a')},
           'authorUnit', (select ${unitJson('u')}::jsonb
             from membership m join unit u on u.id = m.unit_id
             where m.person_id = a.id and ${validOn('m', '$2::date')}
             order by m.valid_from desc limit 1),
           'closedAt', ${instantJson('t.closed_at')},
           'messages', (select jsonb_agg(jsonb_build_object(
               'author', ${named('w')},
               'at', ${instantJson('m.at')}, 'text', m.text) order by m.id)
             from ticket_message m join person w on w.id = m.author_id
             where m.ticket_id = t.id)) as ticket
         from ticket t join person a on a.id = t.author_id where t.id = $1::int`,
        [id, on],
      );
      return row?.ticket ?? null;
    },

    async ticketsOf(personId, campaign, on, { limit, offset }) {
      const [row] = await db.query<{ total: number; live: number; lines: TicketLine[] }>(
        `with own as (
           select * from ticket where author_id = $1::int and campaign = $2::text),
         shown as (
           select * from own order by (status <> 'closed') desc, id desc
           limit $4::int offset $5::int)
         select (select count(*) from own) as total,
           (select count(*) from own where status <> 'closed') as live,
           coalesce((select jsonb_agg(${TICKET_LINE('$3::date')}
             order by (t.status <> 'closed') desc, t.id desc) from shown t), '[]') as lines`,
        [personId, campaign, on, limit, offset],
      );
      return row ?? { total: 0, live: 0, lines: [] };
    },

    async ticketsWaiting(campaign, on) {
      const rows = await db.query<{ line: TicketLine }>(
        `select ${TICKET_LINE('$2::date')} as line from ticket t
         where t.campaign = $1::text and t.status = 'open' order by t.due_on, t.id`,
        [campaign, on],
      );
      return rows.map(({ line }) => line);
    },
  };
}
