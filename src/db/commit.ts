/** Carries out what a turn decided: one statement, one round trip, all of it or nothing. */
import { instantText } from '../campaign/calendar.ts';
import { type Ack, type Address, laneKey } from '../chat/index.ts';
import type { TurnCommit } from '../engine/turn.ts';
import { emptyConversation } from '../flows/state.ts';
import type { Database, Queryable } from './database.ts';
import { addSends } from './enqueue.ts';
import { isConflict, isUniqueViolation } from './errors.ts';
import { addIdentity } from './identity-touch.ts';
import { json } from './json.ts';
import { Statement } from './statement.ts';
import { addWrites } from './writes.ts';

export { enqueue } from './enqueue.ts';

/** The primary key of `inbound_event`. */
const INBOUND_ONCE = 'inbound_event_once';

function addConversation(statement: Statement, turn: TurnCommit, now: string): void {
  const { key, version } = turn.loaded.context.conversation;
  const { unreadable } = turn.loaded;
  const state = turn.decision.state ?? (unreadable ? emptyConversation : undefined);
  const keyParam = statement.param(key, 'text');
  const versionParam = statement.param(version, 'int');
  const at = statement.param(now, 'timestamptz');
  if (unreadable) {
    // Someone's words are in there: keep them under a key of their own, for a person to look at.
    statement.add(
      'kept',
      'write',
      `insert into conversation (key, version, state, updated_at)
       select 'unreadable:' || key || ':' || version, version, state, updated_at
       from conversation where key = ${keyParam} and version = ${versionParam} returning 1`,
    );
  }
  if (version === 0) {
    const value = statement.param(json(state ?? emptyConversation), 'jsonb');
    statement.add(
      'conversing',
      'guarded',
      `insert into conversation (key, version, state, updated_at)
       values (${keyParam}, ${versionParam} + 1, ${value}, ${at}) on conflict (key) do nothing returning 1`,
    );
    return;
  }
  const set = state ? `state = ${statement.param(json(state), 'jsonb')}, ` : '';
  statement.add(
    'conversing',
    'guarded',
    `update conversation set ${set}version = version + 1, updated_at = ${at}
     where key = ${keyParam} and version = ${versionParam} returning 1`,
  );
}

/**
 * What a second delivery is answered with. A form is not kept: it opens within seconds or not at all,
 * and holds what people wrote, perhaps somebody who has nothing to do with the bot.
 */
function keptAck({ event, decision: { ack } }: TurnCommit): Ack {
  if (event.kind === 'submit') return ack;
  const { form: _, ...kept } = ack;
  return kept;
}

function addInbound(statement: Statement, turn: TurnCommit): void {
  const { event } = turn;
  const { platform, tenant } = event.where;
  const values = [
    statement.param(platform, 'text'),
    statement.param(tenant, 'text'),
    statement.param(event.delivery, 'text'),
    statement.param(json(keptAck(turn)), 'jsonb'),
  ];
  // Kept for as long as platforms deliver again, which is real time: hence the database's clock.
  statement.add(
    'inbound',
    'write',
    `insert into inbound_event (platform, tenant, delivery, ack, handled_at)
     values (${values.join(', ')}, now()) returning 1`,
  );
}

/** The statement of a turn, without its moves. */
function turnStatement(turn: TurnCommit): { text: string; params: Statement['params'] } {
  const { event, decision } = turn;
  const statement = new Statement();
  const now = instantText(turn.now);
  // Somebody of another organisation is answered, and leaves no trace but that they were.
  const known = event.from?.standing !== 'outsider';
  if (known) addConversation(statement, turn, now);
  addInbound(statement, turn);
  addWrites(
    statement,
    known
      ? addIdentity(statement, event, decision.writes, now, turn.loaded.context.account)
      : decision.writes,
  );
  if (decision.sends.length > 0) addSends(statement, decision.sends);
  // No NOTIFY: it makes commits wait for each other, and the process that decided wakes its own
  // deliverer (see bench/turn.ts). Others find the message when they next look.
  return { text: statement.text(), params: statement.params };
}

/**
 * Gives a chat its new id in lane, outbox, posted messages and room. Repeating it changes nothing. A
 * deliverer that holds the chat's lane while it moves finds it again through its outbox row.
 */
export async function moveChat(tx: Queryable, from: Address, to: Address): Promise<void> {
  await tx.query('select move_chat($1::text, $2::text, $3::text, $4::text)', [
    from.platform,
    from.tenant,
    from.chat,
    to.chat,
  ]);
}

/**
 * @returns `duplicate` when the event has been handled meanwhile, `conflict` when something the
 * decision stood on has changed; nothing was written then
 * @throws DatabaseUnavailable; DatabaseError when the database refuses what was decided
 */
export async function commitTurn(
  db: Database,
  turn: TurnCommit,
): Promise<'done' | 'conflict' | 'duplicate'> {
  const { text, params } = turnStatement(turn);
  const moves = turn.decision.moves ?? [];
  try {
    if (moves.length === 0) await db.query(text, params);
    else {
      await db.transaction(async (tx) => {
        for (const { from, to } of moves) {
          if (laneKey(from) !== laneKey(to)) await moveChat(tx, from, to);
        }
        await tx.query(text, params);
      });
    }
    return 'done';
  } catch (error) {
    const unique = isUniqueViolation(error);
    if (unique === INBOUND_ONCE) return 'duplicate';
    if (unique !== null || isConflict(error)) return 'conflict';
    throw error;
  }
}
