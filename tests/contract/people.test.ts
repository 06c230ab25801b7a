/** Enrolment, verification and groups through whole turns: decided, committed and read back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { FEATURES } from '../../src/application.ts';
import type { Ack, Inbound, Message } from '../../src/chat/index.ts';
import type { Database } from '../../src/db/database.ts';
import { newInviteCode } from '../../src/db/invites.ts';
import { createReads } from '../../src/db/reads/index.ts';
import { invite } from '../../src/db/schema.ts';
import { createTurnStore } from '../../src/db/turn-store.ts';
import { createTurns, type Turns } from '../../src/engine/turn.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { campaign, readable, texts } from '../support/conversation.ts';
import { eachDatabase } from '../support/database.ts';
import { seedReport } from '../support/report-rows.ts';
import { seedPerson, seedRoom, seedUnit } from '../support/seed.ts';
import { account, NOW, recordingLog, ZONE } from '../support/turns.ts';

interface Sent {
  readonly message: Message;
  readonly operation: 'send' | 'edit' | 'update';
  readonly subject: string | null;
}

eachDatabase((open) => {
  let db: Database;
  let turns: Turns;
  let log: ReturnType<typeof recordingLog>;
  let serial = 0;
  let media = 0;
  const unique = (): string => {
    serial += 1;
    return String(serial);
  };

  beforeAll(async () => {
    db = await open();
    log = recordingLog();
    turns = createTurns({
      store: createTurnStore(db),
      handler: createDispatch(FEATURES),
      deps: {
        campaign,
        texts,
        reads: createReads(db),
        platforms: ['test'],
        inviteCode: newInviteCode,
        abilities: () => ({
          maxChars: 4096,
          maxButtonsPerRow: 8,
          maxButtons: 100,
          maxDownloadBytes: 1000,
          directMessage: 'after-contact',
          contact: true,
          deepLink: null,
          forms: false,
          threads: false,
        }),
        uuid: () => {
          media += 1;
          return `media-${media}`;
        },
      },
      now: () => NOW,
      zone: ZONE,
      wake: () => undefined,
      log,
    });
  });

  const place = (chat: string) => ({ platform: 'test', tenant: 't1', chat });
  const base = (user: string, chat = user) => ({
    delivery: unique(),
    where: place(chat),
    audience: chat === user ? ('private' as const) : ('group' as const),
    from: { identity: account(user), name: `Account ${user}`, language: 'vi' },
  });
  const ref = (chat: string) => ({ at: place(chat), id: unique() });
  /** A turn that ends well: the error text would hide what went wrong. */
  async function receive(event: Inbound): Promise<Ack> {
    const ack = await turns.receive(event);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    return ack;
  }
  const command = (user: string, name: string, args = '', chat = user) =>
    receive({ ...base(user, chat), kind: 'command', name, args, message: ref(chat) });
  const say = (user: string, text: string) =>
    receive({ ...base(user), kind: 'text', text, edited: false, message: ref(user) });
  const press = (user: string, action: string, chat = user) =>
    receive({ ...base(user, chat), kind: 'press', action, message: ref(chat) });

  const sentTo = (chat: string) =>
    db.query<Sent>(
      'select message, operation, subject from outbox where lane = $1::text order by id',
      [`test:t1:${chat}`],
    );
  const lastTo = async (chat: string): Promise<Message> => {
    const message = (await sentTo(chat)).at(-1)?.message;
    if (!message) throw new Error(`nothing was sent to ${chat}`);
    return message;
  };
  /** Presses the button with this label in the latest message of the person's chat that has it. */
  async function pressLabel(user: string, label: string): Promise<Ack> {
    for (const { message } of (await sentTo(user)).reverse()) {
      const button = message.buttons?.flat().find((each) => each.label.includes(label));
      if (button) return press(user, button.action);
    }
    throw new Error(`${user} sees no button "${label}"`);
  }
  const personOf = async (user: string) =>
    (
      await db.query<{ id: number | null }>(
        'select person_id as id from identity where "user" = $1::text',
        [user],
      )
    )[0]?.id ?? null;
  const newInvite = async (code: string, target: { personId: number } | { unitId: number }) => {
    await db.drizzle.insert(invite).values({ code, createdAt: '2024-07-01T00:00:00Z', ...target });
    return code;
  };

  describe('enrolment', () => {
    it('with a personal code: consent, confirmation, link, menu', async () => {
      const unitId = await seedUnit(db);
      const personId = await seedPerson(db, { unitId });
      const code = await newInvite('1111111111111111', { personId });
      await command('p1', 'start', code);
      expect(await personOf('p1')).toBeNull();
      await pressLabel('p1', 'Đồng ý');
      await pressLabel('p1', 'Đúng');
      expect(await personOf('p1')).toBe(personId);
      expect(readable(await lastTo('p1'))).toContain('Đã ghi nhận');
      await command('p1', 'start');
      expect(readable(await lastTo('p1'))).toContain('Kính chào đồng chí');
    });

    it('of two accounts with one code links one, and tells the other', async () => {
      const personId = await seedPerson(db, { unitId: await seedUnit(db) });
      const code = await newInvite('2222222222222222', { personId });
      for (const user of ['r1', 'r2']) {
        await command(user, 'start', code);
        await pressLabel(user, 'Đồng ý');
      }
      await Promise.all(['r1', 'r2'].map((user) => pressLabel(user, 'Đúng')));
      const linked = [await personOf('r1'), await personOf('r2')];
      expect(linked.filter((id) => id === personId)).toHaveLength(1);
      const loser = linked[0] === personId ? 'r2' : 'r1';
      expect(readable(await lastTo(loser))).toContain('đã được dùng');
    });

    it('with a unit’s code waits for the head, whose word reaches everyone', async () => {
      const unitId = await seedUnit(db, { nameVi: 'Viện Kinh tế' });
      const personId = await seedPerson(db, { unitId, name: 'Đỗ Thị Hậu' });
      for (const [user, role] of [
        ['h1', 'head'],
        ['h2', 'deputy'],
      ] as const)
        await seedPerson(db, { unitId, roles: [{ role, unitId }], account: account(user) });
      await command('s1', 'start', await newInvite('3333333333333333', { unitId }));
      await pressLabel('s1', 'English').catch(() => undefined);
      await pressLabel('s1', 'Đồng ý');
      await say('s1', 'do thi hau');
      await pressLabel('s1', 'Đỗ Thị Hậu');
      expect(await personOf('s1')).toBeNull();
      await command('h1', 'choxacnhan');
      expect(readable(await lastTo('h1'))).toContain('Có 1 đề nghị đăng ký');
      const acks = await Promise.all([pressLabel('h1', 'Xác nhận'), pressLabel('h2', 'Xác nhận')]);
      expect(await personOf('s1')).toBe(personId);
      expect(acks.map(({ toast }) => toast).sort()).toEqual([
        'Đã xác nhận đăng ký của Đỗ Thị Hậu.',
        expect.stringMatching(/^Đồng chí .* đã xác nhận đăng ký này\.$/),
      ]);
      expect(readable(await lastTo('s1'))).toContain('Đã ghi nhận: Đỗ Thị Hậu, Viện Kinh tế.');
    });

    it('withdrawn consent takes back a request that waits', async () => {
      const unitId = await seedUnit(db);
      await seedPerson(db, { unitId, name: 'Lý Văn Khôi' });
      const code = await newInvite('4444444444444444', { unitId });
      await command('w1', 'start', code);
      await pressLabel('w1', 'Đồng ý');
      await say('w1', 'khoi');
      await pressLabel('w1', 'Lý Văn Khôi');
      await press('w1', 'con:no');
      const rows = await db.query<{ status: string }>(
        `select status from enrolment_request where "user" = 'w1'`,
      );
      expect(rows).toEqual([{ status: 'refused' }]);
      await command('w1', 'start');
      expect(readable(await lastTo('w1'))).toContain('Đồng chí có đồng ý không?');
    });
  });

  describe('verification', () => {
    it('by head and deputy at the same moment happens once, and says who was faster', async () => {
      const unitId = await seedUnit(db);
      const authorId = await seedPerson(db, { unitId, account: account('a5') });
      for (const [user, role] of [
        ['h5', 'head'],
        ['d5', 'deputy'],
      ] as const)
        await seedPerson(db, { unitId, roles: [{ role, unitId }], account: account(user) });
      const id = await seedReport(db, { authorId, unitId });
      const acks = await Promise.all([press('h5', `ver:${id}:1:v`), press('d5', `ver:${id}:1:v`)]);
      expect(acks.map(({ toast }) => toast).sort()).toEqual([
        expect.stringContaining('Đã xác nhận báo cáo'),
        expect.stringMatching(/^Đồng chí .* đã xác nhận báo cáo này lúc 16 giờ 30/),
      ]);
      const events = await db.query('select event from report_event where report_id = $1::int', [
        id,
      ]);
      expect(events).toEqual([{ event: 'verified' }]);
      expect(await sentTo('a5')).toHaveLength(1);
    });

    it('returns with a reason, and revokes with a trace', async () => {
      const unitId = await seedUnit(db);
      const authorId = await seedPerson(db, { unitId, account: account('a6') });
      const headId = await seedPerson(db, {
        unitId,
        roles: [{ role: 'head', unitId }],
        account: account('h6'),
      });
      const status = async (id: number) =>
        (
          await db.query(
            'select status, reason, decided_by as by, version from report where id = $1::int',
            [id],
          )
        )[0];
      const returned = await seedReport(db, { authorId, unitId });
      await command('h6', 'choxacnhan');
      await pressLabel('h6', `Mở báo cáo ${returned}`);
      await pressLabel('h6', 'Trả lại');
      await say('h6', 'Thiếu số quyết định');
      expect(await status(returned)).toEqual({
        status: 'returned',
        reason: 'Thiếu số quyết định',
        by: headId,
        version: 2,
      });
      expect((await lastTo('a6')).buttons?.[0]?.[0]?.action).toBe(`rep:${returned}:amend`);
      const verified = await seedReport(db, { authorId, unitId });
      await press('h6', `ver:${verified}:1:v`);
      await pressLabel('h6', 'Thu hồi');
      await say('h6', 'Minh chứng không đúng');
      expect(await status(verified)).toMatchObject({ status: 'revoked', version: 3 });
    });

    it('of a head’s own report is the deputy’s, never the head’s', async () => {
      const unitId = await seedUnit(db);
      const headId = await seedPerson(db, {
        unitId,
        roles: [{ role: 'head', unitId }],
        account: account('h7'),
      });
      await seedPerson(db, { unitId, roles: [{ role: 'deputy', unitId }], account: account('d7') });
      const id = await seedReport(db, { authorId: headId, unitId });
      expect(await press('h7', `ver:${id}:1:v`)).toEqual({
        toast: 'Báo cáo do chính đồng chí gửi cần được người khác xác nhận.',
      });
      expect((await press('d7', `ver:${id}:1:v`)).toast).toContain('Đã xác nhận');
    });
  });

  describe('a group', () => {
    it('is linked in its topic, and keeps the link when it moves', async () => {
      const unitId = await seedUnit(db);
      await seedPerson(db, { unitId, roles: [{ role: 'head', unitId }], account: account('h8') });
      await receive({ ...base('h8', 'g8'), kind: 'joined', title: 'Nhóm đơn vị' });
      const link = base('h8', 'g8');
      await receive({
        ...link,
        where: { ...link.where, thread: '7' },
        kind: 'command',
        name: 'lienket',
        args: '',
        message: ref('g8'),
      });
      await receive({ ...base('h8', 'g8'), kind: 'moved', to: place('g80') });
      await receive({ ...base('h8', 'g8'), kind: 'moved', to: place('g80') });
      await receive({ ...base('h8', 'g80'), kind: 'renamed', title: 'Tên mới' });
      const rooms = await db.query(
        `select chat, title, thread, unit_id as unit, left_at as "left" from chat_room
         where chat in ('g8', 'g80')`,
      );
      expect(rooms).toEqual([
        { chat: 'g80', title: 'Tên mới', thread: '7', unit: unitId, left: null },
      ]);
    });

    it('is not linked by a member', async () => {
      const unitId = await seedUnit(db);
      await seedPerson(db, { unitId, account: account('m9') });
      await seedRoom(db, place('g9'));
      await command('m9', 'lienket', '', 'g9');
      expect(await press('m9', `room:${unitId}`, 'g9')).toMatchObject({
        toast: expect.stringContaining('Chỉ thủ trưởng'),
      });
      const rooms = await db.query(`select unit_id as unit from chat_room where chat = 'g9'`);
      expect(rooms).toEqual([{ unit: null }]);
    });
  });

  it('a person who blocks the bot is unreachable until they come back', async () => {
    await seedPerson(db, { unitId: await seedUnit(db), account: account('b1') });
    const unreachable = async () =>
      (
        await db.query<{ cause: string | null }>(
          `select unreachable_cause as cause from identity where "user" = 'b1'`,
        )
      )[0]?.cause;
    await receive({ ...base('b1'), kind: 'blocked' });
    expect(await unreachable()).toBe('blocked');
    await receive({ ...base('b1'), kind: 'unblocked' });
    expect(await unreachable()).toBeNull();
  });
});
