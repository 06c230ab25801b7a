/** The writable tables' columns as SQL, worked out once from the drizzle schema. */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { TableName } from '../engine/decision.ts';
import type { Param } from './database.ts';
import { json } from './json.ts';
import { writable } from './schema.ts';

export interface ColumnSql {
  /** Quoted. */
  readonly name: string;
  /** For a cast. */
  readonly type: string;
}

export interface TableSql {
  /** Quoted. */
  readonly name: string;
  /** By property name. */
  readonly columns: ReadonlyMap<string, ColumnSql>;
  /** Property names of the primary key. */
  readonly key: readonly string[];
}

function describe(table: (typeof writable)[TableName]): TableSql {
  const { name, primaryKeys } = getTableConfig(table);
  const entries = Object.entries(getTableColumns(table));
  const composite = primaryKeys.flatMap((pk) => pk.columns.map((column) => column.name));
  return {
    name: `"${name}"`,
    columns: new Map(
      entries.map(([property, column]) => [
        property,
        { name: `"${column.name}"`, type: column.getSQLType() },
      ]),
    ),
    key: entries
      .filter(([, column]) => column.primary || composite.includes(column.name))
      .map(([property]) => property),
  };
}

const tables = new Map<string, TableSql>(
  Object.entries(writable).map(([name, table]) => [name, describe(table)]),
);

export function tableSql(name: TableName): TableSql {
  const table = tables.get(name);
  if (!table) throw new Error(`There is no writable table "${name}"`);
  return table;
}

export function columnSql(table: TableSql, property: string): ColumnSql {
  const column = table.columns.get(property);
  if (!column) throw new Error(`Table ${table.name} has no column "${property}"`);
  return column;
}

/** A value of a column as a parameter. */
export function columnParam(column: ColumnSql, value: unknown): Param {
  if (value === null) return null;
  if (column.type === 'jsonb') return json(value);
  switch (typeof value) {
    case 'string':
      return value.replaceAll('\u0000', '');
    case 'number':
    case 'boolean':
      return value;
    default:
      throw new Error(`A ${typeof value} cannot be written to ${column.name}`);
  }
}
