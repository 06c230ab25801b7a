/**
 * One message to very many chats, enqueued by a single statement: the database finds the accounts,
 * nothing is copied through the process. Repeated, it does nothing.
 */
import type { Message } from '../chat/index.ts';
import { type Outgoing, PRIORITY } from '../engine/decision.ts';
import type { Language } from '../messages/language.ts';
import { OUTBOX_CHANNEL, type Param, type Queryable } from './database.ts';
import { json } from './json.ts';
import { accountOrder, roomAddress } from './reads/sql.ts';

/** A query of ours; its parameters are numbered from 1. */
export interface Selection {
  readonly sql: string;
  readonly params: readonly Param[];
}

export interface Broadcast {
  /** What it is for, e.g. `announcement:7`: counted and stopped together, and at most one message of it to each `key`. */
  readonly batch: string;
  /** By the reader's language. */
  readonly messages: Readonly<Record<Language, Message>>;
  /** Yields `key`, `person_id`, `language`, `platform`, `tenant`, `chat`, `thread`: see `accountsOf`, `UNIT_ROOMS`. */
  readonly to: Selection;
  /** `broadcast` by default. */
  readonly priority?: NonNullable<Outgoing['priority']>;
  /** Remember under this key where the messages land. */
  readonly subject?: string;
  /** What to do when a send may or may not have arrived. Default `resend`. */
  readonly onUncertain?: NonNullable<Outgoing['onUncertain']>;
  /** Dropped if not sent within this time (ms of real time). */
  readonly expiresInMs?: number;
}

/**
 * The private chats of people (a query that yields `person_id`): of each the account that can be
 * reached and is preferred, else was used last. Whoever cannot be reached is left out.
 */
export const accountsOf = ({ sql, params }: Selection): Selection => ({
  sql: `select distinct on (p.id) p.id::text as key, p.id as person_id,
      coalesce(p.language, 'vi') as language,
      i.platform, i.tenant, i.direct_chat as chat, null::text as thread
    from person p join identity i on i.person_id = p.id
    where p.id in (select person_id from (${sql}) wanted)
      and i.direct_chat is not null and i.unreachable_since is null
    order by p.id, ${accountOrder('i', 'p')}`,
  params,
});

/** Groups linked to a unit that the bot has not left: posts there are Vietnamese. */
export const UNIT_ROOMS: Selection = {
  sql: `select r.platform || ':' || r.tenant || ':' || r.chat as key, null::int as person_id,
      'vi' as language, r.platform, r.tenant, r.chat, r.thread
    from chat_room r where r.unit_id is not null and r.left_at is null`,
  params: [],
};

/** @returns how many messages were enqueued: fewer than chats where some were enqueued before */
export async function broadcast(tx: Queryable, parts: Broadcast): Promise<number> {
  const params: Param[] = [...parts.to.params];
  const param = (value: Param, type: string): string => `$${params.push(value)}::${type}`;
  const batch = param(parts.batch, 'text');
  const priority = param(PRIORITY[parts.priority ?? 'broadcast'], 'int');
  const vi = param(json(parts.messages.vi), 'jsonb');
  const en = param(json(parts.messages.en), 'jsonb');
  const subject = param(parts.subject ?? null, 'text');
  const onUncertain = param(parts.onUncertain ?? 'resend', 'text');
  const expiresInMs = param(parts.expiresInMs ?? null, 'float8');
  // Lanes are locked in the order of their keys, as by everybody who enqueues to several; messages
  // join them, so that they get their numbers under the lock.
  const [row] = await tx.query<{ enqueued: number }>(
    `with reached as materialized (
       select r.*, ${batch} || ':' || r.key as dedupe,
         r.platform || ':' || r.tenant as bot,
         r.platform || ':' || r.tenant || ':' || r.chat as lane
       from (${parts.to.sql}) r
     ), once as (
       insert into outbox_once (dedupe) select distinct dedupe from reached order by dedupe
       on conflict do nothing returning dedupe
     ), sends as materialized (
       select reached.* from reached join once using (dedupe)
     ), lanes as (
       insert into lane (key, bot, ready_at, priority)
       select lane, min(bot), now(), ${priority} from sends group by lane order by lane
       on conflict (key) do update set
         ready_at = least(lane.ready_at, excluded.ready_at),
         priority = case when lane.ready_at is null then excluded.priority
                         else least(lane.priority, excluded.priority) end
       returning key
     ), queued as (
       insert into outbox (lane, address, operation, message, subject, dedupe, batch, person_id,
         priority, on_uncertain, expires_at)
       select s.lane,
         ${roomAddress('s')},
         'send', case s.language when 'en' then ${en} else ${vi} end, ${subject}, s.dedupe,
         ${batch}, s.person_id, ${priority}, ${onUncertain},
         now() + ${expiresInMs} * interval '1 millisecond'
       from sends s join lanes l on l.key = s.lane
       on conflict (dedupe) do nothing
       returning 1
     )
     select (select count(*) from queued) as enqueued, pg_notify('${OUTBOX_CHANNEL}', '')`,
    params,
  );
  return row?.enqueued ?? 0;
}

/**
 * Takes back what of these batches has not begun to be sent; what a platform is being given at this
 * moment is not sent again if it is refused. Lanes are locked in the order of their keys, so that
 * nothing is claimed meanwhile.
 * @returns the people of the messages taken back
 */
export async function withdrawBroadcast(
  tx: Queryable,
  batches: readonly string[],
): Promise<{ readonly personId: number | null; readonly batch: string }[]> {
  // Counting the locked lanes has them all locked before the first row is looked at; joining them
  // would compare everything with everything where the planner has no figures yet.
  const ofBatches = `batch in (select jsonb_array_elements_text($1::jsonb))
    and (select count(*) from locked) > 0`;
  return tx.query(
    `with locked as materialized (
       select key from lane where key in (
         select lane from outbox where batch in (select jsonb_array_elements_text($1::jsonb)))
       order by key for update
     ), hurried as (
       update outbox set expires_at = clock_timestamp()
       where ${ofBatches} and attempted_at is not null
     )
     delete from outbox where ${ofBatches} and attempted_at is null and pages_sent = '[]'
     returning person_id as "personId", batch`,
    [json(batches)],
  );
}
