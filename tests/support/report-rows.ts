/** Reports for tests of what reads find. */
import type { InferInsertModel } from 'drizzle-orm';
import type { Database } from '../../src/db/database.ts';
import { contributor, evidence, media, report } from '../../src/db/schema.ts';

let serial = 1000;

export interface ReportRow extends Partial<InferInsertModel<typeof report>> {
  readonly authorId: number;
  readonly unitId: number;
  readonly documents?: readonly string[];
  readonly links?: readonly string[];
  readonly photos?: readonly string[];
  readonly shared?: readonly {
    personId: number;
    unitId: number;
    answer: 'waiting' | 'confirmed' | 'declined';
  }[];
}

/** @returns the report's id; submitted on 5 July 2024 unless said otherwise */
export async function seedReport(db: Database, row: ReportRow): Promise<number> {
  const { documents = [], links = [], photos = [], shared = [], ...values } = row;
  serial += 1;
  const id = values.id ?? serial;
  const decided = values.status && values.status !== 'submitted' && values.status !== 'withdrawn';
  await db.drizzle.insert(report).values({
    id,
    campaign: 'test',
    item: 'cn.2',
    title: `Báo cáo ${id}`,
    description: 'Đã hoàn thành',
    doneOn: '2024-07-04',
    status: 'submitted',
    version: 1,
    week: '2024-07-01',
    submittedAt: '2024-07-05T02:00:00Z',
    changedAt: '2024-07-05T02:00:00Z',
    sources: {},
    ...(decided ? { decidedAt: '2024-07-06T02:00:00Z', reason: 'vì vậy' } : {}),
    ...values,
  });
  const texts = [
    ...documents.map((text) => ({ kind: 'document' as const, text })),
    ...links.map((text) => ({ kind: 'link' as const, text })),
  ];
  for (const text of texts) await db.drizzle.insert(evidence).values({ reportId: id, ...text });
  for (const mediaId of photos) {
    const attachment = { ref: 'f', kind: 'photo', name: 'anh.jpg', mime: 'image/jpeg', size: null };
    await db.drizzle
      .insert(media)
      .values({ id: mediaId, platform: 'telegram', tenant: '1', attachment });
    await db.drizzle.insert(evidence).values({ reportId: id, kind: 'media', mediaId });
  }
  for (const share of shared)
    await db.drizzle.insert(contributor).values({ reportId: id, ...share });
  return id;
}
