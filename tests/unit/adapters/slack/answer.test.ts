import { describe, expect, it, onTestFinished } from 'vitest';
import type { SlackOptions } from '../../../../adapters/slack/index.ts';
import type { Ack, Form } from '../../../../src/chat/index.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { slackOn, startSlackWorkspace } from '../../../support/slack-adapter.ts';

const FORM: Form = {
  id: 'report:-',
  title: 'Báo cáo thành tích',
  blocks: [],
  fields: [
    {
      kind: 'text',
      id: 'title',
      label: 'Tên việc',
      optional: false,
      multiline: false,
      maxChars: 99,
    },
  ],
  submit: 'Gửi',
  cancel: 'Đóng',
  otherwise: 'Đồng chí nhắn "báo cáo" để làm <từng> bước.',
};

async function setUp(
  ack: Ack,
  options: Partial<SlackOptions> = {},
  fakeOptions: Partial<FakeSlackOptions> = {},
) {
  const fake = await startSlackWorkspace(fakeOptions);
  const host = createRecordingHost();
  const adapter = slackOn(fake, options);
  onTestFinished(async () => {
    await adapter.stop();
    await fake.close();
    expect(JSON.stringify(host.lines)).not.toContain('must-not-be-logged');
  });
  await adapter.start(host);
  host.answer(ack);
  const an = fake.user({ name: 'Nguyễn Văn An' });
  const { tenant } = adapter;
  const message = () => ({
    notice: 'chờ',
    blocks: [{ kind: 'text' as const, text: ['chờ'] }],
    buttons: [[{ label: 'Trả lại', action: 'ver:r' }]],
  });
  return {
    fake,
    host,
    adapter,
    an,
    /** In the direct conversation by default. */
    async post(chat?: string) {
      const identity = { platform: 'slack', tenant, user: an.id };
      const to = chat ? { platform: 'slack', tenant, chat } : await adapter.openDirect(identity);
      const [page] = adapter.paginate(message());
      if (!page) throw new Error('no page');
      expect(await adapter.send(to, page, '1:0')).toMatchObject({ outcome: 'ok' });
    },
    publishHome: () => adapter.home?.publish({ platform: 'slack', tenant, user: an.id }, message()),
  };
}

