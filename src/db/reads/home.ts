import type { AwaitedView, Reads } from '../../engine/reads.ts';
import type { Language } from '../../messages/language.ts';
import type { Database } from '../database.ts';

/** How many rows of a part there are, and the first ones, oldest first; `$2` is how many. */
const listed = (part: string): string =>
  `jsonb_build_object('total', (select count(*) from ${part}), 'lines', coalesce((
     select jsonb_agg(to_jsonb(l) order by l.id)
     from (select * from ${part} order by id limit $2::int) l), '[]'))`;

export const homeReads = (db: Database) =>
  ({
    async accountOf({ platform, tenant, user }) {
      const [row] = await db.query<{ personId: number | null; language: Language | null }>(
        `select i.person_id as "personId", coalesce(p.language, i.language) as language
         from identity i left join person p on p.id = i.person_id
         where (i.platform, i.tenant, i."user") = ($1::text, $2::text, $3::text)`,
        [platform, tenant, user],
      );
      return row ?? null;
    },

    async awaitedOf(personId, limit) {
      const [row] = await db.query<AwaitedView>(
        `with returned as (
           select id, title, reason from report
           where (author_id = $1::int or filed_by = $1::int) and status = 'returned'),
         shares as (
           select r.id, r.title, a.name as "authorName" from contributor c
             join report r on r.id = c.report_id join person a on a.id = r.author_id
           where c.person_id = $1::int and c.answer = 'waiting'
             -- As asksCoAuthors says.
             and r.status in ('submitted', 'returned', 'verified'))
         select ${listed('returned')} as returned, ${listed('shares')} as shares`,
        [personId, limit],
      );
      if (!row) throw new Error('A select without from gave no row');
      return row;
    },
  }) satisfies Partial<Reads>;
