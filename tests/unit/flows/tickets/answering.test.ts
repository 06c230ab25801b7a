/** Answering feedback, going on with it, closing it; and who learns nothing of it. */
import { describe, expect, it } from 'vitest';
import type { TicketView } from '../../../../src/engine/ticket-reads.ts';
import type { GrantView, PersonView } from '../../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../../src/flows/dispatch.ts';
import { ticketsFeature } from '../../../../src/flows/tickets/feature.ts';
import { Conversation, personView, readable } from '../../../support/conversation.ts';
import { calendar, held, holder, place, ticketView } from '../../../support/ticket-view.ts';

const handler = createDispatch([ticketsFeature]);
const me = (...grants: GrantView[]): PersonView =>
  personView({ id: 7, name: 'Lê Thường Trực', membership: null, grants });
const office = me(held('office'));
const author = personView({ id: 20, name: 'Phạm Tác Giả' });

function scene(
  person: PersonView,
  values: Partial<TicketView> = {},
  options: { forms?: boolean; copies?: readonly number[]; now?: string } = {},
) {
  let ticket = ticketView(values);
  const copies = options.copies ?? [7, 30];
  const chat = new Conversation({
    handler,
    person,
    ...(options.now && { now: options.now }),
    abilities: { forms: options.forms ?? false },
    reads: {
      ticket: async (id) => (id === ticket.id ? ticket : null),
      ticketsOf: async () => ({ total: 0, live: 0, lines: [] }),
      ticketsWaiting: async () => [ticket],
      workCalendar: async () => calendar,
      holders: async () => [
        { person: { ...office, id: 7 }, address: place('c7') },
        holder(30, held('office')),
        holder(31, held('office'), held('head', 1)),
        holder(33, held('leadership')),
      ],
      copiesOf: async () => copies.map((id) => ({ address: place(`c${id}`), personId: id })),
      postedAt: async (_subject, at) => ({ at, id: '900' }),
      recipients: async (ids) =>
        ids.map((personId) => ({
          personId,
          name: `Người ${personId}`,
          language: 'vi' as const,
          address: place(`c${personId}`),
        })),
    },
  });
  return {
    chat,
    become: (more: Partial<TicketView>) => {
      ticket = { ...ticket, ...more };
    },
    to: (id: number) => chat.decision.sends.filter((send) => send.to.chat === `c${id}`),
  };
}

