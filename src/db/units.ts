import { readFile } from 'node:fs/promises';
import { fold, tidy } from '../people/fold.ts';
import { parseUnits, type UnitRow, UnitsError } from '../people/units.ts';
import type { Database } from './database.ts';

/** Held, for its transaction, by whoever imports units or a roster: one at a time. */
export const IMPORT_LOCK = 7_503_042;

const FILE = `jsonb_to_recordset($1::jsonb) as f(code text, name_vi text, name_en text,
  name_fold text, kind text, bloc text, cluster text, parent text, valid_from date, valid_to date)`;

/** The units of the Academy and the political schools as of 2024, for the first start. */
export const SHIPPED_UNITS = new URL('../people/units.json', import.meta.url);

/**
 * Stores units by code: new ones are added, known ones updated, none removed (to end one, give it a
 * `validTo`); one that merged keeps its end. A second import of the same rows changes nothing. All or nothing.
 * @param validFrom ISO date for rows that name none; a known unit keeps its own
 * @throws UnitsError when a parent is neither in the rows nor stored
 */
export async function importUnits(
  db: Database,
  rows: readonly UnitRow[],
  validFrom: string,
): Promise<{ added: number; changed: number }> {
  const records = JSON.stringify(
    rows.map((row) => ({
      code: row.code,
      name_vi: tidy(row.nameVi),
      name_en: tidy(row.nameEn),
      name_fold: fold(row.nameVi),
      kind: row.kind,
      bloc: row.bloc,
      cluster: row.cluster ?? null,
      parent: row.parent,
      valid_from: row.validFrom ?? null,
      valid_to: row.validTo ?? null,
    })),
  );
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1::bigint)', [IMPORT_LOCK]);
    const stored = await tx.query<{ code: string }>('select code from unit');
    const known = new Set(stored.map(({ code }) => code));
    const all = new Set([...known, ...rows.map(({ code }) => code)]);
    const lost = rows.flatMap(({ parent }) => (parent !== null && !all.has(parent) ? parent : []));
    if (lost.length > 0) {
      throw new UnitsError(`unknown parent: ${lost.join(', ')}; add it to the file`);
    }
    await tx.query(
      `insert into unit (code, name_vi, name_en, name_fold, kind, bloc, cluster, valid_from, valid_to)
       select code, name_vi, name_en, name_fold, kind, bloc, cluster,
         coalesce(valid_from, $2::date), valid_to
       from ${FILE} on conflict (code) do nothing`,
      [records, validFrom],
    );
    const written = await tx.query<{ code: string }>(
      `update unit u set name_vi = n.name_vi, name_en = n.name_en, name_fold = n.name_fold,
         kind = n.kind, bloc = n.bloc, cluster = n.cluster, parent_id = n.parent_id,
         valid_from = n.valid_from, valid_to = n.valid_to
       from (
         select u.id, f.name_vi, f.name_en, f.name_fold, f.kind, f.bloc, f.cluster,
           p.id as parent_id, coalesce(f.valid_from, u.valid_from) as valid_from,
           case when u.merged_into_id is null then f.valid_to else u.valid_to end as valid_to
         from ${FILE} join unit u on u.code = f.code left join unit p on p.code = f.parent
       ) n
       where n.id = u.id
         and (u.name_vi, u.name_en, u.name_fold, u.kind, u.bloc, u.cluster, u.parent_id,
           u.valid_from, u.valid_to) is distinct from (n.name_vi, n.name_en, n.name_fold, n.kind,
           n.bloc, n.cluster, n.parent_id, n.valid_from, n.valid_to)
       returning u.code`,
      [records],
    );
    return {
      added: rows.filter(({ code }) => !known.has(code)).length,
      changed: written.filter(({ code }) => known.has(code)).length,
    };
  });
}

/**
 * Stores the shipped units where there are none yet, so that a new installation can begin with its
 * roster. They are the view of 2024, valid from its first day.
 */
export async function ensureUnits(db: Database): Promise<void> {
  const [row] = await db.query<{ some: boolean }>('select exists (select from unit) as some');
  if (row?.some) return;
  const rows = parseUnits(await readFile(SHIPPED_UNITS, 'utf8'), SHIPPED_UNITS.pathname);
  await importUnits(db, rows, '2024-01-01');
}

/** The units that exist, by bloc, kind and code, each with the number of its people. */
export const listUnits = (
  db: Database,
): Promise<
  { code: string; nameVi: string; nameEn: string; parent: string | null; people: number }[]
> =>
  db.query(
    `select u.code, u.name_vi as "nameVi", u.name_en as "nameEn", p.code as parent,
       (select count(*) from membership m where m.unit_id = u.id and m.valid_to is null) as people
     from unit u left join unit p on p.id = u.parent_id
     where u.valid_to is null order by u.bloc, u.kind, u.code`,
  );
