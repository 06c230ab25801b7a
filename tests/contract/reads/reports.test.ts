import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { createReads } from '../../../src/db/reads/index.ts';
import type { Reads } from '../../../src/engine/reads.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedReport } from '../../support/report-rows.ts';
import { seedPerson, seedUnit } from '../../support/seed.ts';

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;
  let unitId: number;
  let author: number;
  let head: number;
  const friends: number[] = [];

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
    unitId = await seedUnit(db, { code: 'vien-a', nameVi: 'Viện Á', nameEn: 'Institute A' });
    author = await seedPerson(db, { unitId, name: 'Trần Thị Thuỷ' });
    head = await seedPerson(db, { unitId, name: 'Lê Bình', roles: [{ role: 'head', unitId }] });
    for (const name of ['Đỗ Vân', 'Phạm Ân', 'Nguyễn An']) {
      friends.push(await seedPerson(db, { unitId, name }));
    }
  });

  it('gives every report another number', async () => {
    const first = await reads.nextReportNumber();
    expect(await reads.nextReportNumber()).toBeGreaterThan(first);
  });

  it('finds the author’s report of an item that still stands', async () => {
    const person = await seedPerson(db, { unitId });
    const stage = { from: '2024-07-01', to: '2024-07-31' };
    const standing = (except: number | null = null) =>
      reads.standingReport(person, 'hv.2', stage, except);
    const decided = { decidedBy: head, decidedAt: '2024-07-06T02:00:00Z' } as const;
    const seed = { authorId: person, unitId, item: 'hv.2' } as const;
    await seedReport(db, { ...seed, status: 'withdrawn' });
    await seedReport(db, { ...seed, status: 'rejected', reason: 'không đúng', ...decided });
    await seedReport(db, { ...seed, item: 'hv.1' });
    await seedReport(db, { ...seed, authorId: author });
    // Work of other stages, and what the person filed for their unit.
    await seedReport(db, { ...seed, doneOn: '2024-06-30' });
    await seedReport(db, { ...seed, doneOn: '2024-08-01' });
    await seedReport(db, { ...seed, kind: 'collective' });
    expect(await standing()).toBeNull();
    const first = { ...seed, doneOn: '2024-07-01', status: 'verified', ...decided } as const;
    const id = await seedReport(db, first);
    expect(await standing()).toBe(id);
    expect(await standing(id)).toBeNull();
    expect(
      await reads.standingReport(person, 'hv.2', { from: '2024-07-02', to: '2024-07-31' }, null),
    ).toBeNull();
  });

  describe('report', () => {
    it('is whole: author, unit, decision, evidence in order, contributors by given name', async () => {
      const [van = 0, aan = 0, an = 0] = friends;
      const id = await seedReport(db, {
        authorId: author,
        unitId,
        status: 'returned',
        decidedBy: head,
        decidedAt: '2024-07-06T02:00:00.5Z',
        reason: 'thiếu số văn bản',
        sources: { title: '12' },
        documents: ['12/QĐ-HV'],
        photos: ['a-photo'],
        shared: [
          { personId: van, unitId, answer: 'waiting' },
          { personId: aan, unitId, answer: 'confirmed' },
          { personId: an, unitId, answer: 'declined' },
        ],
      });
      const report = await reads.report(id);
      expect(report).toMatchObject({
        id,
        item: 'cn.2',
        author: { id: author, name: 'Trần Thị Thuỷ' },
        unit: {
          id: unitId,
          code: 'vien-a',
          nameVi: 'Viện Á',
          nameEn: 'Institute A',
          parentId: null,
        },
        doneOn: '2024-07-04',
        week: '2024-07-01',
        status: 'returned',
        version: 1,
        submittedAt: '2024-07-05T02:00:00Z',
        decidedAt: '2024-07-06T02:00:00.5Z',
        decidedBy: { id: head, name: 'Lê Bình' },
        reason: 'thiếu số văn bản',
        sources: { title: '12' },
      });
      expect(report?.evidence).toMatchObject([
        { kind: 'document', text: '12/QĐ-HV', mediaId: null, name: null },
        { kind: 'media', text: null, mediaId: 'a-photo', name: 'anh.jpg', mime: 'image/jpeg' },
      ]);
      expect(report?.contributors).toEqual([
        { personId: an, name: 'Nguyễn An', unitId, answer: 'declined' },
        { personId: aan, name: 'Phạm Ân', unitId, answer: 'confirmed' },
        { personId: van, name: 'Đỗ Vân', unitId, answer: 'waiting' },
      ]);
      expect(await reads.evidenceOf(id)).toEqual(report?.evidence);
    });

    it('has nulls and empty lists where there is nothing', async () => {
      const id = await seedReport(db, { authorId: author, unitId });
      expect(await reads.report(id)).toMatchObject({
        decidedAt: null,
        decidedBy: null,
        reason: null,
        evidence: [],
        contributors: [],
      });
      expect(await reads.report(999_999)).toBeNull();
      expect(await reads.evidenceOf(999_999)).toEqual([]);
    });
  });

  it('lists own reports by pages, latest first, and the total even past the end', async () => {
    const writer = await seedPerson(db, { unitId, name: 'Hà Văn' });
    const ids: number[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await seedReport(db, { authorId: writer, unitId }));
    const page = await reads.reportsOf(writer, { limit: 2, offset: 1 });
    expect(page.total).toBe(5);
    expect(page.lines.map((line) => line.id)).toEqual([ids[3], ids[2]]);
    expect(page.lines[0]).toMatchObject({ authorName: 'Hà Văn', status: 'submitted' });
    expect(await reads.reportsOf(writer, { limit: 2, offset: 10 })).toEqual({
      total: 5,
      lines: [],
    });
    expect(await reads.reportsOf(friends[0] ?? 0, { limit: 2, offset: 0 })).toEqual({
      total: 0,
      lines: [],
    });
  });

  it('finds the latest report an answer came to from a chat message, only among the author’s own', async () => {
    const sources = { title: '501', evidence: '502' };
    await seedReport(db, { authorId: author, unitId, sources });
    const later = await seedReport(db, { authorId: author, unitId, sources: { doneOn: '501' } });
    const found = await reads.reportBySource(author, '501');
    expect(found).toMatchObject({ report: { id: later }, answer: 'doneOn' });
    expect((await reads.reportBySource(author, '502'))?.answer).toBe('evidence');
    expect(await reads.reportBySource(head, '501')).toBeNull();
    expect(await reads.reportBySource(author, 'title')).toBeNull();
  });

  describe('similar reports', () => {
    const candidate = {
      item: 'cn.5',
      title: 'Bài giảng  MỚI về Đảng',
      doneOn: '2024-06-03',
      evidence: ['Số 45/QĐ-HVCTQG', 'https://hcma.vn/a'],
      except: null,
    };
    const of = (more: object = {}) =>
      reads.similarReports({ ...candidate, authorId: author, ...more });
    const ids: Record<string, number> = {};

    beforeAll(async () => {
      const base = {
        authorId: head,
        unitId,
        item: 'cn.5',
        doneOn: '2024-06-03',
        title: 'Khác hẳn',
      };
      const seed = async (key: string, more: object) => {
        ids[key] = await seedReport(db, { ...base, ...more });
      };
      await seed('title', { title: 'bai giang mới về đảng' });
      await seed('titleOtherDay', { title: candidate.title, doneOn: '2024-06-04' });
      await seed('titleOtherItem', { title: candidate.title, item: 'cn.6' });
      await seed('document', {
        documents: ['số45/qđ-hvctqg'.replace('qđ', 'QĐ')],
        doneOn: '2024-05-01',
      });
      await seed('link', { links: ['https://HCMA.vn/a'], doneOn: '2024-05-02' });
      await seed('linkOtherItem', { links: ['https://hcma.vn/a'], item: 'cn.6' });
      await seed('withdrawn', { title: candidate.title, status: 'withdrawn' });
      await seed('rejected', { title: candidate.title, status: 'rejected', decidedBy: friends[0] });
    });

    it('agree in item and number or link, or in title and day; newest first', async () => {
      const found = await of();
      expect(found.map((line) => line.id)).toEqual([ids.link, ids.document, ids.title]);
    });

    it('leave out the report in hand', async () => {
      expect((await of({ except: ids.link })).map((line) => line.id)).not.toContain(ids.link);
    });

    it('are none for other evidence and title', async () => {
      expect(await of({ title: 'Chưa có ai', evidence: ['46/QĐ'] })).toEqual([]);
    });

    it('are at most five', async () => {
      for (let n = 0; n < 6; n += 1) {
        await seedReport(db, { authorId: head, unitId, item: 'hv.4', links: ['https://x.vn'] });
      }
      expect(await of({ item: 'hv.4', evidence: ['https://x.vn'] })).toHaveLength(5);
    });
  });
});
