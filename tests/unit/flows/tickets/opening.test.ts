/** `/phananh`: sending feedback, in the conversation and in a window. */
import { describe, expect, it } from 'vitest';
import type { Reads } from '../../../../src/engine/reads.ts';
import type { PersonView } from '../../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { ticketsFeature } from '../../../../src/flows/tickets/feature.ts';
import { Conversation, personView, readable, unitView } from '../../../support/conversation.ts';
import { calendar, held, holder, ticketView } from '../../../support/ticket-view.ts';

const handler = createDispatch([ticketsFeature]);
const school = unitView({ id: 2, code: 'tct-ben-tre', nameVi: 'Trường Bến Tre' });
const TEXT = 'Việc chấm điểm tuần trước chưa rõ.';

function start(
  options: {
    person?: PersonView | null;
    now?: string;
    live?: number;
    holders?: ReturnType<typeof holder>[];
    forms?: boolean;
    reads?: Partial<Reads>;
  } = {},
) {
  const lines = [ticketView({ id: 3, authorId: 7 }), ticketView({ id: 4, authorId: 7 })];
  const chat = new Conversation({
    handler,
    ...(options.person !== undefined && { person: options.person }),
    ...(options.now && { now: options.now }),
    abilities: { forms: options.forms ?? false },
    reads: {
      ticketsOf: async () => ({
        total: options.live ?? 0,
        live: options.live ?? 0,
        lines: options.live ? lines : [],
      }),
      ticketsWaiting: async () => [],
      nextTicketNumber: async () => 41,
      workCalendar: async () => calendar,
      holders: async () =>
        options.holders ?? [holder(30, held('office')), holder(31, held('office'))],
      findUnits: async (query) => (/ben tre|bến tre/i.test(query) ? [school] : []),
      unitByCode: async (code) => (code === school.code ? school : null),
      units: async (ids) => (ids.includes(school.id) ? [school] : []),
      ...options.reads,
    },
  });
  return chat;
}

/** From the command to the summary, about one's own unit. */
async function toSummary(chat: Conversation): Promise<void> {
  await chat.command('phananh');
  await chat.press('Gửi phản ánh');
  await chat.press('Đơn vị tôi');
  await chat.say(TEXT);
}

