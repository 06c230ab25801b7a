import { describe, expect, it } from 'vitest';
import type { InviteView, PersonHit, Reads } from '../../../src/engine/reads.ts';
import type { TurnContext } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { enrolFeature } from '../../../src/flows/enrol/feature.ts';
import { helpFeature, languageFeature } from '../../../src/flows/help.ts';
import {
  Conversation,
  type ConversationOptions,
  personView,
  readable,
  unitView,
} from '../../support/conversation.ts';

const handler = createDispatch([enrolFeature, languageFeature, helpFeature]);
const CODE = '0123456789ABCDEF';
const unit = unitView();

const fresh: TurnContext['account'] = {
  language: null,
  consentedAt: null,
  directChat: 'c7',
  unreachable: false,
};
const person = { id: 7, name: 'Nguyễn Văn An', unit, taken: false };
const personal: InviteView = { code: CODE, expired: false, used: false, person, unit: null };
const ofUnit: InviteView = { ...personal, person: null, unit };
const hit = (id: number, name: string, values: Partial<PersonHit> = {}): PersonHit => ({
  id,
  name,
  unit,
  exact: true,
  taken: false,
  ...values,
});

function visitor(reads: Partial<Reads> = {}, options: Partial<ConversationOptions> = {}) {
  return new Conversation({
    handler,
    person: null,
    reads: {
      openEnrolmentRequest: async () => null,
      invite: async (code) => (code.replace(/-/g, '') === CODE ? personal : null),
      person: async (id) => personView({ id }),
      ...reads,
    },
    ...options,
  });
}

describe('consent', () => {
  it('comes before anything is looked up or linked, and carries the code', async () => {
    const chat = visitor(
      {
        invite: async () => {
          throw new Error('looked up before consent');
        },
      },
      { account: null },
    );
    await chat.command('start', CODE);
    expect(chat.last).toContain('75 năm');
    expect(chat.last).toContain('Đồng chí có đồng ý không?');
    expect(chat.writes).toEqual([]);
    expect(chat.decision.sends[0]?.message.buttons?.flat().map(({ action }) => action)).toEqual([
      `con:yes:${CODE}`,
      `con:no:${CODE}`,
    ]);
  });

  it('is recorded with its version, stays readable, and leads on with the code', async () => {
    const chat = visitor({}, { account: fresh });
    await chat.command('start', CODE);
    await chat.press('Đồng ý');
    expect(chat.changes('identity')).toEqual([
      {
        where: { platform: 'test', tenant: 't', user: 'u7' },
        set: { consentedAt: '2024-07-05T03:00:00Z', consentVersion: '1' },
      },
    ]);
    expect(chat.shown.map(({ message }) => message.notice)[0]).toBe('Đồng chí đã đồng ý.');
    expect(chat.last).toContain('đồng chí là Nguyễn Văn An, Viện Lịch sử Đảng');
  });

  it('may be refused, in one sentence, and thought over again', async () => {
    const chat = visitor({}, { account: fresh });
    await chat.command('start', CODE);
    await chat.press('Không đồng ý');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('tôn trọng lựa chọn');
    await chat.press('Xem lại');
    expect(chat.labels()).toEqual(['Đồng ý', 'Không đồng ý']);
    expect(chat.decision.sends[0]?.message.buttons?.[0]?.[0]?.action).toBe(`con:yes:${CODE}`);
  });

  it('taken back later ends what was under way', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    expect(chat.state.active?.flow).toBe('enrol-confirm');
    await chat.pressAction(`con:no:${CODE}`);
    expect(chat.state.active).toBeNull();
    expect(chat.changes('identity')).toMatchObject([{ set: { consentedAt: null } }]);
  });

  it('offers English to a client that is not Vietnamese, and keeps the code', async () => {
    const chat = visitor({}, { account: fresh, client: 'en-GB' });
    await chat.command('start', CODE);
    await chat.press('English');
    expect(chat.last).toContain('Do you consent?');
    expect(chat.changes('identity')).toMatchObject([{ set: { language: 'en' } }]);
    expect(chat.decision.sends[0]?.message.buttons?.[0]?.[0]?.action).toBe(`con:yes:${CODE}`);
  });

  it('is asked whatever an unknown person sends', async () => {
    const chat = visitor({}, { account: null });
    for (const send of [
      () => chat.say('chào'),
      () => chat.say(CODE),
      () => chat.say('x'.repeat(10_000)),
      () => chat.unsupported('sticker'),
      () => chat.file(),
      () => chat.command('baocao', 'abc'),
      () =>
        chat.event({
          kind: 'contact',
          phone: '84912345678',
          own: true,
          message: { at: { platform: 'test', tenant: 't', chat: 'c7' }, id: 'x' },
        }),
    ]) {
      await send();
      expect(chat.last).toContain('Đồng chí có đồng ý không?');
      expect(chat.writes).toEqual([]);
    }
    await chat.say(CODE);
    expect(chat.decision.sends[0]?.message.buttons?.[0]?.[0]?.action).toBe(`con:yes:${CODE}`);
  });

  it('ignores buttons that make no sense', async () => {
    const chat = visitor();
    for (const action of ['con:', 'con:maybe', 'con:yes:short', 'enr:1', 'enr:1:1:z']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('Nút này đã cũ');
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    }
  });
});

