/** Who is recognised by the platform's word for their e-mail, and who never is. */
import { describe, expect, it } from 'vitest';
import type { Reads } from '../../../src/engine/reads.ts';
import type { ConversationOptions } from '../../support/conversation.ts';
import { CODE, hit, visitor } from '../../support/visitor.ts';

const EMAIL = 'an.nguyen@hcma.vn';
const fresh = { language: null, consentedAt: null, directChat: 'c7', unreachable: false };

const member = (reads: Partial<Reads> = {}, options: Partial<ConversationOptions> = {}) =>
  visitor(
    {
      personByEmail: async (email) => (email === EMAIL ? hit(7, 'Nguyễn Văn An') : null),
      ...reads,
    },
    { email: EMAIL, ...options },
  );

describe('an account whose e-mail is in the roster', () => {
  it('is asked for its consent before it is looked up', async () => {
    const chat = member(
      {
        personByEmail: async () => {
          throw new Error('looked up before consent');
        },
      },
      { account: null },
    );
    for (const say of ['báo cáo', 'xin chào']) {
      await chat.say(say);
      expect(chat.last).toContain('Đồng chí có đồng ý không?');
      expect(chat.writes).toEqual([]);
    }
  });

  it('is then recognised without any code, asked, and linked', async () => {
    const chat = member({}, { account: fresh });
    await chat.say('xin chào');
    await chat.press('Đồng ý');
    expect(chat.last).toContain('đồng chí là Nguyễn Văn An, Viện Lịch sử Đảng. Có đúng không?');
    // Whose address it is stays with the platform: the conversation knows the person only.
    expect(JSON.stringify([chat.state, chat.decision.writes])).not.toContain('@');
    const agreed = member({}, { state: chat.state });
    agreed.shown.push(...chat.shown);
    await agreed.press('Đúng');
    expect(agreed.changes('identity')).toMatchObject([
      { where: { user: 'u7', personId: null }, set: { personId: 7 } },
    ]);
    expect(agreed.rows('conversation')).toMatchObject([{ key: 'person:7', version: 1 }]);
    expect(agreed.changes('invite')).toEqual([]);
    expect(agreed.rows('audit')).toMatchObject([
      { action: 'enrolment.linked', details: { by: 'email' } },
    ]);
    expect(JSON.stringify(agreed.decision.writes)).not.toContain('@');
    expect(agreed.last).toContain('Đã ghi nhận: Nguyễn Văn An');
  });

  it('may say that it is somebody else, and then needs a code', async () => {
    const chat = member();
    await chat.command('start');
    await chat.press('Không phải tôi');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('nhập mã đăng ký');
    expect(chat.last).toContain('địa chỉ thư điện tử');
    await chat.say(CODE);
    expect(chat.last).toContain('Có đúng không?');
  });

  it('is not linked when the address is another one by then, or was taken off the roster', async () => {
    for (const changed of [
      { email: EMAIL, reads: { personByEmail: async () => null } },
      { email: EMAIL, reads: { personByEmail: async () => hit(8, 'Trần Văn Bình') } },
      { email: undefined, reads: {} },
    ]) {
      const chat = member();
      await chat.command('start');
      const later = visitor(changed.reads, {
        state: chat.state,
        ...(changed.email && { email: changed.email }),
      });
      later.shown.push(...chat.shown);
      await later.press('Đúng');
      expect(later.writes).toEqual([]);
      expect(later.last).toContain('không còn khớp với danh sách');
      expect(later.last).not.toContain('Bình');
    }
  });

  it('of somebody who has an account already is led there', async () => {
    const chat = member({
      personByEmail: async () => hit(7, 'Nguyễn Văn An', { taken: true }),
    });
    await chat.command('start');
    expect(chat.last).toContain('gõ /taikhoan để lấy mã');
    expect(chat.last).not.toContain('Nguyễn Văn An');
    expect(chat.state.active).toBeNull();
    expect(chat.writes).toEqual([]);
  });

  it('that becomes somebody’s elsewhere between the question and the answer is led there', async () => {
    const chat = member();
    await chat.command('start');
    chat.reads.personByEmail = async () => hit(7, 'Nguyễn Văn An', { taken: true });
    await chat.press('Đúng');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('gõ /taikhoan');
  });

  it('comes in by the code it brought, whoever the code is for', async () => {
    const chat = member({
      personByEmail: async () => {
        throw new Error('a code comes first');
      },
    });
    await chat.command('start', CODE);
    expect(chat.state.active?.subject).toBe(`code:${CODE}`);
  });

  it('may not be in the roster at all: then it is asked for a code', async () => {
    const chat = member({}, { email: 'ai.do@hcma.vn' });
    await chat.command('start');
    expect(chat.last).toContain('nhập mã đăng ký');
  });
});

