import type { Address } from '../../chat/index.ts';
import type { PledgeReads, PledgeView } from '../../engine/pledge-reads.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { inVietnameseOrder } from '../../people/fold.ts';
import type { Queryable } from '../database.ts';
import { instantJson, roomAddress, unitJson, validOn } from './sql.ts';

export const pledgeReads = (db: Queryable): PledgeReads => ({
  async pledge(campaign, unitId) {
    const [row] = await db.query<PledgeView>(
      `select g.unit_id as "unitId", g.version, g.text, g.targets, p.name as "byName",
         ${instantJson('g.registered_at')} as "registeredAt",
         ${instantJson('g.changed_at')} as "changedAt"
       from pledge g join person p on p.id = g.registered_by
       where g.campaign = $1::text and g.unit_id = $2::int`,
      [campaign, unitId],
    );
    return row ?? null;
  },

  async verifiedByItem(campaign, unitId) {
    const [row] = await db.query<{ counts: Record<string, number> }>(
      `select coalesce(jsonb_object_agg(item, n), '{}') as counts from (
         select item, count(*) as n from report
         where campaign = $1::text and unit_id = $2::int and status = 'verified'
         group by item) verified`,
      [campaign, unitId],
    );
    return row?.counts ?? {};
  },

  async unitsPledging(campaign, on) {
    const rows = await db.query<{ unit: UnitView; registered: boolean }>(
      `select ${unitJson('u')} as unit, g.unit_id is not null as registered
       from unit u left join pledge g on g.unit_id = u.id and g.campaign = $1::text
       where ${validOn('u', '$2::date')}`,
      [campaign, on],
    );
    return rows.sort((a, b) => inVietnameseOrder(a.unit.nameVi, b.unit.nameVi));
  },

  async roomsOf(unitId) {
    const rows = await db.query<{ address: Address }>(
      `select ${roomAddress('r')} as address
       from chat_room r where unit_id = $1::int and left_at is null
       order by platform, tenant, chat`,
      [unitId],
    );
    return rows.map(({ address }) => address);
  },
});
