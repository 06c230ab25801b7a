import { describe, expect, it } from 'vitest';
import type { ChatRoomView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { roomsFeature } from '../../../src/flows/rooms/feature.ts';
import type { Language } from '../../../src/messages/language.ts';
import { buttonsOf, Conversation, personView, unitView } from '../../support/conversation.ts';

const handler = createDispatch([roomsFeature]);
const history = unitView();
const school = unitView({
  id: 2,
  code: 'tct-ben-tre',
  nameVi: 'Trường Bến Tre',
  nameEn: 'Ben Tre School',
});
const all = [history, school];
const key = { platform: 'test', tenant: 't', chat: 'g1' };
const head = personView({ grants: [{ role: 'head', unitId: 1 }] });
const both = personView({
  grants: [
    { role: 'deputy', unitId: 1 },
    { role: 'head', unitId: 2 },
  ],
});
const council = { role: 'council', unitId: null } as const;
const office = personView({ grants: [{ role: 'office', unitId: null }] });
const empty: ChatRoomView = {
  title: 'Nhóm',
  thread: null,
  purpose: 'unit',
  unit: null,
  left: false,
};
const councils: ChatRoomView = { ...empty, purpose: 'council' };

function group(person: PersonView | null, room: ChatRoomView | null = empty, language?: Language) {
  const chat = new Conversation({
    handler,
    person,
    ...(room && { room }),
    ...(language && { language }),
    abilities: { deepLink: (code) => `https://t.me/b?start=${code}` },
    reads: {
      units: async (ids) => all.filter(({ id }) => ids.includes(id)),
      unitByCode: async (code) => all.find((unit) => unit.code === code) ?? null,
      findUnits: async (query) => (query === 'truong' ? all : []),
    },
  });
  const message = { at: key, id: '5' };
  return {
    chat,
    link: (args = '', where: object = key) =>
      chat.event({ kind: 'command', name: 'lienket', args, message, where }, 'group'),
    press: (action: string) => chat.event({ kind: 'press', action, message }, 'group'),
    event: (kind: 'joined' | 'left' | 'renamed' | 'moved', values: object = {}) =>
      chat.event({ kind, ...values }, 'group'),
    actions: () => buttonsOf(chat.decision.sends[0]?.message).map(({ action }) => action),
  };
}

describe('being added to a group', () => {
  it('remembers it, explains itself, and offers the link to a leader', async () => {
    const { chat, event, actions } = group(head, null);
    await event('joined', { title: 'Viện LSĐ' });
    expect(chat.decision.writes).toEqual([
      {
        op: 'upsert',
        table: 'chatRoom',
        row: { ...key, title: 'Viện LSĐ', addedBy: 7, leftAt: null },
      },
    ]);
    expect(chat.answer).toContain('Thủ trưởng hoặc cấp phó của đơn vị gõ /lienket');
    expect(actions()).toEqual(['room:1']);
  });

  it('by a member, a stranger or someone hidden offers no button', async () => {
    for (const person of [personView(), null]) {
      const { event, actions, chat } = group(person, null);
      await event('joined', { title: 'A' });
      expect(actions()).toEqual([]);
      expect(chat.decision.writes).toHaveLength(1);
    }
    const hidden = group(null, null);
    await hidden.event('joined', { title: 'A', from: null });
    expect(hidden.chat.answer).toContain('/lienket');
  });

  it('by the office asks for the unit by name', async () => {
    const { chat, event } = group(office, null);
    await event('joined', { title: 'A' });
    expect(chat.answer).toContain('/lienket kèm mã hoặc tên đơn vị');
  });

  it('again keeps the earlier link', async () => {
    const { chat, event, actions } = group(head, { ...empty, unit: history, left: true });
    await event('joined', { title: 'A' });
    expect(chat.answer).toContain('Nhóm này vẫn gắn với Viện Lịch sử Đảng.');
    expect(actions()).toEqual([]);
    expect(JSON.stringify(chat.decision.writes)).not.toContain('unitId');
  });
});

describe('linking a group', () => {
  it('is done at once by the head of one unit, in the topic it was asked in', async () => {
    const { chat, link } = group(head);
    await link('', { ...key, thread: '77' });
    expect(chat.changes('chatRoom')).toEqual([
      {
        where: { ...key, purpose: 'unit', unitId: null },
        set: {
          purpose: 'unit',
          unitId: 1,
          linkedBy: 7,
          linkedAt: '2024-07-05T03:00:00Z',
          thread: '77',
          leftAt: null,
        },
      },
    ]);
    expect(chat.answer).toContain('Đã gắn nhóm này với Viện Lịch sử Đảng.');
    expect(chat.answer).toContain('trong chủ đề này');
    expect(chat.rows('audit')).toMatchObject([
      { action: 'room.linked', details: { from: null, to: 'vien-lsd' } },
    ]);
  });

  it('works by button, and in a group the bot did not know', async () => {
    const { chat, press } = group(head, null);
    await press('room:1');
    expect(chat.decision.writes[0]).toMatchObject({
      op: 'upsert',
      table: 'chatRoom',
      row: { ...key, unitId: 1 },
    });
    expect(chat.decision.sends[0]?.as).toMatchObject({ edit: { id: '5' } });
  });

  it('asks which of several units', async () => {
    const { link, actions } = group(both);
    await link();
    expect(actions()).toEqual(['room:1', 'room:2']);
  });

  it('by the office needs a code or a name', async () => {
    const { chat, link, actions } = group(office);
    await link();
    expect(chat.answer).toContain('kèm mã hoặc tên đơn vị');
    await link('truong');
    expect(actions()).toEqual(['room:1', 'room:2']);
    await link('không có đâu');
    expect(chat.answer).toContain('Không tìm thấy đơn vị “không có đâu”');
    expect(chat.writes).toEqual([]);
    await link('TCT-Ben-Tre');
    expect(chat.changes('chatRoom')).toMatchObject([{ set: { unitId: 2 } }]);
  });

  it('is refused kindly to everyone without the right', async () => {
    const member = group(personView());
    await member.link();
    expect(member.chat.answer).toContain('do thủ trưởng, cấp phó của đơn vị hoặc Thường trực');
    await member.press('room:1');
    expect(member.chat.ack.toast).toContain('Chỉ thủ trưởng, cấp phó');
    const other = group(head);
    await other.link('tct-ben-tre');
    expect(other.chat.answer).toContain('mới gắn được nhóm với Trường Bến Tre');
    const stranger = group(null);
    await stranger.link('vien-lsd');
    expect(stranger.chat.answer).toContain('đăng ký trong cuộc trò chuyện riêng');
    await stranger.press('room:1');
    expect(stranger.chat.ack.toast).toContain('chưa được phân quyền');
    for (const { chat } of [member, other, stranger]) expect(chat.writes).toEqual([]);
  });

  it('tells a hidden administrator what to do', async () => {
    const { chat } = group(null);
    // The platform hides who acted, so the turn knows no identity.
    const hidden = createDispatch([
      {
        ...roomsFeature,
        commands: {
          lienket: (event, context, deps) =>
            roomsFeature.commands?.lienket?.(event, { ...context, identity: null }, deps) ??
            Promise.reject(new Error('no command')),
        },
      },
    ]);
    const blind = new Conversation({ ...chat.options, handler: hidden });
    await blind.event(
      { kind: 'command', name: 'lienket', args: '', from: null, message: { at: key, id: '5' } },
      'group',
    );
    expect(blind.answer).toContain('tắt chế độ ẩn danh');
  });

  it('to another unit first shows what changes, and only then does it', async () => {
    const linked = { ...empty, unit: history };
    const { chat, link, actions, press } = group(both, linked);
    await link('tct-ben-tre');
    expect(chat.writes).toEqual([]);
    expect(chat.answer).toContain('kết quả của Viện Lịch sử Đảng sẽ không đăng ở đây nữa');
    expect(actions()).toEqual(['room:2:1']);
    await press('room:2:9');
    expect(chat.writes).toEqual([]);
    await press('room:2:1');
    expect(chat.changes('chatRoom')).toMatchObject([
      { where: { ...key, unitId: 1 }, set: { unitId: 2 } },
    ]);
  });

  it('cannot be taken from a unit one does not lead', async () => {
    const { chat, link, press } = group(head, { ...empty, unit: school });
    await link();
    expect(chat.answer).toContain('Nhóm này đang gắn với Trường Bến Tre');
    await press('room:1:2');
    expect(chat.ack.toast).toContain('Trường Bến Tre');
    expect(chat.writes).toEqual([]);
  });

  it('twice changes nothing', async () => {
    const { chat, link } = group(head, { ...empty, unit: history });
    await link();
    expect(chat.answer).toContain('đã gắn với Viện Lịch sử Đảng');
    expect(chat.writes).toEqual([]);
  });

  it('in private says where it belongs, and ignores a stray button', async () => {
    const { chat } = group(head);
    await chat.command('lienket');
    expect(chat.last).toContain('trong nhóm của đơn vị');
    await chat.pressAction('room:1');
    expect(chat.ack.toast).toContain('Nút này đã cũ');
    await chat.event({ kind: 'press', action: 'room:99', message: { at: key, id: '5' } }, 'group');
    expect(chat.ack.toast).toContain('Nút này đã cũ');
  });

  it('speaks English too', async () => {
    const { chat, link } = group(head, empty, 'en');
    await link();
    expect(chat.answer).toContain('This group is now linked to Institute of Party History.');
  });
});

describe('the council’s group', () => {
  it('is made by the office, by words or by button', async () => {
    for (const words of ['hội đồng', 'HOI DONG', 'hoi-dong', 'council']) {
      const { chat, link } = group(office);
      await link(words);
      expect(chat.changes('chatRoom')).toMatchObject([
        { where: { purpose: 'unit', unitId: null }, set: { purpose: 'council', unitId: null } },
      ]);
      expect(chat.answer).toContain('Báo cáo tổng hợp hằng tuần gửi Hội đồng');
      expect(chat.rows('audit')).toMatchObject([{ details: { from: null, to: 'council' } }]);
    }
    const { chat, link, event, press, actions } = group(office);
    await event('joined', { title: 'A' });
    expect(actions()).toEqual(['room:council']);
    await link();
    expect(actions()).toEqual(['room:council']);
    await press('room:council');
    expect(chat.changes('chatRoom')).toHaveLength(1);
  });

  it('is nobody else’s to make, nor to take', async () => {
    for (const person of [head, personView(), personView({ grants: [council] })]) {
      const other = group(person);
      await other.press('room:council');
      expect(other.chat.ack.toast).toContain('Chỉ Thường trực Hội đồng mới gắn');
      expect(other.chat.writes).toEqual([]);
    }
    const taken = group(head, councils);
    await taken.link();
    expect(taken.chat.answer).toContain('Chỉ Thường trực Hội đồng mới chuyển được');
    await taken.press('room:1:council');
    expect(taken.chat.writes).toEqual([]);
  });

  it('changes only once it was shown what that means, and says so when it returns', async () => {
    const { chat, link, press, actions, event } = group(office, councils);
    await link('hội đồng');
    expect(chat.answer).toContain('đã gắn với Hội đồng Thi đua - Khen thưởng');
    await link('tct-ben-tre');
    expect(chat.answer).toContain('báo cáo tổng hợp sẽ không đăng ở đây nữa');
    expect(actions()).toEqual(['room:2:council']);
    expect(chat.writes).toEqual([]);
    await press('room:2:council');
    expect(chat.changes('chatRoom')).toMatchObject([
      { where: { purpose: 'council', unitId: null }, set: { purpose: 'unit', unitId: 2 } },
    ]);
    await event('joined', { title: 'A' });
    expect(chat.answer).toContain('vẫn gắn với Hội đồng Thi đua - Khen thưởng');
    const back = group(office, { ...empty, unit: history });
    await back.link('hội đồng');
    expect(back.actions()).toEqual(['room:council:1']);
  });
});

describe('what happens to chats', () => {
  it('is remembered: left, renamed, moved', async () => {
    const { chat, event } = group(null);
    await event('left');
    expect(chat.changes('chatRoom')).toEqual([
      { where: key, set: { leftAt: '2024-07-05T03:00:00Z' } },
    ]);
    await event('renamed', { title: 'Tên mới' });
    expect(chat.decision.writes).toMatchObject([{ op: 'upsert', row: { title: 'Tên mới' } }]);
    const to = { ...key, chat: 'g2' };
    await event('moved', { to });
    expect(chat.decision.moves).toEqual([{ from: key, to }]);
    expect(chat.decision.sends).toEqual([]);
    const unknown = group(null, null);
    await unknown.event('left');
    expect(unknown.chat.decision.writes).toEqual([]);
  });

  it('marks who blocked the bot as unreachable, until they come back', async () => {
    const chat = new Conversation({ handler });
    await chat.event({ kind: 'blocked' });
    expect(chat.changes('identity')).toMatchObject([
      { set: { unreachableSince: '2024-07-05T03:00:00Z', unreachableCause: 'blocked' } },
    ]);
    expect(chat.decision.sends).toEqual([]);
    await chat.event({ kind: 'unblocked' });
    expect(chat.changes('identity')).toMatchObject([
      { set: { unreachableSince: null, unreachableCause: null } },
    ]);
    const unknown = new Conversation({ handler, person: null, account: null });
    await unknown.event({ kind: 'blocked' });
    expect(unknown.decision.writes).toEqual([]);
  });
});
