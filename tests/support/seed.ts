/** Rows for tests, with everything a test does not care about filled in. */
import type { InferInsertModel } from 'drizzle-orm';
import { type Address, type Identity, laneKey } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { chatRoom, grant, identity, membership, person, unit } from '../../src/db/schema.ts';
import { fold } from '../../src/people/fold.ts';

const SINCE = '2024-01-01';
let serial = 0;
const next = (): number => {
  serial += 1;
  return serial;
};

/** @returns the unit's id */
export async function seedUnit(
  db: Database,
  values: Partial<InferInsertModel<typeof unit>> = {},
): Promise<number> {
  const n = next();
  const nameVi = values.nameVi ?? `Đơn vị ${n}`;
  const [row] = await db.drizzle
    .insert(unit)
    .values({
      code: `don-vi-${n}`,
      nameVi,
      nameEn: `Unit ${n}`,
      nameFold: fold(nameVi),
      kind: 'research_teaching',
      bloc: 'academy',
      validFrom: SINCE,
      ...values,
    })
    .returning({ id: unit.id });
  if (!row) throw new Error('no unit was inserted');
  return row.id;
}

export interface SeedPerson extends Partial<InferInsertModel<typeof person>> {
  /** The current unit; none without it. */
  readonly unitId?: number;
  readonly audience?: 'staff' | 'student';
  readonly roles?: readonly { role: 'head' | 'deputy' | 'office'; unitId?: number }[];
  /** An enrolled account; its private chat has the user's id. */
  readonly account?: Identity;
  /** First day of membership and roles. */
  readonly since?: string;
}

/** @returns the person's id */
export async function seedPerson(db: Database, options: SeedPerson = {}): Promise<number> {
  const { unitId, audience = 'staff', roles = [], account, since = SINCE, ...values } = options;
  const n = next();
  const name = values.name ?? `Nguyễn Văn Số ${n}`;
  const [row] = await db.drizzle
    .insert(person)
    .values({ code: `CB${n}`, name, nameFold: fold(name), ...values })
    .returning({ id: person.id });
  if (!row) throw new Error('no person was inserted');
  if (unitId !== undefined) {
    await db.drizzle
      .insert(membership)
      .values({ personId: row.id, unitId, audience, validFrom: since });
  }
  for (const { role, unitId: of } of roles) {
    await db.drizzle
      .insert(grant)
      .values({ personId: row.id, role, unitId: of ?? null, validFrom: since });
  }
  if (account) await seedAccount(db, account, { personId: row.id });
  return row.id;
}

/** An account that has been in touch and agreed to the notice. */
export async function seedAccount(
  db: Database,
  account: Identity,
  values: Partial<InferInsertModel<typeof identity>> = {},
): Promise<void> {
  await db.drizzle.insert(identity).values({
    ...account,
    displayName: `Account ${account.user}`,
    directChat: account.user,
    consentedAt: '2024-01-01T00:00:00Z',
    consentVersion: '1',
    seenAt: '2024-01-01T00:00:00Z',
    ...values,
  });
}

/** A group; linked when `unitId` is given. @returns its lane's key */
export async function seedRoom(
  db: Database,
  at: Address,
  values: Partial<InferInsertModel<typeof chatRoom>> = {},
): Promise<string> {
  const { platform, tenant, chat, thread } = at;
  await db.drizzle
    .insert(chatRoom)
    .values({ platform, tenant, chat, thread: thread ?? null, title: `Nhóm ${chat}`, ...values });
  return laneKey(at);
}
