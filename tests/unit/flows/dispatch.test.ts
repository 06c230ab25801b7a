import { describe, expect, it } from 'vitest';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import type { Feature } from '../../../src/flows/feature.ts';
import type { Flow } from '../../../src/flows/flow.ts';
import { answerWith, startFlow } from '../../../src/flows/run.ts';
import type { FlowState } from '../../../src/flows/state.ts';
import { plainMessage } from '../../../src/messages/flow.ts';
import { buttonsOf, Conversation, type ConversationOptions } from '../../support/conversation.ts';
import { sampleFlow } from '../../support/sample-flow.ts';

const reason = sampleFlow({
  id: 'reason',
  questions: sampleFlow().questions.slice(0, 1),
  keepsDrafts: false,
  summary: false,
});

const feature = (flow: Flow<null> = sampleFlow()): Feature => ({
  commands: {
    begin: (event, context, deps) => startFlow(flow, { event, context, deps }),
    why: (event, context, deps) => startFlow(reason, { event, context, deps }),
    look: async (event, context) => answerWith({ event, context }, plainMessage(['looked'])),
    start: async (event, context) => answerWith({ event, context }, plainMessage(['welcome'])),
    silent: async () => ({ writes: [], sends: [], ack: {} }),
  },
  presses: {
    see: async (event, context) => answerWith({ event, context }, plainMessage(['seen'])),
    ask: (event, context, deps) => startFlow(reason, { event, context, deps }),
    con: async () => ({ writes: [], sends: [], ack: { toast: 'consented' } }),
  },
  public: { commands: ['start'], presses: ['con'] },
  inGroups: ['look'],
  flows: [flow, reason],
  events: {
    joined: async (event, context) => answerWith({ event, context }, plainMessage(['hello'])),
    contact: async (event, context) => answerWith({ event, context }, plainMessage(['card'])),
  },
});

const handler = createDispatch([feature()]);
const talk = (options: Partial<ConversationOptions> = {}) =>
  new Conversation({ handler, ...options });
const words = (state: FlowState | null | undefined) =>
  Object.values(state?.answers ?? {}).flatMap(({ value }) => value ?? []);

/** A conversation with `kind` answered and the draft active. */
const midway = async (word = 'short'): Promise<Conversation> => {
  const chat = talk();
  await chat.command('begin');
  await chat.say(word);
  return chat;
};

describe('a command in the middle of a flow', () => {
  it('works, puts the draft aside, and offers the way back', async () => {
    const chat = await midway();
    await chat.command('look');
    expect(chat.answer).toContain('looked');
    expect(chat.answer).toContain('/tieptuc');
    expect(chat.labels()).toEqual(['Tiếp tục bản nháp']);
    expect(chat.state.active).toBeNull();
    await chat.press('Tiếp tục bản nháp');
    expect(chat.answer).toContain('Ask remark');
    expect(words(chat.state.active)).toEqual(['short']);
    expect(chat.state.parked).toEqual([]);
  });

  it('that answers nothing itself still says that the draft was saved', async () => {
    const chat = await midway();
    await chat.command('silent');
    expect(chat.answer).toContain('đã được lưu');
  });

  it('that starts a flow of its own puts the draft aside too', async () => {
    const chat = await midway();
    await chat.command('begin');
    expect(chat.answer).toContain('đã được lưu');
    expect(chat.state.active?.answers).toEqual({});
    expect(chat.state.parked.map(words)).toEqual([['short']]);
  });

  it('saves nothing when nothing was typed yet', async () => {
    const chat = talk();
    await chat.command('begin');
    await chat.command('look');
    expect(chat.state).toEqual({ active: null, parked: [] });
    expect(chat.answer).toBe('looked');
  });

  it('leaves a question that is not worth a draft as it is', async () => {
    const chat = talk();
    await chat.command('why');
    await chat.command('look');
    expect(chat.state.active?.flow).toBe('reason');
    await chat.say('because');
    expect(chat.answer).toContain('because');
    expect(chat.state.active).toBeNull();
  });

  it('that is unknown is answered and changes nothing', async () => {
    const chat = await midway();
    const before = chat.state;
    await chat.command('nothing');
    expect(chat.answer).toContain('chưa hiểu');
    expect(chat.labels()[0]).toBe('Tiếp tục bản nháp');
    expect(chat.state).toEqual(before);
  });

  it('start always frees', async () => {
    const chat = await midway();
    await chat.command('start');
    expect(chat.answer).toContain('welcome');
    expect(chat.state.active).toBeNull();
    expect(chat.state.parked).toHaveLength(1);
  });
});

