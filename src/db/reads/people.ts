import type { AccountsView, PersonHit, Reads } from '../../engine/reads.ts';
import type { PersonView, Recipient } from '../../engine/turn-context.ts';
import { foldedWords, marksMatcher, sortByGivenName, tidy } from '../../people/fold.ts';
import { normalisePhone } from '../../people/phone.ts';
import type { Queryable } from '../database.ts';
import {
  accountOrder,
  instantJson,
  intArray,
  textArray,
  unitJson,
  validOn,
  wordPrefixes,
} from './sql.ts';

/** Columns of a `Recipient` from a row `p` of `person`: the first of their accounts that can be reached. */
export const RECIPIENT = `p.id as "personId", p.name, coalesce(p.language, 'vi') as language,
    (select jsonb_build_object('platform', i.platform, 'tenant', i.tenant, 'chat', i.direct_chat)
      from identity i
      where i.person_id = p.id and i.direct_chat is not null and i.unreachable_since is null
      order by ${accountOrder('i', 'p')} limit 1) as address`;

/** Columns of a `Claimable` from a row `p` of `person`, by name. */
export const CLAIMABLE = {
  id: 'p.id',
  name: 'p.name',
  taken: 'exists (select from identity i where i.person_id = p.id)',
  conversation: `coalesce((select c.version from conversation c where c.key = 'person:' || p.id), 0)`,
} as const;

const CLAIMABLE_COLUMNS = Object.entries(CLAIMABLE)
  .map(([name, sql]) => `${sql} as ${name}`)
  .join(', ');

type Found = Omit<PersonHit, 'exact'>;

/** People of a unit on the day `$2`. */
const MEMBERS = `select ${CLAIMABLE_COLUMNS}, ${unitJson('u')} as unit
  from person p join membership m on m.person_id = p.id and ${validOn('m', '$2::date')}
    join unit u on u.id = m.unit_id`;

/** More matches than this, and what was typed says too little: only the likeliest are looked at. */
const MOST_MATCHES = 300;

/** Patterns of a query as names are mostly written: `Trần` or `TRẦN`. */
const asWritten = (query: string, spell: (word: string) => string): string =>
  wordPrefixes(tidy(query).split(' ').map(spell));
const capitalised = (word: string): string =>
  word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

export const peopleReads = (db: Queryable) =>
  ({
    async findPeople(query, { unitId, on, limit }) {
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
         select ${CLAIMABLE_COLUMNS}, ${unitJson('u')} as unit
         from (
           select p.id, p.name, m.unit_id from member m join person p on p.id = m.person_id
           where (' ' || p.name_fold) like all (${textArray('$1')})
           order by (' ' || p.name) like all (${textArray('$4')})
               or (' ' || p.name) like all (${textArray('$5')}) desc,
             split_part(p.name_fold, ' ', -1), p.name_fold
           limit ${MOST_MATCHES}
         ) p join unit u on u.id = p.unit_id
         order by p.id`,
        [
          wordPrefixes(words),
          on,
          unitId,
          asWritten(query, capitalised),
          asWritten(query, (word) => word.toUpperCase()),
        ],
      );
      const exact = marksMatcher(query);
      return sortByGivenName(rows.map((row): PersonHit => ({ ...row, exact: exact(row.name) })))
        .sort((a, b) => Number(b.exact) - Number(a.exact))
        .slice(0, limit);
    },

    async peopleByPhone(phone, on) {
      const number = normalisePhone(phone);
      if (number === null) return [];
      const rows = await db.query<Found>(`${MEMBERS} where p.phone = $1::text order by p.id`, [
        number,
        on,
      ]);
      return rows.map((row): PersonHit => ({ ...row, exact: true }));
    },

    async personByEmail(email, on) {
      const [row] = await db.query<Found>(`${MEMBERS} where p.email = $1::text`, [email, on]);
      return row ? { ...row, exact: true } : null;
    },

    async personByCode(code, on) {
      const typed = tidy(code);
      const [row] = await db.query<Found>(
        `${MEMBERS} where p.code in ($1::text, $3::text) order by p.code = $1::text desc limit 1`,
        [typed, on, typed.toUpperCase()],
      );
      return row ? { ...row, exact: true } : null;
    },

    async accountsOf(personId) {
      const [row] = await db.query<AccountsView>(
        `select p.preferred_platform as preferred, coalesce((
           select jsonb_agg(jsonb_build_object(
               'identity', jsonb_build_object(
                 'platform', i.platform, 'tenant', i.tenant, 'user', i."user"),
               'displayName', i.display_name, 'since', ${instantJson('i.consented_at')},
               'address', case when i.unreachable_since is null and i.direct_chat is not null
                 then jsonb_build_object('platform', i.platform, 'tenant', i.tenant,
                   'chat', i.direct_chat) end)
             order by i.seen_at desc, i.platform, i.tenant)
           from identity i where i.person_id = p.id), '[]') as accounts
         from person p where p.id = $1::int`,
        [personId],
      );
      return row ?? { preferred: null, accounts: [] };
    },

    async person(id, on) {
      const [row] = await db.query<PersonView>(
        `select p.id, p.name, coalesce(p.language, 'vi') as language,
           (select jsonb_build_object('unit', ${unitJson('u')}, 'audience', m.audience)
             from membership m join unit u on u.id = m.unit_id
             where m.person_id = p.id and ${validOn('m', '$2::date')}
             order by m.valid_from desc limit 1) as membership,
           coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id, 'scope', g.scope)
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
