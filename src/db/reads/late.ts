import type { LateLeaveView, LateReads } from '../../engine/late-reads.ts';
import type { Recipient } from '../../engine/turn-context.ts';
import { inVietnameseOrder } from '../../people/fold.ts';
import type { Queryable } from '../database.ts';
import { RECIPIENT } from './people.ts';
import { named, unitJson, validOn } from './sql.ts';

/** A `LateLeaveView` from a row `l` of `late_leave`. */
const LEAVES = `select l.id, case when u.id is not null then ${unitJson('u')} end as unit,
    ${named('p')} as person,
    l.valid_to as "validTo", g.name as "givenByName"
  from late_leave l left join unit u on u.id = l.unit_id left join person p on p.id = l.person_id
    left join person g on g.id = l.given_by`;

/** Units before people, each in the order of the alphabet. */
const inOrder = (leaves: readonly LateLeaveView[]): LateLeaveView[] =>
  [...leaves].sort(
    (a, b) =>
      Number(a.unit === null) - Number(b.unit === null) ||
      inVietnameseOrder(
        a.unit?.nameVi ?? a.person?.name ?? '',
        b.unit?.nameVi ?? b.person?.name ?? '',
      ) ||
      a.id - b.id,
  );

export const lateReads = (db: Queryable): LateReads => ({
  async leaveOf(campaign, { unitId, personId }, on) {
    const [row] = await db.query<{ until: string | null }>(
      `select max(valid_to) as until from late_leave
       where campaign = $1::text and (unit_id = $2::int or person_id = $3::int)
         and valid_to > $4::date`,
      [campaign, unitId, personId, on],
    );
    return row?.until ?? null;
  },

  async lateLeaves(campaign, on) {
    return inOrder(
      await db.query<LateLeaveView>(
        `${LEAVES} where l.campaign = $1::text and l.valid_to > $2::date`,
        [campaign, on],
      ),
    );
  },

  async lateLeave(id) {
    const [row] = await db.query<LateLeaveView>(`${LEAVES} where l.id = $1::int`, [id]);
    return row ?? null;
  },

  async lateLeaveFor(campaign, { unitId, personId }) {
    const [row] = await db.query<LateLeaveView>(
      `${LEAVES} where l.campaign = $1::text and (l.unit_id = $2::int or l.person_id = $3::int)`,
      [campaign, unitId, personId],
    );
    return row ?? null;
  },

  filersOf: (unitId, on) =>
    db.query<Recipient>(
      `select ${RECIPIENT} from person p
       where p.id in (select g.person_id from "grant" g where g.unit_id = $1::int
         and g.role in ('head', 'deputy', 'reporter') and ${validOn('g', '$2::date')})
       order by p.id`,
      [unitId, on],
    ),
});
