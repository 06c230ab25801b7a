/**
 * The report flow's turns by hand: what `receive` is compared with. The states, messages and reports
 * written are those that the flow decided in one play of the script; only the SQL is another.
 */
import type { Param, Queryable } from '../src/db/database.ts';
import type { Decision, Row } from '../src/engine/decision.ts';
import type { Raw } from './raw.ts';
import { NOW } from './report-turns.ts';

const INBOUND = `insert into inbound_event (platform, tenant, delivery, ack, handled_at)
values ('bench', 't', $1::text, '{}', now())`;
const LOAD = `select c.version, c.state, i.language, p.name, u.code
from identity i join person p on p.id = i.person_id
left join conversation c on c.key = 'person:' || p.id
left join membership m on m.person_id = p.id and m.valid_to is null left join unit u on u.id = m.unit_id
where i.platform = 'bench' and i.tenant = 't' and i."user" = $1::text`;
const SIMILAR = `select r.id, r.title from report r where r.item = $1::text and r.done_on = $2::date`;
const NUMBER = `select nextval('report_number')::int as id`;
const VERIFIERS = `select p.id, p.name, i.direct_chat from "grant" g join person p on p.id = g.person_id
join identity i on i.person_id = p.id
where g.unit_id = $1::int and g.person_id <> $2::int and g.valid_to is null`;
const CONVERSATION = `update conversation set state = $2::jsonb, version = version + 1, updated_at = '${NOW}'
where key = $1::text`;
const IDENTITY = `update identity set display_name = 'Nguyễn Văn An', direct_chat = $1::text, seen_at = '${NOW}'
where platform = 'bench' and tenant = 't' and "user" = $1::text
  and (seen_at < timestamptz '${NOW}' - interval '1 minute' or direct_chat is distinct from $1::text)`;
const LANE = `insert into lane (key, bot, ready_at, priority) values ($1::text, 'bench:t', now(), 0)
on conflict (key) do update set ready_at = least(lane.ready_at, excluded.ready_at), priority = 0`;
const OUTBOX = `insert into outbox (lane, address, operation, message, ref, person_id, subject, priority, on_uncertain)
values ($1::text, $2::jsonb, $3::text, $4::jsonb, $5::jsonb, $6::int, $7::text, $8::int, 'resend')`;
const REPORT = `insert into report (id, campaign, item, author_id, unit_id, title, description, done_on,
  status, version, week, submitted_at, sources, changed_at)
values ($1::int, 'bench', $2::text, $3::int, $4::int, $5::text, $6::text, $7::date,
  'submitted', 1, $8::date, '${NOW}', $9::jsonb, '${NOW}')`;
const EVIDENCE = `insert into evidence (report_id, kind, text) values ($1::int, 'link', $2::text)`;
const EVENT = `insert into report_event (report_id, at, actor_id, event) values ($1::int, '${NOW}', $2::int, 'submitted')`;
const AUDIT = `insert into audit (at, actor_id, actor, action, subject)
values ('${NOW}', $1::int, 'person:' || $1::int, 'report.submitted', 'report:' || $2::int)`;

const WRITES = `with inbound as (${INBOUND}), conversing as (
  update conversation set state = $3::jsonb, version = version + 1, updated_at = '${NOW}' where key = $2::text returning 1
), account as (
  update identity set display_name = 'Nguyễn Văn An', direct_chat = $4::text, seen_at = '${NOW}'
  where platform = 'bench' and tenant = 't' and "user" = $4::text
    and (seen_at < timestamptz '${NOW}' - interval '1 minute' or direct_chat is distinct from $4::text)
), lanes as (
  insert into lane (key, bot, ready_at, priority) values ($5::text, 'bench:t', now(), 0)
  on conflict (key) do update set ready_at = least(lane.ready_at, excluded.ready_at), priority = 0 returning key
), messages as (
  insert into outbox (lane, address, operation, message, ref, person_id, priority, on_uncertain)
  select key, $6::jsonb, $7::text, $8::jsonb, $9::jsonb, $10::int, 0, 'resend' from lanes
)`;
const SINGLE = `${WRITES} select count(*) from conversing`;
const SINGLE_REPORT = `${WRITES}, stored as (
  insert into report (id, campaign, item, author_id, unit_id, title, description, done_on,
    status, version, week, submitted_at, sources, changed_at)
  values (nextval('report_number')::int, 'bench', $11::text, $10::int, $12::int, $13::text, $14::text, $15::date,
    'submitted', 1, $16::date, '${NOW}', $17::jsonb, '${NOW}') returning id
), proof as (
  insert into evidence (report_id, kind, text) select id, 'link', $18::text from stored
), happened as (
  insert into report_event (report_id, at, actor_id, event) select id, '${NOW}', $10::int, 'submitted' from stored
), noted as (
  insert into audit (at, actor_id, actor, action, subject)
  select '${NOW}', $10::int, 'person:' || $10::int, 'report.submitted', 'report:' || id from stored
), head_lane as (
  insert into lane (key, bot, ready_at, priority) values ($19::text, 'bench:t', now(), 0)
  on conflict (key) do update set ready_at = least(lane.ready_at, excluded.ready_at), priority = 0 returning key
), head_message as (
  insert into outbox (lane, address, operation, message, person_id, subject, priority, on_uncertain)
  select head_lane.key, $20::jsonb, 'send', $21::jsonb, $22::int, 'report:' || stored.id, 1, 'resend'
  from head_lane, stored
)
select count(*) from conversing`;

