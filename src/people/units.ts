/** The file of units, as data: validated here, stored by `src/db/units.ts`. */
import { z } from 'zod';

const day = z.iso.date('a date as 2024-07-05');

/** One unit. `parent` is another unit's code, in the file or already stored. */
export const UnitRow = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters and digits without marks, joined by hyphens')
    .max(40),
  nameVi: z.string().trim().min(1),
  nameEn: z.string().trim().min(1),
  kind: z.enum(['research_teaching', 'support']),
  bloc: z.enum(['academy', 'political_school']),
  parent: z.string().nullable(),
  /** Emulation cluster of a political school. */
  cluster: z.string().trim().min(1).nullable().optional(),
  /** First day it exists; by default the day given at import. */
  validFrom: day.optional(),
  /** First day it no longer exists. */
  validTo: day.nullable().optional(),
});
export type UnitRow = z.infer<typeof UnitRow>;

/** A file of units that cannot be used; the message has one line per fault. */
export class UnitsError extends Error {
  override readonly name = 'UnitsError';
}

/** Reads `units.json`. @throws UnitsError naming the file, the unit and the fault, one line each */
export function parseUnits(text: string, fileName: string): UnitRow[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnitsError(`${fileName}: not JSON: ${why}`, { cause });
  }
  const parsed = z.array(UnitRow).min(1, 'no units').safeParse(data);
  if (!parsed.success) {
    throw new UnitsError(
      parsed.error.issues
        .map((issue) => `${fileName}: ${place(data, issue.path)}: ${issue.message}`)
        .join('\n'),
    );
  }
  const faults = [...relations(parsed.data)];
  if (faults.length > 0) throw new UnitsError(faults.map((f) => `${fileName}: ${f}`).join('\n'));
  return parsed.data;
}

/** `unit 3 (vien-triet-hoc), kind` */
function place(data: unknown, [index, ...rest]: readonly PropertyKey[]): string {
  if (typeof index !== 'number' || !Array.isArray(data)) return 'the file';
  const code: unknown = data[index]?.code;
  const named = typeof code === 'string' ? ` (${code})` : '';
  return [`unit ${index + 1}${named}`, ...rest.map(String)].join(', ');
}

function* relations(rows: readonly UnitRow[]): Generator<string> {
  const byCode = new Map<string, UnitRow>();
  for (const [index, row] of rows.entries()) {
    if (byCode.has(row.code)) yield `unit ${index + 1}: the code ${row.code} is there twice`;
    if (row.validFrom && row.validTo && row.validTo <= row.validFrom) {
      yield `unit ${index + 1} (${row.code}): validTo is not after validFrom`;
    }
    byCode.set(row.code, row);
  }
  for (const row of rows) {
    const above = new Set<string>([row.code]);
    for (let up = row.parent; up !== null; up = byCode.get(up)?.parent ?? null) {
      if (above.has(up)) {
        yield `unit ${row.code} is above itself`;
        break;
      }
      above.add(up);
    }
  }
}
