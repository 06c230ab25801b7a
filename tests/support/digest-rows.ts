/** A small organisation with three weeks of reports, for tests of what digests are read from. */
import { sql } from 'drizzle-orm';
import type { Campaign } from '../../src/campaign/types.ts';
import type { Database } from '../../src/db/database.ts';
import { grant, membership } from '../../src/db/schema.ts';
import { createStandingsStore } from '../../src/db/standings.ts';
import { computeWeek } from '../../src/standings/score.ts';
import { seedReport } from './report-rows.ts';
import { seedPerson, seedUnit } from './seed.ts';
import { campaign as base } from './standings-week.ts';

const [talk] = base.items;
if (!talk) throw new Error('the campaign has items');

/** With an item of the students', and nothing capped: points are sums of weights. */
export const campaign: Campaign = {
  ...base,
  items: [
    ...base.items.map((item) => ({ ...item, weeklyCap: null })),
    { ...talk, id: 'study', audience: 'student', weight: 4, weeklyCap: null },
  ],
};

export const RUNNING = '2024-07-15';
export const LAST = '2024-07-08';
export const BEFORE = '2024-07-01';

/** Always the same numbers from 0 to below `most`. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

const STATUSES = [
  'submitted',
  'verified',
  'verified',
  'verified',
  'returned',
  'withdrawn',
] as const;

export interface Organisation {
  readonly institute: number;
  readonly office: number;
  readonly tiny: number;
  readonly schools: readonly [number, number];
  readonly head: number;
  readonly staff: readonly { readonly id: number; readonly unitId: number }[];
  readonly students: readonly number[];
}

/** Two weeks are recorded, the third runs; a report of the first is verified after its recording. */
export async function seedCampaign(db: Database): Promise<Organisation> {
  const institute = await seedUnit(db, { nameVi: 'Viện Triết học' });
  const office = await seedUnit(db, { nameVi: 'Văn phòng', kind: 'support' });
  const tiny = await seedUnit(db, { nameVi: 'Tổ nhỏ', kind: 'support' });
  const school = (n: number) =>
    seedUnit(db, { nameVi: `Trường ${n}`, bloc: 'political_school', cluster: `${n}` });
  const schools = [await school(1), await school(2)] as const;
  const head = await seedPerson(db, { name: 'Trần Thủ Trưởng' });
  const staff: { id: number; unitId: number }[] = [];
  for (const [unitId, many] of [
    [institute, 7],
    [office, 6],
    [tiny, 2],
    [schools[0], 8],
    [schools[1], 5],
  ] as const)
    for (let i = 0; i < many; i += 1) staff.push({ id: await seedPerson(db, { unitId }), unitId });
  const students: number[] = [];
  for (let i = 0; i < 12; i += 1)
    students.push(await seedPerson(db, { unitId: institute, audience: 'student' }));
  await db.drizzle
    .update(membership)
    .set({ cohort: sql`case when ${membership.id} % 2 = 0 then 'K70' else 'K71' end` })
    .where(sql`${membership.audience} = 'student'`);

  const pick = numbers(7);
  const from = <T>(all: readonly T[]): T => {
    const found = all[pick(all.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const sent = async (week: string, index: number) => {
    const student = index % 4 === 0;
    const author = student ? { id: from(students), unitId: institute } : from(staff);
    const other = from(staff);
    const status = from(STATUSES);
    await seedReport(db, {
      authorId: author.id,
      unitId: author.unitId,
      item: student ? 'study' : from(['talk', 'paper']),
      status,
      week,
      documents: ['12/QĐ'],
      submittedAt: `${week}T0${1 + (index % 8)}:00:00Z`,
      changedAt: `${week}T09:00:00Z`,
      ...(status !== 'submitted' && status !== 'withdrawn' && { decidedBy: head }),
      ...(index % 5 === 0 &&
        other.id !== author.id && {
          shared: [
            {
              personId: other.id,
              unitId: other.unitId,
              answer: from(['confirmed', 'waiting', 'declined'] as const),
            },
          ],
        }),
    });
  };
  for (const week of [BEFORE, LAST, RUNNING]) for (let i = 0; i < 40; i += 1) await sent(week, i);

  const store = createStandingsStore(db, campaign.code);
  const close = async (week: string, at: string) =>
    store.save(computeWeek(await store.unitWeek(week), campaign), at);
  await close(BEFORE, '2024-07-08T01:00:00Z');
  await seedReport(db, {
    authorId: staff[0]?.id ?? 0,
    unitId: institute,
    item: 'paper',
    status: 'verified',
    decidedBy: head,
    week: BEFORE,
    documents: ['99/QĐ'],
  });
  await close(BEFORE, '2024-07-15T01:00:00Z');
  await close(LAST, '2024-07-15T01:00:00Z');
  return { institute, office, tiny, schools, head, staff, students };
}

/** A role of the campaign. */
export const give = (
  db: Database,
  personId: number,
  role: 'council' | 'overseer' | 'mobiliser' | 'leadership' | 'office',
  scope: 'political_schools' | 'students' | null = null,
) => db.drizzle.insert(grant).values({ personId, role, scope, validFrom: '2024-01-01' });