describe('the office', () => {
  it('answers: the author reads it with what can be done next, the others see who answered', async () => {
    const { chat, to } = scene(office);
    await chat.pressAction('tk:12:r', '900');
    expect(chat.last).toContain('Người gửi phản ánh đọc được câu trả lời này');
    await chat.say('Đã bổ sung hai mươi ghế.');
    expect(chat.answer).toContain('Đã gửi câu trả lời phản ánh 12');
    expect(chat.changes('ticket')).toEqual([
      { where: { id: 12, version: 3 }, set: { status: 'answered', version: 4 } },
    ]);
    const [answer] = to(20);
    expect(answer && readable(answer.message)).toContain('Đã bổ sung hai mươi ghế.');
    expect(answer && readable(answer.message)).not.toContain('Lê Thường Trực');
    expect(answer?.message.buttons?.flat().map(({ label }) => label)).toEqual([
      'Phản ánh tiếp',
      'Đã rõ, đóng',
      'Phản ánh của tôi',
    ]);
    const [copy] = to(30);
    expect(copy).toMatchObject({ as: 'update', subject: 'ticket:12' });
    expect(copy && readable(copy.message)).toContain('Đồng chí Lê Thường Trực đã trả lời');
    const audit = JSON.stringify(chat.rows('audit'));
    expect(audit).toContain('ticket.answered');
    expect(audit).not.toContain('ghế');
  });

  it('answers in a window too', async () => {
    const { chat } = scene(office, {}, { forms: true });
    await chat.pressAction('tk:12:r', '900');
    await chat.submit({ text: 'Đã bổ sung ghế.' });
    expect(chat.rows('ticketMessage')).toEqual([
      expect.objectContaining({ ticketId: 12, authorId: 7, text: 'Đã bổ sung ghế.' }),
    ]);
  });

  it('gets its words back when somebody else was faster', async () => {
    const { chat, become } = scene(office);
    await chat.pressAction('tk:12:r', '900');
    const other = { id: 30, name: 'Người 30' };
    become({
      status: 'answered',
      version: 4,
      messages: [
        ...ticketView().messages,
        { author: other, at: '2024-07-05T03:00:00Z', text: 'Đã xử lý.' },
      ],
    });
    await chat.say('Câu trả lời của tôi');
    expect(chat.answer).toContain('chưa được gửi');
    expect(chat.answer).toContain('Câu trả lời của tôi');
    expect(chat.decision.writes).toEqual([]);
  });

  it('whose right ended while it was writing sends nothing', async () => {
    const { chat } = scene(office);
    await chat.pressAction('tk:12:r', '900');
    chat.person = me();
    await chat.say('Câu trả lời của tôi');
    expect(chat.answer).toContain('Không có phản ánh này');
    expect(chat.decision.writes).toEqual([]);
  });

  it('closes and opens again; the author is told; a button of an earlier state does nothing', async () => {
    const { chat, become, to } = scene(office);
    await chat.pressAction('tk:12:x:3', '900');
    expect(chat.changes('ticket')[0]).toMatchObject({
      where: { id: 12, version: 3 },
      set: { status: 'closed', version: 4 },
    });
    expect(to(20).map(({ message }) => readable(message))).toEqual([
      expect.stringContaining('đã đóng phản ánh 12'),
    ]);
    // The copy that was pressed is the answer itself.
    expect(to(7)).toHaveLength(1);
    become({ status: 'closed', version: 4, closedAt: '2024-07-05T03:00:00Z' });
    await chat.pressAction('tk:12:x:3', '900');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.ack.toast).toContain('Nút này đã cũ');
    await chat.pressAction('tk:12:u:4', '900');
    expect(chat.changes('ticket')[0]?.set).toMatchObject({ status: 'open', dueOn: '2024-07-12' });
  });

  it('lists what waits, the overdue marked, and opens one as a copy that stays up to date', async () => {
    const { chat } = scene(office, {}, { now: '2024-07-15T03:00:00Z' });
    await chat.command('phananh');
    await chat.press('Phản ánh chờ trả lời');
    expect(chat.last).toContain('Có 1 phản ánh chờ trả lời');
    expect(chat.last).toContain('12 – Viện Lịch sử Đảng, quá hạn từ 12/07/2024');
    await chat.press('Mở phản ánh 12');
    expect(chat.decision.sends[0]).toMatchObject({ as: 'send', subject: 'ticket:12' });
    await chat.command('feedback', '12');
    expect(chat.answer).toContain('Người gửi: Phạm Tác Giả');
  });

  it('reads English where it has chosen so', async () => {
    const { chat } = scene({ ...office, language: 'en' });
    await chat.command('feedback', '12');
    expect(chat.answer).toContain('Feedback 12');
    expect(chat.answer).toContain('To be answered by: 12 July 2024');
    expect(chat.labels()).toEqual(['Answer', 'Close feedback', 'Feedback to answer']);
  });

  it('that has come to lead the unit meanwhile loses its copy', async () => {
    const { chat, to } = scene(office, {}, { copies: [31] });
    await chat.pressAction('tk:12:r', '900');
    await chat.say('Đã bổ sung ghế.');
    const [copy] = to(31);
    expect(copy && readable(copy.message)).toBe(
      'Nội dung này không còn thuộc phạm vi xem của đồng chí.',
    );
  });
});

