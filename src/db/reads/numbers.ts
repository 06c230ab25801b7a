import type { Queryable } from '../database.ts';

/** The next number of a sequence; what is rolled back leaves a gap. */
export async function nextNumber(db: Queryable, sequence: string): Promise<number> {
  const [row] = await db.query<{ number: number }>('select nextval($1::text::regclass) as number', [
    sequence,
  ]);
  if (!row) throw new Error(`the sequence ${sequence} gave nothing`);
  return row.number;
}
