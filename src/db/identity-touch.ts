/**
 * The sender's account row, written in every turn: last contact, name, private chat. PostgreSQL
 * cannot write one row twice in a statement, so what the decision writes to it is merged in here.
 */
import type { Identity, Inbound } from '../chat/index.ts';
import type { Write } from '../engine/decision.ts';
import { columnParam, columnSql, tableSql } from './columns.ts';
import type { Statement } from './statement.ts';
import { condition } from './writes.ts';

type Values = Readonly<Record<string, unknown>>;
type IdentityWrite = Extract<Write, { table: 'identity' }>;

const KEY = ['platform', 'tenant', 'user'] as const;
const keyOf = (write: IdentityWrite): Values =>
  write.op === 'insert' || write.op === 'upsert' ? write.row : write.where;

const isIdentity = (write: Write): write is IdentityWrite => write.table === 'identity';

function isOwn(write: IdentityWrite, identity: Identity): boolean {
  const key = keyOf(write);
  if (KEY.some((property) => typeof key[property] !== 'string')) {
    throw new Error('A write to identity names its platform, tenant and user');
  }
  return KEY.every((property) => key[property] === identity[property]);
}

const without = (values: Values, properties: readonly string[]): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => !properties.includes(name) && value !== undefined,
    ),
  );

/** What the turn itself knows about the sender. */
function observed(event: Inbound, name: string, seenAt: string): Values {
  const base = { displayName: name, seenAt };
  if (event.audience !== 'private') return base;
  const reachable =
    event.kind === 'blocked' ? {} : { unreachableSince: null, unreachableCause: null };
  return { ...base, directChat: event.where.chat, ...reachable };
}

/**
 * Adds the write of the sender's row and returns the decision's other writes. A group event of an
 * account that has never written in private leaves no row, unless the decision says so.
 */
export function addIdentity(
  statement: Statement,
  event: Inbound,
  writes: readonly Write[],
  seenAt: string,
): readonly Write[] {
  const identity = event.from?.identity;
  if (!identity || !event.from) return writes;
  const own = writes.filter(isIdentity).filter((write) => isOwn(write, identity));
  if (own.some((write) => write.op === 'delete')) return writes;
  const others = writes.filter((write) => !isIdentity(write) || !own.includes(write));

  let set = observed(event, event.from.name, seenAt);
  let extra: Values = {};
  let creates = event.audience === 'private';
  for (const write of own) {
    if (write.op === 'update') {
      set = { ...set, ...without(write.set, []) };
      extra = { ...extra, ...without(write.where, KEY) };
    } else if (write.op !== 'delete') {
      set = { ...set, ...without(write.row, KEY) };
      creates = true;
    }
  }

  const table = tableSql('identity');
  const columns = Object.keys(set).map((property) => columnSql(table, property));
  const value = (property: string, v: unknown) => {
    const column = columnSql(table, property);
    return statement.param(columnParam(column, v), column.type);
  };
  const values = Object.entries(set).map(([property, v]) => value(property, v));
  const key = KEY.map((property) => value(property, identity[property]));
  const assign = columns.map((column, i) => `${column.name} = ${values[i]}`).join(', ');
  const guarded = own.some((write) => write.op === 'update');
  const unchanged =
    Object.keys(extra).length > 0 ? ` where ${condition(statement, 'identity', extra)}` : '';
  // A row that must still have some value cannot be one that this statement creates.
  const inserts = creates && Object.values(extra).every((v) => v === null);
  const sql = inserts
    ? `insert into identity (platform, tenant, "user", ${columns.map((c) => c.name).join(', ')})
       values (${[...key, ...values].join(', ')})
       on conflict (platform, tenant, "user") do update set ${assign}${unchanged} returning 1`
    : `update identity set ${assign}
       where platform = ${key[0]} and tenant = ${key[1]} and "user" = ${key[2]}${unchanged.replace(' where ', ' and ')} returning 1`;
  statement.add('account', guarded ? 'guarded' : 'write', sql);
  return others;
}