describe('a button in the middle of a flow', () => {
  it('leaves the flow active unless it starts another', async () => {
    const chat = await midway();
    await chat.pressAction('see:1');
    expect(chat.answer).toBe('seen');
    expect(words(chat.state.active)).toEqual(['short']);
    await chat.pressAction('ask:1');
    expect(chat.state.active?.flow).toBe('reason');
    expect(chat.state.parked.map(words)).toEqual([['short']]);
  });

  it('runs a command as if it had been typed', async () => {
    const chat = await midway();
    await chat.pressAction('cmd:look');
    expect(chat.answer).toContain('looked');
    expect(chat.state.parked).toHaveLength(1);
  });

  it('that is old or unknown says so and changes nothing', async () => {
    const chat = await midway();
    const before = chat.state;
    for (const action of ['q:1:c:x', 'q:resume:1', 'q::', 'cmd:nothing', 'cmd:', 'no:1', 'x']) {
      await chat.pressAction(action);
      expect(chat.ack.toast).toContain('đã cũ');
      expect(chat.decision.sends).toEqual([]);
      expect(chat.state).toEqual(before);
    }
  });

  it('of a flow that has ended stays old in the next one', async () => {
    const chat = await midway();
    const old = `q:${chat.state.active?.step}:c:x`;
    await chat.press('Hủy');
    await chat.command('begin');
    await chat.pressAction(old);
    expect(chat.ack.toast).toContain('đã cũ');
  });
});

describe('drafts', () => {
  it('are saved on request and cancelled on request', async () => {
    const chat = await midway();
    await chat.press('Lưu nháp');
    expect(chat.answer).toContain('Đã lưu bản nháp');
    await chat.command('tieptuc');
    expect(chat.answer).toContain('Ask remark');
    await chat.press('Hủy');
    expect(chat.answer).toBe('Đã hủy thao tác. Không có dữ liệu nào được gửi.');
    expect(chat.state).toEqual({ active: null, parked: [] });
    await chat.command('tieptuc');
    expect(chat.answer).toContain('không có bản nháp');
    await chat.command('huy');
    expect(chat.answer).toContain('không có thao tác');
  });

  it('/huy cancels the active flow only', async () => {
    const chat = await midway('one');
    await chat.command('begin');
    await chat.say('two');
    await chat.command('cancel');
    expect(chat.answer).toContain('Không có dữ liệu nào được gửi');
    expect(chat.labels()).toEqual(['Tiếp tục bản nháp']);
    expect(chat.state.parked.map(words)).toEqual([['one']]);
  });

  it('are chosen from when there are several; the chosen one goes on', async () => {
    const chat = await midway('one');
    await chat.command('begin');
    await chat.say('two');
    await chat.command('look');
    await chat.command('resume');
    expect(chat.labels()).toEqual(['Sample: two', 'Sample: one']);
    await chat.press('Sample: one');
    expect(words(chat.state.active)).toEqual(['one']);
    expect(chat.state.parked.map(words)).toEqual([['two']]);
  });

  it('are five at most, and the person hears of the one that goes', async () => {
    const chat = talk();
    for (let n = 1; n <= 6; n += 1) {
      await chat.command('begin');
      await chat.say(`draft ${n}`);
    }
    expect(chat.answer).not.toContain('5 bản nháp');
    await chat.command('look');
    expect(chat.answer).toContain('5 bản nháp');
    expect(chat.state.parked).toHaveLength(5);
    expect(chat.state.parked.flatMap(words)).not.toContain('draft 1');
  });

  it('make their old buttons old when they go on', async () => {
    const chat = await midway();
    const old = `q:${chat.state.active?.step}:s`;
    await chat.command('look');
    await chat.command('tieptuc');
    await chat.pressAction(old);
    expect(chat.ack.toast).toContain('đã cũ');
  });

  it('that no longer fit are shown, and the flow starts again', async () => {
    const chat = await midway('kept words');
    const next = createDispatch([feature(sampleFlow({ version: 2 }))]);
    const later = new Conversation({ handler: next, state: chat.state });
    await later.say('next');
    expect(later.shown.map(({ message }) => message.notice)).toHaveLength(2);
    expect(later.answer).toContain('kept words');
    expect(later.last).toContain('Ask kind');
    expect(later.state.active).toMatchObject({ version: 2, asking: 'kind' });
  });

  it('of a flow that no longer exists are shown and let go', async () => {
    const chat = await midway('kept words');
    const later = new Conversation({ handler: createDispatch([]), state: chat.state });
    await later.say('next');
    expect(later.answer).toContain('kept words');
    expect(later.state.active).toBeNull();
  });
});

