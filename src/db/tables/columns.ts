/** Kinds of columns and checks that tables share. */
import { sql } from 'drizzle-orm';
import { check, customType, integer, timestamp } from 'drizzle-orm/pg-core';

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
export const id = (name = 'id') => integer(name).primaryKey().generatedByDefaultAsIdentity();
export const oneOf = (name: string, column: string, values: readonly string[]) =>
  check(name, sql.raw(`"${column}" in (${values.map((v) => `'${v}'`).join(', ')})`));
