import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../support/conversation.ts';
import { startReporting as start, untilSummary } from '../../../support/report-chat.ts';

describe('whatever a person sends', () => {
  const QUESTIONS = ['item', 'title', 'describe', 'date', 'evidence', 'contributors', 'summary'];
  const reach = async (question: string): Promise<Conversation> => {
    const chat = start({ reads: { findPeople: async () => [] } });
    await untilSummary(chat);
    if (question !== 'summary')
      await chat.pressAction(`q:${chat.state.active?.step}:e:${question}`);
    expect(chat.state.active?.asking).toBe(question);
    return chat;
  };
  const sends: Record<string, (chat: Conversation) => Promise<unknown>> = {
    sticker: (chat) => chat.unsupported('sticker'),
    voice: (chat) => chat.unsupported('voice'),
    'ten thousand characters': (chat) => chat.say('ă'.repeat(10_000)),
    emoji: (chat) => chat.say('🎉🎉'),
    'right-to-left text': (chat) => chat.say('\u202eشكرا\u202c'),
    'control characters': (chat) => chat.say('\u0000\u0007 \ud800'),
    photo: (chat) => chat.file(),
    'old button': (chat) => chat.pressAction('q:1:c:cn.2'),
    'forged button': (chat) => chat.pressAction('q:x:y:z'),
    'unknown choice': (chat) => chat.pressAction(`q:${chat.state.active?.step}:c:khong-co`),
    'contact card': (chat) =>
      chat.event({
        kind: 'contact',
        phone: '84912345678',
        own: true,
        message: { at: { platform: 'test', tenant: 't', chat: 'c7' }, id: '999' },
      }),
    'unknown command': (chat) => chat.command('khongco'),
    'foreign prefix': (chat) => chat.pressAction('zzz:1'),
  };

  it.each(QUESTIONS.flatMap((question) => Object.keys(sends).map((what) => [what, question])))(
    '%s at %s is answered and loses nothing',
    async (what, question) => {
      const chat = await reach(question ?? '');
      const before = chat.state.active?.answers ?? {};
      await sends[what ?? '']?.(chat);
      expect(chat.answer + (chat.ack.toast ?? '')).not.toBe('');
      const after = chat.state.active?.answers ?? {};
      for (const [id, answer] of Object.entries(before))
        if (answer.value !== null && id !== question)
          expect(after[id]?.value).toEqual(answer.value);
      expect(after[question ?? '']?.value ?? true).toBeTruthy();
      expect(JSON.stringify(chat.state)).not.toMatch(/\\u0000|\u202e/);
      expect(chat.rows('report')).toEqual([]);
    },
  );

  it('says what a date looks like when a photo came', async () => {
    const chat = await reach('date');
    await chat.file();
    expect(chat.answer).toContain('ví dụ 5/7');
    await chat.say('8/7');
    expect(chat.answer).toContain('chưa tới');
    await chat.say('1/2/2024');
    expect(chat.answer).toContain('01/03/2024 – 31/12/2024');
  });
});
