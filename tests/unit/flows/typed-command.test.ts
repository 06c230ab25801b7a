import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../src/application.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { register } from '../../../src/flows/registry.ts';
import { typedCommand } from '../../../src/flows/typed-command.ts';
import { Conversation, personView, texts } from '../../support/conversation.ts';
import { startReporting, untilEvidence } from '../../support/report-chat.ts';

const registry = register(FEATURES);
const typed = (text: string, language: 'vi' | 'en' = 'vi') => {
  const found = typedCommand(text, registry, texts[language]);
  return found && `${found.name}${found.args === '' ? '' : `(${found.args})`}`;
};

describe('a command typed as words', () => {
  it.each([
    ['báo cáo', 'baocao'],
    ['Báo  cáo.', 'baocao'],
    ['BAO CAO', 'baocao'],
    ['baocao', 'baocao'],
    ['/ báo cáo', 'baocao'],
    ['của tôi', 'cuatoi'],
    ['chờ xác nhận', 'choxacnhan'],
    ['bảng xếp hạng', 'bangxephang'],
    ['trợ giúp?', 'trogiup'],
    ['help', 'help'],
    ['tiếp tục', 'tieptuc'],
    ['huỷ', 'huy'],
    ['Hủy', 'huy'],
    ['bắt đầu', 'batdau'],
    ['Báo cáo thành tích', 'baocao'],
    ['Báo cáo của tôi', 'cuatoi'],
    ['Việc chờ xác nhận', 'choxacnhan'],
  ])('%s', (text, name) => {
    expect(typed(text)).toBe(name);
  });

  it('is a button of the menu in the language spoken', () => {
    expect(typed('My reports', 'en')).toBe('cuatoi');
    expect(typed('My reports', 'vi')).toBeNull();
  });

  it.each([
    ['báo cáo Biên soạn giáo án', 'Biên soạn giáo án'],
    ['bao cao Đề tài cấp bộ', 'Đề tài cấp bộ'],
    ['Báo cáo “Giờ giảng kiểu mẫu”', '“Giờ giảng kiểu mẫu”'],
    ['báo cáo: đã soạn xong giáo án', 'đã soạn xong giáo án'],
    ['Report : compiled a textbook', 'compiled a textbook'],
    ['report Compiled a textbook', 'Compiled a textbook'],
  ])('takes the title after it: %s', (text, title) => {
    expect(typed(text)).toBe(`baocao(${title})`);
  });

  it.each([
    'báo cáo đồng chí, tôi đã nộp rồi',
    'Báo cáo Đồng chí, tôi đã nộp rồi',
    'Báo cáo Thủ trưởng: đơn vị đã xong',
    'báo cáo của tôi sao chưa được xác nhận',
    'báo cáo 12 đã được xác nhận chưa',
    'Báo cáo Biên soạn giáo án đã được xác nhận chưa?',
    'Báo cáo Biên soạn\ngiáo án',
    `báo cáo ${'A'.repeat(121)}`,
    'tôi muốn báo cáo',
    'huy động mọi người',
    'trợ giúp tôi với',
    'của tôi đâu',
    'cáo báo',
    '',
    '🎉',
  ])('is no ordinary sentence: %s', (text) => {
    expect(typed(text)).toBeNull();
  });
});

describe('in a conversation', () => {
  const handler = createDispatch(FEATURES);

  it('starts the report with its title, which changing the message changes', async () => {
    const chat = new Conversation({ handler, person: personView() });
    const message = await chat.say('báo cáo: soạn giáo án');
    expect(chat.state.active?.answers.title?.value).toBe('soạn giáo án');
    await chat.change(message, 'báo cáo soạn giáo án mới');
    expect(chat.state.active?.answers.title?.value).toBe('soạn giáo án mới');
    await chat.change(message, 'Soạn giáo án số');
    expect(chat.state.active?.answers.title?.value).toBe('Soạn giáo án số');
  });

  it('is an answer while something is being asked', async () => {
    const chat = new Conversation({ handler, person: personView() });
    await chat.say('báo cáo');
    await chat.press('Hoàn thành xuất sắc');
    await chat.say('của tôi');
    expect(chat.state.active?.answers.title?.value).toBe('của tôi');
  });

  it('is the command where any text would be collected, and the draft can be taken up again', async () => {
    const chat = startReporting();
    await untilEvidence(chat);
    await chat.say('Quyết định 12/QĐ-HV');
    await chat.say('tiếp tục');
    expect(chat.state.active?.asking).toBe('evidence');
    await chat.say('báo cáo');
    expect(chat.state.active?.asking).toBe('item');
    expect(chat.state.parked).toHaveLength(1);
    expect(chat.state.parked[0]?.answers.evidence?.value).toMatchObject([
      { text: 'Quyết định 12/QĐ-HV' },
    ]);
    await untilEvidence(chat);
    await chat.say('báo cáo: số 5/BC-HV');
    expect(chat.state.active?.answers.evidence?.value).toHaveLength(1);
  });

  it('leads whoever is not enrolled to enrolment', async () => {
    const account = { language: null, consentedAt: null, directChat: 'c7', unreachable: false };
    const chat = new Conversation({ handler, person: null, account });
    await chat.say('báo cáo');
    const consent = chat.answer;
    await chat.say('bắt đầu');
    expect(chat.answer).toBe(consent);
    await chat.say('trợ giúp');
    expect(chat.answer).toContain('Hướng dẫn');
  });
});
