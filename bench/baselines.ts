/** The same reads and writes as a turn, by hand: what `receive` is compared with. */
import postgres from 'postgres';
import { NOW } from './report-turns.ts';

const INBOUND = `insert into inbound_event (platform, tenant, delivery, ack, handled_at)
values ('bench', 't', $1::text, '{}', now())`;
const LOAD = `select c.version, c.state, i.language, p.name, u.code
from identity i join person p on p.id = i.person_id
left join conversation c on c.key = 'person:' || p.id
left join membership m on m.person_id = p.id and m.valid_to is null left join unit u on u.id = m.unit_id
where i.platform = 'bench' and i.tenant = 't' and i."user" = $1::text`;
const CONVERSATION = `update conversation set state = $2::jsonb, version = version + 1, updated_at = '${NOW}'
where key = $1::text`;
const IDENTITY = `update identity set display_name = 'Nguyễn Văn An', direct_chat = $1::text, seen_at = '${NOW}'
where platform = 'bench' and tenant = 't' and "user" = $1::text
  and (seen_at < timestamptz '${NOW}' - interval '1 minute' or direct_chat is distinct from $1::text)`;
const LANE = `insert into lane (key, bot, ready_at, priority) values ($1::text, 'bench:t', now(), 0)
on conflict (key) do update set ready_at = least(lane.ready_at, excluded.ready_at), priority = 0`;
const OUTBOX = `insert into outbox (lane, address, operation, message, priority, on_uncertain)
values ($1::text, $2::jsonb, 'send', $3::jsonb, 0, 'resend')`;
const NOTIFY = `select pg_notify('outbox', '')`;

const SINGLE = `with inbound as (${INBOUND}), conversing as (
  update conversation set state = $3::jsonb, version = version + 1, updated_at = '${NOW}' where key = $2::text returning 1
), account as (
  update identity set display_name = 'Nguyễn Văn An', direct_chat = $4::text, seen_at = '${NOW}'
  where platform = 'bench' and tenant = 't' and "user" = $4::text
    and (seen_at < timestamptz '${NOW}' - interval '1 minute' or direct_chat is distinct from $4::text)
), lanes as (
  insert into lane (key, bot, ready_at, priority) values ($5::text, 'bench:t', now(), 0)
  on conflict (key) do update set ready_at = least(lane.ready_at, excluded.ready_at), priority = 0 returning key
), messages as (
  insert into outbox (lane, address, operation, message, priority, on_uncertain)
  select key, $6::jsonb, 'send', $7::jsonb, 0, 'resend' from lanes
)
select count(*), ${NOTIFY.slice('select '.length)} from conversing`;

export interface Baselines {
  sequential(user: string): Promise<void>;
  single(user: string): Promise<void>;
  close(): Promise<void>;
}

/** `state` and `message`: what a turn of the flow writes, as JSON; `keys`: conversation keys by user. */
export function createBaselines(
  url: string,
  poolSize: number,
  keys: ReadonlyMap<string, string>,
  state: string,
  message: string,
): Baselines {
  const sql = postgres(url, { max: poolSize, fetch_types: false });
  const prepared = { prepare: true };
  // The driver writes a jsonb parameter as JSON itself.
  const [stateValue, messageValue] = [JSON.parse(state), JSON.parse(message)];
  let serial = 0;
  const row = (user: string) => {
    serial += 1;
    return {
      delivery: `b${serial}`,
      key: keys.get(user) ?? '',
      lane: `bench:t:${user}`,
      address: { platform: 'bench', tenant: 't', chat: user },
    };
  };
  return {
    async sequential(user) {
      const { delivery, key, lane, address } = row(user);
      await sql.begin(async (tx) => {
        await tx.unsafe(INBOUND, [delivery], prepared);
        await tx.unsafe(LOAD, [user], prepared);
        await tx.unsafe(CONVERSATION, [key, stateValue], prepared);
        await tx.unsafe(IDENTITY, [user], prepared);
        await tx.unsafe(LANE, [lane], prepared);
        await tx.unsafe(OUTBOX, [lane, address, messageValue], prepared);
        await tx.unsafe(NOTIFY, [], prepared);
      });
    },
    async single(user) {
      const { delivery, key, lane, address } = row(user);
      const values = [delivery, key, stateValue, user, lane, address, messageValue];
      await sql.unsafe(SINGLE, values, prepared);
    },
    close: () => sql.end(),
  };
}
