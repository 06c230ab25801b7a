import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { answerWith, startFlow } from '../../../src/flows/run.ts';
import { plainMessage } from '../../../src/messages/flow.ts';
import { Conversation, type ConversationOptions } from '../../support/conversation.ts';
import { sampleFlow } from '../../support/sample-flow.ts';

const flow = sampleFlow();
const handler = createDispatch([
  {
    commands: {
      begin: (event, context, deps) => startFlow(flow, { event, context, deps }),
      look: async (event, context) => answerWith({ event, context }, plainMessage(['looked'])),
      start: async (event, context) => answerWith({ event, context }, plainMessage(['welcome'])),
    },
    presses: {
      see: async (event, context) => answerWith({ event, context }, plainMessage(['seen'])),
      ask: (event, context, deps) => startFlow(flow, { event, context, deps }),
    },
    public: { commands: ['start'] },
    flows: [flow],
  },
]);
const talk = (options: Partial<ConversationOptions>) => new Conversation({ handler, ...options });

describe('what was not typed as a message', () => {
  const forms = { abilities: { forms: true } };

  it('a slash command is answered with a new message, whoever gives it', async () => {
    const chat = talk(forms);
    await chat.slash('look');
    expect(chat.decision.sends).toMatchObject([{ as: 'send' }]);
    expect(chat.answer).toBe('looked');
    await chat.slash('nothing');
    expect(chat.answer).toContain('chưa hiểu');
    await chat.slash('tieptuc');
    expect(chat.answer).toContain('không có bản nháp');
    await chat.slash('huy');
    expect(chat.answer).toContain('không có thao tác');
    const stranger = talk({ person: null, ...forms });
    await stranger.slash('look');
    expect(stranger.answer).toBe('welcome');
  });

  it('puts a flow aside as a typed one does; a flow without a form asks in the chat', async () => {
    const chat = talk(forms);
    await chat.slash('begin');
    expect(chat.form).toBeNull();
    expect(chat.answer).toContain('Ask kind');
    await chat.say('short');
    await chat.slash('look');
    expect(chat.answer).toContain('Bản nháp đang nhập đã được lưu');
    expect(chat.state.parked.map(({ answers }) => answers.kind?.value)).toEqual(['short']);
  });

  it('a button on the own page is answered in the chat, and that is said over the page', async () => {
    const chat = talk(forms);
    for (const [action, answer] of [
      ['see:1', 'seen'],
      ['cmd:look', 'looked'],
      ['ask:1', 'Ask kind'],
    ]) {
      const before = chat.shown.length;
      await chat.event({ kind: 'press', action, canOpenForm: true });
      expect(chat.answer).toContain(answer);
      expect(chat.shown).toHaveLength(before + 1);
      expect(chat.ack.toast).toContain('trong cuộc trò chuyện riêng');
    }
    await chat.event({ kind: 'press', action: 'x:1', canOpenForm: true });
    expect(chat.ack.toast).toContain('đã cũ');
  });

  it('a slash command given in a channel is answered in the chat, and that is said there', async () => {
    const chat = talk(forms);
    await chat.event({
      kind: 'command',
      name: 'look',
      args: '',
      canOpenForm: true,
      elsewhere: true,
    });
    expect(chat.answer).toBe('looked');
    expect(chat.ack.toast).toContain('trong cuộc trò chuyện riêng');
    await chat.slash('look');
    expect(chat.ack).toEqual({});
  });

  it('a form of a flow that has none does nothing', async () => {
    const chat = talk(forms);
    await chat.submitAs('sample:-', { kind: 'short' });
    expect(chat.ack.fieldErrors?.kind).toContain('Biểu mẫu này đã cũ');
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
  });
});