describe('a form', () => {
  it.each(['/baocao', 'bao_cao_moi'])('is opened by %s', async (how) => {
    const { an } = await setUp({ form: FORM });
    const press = how.startsWith('/') ? an.command(how) : an.shortcut(how);
    expect(await press.answered).toBeNull();
    expect(an.modal()?.shown).toMatchObject({ title: FORM.title, submit: 'Gửi' });
  });

  it('opened by a button in a channel answers in the private chat', async () => {
    const { fake, host, an, post } = await setUp({ form: FORM });
    const room = fake.channel({ name: 'khoa' });
    room.addBot(an);
    await post(room.id);
    await an.press('Trả lại', { in: room }).answered;
    expect(host.events.at(-1)).toMatchObject({
      kind: 'press',
      action: 'ver:r',
      audience: 'group',
      where: { chat: room.id },
      canOpenForm: true,
    });
    an.modal()?.fill('Tên việc', 'Giờ giảng tốt');
    host.answer({});
    expect(await an.modal()?.submit()).toBe('closed');
    expect(host.events.at(-1)).toMatchObject({
      kind: 'submit',
      form: 'report:-',
      values: { title: 'Giờ giảng tốt' },
      audience: 'private',
      where: { chat: an.direct },
    });
  });

  it('is not opened when the turn was not committed', async () => {
    const { fake, host, an } = await setUp({ form: FORM });
    host.failNext(1);
    const { result } = an.command('/baocao');
    while (host.calls.length === 0) await new Promise(setImmediate);
    fake.updates.timeOut();
    await result;
    expect(an.modal()).toBeNull();
  });

  it.each([
    ['a command', 'command'],
    ['a press', 'press'],
    ['a press on the own page', 'home'],
    ['a shortcut', 'shortcut'],
  ])('that cannot be opened by %s is replaced by what to do instead', async (_what, how) => {
    const { fake, an, post, publishHome } = await setUp({ form: FORM });
    await post();
    await publishHome();
    fake.failNext('views.open', { kind: 'error', code: 'expired_trigger_id' });
    const press = {
      command: () => an.command('/baocao'),
      press: () => an.press('Trả lại'),
      home: () => an.pressHome('Trả lại'),
      shortcut: () => an.shortcut('bao_cao_moi'),
    }[how];
    expect(await press?.().answered).toBe(FORM.otherwise);
    expect(an.modal()).toBeNull();
    expect(an.whispers()).toHaveLength(1);
  });

  it('whose turn took longer than three seconds is replaced as well', async () => {
    let time = 1_700_000_000_000;
    const { fake, host, an } = await setUp({ form: FORM }, {}, { clock: () => time });
    const commit = host.hold();
    const { result } = an.command('/baocao');
    while (host.calls.length === 0) await new Promise(setImmediate);
    time += 3_100;
    commit();
    await result;
    expect(an.whispers().map((w) => w.text)).toEqual([FORM.otherwise]);
    expect(fake.calls.filter((c) => c.method === 'views.open')).toHaveLength(1);
  });

  it('that Slack is slow to open holds up no acknowledgement', async () => {
    const { fake, an } = await setUp({ form: FORM }, { timeouts: { answer: 20 } });
    fake.failNext('views.open', { kind: 'hang' });
    expect(await an.command('/baocao').result).toMatchObject({ acknowledged: true });
    await fake.called('views.open');
    expect(fake.calls.map((c) => c.method)).not.toContain('response_url');
    // What hangs ends with it.
    await fake.close();
  });

  it('that Slack does not open in time is replaced as well', async () => {
    const { fake, an } = await setUp({ form: FORM }, { timeouts: { call: 50 } });
    fake.failNext('views.open', { kind: 'hang' });
    expect(await an.command('/baocao').answered).toBe(FORM.otherwise);
  });
});

describe('a toast', () => {
  it('after a press is said to that person, and the message stays', async () => {
    const { an, post } = await setUp({ toast: 'Đã xác nhận' });
    await post();
    expect(await an.press('Trả lại').answered).toBe('Đã xác nhận');
    expect(an.messages()).toMatchObject([{ text: 'chờ' }]);
    expect(an.whispers()).toMatchObject([{ text: 'Đã xác nhận' }]);
  });

  it.each([
    ['vi-VN', 'Thi đua', 'Đóng'],
    ['en-GB', 'Campaign', 'Close'],
    ['fr-FR', 'Thi đua', 'Đóng'],
  ])('on the own page is a window, for a reader of %s', async (locale, title, close) => {
    const { an, publishHome } = await setUp({ toast: 'Đã tắt nhắc việc' });
    an.account.locale = locale;
    await publishHome();
    expect(await an.pressHome('Trả lại').answered).toBe('Đã tắt nhắc việc');
    expect(an.modal()?.shown).toMatchObject({ title, close, submit: null });
  });

  it('that cannot be said costs nothing', async () => {
    const { fake, an, post } = await setUp({ toast: 'Đã xác nhận' });
    await post();
    fake.failNext('response_url', { kind: 'status', code: 500 });
    const press = an.press('Trả lại');
    expect(await press.result).toMatchObject({ acknowledged: true });
    expect(await press.answered).toBeNull();
  });
});

