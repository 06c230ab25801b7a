import type { EscalationStore } from '../engine/ticket-escalation.ts';
import type { TicketLine } from '../engine/ticket-reads.ts';
import type { Queryable } from './database.ts';
import { holderReads } from './reads/holders.ts';
import { TICKET_LINE, ticketReads } from './reads/tickets.ts';

export const createEscalationStore = (tx: Queryable, campaign: string): EscalationStore => ({
  holders: holderReads(tx).holders,
  workCalendar: ticketReads(tx).workCalendar,

  async escalate(day, at) {
    const rows = await tx.query<{ line: TicketLine }>(
      `with late as (
         update ticket set escalated_at = $3::timestamptz, version = version + 1
         where campaign = $1::text and status = 'open' and due_on < $2::date
           and escalated_at is null
         returning *),
       recorded as (
         insert into audit (at, actor, action, subject)
         select $3::timestamptz, 'schedule', 'ticket.escalated', 'ticket:' || id from late)
       select ${TICKET_LINE('$2::date')} as line from late t order by t.due_on, t.id`,
      [campaign, day, at],
    );
    return rows.map(({ line }) => line);
  },
});
