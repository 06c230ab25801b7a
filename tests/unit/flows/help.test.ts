import { describe, expect, it } from 'vitest';
import type { GrantView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { helpFeature, languageFeature } from '../../../src/flows/help.ts';
import { type CommandRole, commandMenu, roleOf } from '../../../src/messages/commands.ts';
import { LANGUAGES } from '../../../src/messages/language.ts';
import { Conversation, personView, texts } from '../../support/conversation.ts';

const handler = createDispatch([helpFeature, languageFeature]);
const talk = (person: PersonView | null) => new Conversation({ handler, person });
const withRole = (...grants: GrantView[]) => personView({ grants });

describe('help', () => {
  it.each([
    ['a member', personView(), 'khi có kết quả mới', false],
    ['a head', withRole({ role: 'head', unitId: 1 }), 'do cấp phó hoặc cấp trên xác nhận', true],
    ['the office', withRole({ role: 'office', unitId: null }), 'đề nghị đăng ký được gửi', true],
  ])('tells %s what they can do', async (_who, person, sentence, decides) => {
    const chat = talk(person);
    await chat.command('trogiup');
    expect(chat.last.toLowerCase()).toContain(sentence);
    expect(chat.last.includes('/choxacnhan')).toBe(decides);
    expect(chat.labels()).toContain('Báo cáo thành tích');
  });

  it('tells of forms, and of doing without them, where the platform has them', async () => {
    const withForms = new Conversation({
      handler,
      person: personView(),
      abilities: { forms: true },
    });
    await withForms.command('trogiup');
    expect(withForms.last).toContain('mở một biểu mẫu');
    const without = talk(personView());
    await without.command('trogiup');
    expect(without.last).not.toContain('biểu mẫu');
  });

  it('tells someone not enrolled how to enrol', async () => {
    const chat = talk(null);
    await chat.command('help');
    expect(chat.last).toContain('mã hoặc đường dẫn do đơn vị cấp');
    expect(chat.labels()).toEqual(['Bắt đầu đăng ký']);
    // Where there is no "/start" it would be refused.
    expect(chat.last).toContain('/batdau – ');
    expect(chat.last).not.toContain('/start');
  });

  it('in a group is about the group', async () => {
    const chat = talk(personView());
    const at = { platform: 'test', tenant: 't', chat: 'g1' };
    await chat.event(
      { kind: 'command', name: 'trogiup', args: '', message: { at, id: '1' } },
      'group',
    );
    expect(chat.answer).toContain('trong nhóm này');
    expect(chat.answer).toContain('/lienket');
    expect(chat.decision.sends[0]?.message.buttons).toBeUndefined();
  });
});

describe('language', () => {
  it('is the person’s from then on, and answers in it', async () => {
    const chat = talk(personView());
    await chat.command('ngonngu');
    await chat.press('English');
    expect(chat.changes('person')).toEqual([{ where: { id: 7 }, set: { language: 'en' } }]);
    expect(chat.last).toBe('The bot will use English.');
    expect(chat.labels()).toContain('Report an achievement');
  });

  it('is the account’s before enrolment', async () => {
    const chat = talk(null);
    await chat.command('language');
    await chat.press('Tiếng Việt');
    expect(chat.changes('identity')).toEqual([
      { where: { platform: 'test', tenant: 't', user: 'u7' }, set: { language: 'vi' } },
    ]);
  });

  it('chosen on the person’s own page says so over it: the page itself changes', async () => {
    const chat = talk(personView());
    await chat.event({ kind: 'press', action: 'lang:en' });
    expect(chat.changes('person')).toEqual([{ where: { id: 7 }, set: { language: 'en' } }]);
    expect(chat.ack).toEqual({ toast: 'The bot will use English.' });
    expect(chat.decision.sends).toEqual([]);
  });

  it('is one of two', async () => {
    const chat = talk(personView());
    for (const action of ['lang:', 'lang:fr', 'lang:vi:x']) {
      await chat.pressAction(action);
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
      expect(chat.ack.toast).toContain('Nút này đã cũ');
    }
  });
});

describe('the command menus', () => {
  const roles: (CommandRole | undefined)[] = [
    undefined,
    'guest',
    'member',
    'head',
    'office',
    'group',
  ];

  it('fit Telegram: names of 32 letters, descriptions of 256, none twice', () => {
    for (const language of LANGUAGES)
      for (const role of roles) {
        const menu = commandMenu(texts[language], role);
        expect(new Set(menu.map(({ command }) => command)).size).toBe(menu.length);
        for (const { command, description } of menu) {
          expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
          expect(description.length).toBeGreaterThan(0);
          expect(description.length).toBeLessThanOrEqual(256);
        }
      }
  });

  it('belong to the widest role', () => {
    expect(roleOf(null)).toBe('guest');
    expect(roleOf(personView())).toBe('member');
    expect(roleOf(withRole({ role: 'deputy', unitId: 1 }))).toBe('head');
    expect(roleOf(withRole({ role: 'head', unitId: 1 }, { role: 'office', unitId: null }))).toBe(
      'office',
    );
  });
});