describe('a form that was sent', () => {
  async function filled() {
    const parts = await setUp({ form: FORM });
    await parts.an.command('/baocao').answered;
    parts.an.modal()?.fill('Tên việc', 'Giờ giảng tốt');
    return { ...parts, submit: () => parts.an.modal()?.submit() };
  }

  it('stays as it is where something is wrong', async () => {
    const { host, an, submit } = await filled();
    host.answer({ fieldErrors: { title: 'Đề nghị ghi rõ hơn' } });
    expect(await submit()).toBe('errors');
    expect(an.modal()?.shown.fields).toMatchObject([
      { value: 'Giờ giảng tốt', error: 'Đề nghị ghi rõ hơn' },
    ]);
  });

  it('gives way to another form', async () => {
    const { host, an, submit } = await filled();
    host.answer({ form: { ...FORM, title: 'Còn một việc' } });
    expect(await submit()).toBe('updated');
    expect(an.modal()?.shown.title).toBe('Còn một việc');
    host.answer({});
    await submit();
    expect(host.events.at(-1)).toMatchObject({ kind: 'submit', where: { chat: an.direct } });
  });

  it('gives way to a form’s own way out when Slack cannot show that form', async () => {
    const { host, an, submit } = await filled();
    const value = 'x'.repeat(200);
    const [field] = FORM.fields;
    if (field?.kind !== 'text') throw new Error('not text');
    host.answer({ form: { ...FORM, fields: [{ ...field, value }] } });
    expect(await submit()).toBe('updated');
    expect(an.modal()?.shown).toMatchObject({ text: FORM.otherwise, submit: null });
  });

  it('gives way to a sentence', async () => {
    const { host, an, submit } = await filled();
    host.answer({ toast: 'Đã gửi báo cáo' });
    expect(await submit()).toBe('updated');
    expect(an.modal()?.shown).toMatchObject({ title: 'Thi đua', text: 'Đã gửi báo cáo' });
  });

  it('closes when there is no more to say', async () => {
    const { host, an, submit } = await filled();
    host.answer({});
    expect(await submit()).toBe('closed');
    expect(an.modal()).toBeNull();
  });

  it('stays, unacknowledged, when its turn was not committed', async () => {
    const { fake, host, an, submit } = await filled();
    host.failNext(1);
    const sent = submit();
    while (host.calls.length < 2) await new Promise(setImmediate);
    fake.updates.timeOut();
    expect(await sent).toBe('failed');
    expect(an.modal()?.shown.fields).toMatchObject([{ value: 'Giờ giảng tốt' }]);
    host.answer({});
    expect(await submit()).toBe('closed');
    const keys = host.calls.filter((e) => e.kind === 'submit').map((e) => e.delivery);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('the shortcut on a message', () => {
  it('brings its text as typed, and its permalink', async () => {
    const { fake, host, an } = await setUp({ form: FORM });
    const room = fake.channel({ name: 'khoa' });
    room.addBot(an);
    const ts = room.say(an, 'Đạt giải <nhất> & bằng khen, xem hocvien.vn');
    await an.shortcut('bao_cao', { ts, in: room }).answered;
    expect(host.events.at(-1)).toMatchObject({
      kind: 'command',
      name: 'baocao',
      args: '',
      audience: 'private',
      where: { chat: an.direct },
      canOpenForm: true,
      about: {
        text: 'Đạt giải <nhất> & bằng khen, xem hocvien.vn',
        link: `https://hocvien.slack.com/archives/${room.id}/p${ts.replace('.', '')}`,
      },
    });
    expect(an.modal()?.shown.title).toBe(FORM.title);
  });

  it('knows the permalink also where the bot is not', async () => {
    const { fake, host, an } = await setUp({});
    const room = fake.channel({ name: 'rieng', private: true });
    const parent = room.say(an, 'Ai có tin vui');
    const ts = room.say(an, 'Đạt giải', parent);
    await an.shortcut('bao_cao', { ts, in: room }).answered;
    const place = `https://hocvien.slack.com/archives/${room.id}/p${ts.replace('.', '')}`;
    expect(host.events.at(-1)).toMatchObject({
      about: { text: 'Đạt giải', link: `${place}?thread_ts=${parent}&cid=${room.id}` },
    });
  });
});
