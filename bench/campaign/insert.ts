import type { Database } from '../../src/db/database.ts';

const CHUNK = 2_000;

export type Row = Readonly<Record<string, unknown>>;

/** Columns not named get their defaults. `rows` have the same keys. */
export async function insertAll(db: Database, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => `"${column}"`)
    .join(', ');
  for (let from = 0; from < rows.length; from += CHUNK)
    await db.query(
      `insert into "${table}" (${columns})
       select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [JSON.stringify(rows.slice(from, from + CHUNK))],
    );
}
