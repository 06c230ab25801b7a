import { describe, expect, it } from 'vitest';
import type { PersonHit, Reads } from '../../../src/engine/reads.ts';
import { type Conversation, personView, readable, unitView } from '../../support/conversation.ts';
import { CODE, hit, unitInvite, visitor } from '../../support/visitor.ts';

describe('a unit’s code', () => {
  const searching = (hits: PersonHit[], reads: Partial<Reads> = {}) =>
    visitor({
      invite: async () => unitInvite,
      findPeople: async (_query, { unitId }) => {
        expect(unitId).toBe(1);
        return hits;
      },
      nextEnrolmentNumber: async () => 41,
      verifiersOf: async () => [
        {
          personId: 2,
          name: 'Trần Thị Bình',
          language: 'en',
          address: { platform: 'test', tenant: 't', chat: 'c2' },
        },
      ],
      ...reads,
    });

  it('finds the name, asks the head, and says what happens next', async () => {
    const chat = searching([hit(7, 'Đỗ Văn An'), hit(8, 'Đỗ Văn Ân')], {
      person: async (id) => personView({ id, name: 'Đỗ Văn An' }),
    });
    await chat.command('start', CODE);
    expect(chat.last).toContain('Đăng ký vào Viện Lịch sử Đảng');
    await chat.say('do van an');
    expect(chat.labels()).toEqual(['Đỗ Văn An', 'Đỗ Văn Ân', 'Hủy']);
    await chat.press('Đỗ Văn An');
    expect(chat.rows('enrolmentRequest')).toEqual([
      {
        platform: 'test',
        tenant: 't',
        user: 'u7',
        id: 41,
        personId: 7,
        unitId: 1,
        status: 'waiting',
        version: 1,
        requestedAt: '2024-07-05T03:00:00Z',
      },
    ]);
    expect(chat.changes('identity')).toEqual([]);
    expect(chat.last).toContain('(Đỗ Văn An, Viện Lịch sử Đảng) đang chờ đơn vị xác nhận');
    const [asked] = chat.elsewhere();
    expect(asked).toMatchObject({ to: { chat: 'c2' }, subject: 'enrolment:41', personId: 2 });
    expect(asked && readable(asked.message)).toContain(
      'Do you confirm that this account belongs to Đỗ Văn An?',
    );
    expect(asked?.message.buttons?.flat().map(({ action }) => action)).toEqual([
      'enr:41:1:y',
      'enr:41:1:n',
    ]);
  });

  it('advises whoever is not found, and refuses what is no name', async () => {
    const chat = searching([]);
    await chat.command('start', CODE);
    await chat.say('Người Lạ');
    expect(chat.last).toContain('Không tìm thấy tên này');
    for (const text of ['a', '12345', '🙂🙂', 'x'.repeat(10_000)]) {
      await chat.say(text);
      expect(chat.last).toContain('nhập họ và tên bằng chữ');
    }
    await chat.file();
    expect(chat.last).toContain('nhập họ và tên bằng chữ');
    expect(chat.writes.filter(({ table }) => table === 'enrolmentRequest')).toEqual([]);
  });

  it('refuses a name that is taken, or of another unit, whatever button is pressed', async () => {
    const chat = searching([hit(7, 'Nguyễn Văn An', { taken: true })]);
    await chat.command('start', CODE);
    await chat.say('an nguyen');
    await chat.press('(đã đăng ký)');
    expect(chat.last).toContain('một tài khoản khác');
    const step = chat.state.active?.step;
    chat.reads.person = async (id) =>
      personView({ id, membership: { unit: unitView({ id: 9 }), audience: 'staff' } });
    chat.reads.findPeople = async () => [hit(7, 'Nguyễn Văn An', { unit: unitView({ id: 9 }) })];
    await chat.pressAction(`q:${step}:c:7`);
    expect(chat.last).toContain('Không tìm thấy tên này');
    expect(chat.writes).toEqual([]);
  });

  it('says when many match', async () => {
    const many = Array.from({ length: 9 }, (_, i) => hit(i + 1, `Nguyễn Văn An ${i}`));
    const chat = searching(many);
    await chat.command('start', CODE);
    await chat.say('an');
    expect(chat.last).toContain('Có nhiều người phù hợp');
    expect(chat.labels()).toHaveLength(9);
  });

  it('is honest when nobody can be reached', async () => {
    const chat = searching([hit(7, 'Nguyễn Văn An')], { verifiersOf: async () => [] });
    await chat.command('start', CODE);
    await chat.say('an');
    await chat.press('Nguyễn Văn An');
    expect(chat.last).toContain('chưa dùng hệ thống');
    expect(chat.rows('enrolmentRequest')).toHaveLength(1);
  });
});

describe('a shared phone number', () => {
  const contact = (chat: Conversation, own = true) =>
    chat.event({
      kind: 'contact',
      phone: '+84912345678',
      own,
      message: { at: { platform: 'test', tenant: 't', chat: 'c7' }, id: 'x' },
    });

  it('is asked for where the platform vouches for it', async () => {
    const chat = visitor();
    await chat.command('start');
    expect(chat.decision.sends[0]?.message.contactRequest).toBeDefined();
    const without = visitor({}, { abilities: { contact: false } });
    await without.command('start');
    expect(without.decision.sends[0]?.message.contactRequest).toBeUndefined();
  });

  it('of exactly one person leads to them', async () => {
    const chat = visitor({
      peopleByPhone: async () => [hit(7, 'Nguyễn Văn An')],
      findPeople: async () => [hit(7, 'Nguyễn Văn An')],
    });
    await contact(chat);
    expect(chat.last).toContain('đồng chí là Nguyễn Văn An');
    await chat.press('Đúng');
    expect(chat.changes('identity')).toMatchObject([{ set: { personId: 7 } }]);
    expect(chat.changes('invite')).toEqual([]);
  });

  it.each([
    ['nobody', [], 'không có trong danh sách'],
    ['two people', [hit(7, 'A'), hit(8, 'B')], 'thuộc nhiều người'],
    ['somebody taken', [hit(7, 'A', { taken: true })], 'một tài khoản khác'],
  ])('of %s gets advice', async (_who, people, sentence) => {
    const chat = visitor({ peopleByPhone: async () => people });
    await contact(chat);
    expect(chat.last).toContain(sentence);
    expect(chat.writes).toEqual([]);
  });

  it('of somebody else is not even looked up', async () => {
    const chat = visitor();
    await contact(chat, false);
    expect(chat.last).toContain('chính tài khoản này');
  });
});