describe('sending feedback', () => {
  it('says first who will read it and who will not, then what was written, and is received', async () => {
    const chat = start();
    await chat.command('phananh');
    expect(chat.last).toContain('chưa gửi phản ánh nào');
    await chat.press('Gửi phản ánh');
    expect(chat.last).toContain('Ban Thi đua - Khen thưởng (Thường trực Hội đồng)');
    expect(chat.last).toContain('Thủ trưởng và cấp phó của đơn vị được phản ánh không đọc được');
    await chat.press('Đơn vị tôi: Viện Lịch sử Đảng');
    await chat.say(TEXT);
    expect(chat.last).toContain('kiểm tra trước khi gửi');
    await chat.press('Gửi');
    expect(chat.answer).toContain(
      'Đã tiếp nhận phản ánh 41. Ban Thi đua - Khen thưởng sẽ trả lời trước 12/07/2024.',
    );
    expect(chat.rows('ticket')).toEqual([
      expect.objectContaining({
        id: 41,
        authorId: 7,
        about: 'unit',
        aboutUnitId: 1,
        status: 'open',
        version: 1,
        dueOn: '2024-07-12',
        escalatedAt: null,
      }),
    ]);
    expect(chat.rows('ticketMessage')).toEqual([
      expect.objectContaining({ ticketId: 41, authorId: 7, text: TEXT }),
    ]);
  });

  it('leaves a record without the words, the unit or the author', async () => {
    const chat = start();
    await toSummary(chat);
    await chat.press('Gửi');
    const [row, ...others] = chat.rows('audit');
    expect(others).toEqual([]);
    expect(row).toEqual({
      at: '2024-07-05T03:00:00Z',
      actor: 'ticket-author',
      action: 'ticket.opened',
      subject: 'ticket:41',
    });
  });

  it('asks every office member who does not lead the unit it is about', async () => {
    const chat = start({
      holders: [
        holder(30, held('office')),
        holder(31, held('office'), held('head', 1)),
        holder(32, held('office'), held('head', 2)),
        holder(33, held('leadership')),
      ],
    });
    await toSummary(chat);
    await chat.press('Gửi');
    const asked = chat.elsewhere();
    expect(asked.map(({ to }) => to.chat)).toEqual(['c30', 'c32']);
    expect(asked.map(({ subject }) => subject)).toEqual(['ticket:41', 'ticket:41']);
    const text = asked[0] ? readable(asked[0].message) : '';
    expect(text).toContain('Người gửi: Nguyễn Văn An');
    expect(text).toContain(TEXT);
    expect(text).toContain('Trả lời trước: 12/07/2024');
  });

  it.each([
    ['the whole office leads the unit', [holder(31, held('office'), held('deputy', 1))]],
    ['there is no office', []],
  ])('goes to the leadership at once when %s', async (_why, office) => {
    const leader = holder(33, held('leadership'));
    const concerned = holder(34, held('leadership'), held('head', 1));
    const chat = start({ holders: [...office, leader, concerned] });
    await toSummary(chat);
    await chat.press('Gửi');
    expect(chat.elsewhere().map(({ to }) => to.chat)).toEqual(['c33']);
    expect(chat.rows('ticket')[0]?.escalatedAt).toBe('2024-07-05T03:00:00Z');
  });

  it('is due in working days: before Tết the answer may take until after it', async () => {
    const chat = start({ now: '2024-02-06T03:00:00Z' });
    await toSummary(chat);
    await chat.press('Gửi');
    expect(chat.answer).toContain('trước 20/02/2024');
  });

  it('may be about another unit, found by name, about the system or something else', async () => {
    const chat = start();
    await chat.command('feedback');
    await chat.press('Gửi phản ánh');
    await chat.press('Đơn vị khác');
    await chat.say('khong co');
    expect(chat.answer).toContain('Không tìm thấy đơn vị này');
    await chat.say('ben tre');
    await chat.press('Trường Bến Tre');
    await chat.say(TEXT);
    await chat.press('Gửi');
    expect(chat.rows('ticket')[0]).toMatchObject({ about: 'unit', aboutUnitId: 2 });

    for (const [label, about] of [
      ['Hệ thống này', 'system'],
      ['Nội dung khác', 'other'],
    ] as const) {
      const other = start({ person: personView({ membership: null }) });
      await other.command('phananh');
      await other.press('Gửi phản ánh');
      expect(other.labels().some((each) => each.startsWith('Đơn vị tôi'))).toBe(false);
      await other.press(label);
      await other.say(TEXT);
      await other.press('Gửi');
      expect(other.rows('ticket')[0]).toMatchObject({ about, aboutUnitId: null });
    }
  });

  it('refuses too much, too little and files, and keeps what was written before', async () => {
    const chat = start();
    await chat.command('phananh');
    await chat.press('Gửi phản ánh');
    await chat.press('Hệ thống này');
    await chat.file();
    expect(chat.answer).toContain('viết bằng chữ');
    await chat.say('ồ');
    expect(chat.answer).toContain('đồng chí đã viết 1 ký tự');
    await chat.say('a'.repeat(2001));
    expect(chat.answer).toContain('đồng chí đã viết 2.001 ký tự');
    await chat.say('a'.repeat(2000));
    expect(chat.last).toContain('kiểm tra trước khi gửi');
  });

  it('of more than five that are open is asked to go on with one of those', async () => {
    const chat = start({ live: 5 });
    await chat.command('phananh');
    await chat.press('Gửi phản ánh');
    expect(chat.last).toContain('đang có 5 phản ánh chưa đóng');
    expect(chat.labels()).toEqual(['Mở phản ánh 3', 'Mở phản ánh 4']);
    expect(chat.state.active).toBeNull();
  });

  it('is not for people who are not enrolled', async () => {
    const chat = start({ person: null });
    await chat.pressAction('tk:new');
    expect(chat.writes).toEqual([]);
    expect(chat.state.active).toBeNull();
  });
});

describe('in a window', () => {
  it('is one step; another unit has to be named so that only one is meant', async () => {
    const chat = start({ forms: true });
    await chat.slash('phananh');
    await chat.press('Gửi phản ánh');
    expect(chat.form?.blocks.length).toBe(3);
    await chat.submit({ about: 'unit', text: TEXT });
    expect(chat.ack.fieldErrors?.unit).toContain('gõ tên hoặc mã');
    await chat.submit({ about: 'unit', unit: 'chưa có', text: TEXT });
    expect(chat.ack.fieldErrors?.unit).toContain('Không tìm thấy');
    await chat.submit({ about: 'unit', unit: 'tct-ben-tre', text: TEXT });
    expect(chat.rows('ticket')[0]).toMatchObject({ about: 'unit', aboutUnitId: 2 });
    expect(chat.answer).toContain('Đã tiếp nhận phản ánh 41');
  });

  it('about the own unit leaves the unit field aside', async () => {
    const chat = start({ forms: true });
    await chat.slash('phananh');
    await chat.press('Gửi phản ánh');
    await chat.submit({ about: 'own', unit: 'tct-ben-tre', text: TEXT });
    expect(chat.rows('ticket')[0]).toMatchObject({ about: 'unit', aboutUnitId: 1 });
  });
});
