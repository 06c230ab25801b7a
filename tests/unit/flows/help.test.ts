import { describe, expect, it } from 'vitest';
import { ROLES } from '../../../src/db/schema.ts';
import type { GrantView, PersonView } from '../../../src/engine/turn-context.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { helpFeature, languageFeature } from '../../../src/flows/help.ts';
import {
  allCommands,
  COMMANDS,
  type CommandRole,
  commandMenu,
  commandRoles,
  generalMenu,
  menuRows,
} from '../../../src/messages/commands.ts';
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
  const everyRole: CommandRole[] = ['guest', 'enrolled', 'member', 'group', ...ROLES];

  it('fit Telegram: at most 100 names of 32 letters, descriptions of 256, none twice', () => {
    for (const language of LANGUAGES) {
      const say = texts[language];
      const menus = [generalMenu(say), allCommands(say), commandMenu(say, ...everyRole)];
      for (const menu of [...menus, ...everyRole.map((role) => commandMenu(say, role))]) {
        expect(new Set(menu.map(({ command }) => command)).size).toBe(menu.length);
        expect(menu.length).toBeLessThanOrEqual(100);
        for (const { command, description } of menu) {
          expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
          expect(description.length).toBeGreaterThan(0);
          expect(description.length).toBeLessThanOrEqual(256);
        }
      }
    }
  });

  it('name every command for somebody, and what is for all in short', () => {
    for (const { command, for: seers } of COMMANDS)
      expect({ command, seers: seers.length > 0 }).toEqual({ command, seers: true });
    expect(generalMenu(texts.vi).map(({ command }) => command)).toEqual([
      'start',
      'baocao',
      'choxacnhan',
      'cuatoi',
      'tieptuc',
      'huy',
      'bangxephang',
      'lich',
      'nhanxet',
      'dangky',
      'phananh',
      'taikhoan',
      'ngonngu',
      'trogiup',
    ]);
  });

  it('are those of all the roles a person holds together', () => {
    expect(commandRoles(null)).toEqual(['guest']);
    expect(commandRoles(personView())).toEqual(['enrolled', 'member']);
    expect(commandRoles(personView({ membership: null }))).toEqual(['enrolled']);
    const both = withRole(
      { role: 'head', unitId: 1 },
      { role: 'head', unitId: 2 },
      { role: 'office', unitId: null },
    );
    expect(commandRoles(both)).toEqual(['enrolled', 'member', 'head', 'office']);
    const seen = commandMenu(texts.vi, ...commandRoles(both)).map(({ command }) => command);
    expect(seen).toEqual(expect.arrayContaining(['baocao', 'uyquyen', 'phanquyen', 'tapthe']));
    expect(seen[0]).toBe('baocao');
  });

  it.each<[CommandRole, string[], string[]]>([
    ['enrolled', ['bangxephang', 'phananh'], ['baocao', 'tonghop', 'phanquyen']],
    ['head', ['choxacnhan', 'nhanxet', 'uyquyen', 'tonghop'], ['phanquyen', 'giahan', 'thongbao']],
    ['deputy', ['choxacnhan', 'nhanxet'], ['uyquyen', 'phanquyen']],
    ['reporter', ['tapthe', 'baocaothay', 'dangky'], ['choxacnhan', 'nhanxet', 'uyquyen']],
    [
      'office',
      ['choxacnhan', 'vanphong', 'giahan', 'phanquyen', 'thongbao', 'tonghop'],
      ['uyquyen'],
    ],
    ['council', ['thongbao', 'tonghop', 'tailieu'], ['vanphong', 'phanquyen', 'choxacnhan']],
    ['leadership', ['tonghop', 'tailieu', 'dienhinh'], ['thongbao', 'vanphong', 'choxacnhan']],
    ['overseer', ['tonghop'], ['tailieu', 'choxacnhan', 'dienhinh']],
    ['mobiliser', ['tonghop'], ['tailieu', 'choxacnhan', 'dienhinh']],
    ['press', ['dienhinh'], ['tonghop', 'tailieu']],
    ['finance', ['dienhinh'], ['tonghop', 'tailieu']],
  ])('of the role %s have what it may use and nothing else', (role, has, lacks) => {
    const seen = commandMenu(texts.vi, role).map(({ command }) => command);
    expect(seen).toEqual(expect.arrayContaining(has));
    for (const command of lacks) expect(seen).not.toContain(command);
  });

  it('have at most eight rows of buttons, and none for what a role does not see', () => {
    for (const role of everyRole) {
      const seen = commandMenu(texts.vi, role).map(({ command }) => command);
      for (const command of menuRows([role]).flat()) expect(seen).toContain(command);
    }
    expect(menuRows(everyRole).length).toBeLessThanOrEqual(8);
    expect(menuRows(['enrolled', 'member'])).toEqual([['baocao'], ['cuatoi', 'bangxephang']]);
  });
});
