/** Puts messages into the outbox and wakes their lanes, inside someone's statement or transaction. */
import { botKey, laneKey } from '../chat/index.ts';
import { type Outgoing, PRIORITY } from '../engine/decision.ts';
import { pictureTask } from '../engine/pictures.ts';
import { OUTBOX_CHANNEL, type Queryable } from './database.ts';
import { json } from './json.ts';
import { Statement } from './statement.ts';

/** Notifies the deliverers of all processes when the transaction commits. */
const NOTIFY = `pg_notify('${OUTBOX_CHANNEL}', '')`;

/** Messages of one statement: a few megabytes of parameter. */
const CHUNK = 1000;

const operationOf = ({ as = 'send' }: Outgoing): 'send' | 'edit' | 'update' =>
  typeof as === 'object' ? 'edit' : as;

const record = (send: Outgoing, n: number) => ({
  n,
  lane: laneKey(send.to),
  bot: botKey(send.to),
  address: send.to,
  operation: operationOf(send),
  message: send.message,
  ref: typeof send.as === 'object' ? send.as.edit : null,
  subject: send.subject ?? null,
  dedupe: send.dedupe ?? null,
  batch: send.batch ?? null,
  person_id: send.personId ?? null,
  priority: PRIORITY[send.priority ?? 'reply'],
  on_uncertain: send.onUncertain ?? 'resend',
  delay_ms: send.delayMs ?? 0,
  expires_in_ms: send.expiresInMs ?? null,
});

const RECORD = `n int, lane text, bot text, address jsonb, operation text, message jsonb, ref jsonb,
  subject text, dedupe text, batch text, person_id int, priority int, on_uncertain text,
  delay_ms double precision, expires_in_ms double precision`;

const ON_WAITING_LANE = `on conflict (key) do update set
  ready_at = least(lane.ready_at, excluded.ready_at),
  priority = case when lane.ready_at is null then excluded.priority
                  else least(lane.priority, excluded.priority) end
returning key`;

/** A lane is ready when the first of its messages is due: a delayed one does not hold up a reply. */
const LANES = `insert into lane (key, bot, ready_at, priority)
select lane, min(bot), now() + min(delay_ms) * interval '1 millisecond', min(priority)
from sends group by lane order by lane
${ON_WAITING_LANE}`;

/**
 * Joined with the lanes, so that every lane's row is locked before the messages get their numbers:
 * within a lane, the order of numbers is the order of commits.
 */
const MESSAGES = `insert into outbox (lane, address, operation, message, ref, subject, dedupe, batch,
  person_id, priority, on_uncertain, not_before, expires_at)
select s.lane, s.address, s.operation, s.message, s.ref, s.subject, s.dedupe, s.batch, s.person_id,
  s.priority, s.on_uncertain, now() + s.delay_ms * interval '1 millisecond',
  now() + s.expires_in_ms * interval '1 millisecond'
from sends s join lanes l on l.key = s.lane order by s.n
on conflict (dedupe) do nothing
returning 1`;

/** What most turns say: one message. The same as for many, at two thirds of the price. */
function addSend(statement: Statement, send: Outgoing): void {
  const row = record(send, 0);
  const priority = statement.param(row.priority, 'int');
  const due = `now() + ${statement.param(row.delay_ms, 'double precision')} * interval '1 millisecond'`;
  const text = (value: string | null) => statement.param(value, 'text');
  const jsonb = (value: unknown) => statement.param(value === null ? null : json(value), 'jsonb');
  statement.add(
    'lanes',
    'read',
    `insert into lane (key, bot, ready_at, priority)
     values (${text(row.lane)}, ${text(row.bot)}, ${due}, ${priority}) ${ON_WAITING_LANE}`,
  );
  statement.add(
    'messages',
    'write',
    `insert into outbox (lane, address, operation, message, ref, subject, batch, person_id, priority,
       on_uncertain, not_before, expires_at)
     select key, ${jsonb(row.address)}, ${text(row.operation)}, ${jsonb(row.message)},
       ${jsonb(row.ref)}, ${text(row.subject)}, ${text(row.batch)}, ${statement.param(row.person_id, 'int')}, ${priority},
       ${text(row.on_uncertain)}, ${due},
       now() + ${statement.param(row.expires_in_ms, 'double precision')} * interval '1 millisecond'
     from lanes returning 1`,
  );
}

/** Adds the parts that enqueue `sends`; the caller adds `NOTIFY` to the final select. */
export function addSends(statement: Statement, sends: readonly Outgoing[]): void {
  if (sends.some(({ picture }) => picture !== undefined))
    throw new Error('a turn asks for a picture by a task, not with a message');
  const [first] = sends;
  if (first && sends.length === 1 && first.dedupe === undefined) {
    addSend(statement, first);
    return;
  }
  const records = statement.param(json(sends.map(record)), 'jsonb');
  const rows = `select * from jsonb_to_recordset(${records}) as r(${RECORD})`;
  if (sends.some((send) => send.dedupe !== undefined)) {
    statement.add('wanted', 'read', rows);
    statement.add(
      'once',
      'read',
      `insert into outbox_once (dedupe) select distinct dedupe from wanted where dedupe is not null
       order by dedupe on conflict do nothing returning dedupe`,
    );
    statement.add(
      'sends',
      'read',
      'select * from wanted where dedupe is null or dedupe in (select dedupe from once)',
    );
  } else {
    statement.add('sends', 'read', rows);
  }
  statement.add('lanes', 'read', LANES);
  statement.add('messages', 'write', MESSAGES);
}

/**
 * Enqueues any number of messages, for work that is not a turn (schedules, the command line). The
 * order of messages to one chat is kept; lanes are locked in the order of their keys, so that two
 * fan-outs cannot block each other for ever.
 */
export async function enqueue(tx: Queryable, sends: readonly Outgoing[]): Promise<void> {
  await enqueueDrawing(tx, sends);
  const byLane = sends
    .filter(({ picture }) => picture === undefined)
    .map((send) => ({ send, lane: laneKey(send.to) }))
    .sort((a, b) => (a.lane < b.lane ? -1 : a.lane > b.lane ? 1 : 0))
    .map(({ send }) => send);
  for (let from = 0; from < byLane.length; from += CHUNK) {
    const statement = new Statement();
    addSends(statement, byLane.slice(from, from + CHUNK));
    await tx.query(statement.text(NOTIFY), statement.params);
  }
}

/** Messages with a picture wait for it: the task that draws it enqueues them. */
async function enqueueDrawing(tx: Queryable, sends: readonly Outgoing[]): Promise<void> {
  const tasks = sends.flatMap(({ picture, ...send }) =>
    picture ? [pictureTask(send, picture)] : [],
  );
  if (tasks.length === 0) return;
  await tx.query(
    `insert into task (kind, payload)
     select kind, payload from jsonb_to_recordset($1::jsonb) as t(kind text, payload jsonb)`,
    [json(tasks)],
  );
}