describe('the author', () => {
  it('sees the thread without names of the office, and writes more: it is open and due anew', async () => {
    const messages = [
      ...ticketView().messages,
      { author: { id: 30, name: 'Người 30' }, at: '2024-07-08T02:00:00Z', text: 'Đã xử lý.' },
    ];
    const { chat, to } = scene(
      author,
      { status: 'answered', messages },
      { now: '2024-07-09T03:00:00Z' },
    );
    await chat.command('phananh', '12');
    expect(chat.answer).toContain('Ban Thi đua - Khen thưởng, 09 giờ 00, 08/07/2024: Đã xử lý.');
    expect(chat.answer).not.toContain('Người 30');
    await chat.press('Phản ánh tiếp');
    await chat.say('Vẫn thiếu ghế ở phòng B.');
    expect(chat.answer).toContain('trước 16/07/2024');
    expect(chat.changes('ticket')[0]).toEqual({
      where: { id: 12, version: 3 },
      set: { status: 'open', dueOn: '2024-07-16', closedAt: null, version: 4 },
    });
    expect(to(30).map(({ as }) => as)).toEqual(['update', undefined]);
    expect(to(30).map(({ message }) => readable(message))[1]).toContain('Vẫn thiếu ghế ở phòng B.');
    expect(to(31)).toEqual([]);
    expect(JSON.stringify(chat.rows('audit'))).not.toMatch(/actorId|person:20/);
  });

  it('may write more while it waits: the answer is owed by the same day', async () => {
    const { chat } = scene(author, {}, { now: '2024-07-09T03:00:00Z' });
    await chat.pressAction('tk:12:f');
    await chat.say('Xin bổ sung thêm.');
    expect(chat.changes('ticket')[0]?.set).toMatchObject({ dueOn: '2024-07-12' });
  });

  it('closes it when it is clear, and may open it again by writing', async () => {
    const { chat, become } = scene(author, { status: 'answered' });
    await chat.pressAction('tk:12:x:3', '5');
    expect(chat.answer).toContain('Đã đóng phản ánh 12');
    become({ status: 'closed', version: 4, closedAt: '2024-07-05T03:00:00Z' });
    await chat.pressAction('tk:12:f');
    await chat.say('Còn một việc nữa.');
    expect(chat.changes('ticket')[0]?.set).toMatchObject({ status: 'open' });
  });

  it('does not answer itself, nor open it by the office’s button', async () => {
    const { chat } = scene(personView({ id: 20, grants: [held('office')] }));
    for (const action of ['tk:12:r', 'tk:12:u:3']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('Không có phản ánh này');
    }
  });
});

describe('nobody else learns of it', () => {
  const roles: readonly [string, PersonView][] = [
    ['a stranger to it', me()],
    ['the head of the unit', me(held('head', 1))],
    ['the deputy of the unit', me(held('deputy', 1))],
    ['the head of the unit who is of the office', me(held('office'), held('head', 1))],
    ['the deputy of the unit who is of the leadership', me(held('leadership'), held('deputy', 1))],
    ['the head of another unit', me(held('head', 2))],
    ['the reporter', me(held('reporter', 1))],
    ['the council', me(held('council'))],
    ['the leadership before it is escalated', me(held('leadership'))],
    ['the press', me(held('press'))],
    ['the finance office', me(held('finance'))],
    ['a mobiliser', me(held('mobiliser'))],
    ['an overseer', me({ role: 'overseer', unitId: null, scope: 'students' })],
  ];

  it.each(roles)('%s gets by each command and button what a wrong number gets', async (_, who) => {
    const actions = ['o', 'r', 'f', 'x:3', 'u:3'];
    const toasts = async (number: number) => {
      const { chat } = scene(who);
      const said: unknown[] = [];
      for (const action of actions) {
        await chat.pressAction(`tk:${number}:${action}`);
        said.push(chat.ack, chat.decision.sends, chat.decision.writes);
      }
      await chat.command('phananh', String(number));
      return [...said, chat.answer];
    };
    expect(await toasts(12)).toEqual(await toasts(13));
    const { chat } = scene(who);
    await chat.command('phananh');
    expect(chat.last).not.toContain('12');
    expect(chat.last).not.toContain('chờ trả lời');
    await chat.pressAction('tk:q:0');
    expect(JSON.stringify([chat.ack, chat.decision.sends])).not.toContain('Viện Lịch sử Đảng');
  });

  it('a forged form changes nothing', async () => {
    const { chat } = scene(me(held('head', 1)), {}, { forms: true });
    for (const key of ['answer:12:1', 'follow:12:1', 'answer:999:1', 'x'])
      await chat.submitAs(`ticket-words:${key}`, { text: 'Tôi đọc được' });
    expect(chat.writes).toEqual([]);
  });

  it('the leadership reads and answers once it is escalated, unless it leads the unit', async () => {
    const { chat } = scene(me(held('leadership')), { escalated: true });
    await chat.pressAction('tk:12:o');
    expect(chat.answer).toContain('đã chuyển đến Ban Giám đốc');
    const concerned = scene(me(held('leadership'), held('head', 1)), { escalated: true }).chat;
    await concerned.pressAction('tk:12:o');
    expect(concerned.ack.toast).toContain('Không có phản ánh này');
  });
});