/** What one turn of the script writes, in JSON ready to be sent. */
interface Step {
  readonly state: string;
  readonly message: string;
  readonly operation: 'send' | 'edit';
  readonly ref: string | null;
  /** Only of the turn that sends the report. */
  readonly report: { readonly row: Row<'report'>; readonly toHead: string } | null;
}

function stepOf({ state, sends, writes }: Decision): Step {
  const [reply, toHead] = sends;
  if (!state || !reply) throw new Error('A turn of the script that says nothing');
  const edit = typeof reply.as === 'object' ? reply.as.edit : null;
  const report = writes.find((write) => write.op === 'insert' && write.table === 'report');
  if (report && !toHead) throw new Error('Nobody was told of a report');
  return {
    state: JSON.stringify(state),
    message: JSON.stringify(reply.message),
    operation: edit ? 'edit' : 'send',
    ref: edit && JSON.stringify(edit),
    report: report
      ? {
          row: (report as unknown as { row: Row<'report'> }).row,
          toHead: JSON.stringify(toHead?.message),
        }
      : null,
  };
}

interface Author {
  readonly personId: number;
  readonly unitId: number;
  readonly headId: number;
  readonly headChat: string;
}

export interface Baselines {
  /** One statement after the other in a transaction, reads as well. */
  sequential(user: string): Promise<void>;
  /** The writes in one statement, without any read. */
  single(user: string): Promise<void>;
}

/** `play`: what the flow decided, turn by turn, from the command to the report that is stored. */
export async function createBaselines(db: Raw, play: readonly Decision[]): Promise<Baselines> {
  const steps = play.map(stepOf);
  const authors = new Map(
    (
      await db.query<Author & { user: string }>(
        `select i."user", m.person_id as "personId", m.unit_id as "unitId", h.person_id as "headId",
           h.direct_chat as "headChat"
         from identity i join membership m on m.person_id = i.person_id
         join "grant" g on g.unit_id = m.unit_id join identity h on h.person_id = g.person_id`,
      )
    ).map((row) => [row.user, row]),
  );
  const positions = new Map<string, number>();
  let serial = 0;

  const addressOf = (chat: string) => JSON.stringify({ platform: 'bench', tenant: 't', chat });
  const laneOf = (chat: string) => `bench:t:${chat}`;
  /** Days and links that no two reports share, as those of the flow's reports. */
  const dayOf = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10);

  function next(user: string) {
    serial += 1;
    const position = positions.get(user) ?? 0;
    positions.set(user, (position + 1) % steps.length);
    const [step, author] = [steps[position], authors.get(user)];
    if (!step || !author) throw new Error(`Nothing is known of ${user}`);
    const key = `person:${author.personId}`;
    return {
      step,
      author,
      key,
      delivery: `b${serial}`,
      beforeSummary: position === steps.length - 2,
      day: dayOf(serial % 20_000),
      link: `https://hcma.vn/b/${serial}`,
    };
  }

  async function turn(tx: Queryable, user: string) {
    const { step, author, key, delivery, beforeSummary, day, link } = next(user);
    const run = <T extends object>(text: string, ...params: Param[]) => tx.query<T>(text, params);
    const address = addressOf(user);
    await run(INBOUND, delivery);
    await run(LOAD, user);
    if (beforeSummary) await run(SIMILAR, 'bench', day);
    let id = 0;
    if (step.report) {
      id = (await run<{ id: number }>(NUMBER))[0]?.id ?? 0;
      await run(VERIFIERS, author.unitId, author.personId);
    }
    await run(CONVERSATION, key, step.state);
    await run(IDENTITY, user);
    if (step.report) {
      const { row } = step.report;
      await run(
        REPORT,
        ...[id, 'bench', author.personId, author.unitId, row.title, row.description, day],
        ...[row.week, JSON.stringify(row.sources)],
      );
      await run(EVIDENCE, id, link);
      await run(EVENT, id, author.personId);
      await run(AUDIT, author.personId, id);
    }
    await run(LANE, laneOf(user));
    await run(
      OUTBOX,
      ...[laneOf(user), address, step.operation, step.message, step.ref],
      ...[author.personId, null, 0],
    );
    if (step.report) {
      const lane = laneOf(author.headChat);
      await run(LANE, lane);
      await run(
        OUTBOX,
        ...[lane, addressOf(author.headChat), 'send', step.report.toHead, null],
        ...[author.headId, `report:${id}`, 1],
      );
    }
  }

  return {
    sequential: (user) => db.transaction((tx) => turn(tx, user)),
    async single(user) {
      const { step, author, key, delivery, day, link } = next(user);
      const params: Param[] = [
        ...[delivery, key, step.state, user, laneOf(user), addressOf(user)],
        ...[step.operation, step.message, step.ref, author.personId],
      ];
      if (!step.report) {
        await db.query(SINGLE, params);
        return;
      }
      const { row, toHead } = step.report;
      await db.query(SINGLE_REPORT, [
        ...params,
        ...['bench', author.unitId, row.title, row.description, day, row.week],
        ...[JSON.stringify(row.sources), link],
        ...[laneOf(author.headChat), addressOf(author.headChat), toHead, author.headId],
      ]);
    },
  };
}
