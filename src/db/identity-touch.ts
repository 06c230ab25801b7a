/**
 * The sender's account row, kept up to date by every turn: last contact, name, private chat.
 * PostgreSQL cannot write one row twice in a statement, so what the decision writes to it is merged
 * in here.
 */
import type { Identity, Inbound } from '../chat/index.ts';
import type { Write } from '../engine/decision.ts';
import type { TurnContext } from '../engine/turn-context.ts';
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

/** What the turn itself knows about the sender; `name` null: nothing of the name. */
function observed(event: Inbound, name: string | null, seenAt: string): Values {
  const base = { ...(name === null ? {} : { displayName: name }), seenAt };
  if (event.audience !== 'private') return base;
  const reachable =
    event.kind === 'blocked' ? {} : { unreachableSince: null, unreachableCause: null };
  return { ...base, directChat: event.where.chat, ...reachable };
}

/** How far behind the last contact may lag in the row, so that not every turn rewrites it. */
const LAG = `interval '1 minute'`;

/** Brings a row that exists up to date where it says something else. */
function refresh(statement: Statement, key: Identity, set: Values, seenAt: string): string {
  const { seenAt: _, ...facts } = set;
  const table = tableSql('identity');
  const terms = Object.entries(facts).map(([property, value]) => {
    const column = columnSql(table, property);
    const now = statement.param(columnParam(column, value), column.type);
    return {
      assign: `${column.name} = ${now}`,
      differs: `${column.name} is distinct from ${now}`,
    };
  });
  const at = statement.param(seenAt, 'timestamptz');
  const assign = [`seen_at = ${at}`, ...terms.map((term) => term.assign)].join(', ');
  const differs = [`seen_at < ${at} - ${LAG}`, ...terms.map((term) => term.differs)].join(' or ');
  return `update identity set ${assign}
    where ${condition(statement, 'identity', key)} and (${differs})
    returning 1`;
}

/**
 * Adds the write of the sender's row and returns the decision's other writes. A group event of an
 * account that has never written in private leaves no row, unless the decision says so.
 * @param account what was there when the turn began: then an insert would be checked for itself,
 *   without what the row holds already, and fail where an update is right
 */
export function addIdentity(
  statement: Statement,
  event: Inbound,
  writes: readonly Write[],
  seenAt: string,
  account: TurnContext['account'],
): readonly Write[] {
  const identity = event.from?.identity;
  if (!identity || !event.from) return writes;
  const own = writes.filter(isIdentity).filter((write) => isOwn(write, identity));
  if (own.some((write) => write.op === 'delete')) return writes;
  const others = writes.filter((write) => !isIdentity(write) || !own.includes(write));

  const consent = own.flatMap((write) =>
    write.op === 'update' && write.set.consentedAt !== undefined ? [write.set.consentedAt] : [],
  );
  // Without consent, or once it is withdrawn, not even the account's name is kept.
  const agreed = consent.length > 0 ? consent.at(-1) : account?.consentedAt;
  // A platform that cannot tell the name now takes none away.
  const unknown = event.from.name === '' && account !== null;
  const name = agreed ? (unknown ? null : event.from.name) : '';
  let set = observed(event, name, seenAt);
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

  const key = { platform: identity.platform, tenant: identity.tenant, user: identity.user };
  if (account !== null && own.length === 0) {
    statement.add('account', 'write', refresh(statement, key, set, seenAt));
    return others;
  }

  const table = tableSql('identity');
  const columns = Object.keys(set).map((property) => columnSql(table, property));
  const value = (property: string, v: unknown) => {
    const column = columnSql(table, property);
    return statement.param(columnParam(column, v), column.type);
  };
  const values = Object.entries(set).map(([property, v]) => value(property, v));
  const keys = KEY.map((property) => value(property, key[property]));
  const assign = columns.map((column, i) => `${column.name} = ${values[i]}`).join(', ');
  const guarded = own.some((write) => write.op === 'update');
  const unchanged =
    Object.keys(extra).length > 0 ? ` where ${condition(statement, 'identity', extra)}` : '';
  // A row that must still have some value cannot be one that this statement creates.
  const inserts = creates && account === null && Object.values(extra).every((v) => v === null);
  const sql = inserts
    ? `insert into identity (platform, tenant, "user", ${columns.map((c) => c.name).join(', ')})
       values (${[...keys, ...values].join(', ')})
       on conflict (platform, tenant, "user") do update set ${assign}${unchanged} returning 1`
    : `update identity set ${assign}
       where platform = ${keys[0]} and tenant = ${keys[1]} and "user" = ${keys[2]}${unchanged.replace(' where ', ' and ')} returning 1`;
  statement.add('account', guarded ? 'guarded' : 'write', sql);
  return others;
}