describe('a changed message', () => {
  it('changes its answer in the active flow and in a draft put aside', async () => {
    const chat = talk();
    await chat.command('begin');
    const message = await chat.say('short');
    await chat.change(message, 'brief');
    expect(chat.answer).toBe('Đã sửa Label kind: brief');
    expect(chat.state.active).toMatchObject({ asking: 'remark' });
    await chat.command('look');
    await chat.change(message, 'briefer');
    expect(chat.answer).toContain('briefer');
    expect(chat.state.active).toBeNull();
    expect(chat.state.parked.map(words)).toEqual([['briefer']]);
  });

  it('shows the summary again when that is where the flow stands', async () => {
    const chat = talk();
    await chat.command('begin');
    const message = await chat.say('short');
    await chat.press('Bỏ qua');
    await chat.press('Bỏ qua');
    await chat.change(message, 'brief');
    expect(chat.answer).toContain('Label kind: brief');
    await chat.press('Gửi');
    expect(chat.answer).toBe('{"kind":"brief"}');
  });

  it('is refused like any answer, and keeps the old one', async () => {
    const chat = talk();
    await chat.command('begin');
    const message = await chat.say('short');
    await chat.change(message, 'x'.repeat(30));
    expect(chat.answer).toContain('too long');
    expect(chat.answer).toContain('giữ nguyên');
    expect(words(chat.state.active)).toEqual(['short']);
  });
});

describe('groups', () => {
  const at = { at: { platform: 'test', tenant: 't', chat: 'g1' }, id: '1' };

  it('get the commands meant for them, a pointer for the others, and silence otherwise', async () => {
    const chat = await midway();
    const before = chat.state;
    await chat.event({ kind: 'command', name: 'look', args: '', message: at }, 'group');
    expect(chat.answer).toBe('looked');
    for (const name of ['begin', 'tieptuc', 'huy']) {
      await chat.event({ kind: 'command', name, args: '', message: at }, 'group');
      expect(chat.answer).toContain('trò chuyện riêng');
    }
    await chat.event({ kind: 'command', name: 'other', args: '', message: at }, 'group');
    expect(chat.decision.sends).toEqual([]);
    await chat.event({ kind: 'text', text: 'hi', edited: false, message: at }, 'group');
    expect(chat.decision.sends).toEqual([]);
    await chat.event({ kind: 'unsupported', what: 'sticker', message: at }, 'group');
    expect(chat.decision.sends).toEqual([]);
    for (const action of ['cmd:begin', 'ask:1']) {
      await chat.event({ kind: 'press', action, message: at }, 'group');
      expect(chat.ack.toast).toContain('trò chuyện riêng');
    }
    await chat.event({ kind: 'press', action: `q:${before.active?.step}:x`, message: at }, 'group');
    expect(chat.ack.toast).toContain('đã cũ');
    expect(chat.state).toEqual(before);
  });

  it('tell the feature that listens when the bot joins, and nobody when none does', async () => {
    const chat = talk();
    await chat.event({ kind: 'joined', title: 'Nhóm' }, 'group');
    expect(chat.answer).toBe('hello');
    await chat.event({ kind: 'left' }, 'group');
    expect(chat.decision).toEqual({ writes: [], sends: [], ack: {} });
  });
});

describe('people who are not enrolled', () => {
  it('are led to enrolment whatever they send, except by what is public', async () => {
    const chat = talk({ person: null });
    await chat.command('look');
    expect(chat.answer).toBe('welcome');
    await chat.say('hello');
    expect(chat.answer).toBe('welcome');
    await chat.file();
    expect(chat.answer).toBe('welcome');
    await chat.unsupported('voice');
    expect(chat.answer).toBe('welcome');
    await chat.pressAction('see:1');
    expect(chat.ack.toast).toContain('chưa được phân quyền');
    await chat.pressAction('con:yes');
    expect(chat.ack.toast).toBe('consented');
    await chat.event({
      kind: 'contact',
      phone: '84912345678',
      own: true,
      message: { at: { platform: 'test', tenant: 't', chat: 'c7' }, id: '1' },
    });
    expect(chat.answer).toBe('card');
  });
});

describe('without a flow', () => {
  it('free text, files and stickers get one sentence and buttons', async () => {
    const chat = talk();
    await chat.say('xin chào');
    expect(chat.answer).toContain('chưa hiểu');
    await chat.file();
    expect(chat.answer).toContain('minh chứng');
    expect(chat.decision.writes).toEqual([]);
    await chat.unsupported('sticker');
    expect(chat.answer).toContain('chỉ nhận chữ');
    expect(buttonsOf(chat.shown.at(-1)?.message).map(({ action }) => action)).toEqual([
      'cmd:baocao',
      'cmd:trogiup',
    ]);
  });
});

it('two features cannot claim the same name', () => {
  expect(() => createDispatch([feature(), { commands: feature().commands ?? {} }])).toThrow(
    'two features have the command "begin"',
  );
});