describe('a guest of the workspace', () => {
  it('is never recognised by e-mail, and enrols with a code', async () => {
    const chat = member(
      {
        personByEmail: async () => {
          throw new Error('looked up a guest');
        },
      },
      { standing: 'guest' },
    );
    await chat.command('start');
    expect(chat.last).toContain('nhập mã đăng ký');
    await chat.say(CODE);
    await chat.press('Đúng');
    expect(chat.changes('identity')).toMatchObject([{ set: { personId: 7 } }]);
  });

  it('cannot answer the question an ordinary account was asked', async () => {
    const chat = member();
    await chat.command('start');
    const guest = member({}, { standing: 'guest', state: chat.state });
    guest.shown.push(...chat.shown);
    await guest.press('Đúng');
    expect(guest.writes).toEqual([]);
  });
});

describe('somebody of another organisation', () => {
  const stranger = (options: Partial<ConversationOptions> = {}) =>
    visitor(
      {
        invite: async () => {
          throw new Error('looked up for a stranger');
        },
      },
      { standing: 'outsider', email: EMAIL, ...options },
    );
  const where = { platform: 'test', tenant: 't', chat: 'c7' };

  it('gets one polite sentence for whatever they do, even with a valid code', async () => {
    const chat = stranger({ account: null });
    for (const send of [
      () => chat.say('xin chào'),
      () => chat.say(CODE),
      () => chat.command('start', CODE),
      () => chat.command('baocao'),
      () => chat.command('khong_co'),
      () => chat.file(),
      () => chat.unsupported('voice'),
      () =>
        chat.event({
          kind: 'contact',
          phone: '84912345678',
          own: true,
          message: { at: where, id: 'x' },
        }),
    ]) {
      await send();
      expect(chat.decision).toMatchObject({ writes: [], ack: {} });
      expect(chat.decision.state).toBeUndefined();
      expect(chat.decision.sends).toHaveLength(1);
      expect(chat.answer).toBe(
        'Hệ thống này chỉ dành cho cán bộ, học viên của Học viện Chính trị quốc gia Hồ Chí Minh; mong đồng chí thông cảm.',
      );
    }
  });

  it('presses and sends forms in vain, wherever it is', async () => {
    const chat = stranger();
    for (const action of [
      'con:yes',
      `con:yes:${CODE}`,
      'cmd:baocao',
      'acc:add',
      'q:1:ok',
      'lang:en',
    ]) {
      for (const audience of ['private', 'group'] as const) {
        await chat.event({ kind: 'press', action }, audience);
        expect(chat.decision).toMatchObject({ writes: [], sends: [] });
        expect(chat.ack.toast).toContain('chỉ dành cho cán bộ, học viên');
      }
    }
    await chat.event({ kind: 'submit', form: 'report:-', values: { title: 'Việc' } });
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    expect(chat.ack.toast).toContain('chỉ dành cho cán bộ, học viên');
  });

  it('is answered in the language of the client', async () => {
    const chat = stranger({ client: 'en-GB' });
    await chat.say('hello');
    expect(chat.answer).toContain('serves only the staff and students');
  });

  it('is left alone in groups, with edits, and when the chat is blocked', async () => {
    const chat = stranger();
    await chat.event(
      {
        kind: 'command',
        name: 'trogiup',
        args: '',
        message: { at: { ...where, chat: 'g1' }, id: 'x' },
      },
      'group',
    );
    expect(chat.decision).toEqual({ writes: [], sends: [], ack: {} });
    await chat.event(
      { kind: 'text', text: 'a', message: { at: where, id: 'x' }, edited: true },
      'private',
    );
    expect(chat.decision).toEqual({ writes: [], sends: [], ack: {} });
    for (const kind of ['blocked', 'unblocked'] as const) {
      await chat.event({ kind });
      expect(chat.decision).toEqual({ writes: [], sends: [], ack: {} });
    }
  });
});
