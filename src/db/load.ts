/** Everything a turn needs to know, in one round trip. */
import type { Ack, Inbound } from '../chat/index.ts';
import type { LoadedTurn } from '../engine/turn.ts';
import type { ChatRoomView, GrantView, PersonView, UnitView } from '../engine/turn-context.ts';
import { ConversationState, emptyConversation } from '../flows/state.ts';
import { DEFAULT_LANGUAGE, type Language } from '../messages/language.ts';
import type { Queryable } from './database.ts';
import { unitJson, validOn } from './reads/sql.ts';

/** As one JSON value: the driver then reads one column instead of many. */
const asJson = (query: string): string =>
  `select row_to_json(loaded) as loaded from (${query}) loaded`;

/** The key of the conversation, from the aliases of `LOAD`. */
const KEY = `coalesce('person:' || i.person_id,
  'identity:' || $1::text || ':' || $2::text || ':' || $3::text,
  'chat:' || $1::text || ':' || $2::text || ':' || $4::text)`;

const LOAD = asJson(`
select ${KEY} as key,
  (select ack from inbound_event where platform = $1::text and tenant = $2::text and delivery = $5::text) as ack,
  c.version, c.state,
  i.seen_at is not null as known, i.language as account_language, i.consented_at, i.direct_chat,
  i.unreachable_since is not null as unreachable,
  p.id as person_id, p.name as person_name, p.language as person_language,
  case when p.id is not null then (
    select json_build_object('unit', ${unitJson('u')}, 'audience', m.audience)
    from membership m join unit u on u.id = m.unit_id
    where m.person_id = p.id and ${validOn('m', '$6::date')}
    order by m.valid_from desc, m.id desc limit 1) end as membership,
  case when p.id is not null then (
    select json_agg(json_build_object('role', g.role, 'unitId', g.unit_id, 'scope', g.scope) order by g.id)
    from "grant" g
    where g.person_id = p.id and ${validOn('g', '$6::date')}
  ) end as grants,
  r.title as room_title, r.thread as room_thread, r.purpose as room_purpose,
  r.left_at is not null as room_left,
  case when r.unit_id is not null then (select ${unitJson('u')} from unit u where u.id = r.unit_id) end as room_unit
from (select 1) one
left join identity i on i.platform = $1::text and i.tenant = $2::text and i."user" = $3::text
left join person p on p.id = i.person_id
left join conversation c on c.key = ${KEY}
left join chat_room r on r.platform = $1::text and r.tenant = $2::text and r.chat = $4::text`);

interface LoadRow {
  readonly key: string;
  readonly ack: Ack | null;
  readonly version: number | null;
  readonly state: unknown;
  readonly known: boolean;
  readonly account_language: Language | null;
  readonly consented_at: string | null;
  readonly direct_chat: string | null;
  readonly unreachable: boolean;
  readonly person_id: number | null;
  readonly person_name: string | null;
  readonly person_language: Language | null;
  readonly membership: { unit: UnitView; audience: 'staff' | 'student' } | null;
  readonly grants: GrantView[] | null;
  readonly room_title: string | null;
  readonly room_thread: string | null;
  readonly room_purpose: ChatRoomView['purpose'];
  readonly room_left: boolean;
  readonly room_unit: UnitView | null;
}

const roomOf = (row: LoadRow): ChatRoomView | null =>
  row.room_title === null
    ? null
    : {
        title: row.room_title,
        thread: row.room_thread,
        purpose: row.room_purpose,
        unit: row.room_unit,
        left: row.room_left,
      };

/**
 * Loads the turn of an event. `today` (ISO date in the campaign's zone) decides which memberships
 * and roles count. A saved conversation that no longer parses comes back empty with `unreadable`
 * set; the commit then keeps the original aside.
 * @throws DatabaseUnavailable, DatabaseError
 */
export async function loadTurn(db: Queryable, event: Inbound, today: string): Promise<LoadedTurn> {
  const { platform, tenant, chat } = event.where;
  const identity = event.from?.identity ?? null;
  const [answer] = await db.query<{ loaded: LoadRow }>(LOAD, [
    platform,
    tenant,
    identity?.user ?? null,
    chat,
    event.delivery,
    today,
  ]);
  if (!answer) throw new Error('The load statement returned no row');
  const row = answer.loaded;

  const parsed =
    row.version === null
      ? { success: true as const, data: emptyConversation }
      : ConversationState.safeParse(row.state);
  const language = row.person_language ?? row.account_language ?? DEFAULT_LANGUAGE;
  const person: PersonView | null =
    row.person_id === null
      ? null
      : {
          id: row.person_id,
          name: row.person_name ?? '',
          language,
          membership: row.membership,
          grants: row.grants ?? [],
        };
  return {
    storedAck: row.ack,
    unreadable: !parsed.success,
    context: {
      identity,
      account: row.known
        ? {
            language: row.account_language,
            consentedAt: row.consented_at,
            directChat: row.direct_chat,
            unreachable: row.unreachable,
          }
        : null,
      person,
      language,
      conversation: {
        key: row.key,
        version: row.version ?? 0,
        state: parsed.success ? parsed.data : emptyConversation,
      },
      room: roomOf(row),
    },
  };
}
