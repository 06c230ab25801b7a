/** Circles of people as SQL. */
import type { Addressees } from '../people/addressees.ts';
import type { Selection } from './broadcast.ts';
import { json } from './json.ts';
import { validOn } from './reads/sql.ts';

const MEMBERS = `select distinct m.person_id from membership m join unit u on u.id = m.unit_id
  where ${validOn('m', '$1::date')}`;
const HOLDERS = `select distinct g.person_id from "grant" g where ${validOn('g', '$1::date')}`;

/** The unit and all under it, whenever they were. */
const UNDER = `with recursive under as (
    select id from unit where id = $2::int
    union
    select u.id from unit u join under on u.parent_id = under.id or u.merged_into_id = under.id)
  select distinct m.person_id from membership m
  where m.unit_id in (select id from under) and ${validOn('m', '$1::date')}`;

/** People of a circle on a day, as a query that yields `person_id`, each once; nobody for the units' groups. */
export function peopleOf(addressees: Addressees, on: string): Selection {
  switch (addressees.scope) {
    case 'everybody':
      return { sql: `${MEMBERS} union ${HOLDERS}`, params: [on] };
    case 'staff':
      return { sql: `${MEMBERS} and m.audience = 'staff'`, params: [on] };
    case 'students':
      return { sql: `${MEMBERS} and m.audience = 'student'`, params: [on] };
    case 'leaders':
      return { sql: `${HOLDERS} and g.role in ('head', 'deputy')`, params: [on] };
    case 'reporters':
      return { sql: `${HOLDERS} and g.role = 'reporter'`, params: [on] };
    case 'rooms':
      return { sql: 'select id as person_id from person where $1::date is null', params: [on] };
    case 'bloc':
      return { sql: `${MEMBERS} and u.bloc = $2::text`, params: [on, addressees.bloc] };
    case 'group': {
      const { scope: _, ...traits } = addressees;
      return {
        // `@>`: a cluster given as null is one as well.
        sql: `${MEMBERS} and jsonb_build_object('kind', u.kind, 'bloc', u.bloc, 'cluster', u.cluster)
          @> $2::jsonb`,
        params: [on, json(traits)],
      };
    }
    case 'unit':
      return { sql: UNDER, params: [on, addressees.unitId] };
  }
}
