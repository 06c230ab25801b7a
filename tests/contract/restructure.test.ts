/** People move and units merge: what goes along, and that the past stays as it was. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { mergeUnits } from '../../src/db/mergers.ts';
import { movePerson } from '../../src/db/moves.ts';
import { createReads } from '../../src/db/reads/index.ts';
import type { Reads } from '../../src/engine/reads.ts';
import { may } from '../../src/people/may.ts';
import { readable } from '../../src/reports/subject.ts';
import { campaign, texts } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedPerson, seedRoom, seedUnit } from '../support/seed.ts';

/** Mondays. */
const BEFORE = '2024-09-02';
const WITHIN = '2024-09-09';
const AFTER = '2024-09-16';
/** Wednesday of the week WITHIN. */
const DAY = '2024-09-11';
const at = (on: string) => ({ on, now: `${on}T02:00:00Z` });

eachDatabase((open) => {
  let db: Database;
  let reads: Reads;

  beforeAll(async () => {
    db = await open();
    reads = createReads(db);
  });

  let serial = 0;
  /** Fresh units and people for each test. */
  async function world() {
    serial += 1;
    const n = serial;
    const unit = (code: string, parentId?: number) =>
      seedUnit(db, {
        code: `${code}-${n}`,
        nameVi: `Đơn vị ${code} ${n}`,
        ...(parentId && { parentId }),
      });
    const [a, b, c] = [await unit('a'), await unit('b'), await unit('c')];
    const person = (code: string, unitId: number, role?: 'head' | 'deputy') =>
      seedPerson(db, {
        code: `${code}${n}`,
        name: `Người ${code} ${n}`,
        unitId,
        ...(role && { roles: [{ role, unitId }] }),
        account: { platform: 'telegram', tenant: '1', user: `${code}${n}` },
      });
    return {
      n,
      a,
      b,
      c,
      child: await unit('con', a),
      headA: await person('HA', a, 'head'),
      deputyA: await person('DA', a, 'deputy'),
      memberA: await person('MA', a),
      headB: await person('HB', b, 'head'),
      headC: await person('HC', c, 'head'),
      memberC: await person('MC', c),
      merge: (
        from: readonly string[],
        into: string,
        more: Partial<Parameters<typeof mergeUnits>[1]> = {},
      ) =>
        mergeUnits(
          db,
          {
            from: from.map((code) => `${code}-${n}`),
            into: `${into}-${n}`,
            named: null,
            roles: 'end',
            today: DAY,
            ...more,
          },
          texts,
          at(DAY),
        ),
    };
  }

  const unitOf = async (personId: number, on: string) =>
    (await reads.person(personId, on))?.membership?.unit.id;
  const rolesOf = async (personId: number, on: string) =>
    ((await reads.person(personId, on))?.grants ?? []).map(
      ({ role, unitId }) => `${role} ${unitId}`,
    );
  const headcounts = async (week: string, ...ids: number[]) => {
    const { units } = await reads.unitWeek(week, 'test');
    return ids.map((id) => units.find(({ unitId }) => unitId === id)?.headcount);
  };
  const said = async (personId: number) =>
    (
      await db.query<{ text: string }>(
        `select message::text as text from outbox where person_id = $1::int order by id`,
        [personId],
      )
    ).map(({ text }) => text);

  describe('a person who moves', () => {
    it('belongs to each unit on its days, and is what they were in the old one until then', async () => {
      const { a, b, n, headA, deputyA, memberA } = await world();
      await db.query(
        `insert into "grant" (person_id, role, unit_id, valid_from, valid_to, delegated_by)
         values ($1::int, 'deputy', $3::int, '2024-09-01', '2024-12-01', $2::int)`,
        [memberA, headA, a],
      );
      const moved = await movePerson(
        db,
        { personCode: `ha${n}`, unitCode: `b-${n}` },
        texts,
        at(DAY),
      );
      expect(moved).toMatchObject({ from: { id: a }, to: { id: b }, ended: 1 });
      expect([await unitOf(headA, '2024-09-10'), await unitOf(headA, DAY)]).toEqual([a, b]);
      expect(await rolesOf(headA, '2024-09-10')).toEqual([`head ${a}`]);
      expect(await rolesOf(headA, DAY)).toEqual([]);
      // A head who has left lets nobody act in their place.
      expect(await rolesOf(memberA, '2024-09-10')).toEqual([`deputy ${a}`]);
      expect(await rolesOf(memberA, DAY)).toEqual([]);
      expect(await rolesOf(deputyA, DAY)).toEqual([`deputy ${a}`]);
      expect(await headcounts(BEFORE, a, b)).toEqual([3, 1]);
      expect(await headcounts(WITHIN, a, b)).toEqual([2, 2]);
      expect((await said(headA)).join()).toContain(`Đơn vị b ${n}`);
      const [record] = await db.query<{ details: object }>(
        `select details from audit where action = 'person.moved' order by id desc limit 1`,
      );
      expect(record?.details).toEqual({ from: `a-${n}`, to: `b-${n}`, on: DAY, roles: 1 });
    });

    it('is put right in place on the first day, and goes back to no unit that is gone', async () => {
      const { a, b, n, memberA } = await world();
      const move = (unitCode: string, on: string) =>
        movePerson(db, { personCode: `MA${n}`, unitCode }, texts, at(on));
      await move(`b-${n}`, '2024-01-01');
      expect(await unitOf(memberA, '2024-01-01')).toBe(b);
      await expect(move(`b-${n}`, DAY)).rejects.toMatchObject({ key: 'move-same' });
      await expect(move('khong-co', DAY)).rejects.toMatchObject({ key: 'role-unit-unknown' });
      await move(`a-${n}`, AFTER);
      expect([await unitOf(memberA, DAY), await unitOf(memberA, AFTER)]).toEqual([b, a]);
      await expect(move(`c-${n}`, DAY)).rejects.toMatchObject({ key: 'move-later' });
      await expect(move(`c-${n}`, '2023-01-01')).rejects.toThrow();
    });
  });

  describe('units that merge', () => {
    it('take their people, groups and requests along; their roles end', async () => {
      const w = await world();
      const lane = await seedRoom(
        db,
        { platform: 'telegram', tenant: '1', chat: `-${w.n}` },
        { unitId: w.a },
      );
      const done = await w.merge(['a', 'b'], 'c');
      expect(done).toMatchObject({ into: { id: w.c }, people: 4, roles: 3, rooms: 1 });
      expect([await unitOf(w.memberA, '2024-09-10'), await unitOf(w.memberA, DAY)]).toEqual([
        w.a,
        w.c,
      ]);
      expect(await rolesOf(w.headA, DAY)).toEqual([]);
      expect(await rolesOf(w.headA, '2024-09-10')).toEqual([`head ${w.a}`]);
      const [child] = await db.query<{ parent: number }>(
        'select parent_id as parent from unit where id = $1::int',
        [w.child],
      );
      expect(child?.parent).toBe(w.c);
      const [room] = await db.query<{ unit: number }>(
        'select unit_id as unit from chat_room where chat = $1::text',
        [`-${w.n}`],
      );
      expect(room?.unit).toBe(w.c);
      const [post] = await db.query<{ text: string }>(
        'select message::text as text from outbox where lane = $1::text',
        [lane],
      );
      expect(post?.text).toContain(`Đơn vị a ${w.n} sáp nhập vào Đơn vị c ${w.n}`);
      expect((await said(w.headA)).join()).toContain('kết thúc');
      expect(await reads.unitByCode(`a-${w.n}`, '2024-09-10')).toMatchObject({ id: w.a });
      expect(await reads.unitByCode(`a-${w.n}`, DAY)).toBeNull();
    });

    it('may make a new unit, in which heads go on', async () => {
      const w = await world();
      const named = { vi: `Viện Mới ${w.n}`, en: `New Institute ${w.n}` };
      const { into } = await w.merge(['a', 'b'], 'moi', { named, roles: 'go' });
      expect(into).toMatchObject({
        code: `moi-${w.n}`,
        nameVi: named.vi,
        kind: 'research_teaching',
      });
      expect(await rolesOf(w.headA, DAY)).toEqual([`head ${into.id}`]);
      expect(await rolesOf(w.headB, DAY)).toEqual([`head ${into.id}`]);
      expect(await rolesOf(w.deputyA, DAY)).toEqual([`deputy ${into.id}`]);
      expect((await said(w.headB)).join()).toContain('tiếp tục giữ chức vụ');
      expect(await reads.unitByCode(`moi-${w.n}`, '2024-09-10')).toBeNull();
    });

    it('leave what is past as it was: headcounts, points and authors of the weeks before', async () => {
      const w = await world();
      const report = (authorId: number, unitId: number, week: string) =>
        seedReport(db, {
          authorId,
          unitId,
          week,
          status: 'verified',
          decidedBy: w.headA,
          submittedAt: `${week}T03:00:00Z`,
        });
      await report(w.memberA, w.a, BEFORE);
      await report(w.memberC, w.c, BEFORE);
      const within = await report(w.memberA, w.a, WITHIN);
      const before = await reads.unitWeek(BEFORE, 'test');
      expect(before.reports.map(({ author }) => author.unitId)).toEqual(
        expect.arrayContaining([w.a, w.c]),
      );
      await w.merge(['a'], 'c');
      expect(await reads.unitWeek(BEFORE, 'test')).toEqual(before);
      expect(await headcounts(BEFORE, w.a, w.c)).toEqual([3, 2]);
      // On the Sunday of this week its people are the other unit's: so is what they did in it.
      expect(await headcounts(WITHIN, w.a, w.c)).toEqual([undefined, 5]);
      const { reports } = await reads.unitWeek(WITHIN, 'test');
      expect(reports.find(({ id }) => id === within)?.author.unitId).toBe(w.c);
      expect((await reads.report(within))?.unit.id).toBe(w.a);
    });

    it('leave what waits to the other unit’s leaders, also after a second merger', async () => {
      const w = await world();
      const id = await seedReport(db, { authorId: w.memberA, unitId: w.a });
      const deciders = async (on: string) =>
        (await reads.verifiersOf(w.a, w.memberA, on)).map(({ personId }) => personId);
      await w.merge(['a'], 'b');
      expect(await deciders(DAY)).toEqual([w.headB]);
      expect((await reads.queueFor(w.headB, DAY, 9)).lines.map((line) => line.id)).toEqual([id]);
      expect((await reads.queueFor(w.headA, DAY, 9)).total).toBe(0);

      const report = await reads.report(id);
      if (!report) throw new Error('no report');
      const readers = async (on: string) => {
        const subject = readable(report, await deciders(on), campaign);
        const everyone = [w.headA, w.memberA, w.headB, w.headC, w.memberC];
        const views = await Promise.all(everyone.map((each) => reads.person(each, on)));
        return everyone.filter((_, i) => may(views[i] ?? null, 'report.read', subject));
      };
      expect(await readers('2024-09-10')).toEqual([w.headA, w.memberA]);
      expect(await readers(DAY)).toEqual([w.memberA, w.headB]);

      await mergeUnits(
        db,
        { from: [`b-${w.n}`], into: `c-${w.n}`, named: null, roles: 'end', today: AFTER },
        texts,
        at(AFTER),
      );
      expect([await deciders(DAY), await deciders(AFTER)]).toEqual([[w.headB], [w.headC]]);
      expect((await reads.queueFor(w.headC, AFTER, 9)).lines.map((line) => line.id)).toEqual([id]);
    });

    it('are refused before their day, into themselves, and into what there is not', async () => {
      const w = await world();
      const key = (merging: Promise<unknown>) =>
        merging.then(
          () => 'done',
          (error) => error.key,
        );
      expect(await key(w.merge(['a'], 'c', { today: '2024-09-10' }))).toBe('merge-future');
      expect(await key(w.merge(['a', 'c'], 'c'))).toBe('merge-into-itself');
      expect(await key(w.merge(['a'], 'moi'))).toBe('merge-new-name');
      const named = { vi: 'X', en: 'X' };
      expect(await key(w.merge(['a'], 'c', { named }))).toBe('merge-known');
      expect(await key(w.merge(['khong'], 'c'))).toBe('role-unit-unknown');
      await w.merge(['a'], 'c');
      expect(await key(w.merge(['a'], 'b'))).toBe('role-unit-gone');
      expect(await unitOf(w.memberA, DAY)).toBe(w.c);
    });
  });
});
