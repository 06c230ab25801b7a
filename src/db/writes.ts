/** Turns a decision's writes into parts of its statement. */
import type { TableName, Write } from '../engine/decision.ts';
import { columnParam, columnSql, type TableSql, tableSql } from './columns.ts';
import { json } from './json.ts';
import type { Statement } from './statement.ts';

type Values = Readonly<Record<string, unknown>>;

/** Properties that have a value; undefined means "not given". */
const given = (values: Values): string[] =>
  Object.keys(values).filter((property) => values[property] !== undefined);

const names = (table: TableSql, properties: readonly string[]): string =>
  properties.map((property) => columnSql(table, property).name).join(', ');

/** `a = $1::int and b is null`. */
export function condition(statement: Statement, name: TableName, where: Values): string {
  const table = tableSql(name);
  const terms = given(where).map((property) => {
    const column = columnSql(table, property);
    return where[property] === null
      ? `${table.name}.${column.name} is null`
      : `${table.name}.${column.name} = ${statement.param(columnParam(column, where[property]), column.type)}`;
  });
  if (terms.length === 0) throw new Error(`A write to ${table.name} names no row`);
  return terms.join(' and ');
}

/** `"a" = $1::int, "b" = $2::text`. */
function assignments(statement: Statement, name: TableName, set: Values): string[] {
  const table = tableSql(name);
  return given(set).map((property) => {
    const column = columnSql(table, property);
    return `${column.name} = ${statement.param(columnParam(column, set[property]), column.type)}`;
  });
}

/** Rows with the same columns go in together, as one parameter. */
function addRows(
  statement: Statement,
  op: 'insert' | 'upsert',
  name: TableName,
  rows: readonly Values[],
): void {
  const table = tableSql(name);
  const properties = given(rows[0] ?? {});
  const columns = properties.map((property) => columnSql(table, property));
  const records = rows.map((row) =>
    Object.fromEntries(properties.map((property, i) => [`c${i}`, row[property]])),
  );
  const list = columns.map((_, i) => `c${i}`).join(', ');
  const types = columns.map((column, i) => `c${i} ${column.type}`).join(', ');
  let sql = `insert into ${table.name} (${names(table, properties)})
    select ${list} from jsonb_to_recordset(${statement.param(json(records), 'jsonb')}) as r(${types})`;
  if (op === 'upsert') {
    const others = properties.filter((property) => !table.key.includes(property));
    const overwrite = others.map((property) => {
      const { name: column } = columnSql(table, property);
      return `${column} = excluded.${column}`;
    });
    sql += ` on conflict (${names(table, table.key)}) do ${
      overwrite.length > 0 ? `update set ${overwrite.join(', ')}` : 'nothing'
    }`;
  }
  statement.add(statement.fresh(), 'write', `${sql} returning 1`);
}

/**
 * Adds the parts of `writes`. Deletions come first, so that a row may be deleted and inserted anew.
 * No two writes may touch the same row otherwise: PostgreSQL would carry out only one of them.
 */
export function addWrites(statement: Statement, writes: readonly Write[]): void {
  for (const write of writes) {
    if (write.op !== 'delete') continue;
    const sql = `delete from ${tableSql(write.table).name}
      where ${condition(statement, write.table, write.where)} returning 1`;
    statement.add(statement.fresh(), 'write', sql);
  }
  const groups = new Map<string, { op: 'insert' | 'upsert'; table: TableName; rows: Values[] }>();
  for (const write of writes) {
    if (write.op === 'delete') continue;
    if (write.op === 'update') {
      const set = assignments(statement, write.table, write.set);
      const sql = `update ${tableSql(write.table).name} set ${set.join(', ')}
        where ${condition(statement, write.table, write.where)} returning 1`;
      statement.add(statement.fresh(), 'guarded', sql);
      continue;
    }
    const shape = `${write.op} ${write.table} ${given(write.row).join()}`;
    const group = groups.get(shape) ?? { op: write.op, table: write.table, rows: [] };
    group.rows.push(write.row);
    groups.set(shape, group);
  }
  for (const { op, table, rows } of groups.values()) addRows(statement, op, table, rows);
}
