import type { Asking, PersonHit, Reads } from '../../engine/reads.ts';
import type { PersonView, Recipient, UnitView } from '../../engine/turn-context.ts';
import { foldedWords, marksMatcher, sortByGivenName, tidy } from '../../people/fold.ts';
import { normalisePhone } from '../../people/phone.ts';
import type { Database, Param } from '../database.ts';
import { intArray, textArray, unitJson, validOn, wordPrefixes } from './sql.ts';

/** Columns of a `Recipient` from a row `p` of `person`: the account used last that can be reached. */
export const RECIPIENT = `p.id as "personId", p.name, coalesce(p.language, 'vi') as language,
    (select jsonb_build_object('platform', i.platform, 'tenant', i.tenant, 'chat', i.direct_chat)
      from identity i
      where i.person_id = p.id and i.direct_chat is not null and i.unreachable_since is null
      order by i.seen_at desc limit 1) as address`;

/** Whether the person `p` has an account where it is asked from (parameters platform and tenant; null: anywhere). */
export const taken = (p: string, platform: string, tenant: string): string =>
  `exists (select from identity i where i.person_id = ${p}.id
    and (${platform}::text is null or i.platform = ${platform}::text and i.tenant = ${tenant}::text))`;

export const askingParams = (asking: Asking | undefined): [Param, Param] => [
  asking?.platform ?? null,
  asking?.tenant ?? null,
];

interface Found {
  readonly id: number;
  readonly name: string;
  readonly unit: UnitView;
  readonly taken: boolean;
}

/** More matches than this, and what was typed says too little: only the likeliest are looked at. */
const MOST_MATCHES = 300;

/** Patterns of a query as names are mostly written: `Trần` or `TRẦN`. */
const asWritten = (query: string, spell: (word: string) => string): string =>
  wordPrefixes(tidy(query).split(' ').map(spell));
const capitalised = (word: string): string =>
  word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

export const peopleReads = (db: Database) =>
  ({
    async findPeople(query, { unitId, on, platform, tenant, limit }) {
      const words = foldedWords(query);
      if (words.length === 0) return [];
      // A unit is small: its people are found first, else everybody's name would be read.
      const [members, ofUnit] =
        unitId === null
          ? ['not materialized', '$3::int is null']
          : ['materialized', 'm.unit_id = $3::int'];
      const rows = await db.query<Found>(
        `with member as ${members} (
           select m.person_id, m.unit_id from membership m
           where ${ofUnit} and ${validOn('m', '$2::date')})
         select p.id, p.name, ${unitJson('u')} as unit, ${taken('p', '$4', '$5')} as taken
         from (
           select p.id, p.name, m.unit_id from member m join person p on p.id = m.person_id
           where (' ' || p.name_fold) like all (${textArray('$1')})
           order by (' ' || p.name) like all (${textArray('$6')})
               or (' ' || p.name) like all (${textArray('$7')}) desc,
             split_part(p.name_fold, ' ', -1), p.name_fold
           limit ${MOST_MATCHES}
         ) p join unit u on u.id = p.unit_id
         order by p.id`,
        [
          wordPrefixes(words),
          on,
          unitId,
          platform,
          tenant,
          asWritten(query, capitalised),
          asWritten(query, (word) => word.toUpperCase()),
        ],
      );
      const exact = marksMatcher(query);
      return sortByGivenName(rows.map((row): PersonHit => ({ ...row, exact: exact(row.name) })))
        .sort((a, b) => Number(b.exact) - Number(a.exact))
        .slice(0, limit);
    },

    async peopleByPhone(phone, on, asking) {
      const number = normalisePhone(phone);
      if (number === null) return [];
      const rows = await db.query<Found>(
        `select p.id, p.name, ${unitJson('u')} as unit, ${taken('p', '$3', '$4')} as taken
         from person p join membership m on m.person_id = p.id and ${validOn('m', '$2::date')}
           join unit u on u.id = m.unit_id
         where p.phone = $1::text order by p.id`,
        [number, on, ...askingParams(asking)],
      );
      return rows.map((row): PersonHit => ({ ...row, exact: true }));
    },

    async person(id, on) {
      const [row] = await db.query<PersonView>(
        `select p.id, p.name, coalesce(p.language, 'vi') as language,
           (select jsonb_build_object('unit', ${unitJson('u')}, 'audience', m.audience)
             from membership m join unit u on u.id = m.unit_id
             where m.person_id = p.id and ${validOn('m', '$2::date')}
             order by m.valid_from desc limit 1) as membership,
           coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id)
               order by g.id)
             from "grant" g where g.person_id = p.id and ${validOn('g', '$2::date')}), '[]') as grants
         from person p where p.id = $1::int`,
        [id, on],
      );
      return row ?? null;
    },

    async recipients(personIds) {
      const rows = await db.query<Recipient>(
        `select ${RECIPIENT} from person p where p.id = any (${intArray('$1')})`,
        [JSON.stringify(personIds)],
      );
      const byId = new Map(rows.map((row) => [row.personId, row]));
      return [...new Set(personIds)].flatMap((id) => byId.get(id) ?? []);
    },
  }) satisfies Partial<Reads>;
