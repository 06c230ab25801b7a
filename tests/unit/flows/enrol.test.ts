import { describe, expect, it } from 'vitest';
import type { TurnContext } from '../../../src/engine/turn-context.ts';
import { personView } from '../../support/conversation.ts';
import { CODE, personalInvite, rosterPerson, visitor } from '../../support/visitor.ts';

const fresh: TurnContext['account'] = {
  language: null,
  consentedAt: null,
  directChat: 'c7',
  unreachable: false,
};

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
        where: {
          platform: 'test',
          tenant: 't',
          user: 'u7',
          personId: null,
          consentedAt: '2024-07-05T03:00:00Z',
        },
        set: { personId: 7 },
      },
    ]);
    // Of two accounts that become the same person's in two ways, the second decides again.
    expect(chat.rows('conversation')).toMatchObject([{ key: 'person:7', version: 1 }]);
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
    ['expired', { ...personalInvite, expired: true }, 'đã hết hạn'],
    ['used', { ...personalInvite, used: true }, 'đã được dùng'],
  ])('that is %s gets one plain sentence', async (_what, invite, sentence) => {
    const chat = visitor({ invite: async () => invite });
    await chat.command('start', CODE);
    expect(chat.last.split('\n')[0]).toContain(sentence);
    expect(chat.last).toContain('nhập mã đăng ký');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.state.active).toBeNull();
  });

  it('of a person who has an account leads to that account, and names nobody', async () => {
    const taken = { ...personalInvite, person: { ...rosterPerson, taken: true } };
    const chat = visitor({ invite: async () => taken });
    await chat.command('start', CODE);
    expect(chat.last).toContain('gõ /taikhoan để lấy mã');
    expect(chat.last).not.toContain('Nguyễn Văn An');
    expect(chat.decision.writes).toEqual([]);
    expect(chat.state.active).toBeNull();
  });

  it('used by another account between the question and the answer is refused', async () => {
    const chat = visitor();
    await chat.command('start', CODE);
    chat.reads.invite = async () => ({ ...personalInvite, used: true });
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
