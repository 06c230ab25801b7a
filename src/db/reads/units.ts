import type { Reads } from '../../engine/reads.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { fold, foldedWords, inVietnameseOrder, matchesMarks } from '../../people/fold.ts';
import type { Database } from '../database.ts';
import { intArray, textArray, unitJson, validOn, wordPrefixes } from './sql.ts';

export const unitReads = (db: Database) =>
  ({
    async unitByCode(code, on) {
      const [row] = await db.query<{ unit: UnitView }>(
        `select ${unitJson('u')} as unit from unit u
         where u.code = $1::text and ${validOn('u', '$2::date')}`,
        [code.trim().toLowerCase(), on],
      );
      return row?.unit ?? null;
    },

    async findUnits(query, on, limit) {
      const words = foldedWords(query);
      if (words.length === 0) return [];
      const code = fold(query);
      const rows = await db.query<{ unit: UnitView }>(
        `select ${unitJson('u')} as unit from unit u
         where ${validOn('u', '$3::date')} and (u.code = $1::text
           or (' ' || u.name_fold) like all (${textArray('$2')}))`,
        [code, wordPrefixes(words), on],
      );
      const likeness = (unit: UnitView): number =>
        unit.code === code ? 2 : Number(matchesMarks(query, unit.nameVi));
      return rows
        .map(({ unit }) => unit)
        .sort(
          (a, b) =>
            likeness(b) - likeness(a) || inVietnameseOrder(a.nameVi, b.nameVi) || a.id - b.id,
        )
        .slice(0, limit);
    },

    async units(ids) {
      const rows = await db.query<{ unit: UnitView }>(
        `select ${unitJson('u')} as unit from unit u where u.id = any (${intArray('$1')})`,
        [JSON.stringify(ids)],
      );
      const byId = new Map(rows.map(({ unit }) => [unit.id, unit]));
      return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
    },
  }) satisfies Partial<Reads>;