describe('a personal code', () => {
  it('links the account once, and says what to do next', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    await chat.press('Đúng');
    expect(chat.changes('identity')).toEqual([
      {
        where: { platform: 'test', tenant: 't', user: 'u7', personId: null },
        set: { personId: 7 },
      },
    ]);
    expect(chat.changes('invite')).toEqual([
      {
        where: { code: CODE, usedAt: null },
        set: { usedAt: '2024-07-05T03:00:00Z', usedBy: 'test:t:u7' },
      },
    ]);
    expect(chat.last).toContain('Đã ghi nhận: Nguyễn Văn An, Viện Lịch sử Đảng.');
    expect(chat.last).toContain('/baocao');
    expect(chat.last).not.toContain('/choxacnhan');
    expect(chat.state.active).toBeNull();
  });

  it('tells a head about what waits for them', async () => {
    const chat = visitor({
      person: async (id) => personView({ id, grants: [{ role: 'head', unitId: 1 }] }),
    });
    await chat.command('start', CODE);
    await chat.press('Đúng');
    expect(chat.last).toContain('/choxacnhan');
  });

  it('may be typed as plain text, with hyphens', async () => {
    const chat = visitor();
    await chat.say('0123-4567-89AB-CDEF');
    expect(chat.last).toContain('Có đúng không?');
  });

  it('of somebody else links nothing', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    await chat.press('Không phải tôi');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('nhận đúng mã');
  });

  it('wants the button, and says so to anything else', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    await chat.say('vâng');
    expect(chat.last).toContain('chọn một trong hai nút');
    await chat.unsupported('sticker');
    expect(chat.last).toContain('Có đúng không?');
    expect(chat.writes).toEqual([]);
  });

  it.each([
    ['unknown', null, 'Không tìm thấy mã'],
    ['expired', { ...personal, expired: true }, 'đã hết hạn'],
    ['used', { ...personal, used: true }, 'đã được dùng'],
    [
      'of a person taken',
      { ...personal, person: { ...person, taken: true } },
      'một tài khoản khác',
    ],
  ])('that is %s gets one plain sentence', async (_what, invite, sentence) => {
    const chat = visitor({ invite: async () => invite });
    await chat.command('start', CODE);
    expect(chat.last.split('\n')[0]).toContain(sentence);
    expect(chat.last).toContain('nhập mã đăng ký');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.state.active).toBeNull();
  });

  it('used by another account between the question and the answer is refused', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    chat.reads.invite = async () => ({ ...personal, used: true });
    await chat.press('Đúng');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('đã được dùng');
  });

  it('that is no code is said to be none', async () => {
    const chat = visitor();
    await chat.command('start', 'xin chào');
    expect(chat.last).toContain('không phải mã đăng ký');
    await chat.say('abc123');
    expect(chat.last).toContain('không phải mã đăng ký');
  });
});

describe('a unit’s code', () => {
  const searching = (hits: PersonHit[], reads: Partial<Reads> = {}) =>
    visitor({
      invite: async () => ofUnit,
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

describe('/start', () => {
  it('shows the menu to someone enrolled, and frees them from a flow', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    chat.person = personView();
    await chat.command('start', CODE);
    expect(chat.state.active).toBeNull();
    expect(chat.last).toContain('Kính chào đồng chí Nguyễn Văn An, Viện Lịch sử Đảng.');
    expect(chat.labels()).toContain('Báo cáo thành tích');
  });

  it('in a group points to the private chat', async () => {
    const chat = visitor({}, { abilities: { deepLink: (code) => `https://t.me/b?start=${code}` } });
    await chat.event(
      {
        kind: 'command',
        name: 'start',
        args: CODE,
        message: { at: { platform: 'test', tenant: 't', chat: 'g1' }, id: 'x' },
      },
      'group',
    );
    expect(chat.answer).toContain('trò chuyện riêng');
    expect(JSON.stringify(chat.decision.sends)).toContain('https://t.me/b?start=menu');
    expect(chat.writes).toEqual([]);
    await chat.command('start', 'menu');
    expect(chat.last).not.toContain('không phải mã');
  });
});
