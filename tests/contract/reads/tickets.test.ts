/** Feedback and role holders on a real database, and the escalation that a schedule does. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { holderReads } from '../../../src/db/reads/holders.ts';
import { ticketReads } from '../../../src/db/reads/tickets.ts';
import { grant, unit } from '../../../src/db/schema.ts';
import { createEscalationStore } from '../../../src/db/tickets.ts';
import { ticketEscalationJob } from '../../../src/engine/ticket-escalation.ts';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { campaign, readable } from '../../support/conversation.ts';
import { eachDatabase } from '../../support/database.ts';
import { seedPerson, seedUnit } from '../../support/seed.ts';

const ON = '2024-07-08';
const PAGE = { limit: 8, offset: 0 };
const account = (user: string) => ({ platform: 'test', tenant: '1', user });

eachDatabase((open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await db.query('truncate unit, person, audit, calendar_day cascade');
  });

  async function seedTicket(
    id: number,
    authorId: number,
    values: { aboutUnitId?: number; status?: string; dueOn?: string; of?: string } = {},
  ): Promise<void> {
    const about = values.aboutUnitId ?? null;
    await db.query(
      `insert into ticket (id, campaign, author_id, about, about_unit_id, status, version,
         opened_at, due_on)
       values ($1::int, $2::text, $3::int, $4::text, $5::int, $6::text, 1,
         '2024-07-01T02:00:00Z', $7::date)`,
      [
        id,
        values.of ?? campaign.code,
        authorId,
        about === null ? 'other' : 'unit',
        about,
        values.status ?? 'open',
        values.dueOn ?? '2024-07-05',
      ],
    );
    await db.query(
      `insert into ticket_message (ticket_id, author_id, at, text)
       values ($1::int, $2::int, '2024-07-01T02:00:00Z', 'Nội dung ' || $1::text)`,
      [id, authorId],
    );
  }

  describe('feedback', () => {
    it('is read with its thread; a merged unit is its successor by then', async () => {
      const into = await seedUnit(db, { nameVi: 'Viện Mới' });
      const old = await seedUnit(db, { validTo: '2024-07-03', mergedIntoId: into });
      const own = await seedUnit(db, { nameVi: 'Viện Triết học' });
      const author = await seedPerson(db, { name: 'Phạm Tác Giả', unitId: own });
      await seedTicket(1, author, { aboutUnitId: old });
      expect(await ticketReads(db).ticket(1, ON)).toMatchObject({
        id: 1,
        author: { id: author, name: 'Phạm Tác Giả' },
        authorUnit: { id: own },
        about: 'unit',
        unit: { id: into, nameVi: 'Viện Mới' },
        status: 'open',
        openedAt: '2024-07-01T02:00:00Z',
        dueOn: '2024-07-05',
        escalated: false,
        closedAt: null,
        words: 'Nội dung 1',
        messages: [{ text: 'Nội dung 1', at: '2024-07-01T02:00:00Z' }],
      });
      expect(await ticketReads(db).ticket(1, '2024-07-02')).toMatchObject({ unit: { id: old } });
      expect(await ticketReads(db).ticket(9, ON)).toBeNull();
    });

    it('of one person is listed open first; what waits, the first due first', async () => {
      const author = await seedPerson(db);
      const other = await seedPerson(db);
      await seedTicket(1, author, { dueOn: '2024-07-12' });
      await seedTicket(2, author, { status: 'closed' });
      await seedTicket(3, author, { status: 'answered' });
      await seedTicket(4, other, { dueOn: '2024-07-05' });
      await seedTicket(5, author, { of: 'another' });
      const own = await ticketReads(db).ticketsOf(author, campaign.code, ON, PAGE);
      expect(own).toMatchObject({ total: 3, live: 2 });
      expect(own.lines.map(({ id }) => id)).toEqual([3, 1, 2]);
      const second = { limit: 1, offset: 1 };
      const page = await ticketReads(db).ticketsOf(author, campaign.code, ON, second);
      expect(page.lines.map(({ id }) => id)).toEqual([1]);
      const waiting = await ticketReads(db).ticketsWaiting(campaign.code, ON);
      expect(waiting.map(({ id }) => id)).toEqual([4, 1]);
      expect(await ticketReads(db).ticketsOf(9999, campaign.code, ON, PAGE)).toEqual({
        total: 0,
        live: 0,
        lines: [],
      });
    });

    it('is numbered once', async () => {
      const first = await ticketReads(db).nextTicketNumber();
      expect(await ticketReads(db).nextTicketNumber()).toBe(first + 1);
    });
  });

  it('the calendar is the shipped one under the days the office has set', async () => {
    await db.query(`insert into calendar_day (day, working, note, set_at)
      values ('2024-07-08', false, 'nghỉ', now()), ('2024-07-06', true, 'làm bù', now())`);
    const calendar = await ticketReads(db).workCalendar();
    expect(calendar.isWorkingDay('2024-07-08')).toBe(false);
    expect(calendar.isWorkingDay('2024-07-06')).toBe(true);
    expect(calendar.isWorkingDay('2024-09-02')).toBe(false);
  });

  describe('who holds a role', () => {
    it('comes with all their roles of the day, and where they are reached', async () => {
      const unitId = await seedUnit(db);
      const office = await seedPerson(db, {
        roles: [{ role: 'office' }, { role: 'head', unitId }],
        account: account('o'),
      });
      const former = await seedPerson(db);
      await db.drizzle.insert(grant).values({
        personId: former,
        role: 'office',
        validFrom: '2024-01-01',
        validTo: '2024-07-08',
      });
      await seedPerson(db, { roles: [{ role: 'head', unitId }] });
      const found = await holderReads(db).holders(['office', 'leadership'], ON);
      expect(found).toEqual([
        {
          address: { platform: 'test', tenant: '1', chat: 'o' },
          person: expect.objectContaining({
            id: office,
            membership: null,
            grants: [
              { role: 'office', unitId: null, scope: null },
              { role: 'head', unitId, scope: null },
            ],
          }),
        },
      ]);
      expect(await holderReads(db).holders(['press'], ON)).toEqual([]);
    });

    it('in a unit: its heads, else its deputies; of a merged unit, its successor’s', async () => {
      const led = await seedUnit(db);
      const head = await seedPerson(db, { roles: [{ role: 'head', unitId: led }] });
      await seedPerson(db, { roles: [{ role: 'deputy', unitId: led }] });
      const headless = await seedUnit(db);
      const deputy = await seedPerson(db, { roles: [{ role: 'deputy', unitId: headless }] });
      const [gone] = await db.drizzle
        .insert(unit)
        .values({
          code: 'cu',
          nameVi: 'Cũ',
          nameEn: 'Old',
          nameFold: 'cu',
          kind: 'support',
          bloc: 'academy',
          validFrom: '2024-01-01',
          validTo: '2024-06-01',
          mergedIntoId: led,
        })
        .returning({ id: unit.id });
      const ids = async (of: number) =>
        (await holderReads(db).unitLeaders(of, ON)).map(({ person }) => person.id);
      expect(await ids(led)).toEqual([head]);
      expect(await ids(headless)).toEqual([deputy]);
      expect(await ids(gone?.id ?? 0)).toEqual([head]);
      expect(await ids(await seedUnit(db))).toEqual([]);
    });
  });

  describe('escalation', () => {
    const job = ticketEscalationJob({ campaign, texts: loadTexts() });
    const at = (time: string) => Temporal.Instant.from(time);
    const run = (time: string) =>
      db.transaction((tx) => job(at(time), createEscalationStore(tx, campaign.code), at(time)));

    it('takes what is overdue to the leadership once, and says so to the office', async () => {
      const concerned = await seedUnit(db);
      const author = await seedPerson(db, { name: 'Phạm Tác Giả' });
      await seedPerson(db, { roles: [{ role: 'office' }], account: account('o') });
      await seedPerson(db, {
        roles: [{ role: 'office' }, { role: 'head', unitId: concerned }],
        account: account('h'),
      });
      const leader = await seedPerson(db, { account: account('l') });
      const grants = { personId: leader, role: 'leadership', validFrom: '2024-01-01' } as const;
      await db.drizzle.insert(grant).values(grants);
      await seedTicket(1, author, { aboutUnitId: concerned, dueOn: '2024-07-05' });
      await seedTicket(2, author, { dueOn: '2024-07-08' });
      await seedTicket(3, author, { dueOn: '2024-07-01', status: 'answered' });
      await seedTicket(4, author, { dueOn: '2024-07-01', of: 'another' });

      const sends = await run('2024-07-08T01:00:00Z');
      expect(sends.map(({ to, confidential }) => [to.chat, confidential])).toEqual([
        ['o', true],
        ['l', true],
      ]);
      const [line, letter] = sends.map(({ message }) => readable(message));
      expect(line).toBe(
        'Phản ánh 1 đã quá hạn trả lời từ 05/07/2024 và đã được chuyển đến Ban Giám đốc.',
      );
      expect(letter).toContain('Kính gửi đồng chí: phản ánh 1 đã quá hạn trả lời');
      // What it says is read when it is opened, and by whoever may then.
      expect(JSON.stringify(sends)).not.toMatch(/Nội dung|Phạm Tác Giả/);
      expect(await db.query('select actor_id, actor, action, subject, details from audit')).toEqual(
        [
          {
            actor_id: null,
            actor: 'schedule',
            action: 'ticket.escalated',
            subject: 'ticket:1',
            details: {},
          },
        ],
      );
      expect(await run('2024-07-08T01:00:00Z')).toEqual([]);
      expect((await run('2024-07-09T01:00:00Z')).map(({ to }) => to.chat)).toEqual(['o', 'h', 'l']);
    });

    it('waits over days that are not worked, also those the office has set', async () => {
      await seedPerson(db, { roles: [{ role: 'office' }], account: account('o') });
      await seedTicket(1, await seedPerson(db), { dueOn: '2024-02-07' });
      await db.query(`insert into calendar_day (day, working, note, set_at)
        values ('2024-02-15', false, 'nghỉ thêm', now())`);
      for (const day of ['09', '10', '14', '15'])
        expect(await run(`2024-02-${day}T01:00:00Z`)).toEqual([]);
      expect(await run('2024-02-16T01:00:00Z')).toHaveLength(1);
    });
  });
});
