import { describe, expect, it } from 'vitest';
import type { Json } from '../../../fakes/slack/world.ts';
import { hands, LATE, plain } from './hands.ts';

const input = (block_id: string, label: string, element: Json, more: Json = {}): Json => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...more,
});

const OPTIONS = ['Giảng dạy', 'Nghiên cứu'].map((label, i) => ({
  text: plain(label),
  value: `lv-${i}`,
}));

const form = (more: Json = {}): Json => ({
  type: 'modal',
  callback_id: 'form',
  private_metadata: '{"form":"f"}',
  title: plain('Báo cáo'),
  submit: plain('Gửi'),
  close: plain('Thôi'),
  blocks: [
    { type: 'section', text: plain('Tuần 1') },
    input(
      'noi-dung',
      'Nội dung',
      { type: 'plain_text_input', max_length: 10 },
      { hint: plain('ngắn') },
    ),
    input('linh-vuc', 'Lĩnh vực', { type: 'static_select', options: OPTIONS }, { optional: true }),
    input('ngay', 'Ngày', { type: 'datepicker', initial_date: '2024-09-02' }, { optional: true }),
    input(
      'anh',
      'Ảnh',
      { type: 'file_input', max_files: 1, filetypes: ['png'] },
      { optional: true },
    ),
  ],
  ...more,
});

function open(view: Json = form()) {
  const slack = hands();
  const an = slack.user('An');
  slack.world.openModal(an.id, view);
  const modal = an.modal();
  if (!modal) throw new Error('no modal');
  return { slack, an, modal };
}

const PNG = { bytes: new Uint8Array([1]), name: 'a.png', mime: 'image/png' };

describe('a window', () => {
  it('is shown with its fields', () => {
    const { modal, an } = open();
    expect(modal.shown).toEqual({
      title: 'Báo cáo',
      text: 'Tuần 1',
      submit: 'Gửi',
      close: 'Thôi',
      fields: [
        {
          id: 'noi-dung',
          label: 'Nội dung',
          hint: 'ngắn',
          kind: 'text',
          value: '',
          options: [],
          optional: false,
          error: null,
        },
        expect.objectContaining({
          kind: 'choice',
          value: '',
          options: ['Giảng dạy', 'Nghiên cứu'],
        }),
        expect.objectContaining({ kind: 'date', value: '2024-09-02', optional: true }),
        expect.objectContaining({ kind: 'files', value: '' }),
      ],
    });
    modal.close();
    expect(an.modal()).toBeNull();
    expect(() => modal.fill('Nội dung', 'x')).toThrow('the modal is closed');
  });

  it('is filled by label or id, as its fields allow', () => {
    const { modal } = open();
    modal.fill('noi-dung', 'dạy học');
    modal.fill('Ngày', '2024-09-05');
    modal.pick('Lĩnh vực', 'Nghiên cứu');
    modal.attach('Ảnh', PNG);
    expect(modal.shown.fields.map(({ value }) => value)).toEqual([
      'dạy học',
      'Nghiên cứu',
      '2024-09-05',
      'a.png',
    ]);
    expect(() => modal.fill('Tên', 'x')).toThrow('no field "Tên"');
    expect(() => modal.fill('Lĩnh vực', 'x')).toThrow('is no such field');
    expect(() => modal.fill('Ngày', '5/9')).toThrow('5/9 is no date');
    expect(() => modal.pick('Lĩnh vực', 'Khác')).toThrow('has no option "Khác"');
    expect(() => modal.attach('Ảnh', PNG)).toThrow('no more files fit');
    modal.pick('Lĩnh vực', null);
    expect(modal.shown.fields[1]?.value).toBe('');
    const other = open().modal;
    expect(() => other.attach('Ảnh', { ...PNG, name: 'a.exe' })).toThrow('kind exe');
    const heavy = { ...PNG, bytes: new Uint8Array(10 * 1024 * 1024 + 1) };
    expect(() => other.attach('Ảnh', heavy)).toThrow('larger than 10 MB');
  });

  it('is not sent while Slack finds something missing', async () => {
    const { modal, slack } = open();
    expect(await modal.submit()).toBe('incomplete');
    expect(modal.errors).toEqual({ 'noi-dung': 'Please complete this required field.' });
    modal.fill('Nội dung', 'dài hơn mười');
    expect(await modal.submit()).toBe('incomplete');
    expect(modal.shown.fields[0]?.error).toBe('Please use no more than 10 characters.');
    expect(slack.told).toEqual([]);
    expect(
      await open(form({ submit: undefined }))
        .modal.submit()
        .catch(String),
    ).toMatch('nothing to send');
  });

  it('is sent as Slack sends it', async () => {
    const { modal, slack, an } = open();
    modal.fill('Nội dung', 'dạy học');
    modal.pick('Lĩnh vực', 'Nghiên cứu');
    modal.attach('Ảnh', PNG);
    expect(await modal.submit()).toBe('closed');
    expect(slack.payload()).toMatchObject({
      type: 'view_submission',
      user: { id: an.id },
      trigger_id: expect.any(String),
      view: {
        type: 'modal',
        callback_id: 'form',
        private_metadata: '{"form":"f"}',
        state: {
          values: {
            'noi-dung': { value: { type: 'plain_text_input', value: 'dạy học' } },
            'linh-vuc': {
              value: { type: 'static_select', selected_option: { value: 'lv-1' } },
            },
            ngay: { value: { type: 'datepicker', selected_date: '2024-09-02' } },
            anh: { value: { type: 'file_input', files: [{ name: 'a.png', size: 1 }] } },
          },
        },
      },
    });
    expect([...slack.world.files.values()]).toMatchObject([{ givenToApp: true }]);
    expect(an.modal()).toBeNull();
    expect(await modal.submit().catch(String)).toMatch('the modal is closed');
  });

  it('says of empty fields that they are', async () => {
    const { modal, slack } = open();
    modal.fill('Nội dung', 'x');
    modal.fill('Ngày', '');
    await modal.submit();
    expect(slack.payload()).toMatchObject({
      view: {
        state: {
          values: {
            'linh-vuc': { value: { selected_option: null } },
            ngay: { value: { selected_date: null } },
            anh: { value: { files: [] } },
          },
        },
      },
    });
  });
});

describe('an answer to a submission', () => {
  async function answered(body: unknown) {
    const opened = open();
    opened.slack.answer(() => body);
    opened.modal.fill('Nội dung', 'x');
    const submission = await opened.modal.submit();
    return { ...opened, submission };
  }

  it('can name what is wrong, and the window stays', async () => {
    const errors = { 'noi-dung': 'Ngắn quá.' };
    const { modal, submission, an, slack } = await answered({ response_action: 'errors', errors });
    expect(submission).toBe('errors');
    expect(modal.shown.fields[0]).toMatchObject({ error: 'Ngắn quá.', value: 'x' });
    slack.answer(() => null);
    expect(await an.modal()?.submit()).toBe('closed');
    expect(modal.errors).toEqual({});
  });

  it('can put another view in its place, where fields of the same name keep what was entered', async () => {
    const next = form({
      title: plain('Lần nữa'),
      blocks: [
        input('noi-dung', 'Nội dung', { type: 'plain_text_input', initial_value: 'mới' }),
        input('ly-do', 'Lý do', { type: 'plain_text_input', initial_value: 'vì' }),
      ],
    });
    const { modal, submission } = await answered({ response_action: 'update', view: next });
    expect(submission).toBe('updated');
    expect(modal.shown.title).toBe('Lần nữa');
    expect(modal.shown.fields.map(({ value }) => value)).toEqual(['x', 'vì']);
  });

  it('can put another view on top, or close everything', async () => {
    const { an, submission, slack } = await answered({
      response_action: 'push',
      view: form({ title: plain('Trên') }),
    });
    expect(submission).toBe('pushed');
    expect(an.modal()?.shown.title).toBe('Trên');
    an.modal()?.close();
    expect(an.modal()?.shown.title).toBe('Báo cáo');
    slack.answer(() => ({ response_action: 'clear' }));
    expect(await an.modal()?.submit()).toBe('closed');
    expect(an.modal()).toBeNull();
  });

  it('can be missing', async () => {
    const { an, submission, modal } = await answered(LATE);
    expect(submission).toBe('failed');
    expect(an.modal()?.shown.fields[0]?.value).toBe('x');
    expect(modal.errors).toEqual({});
  });

  it.each<[string, unknown]>([
    ['another action', { response_action: 'toast' }],
    ['a text', { text: 'xong' }],
    ['errors of no field', { response_action: 'errors', errors: { la: 'x' } }],
    ['no errors', { response_action: 'errors', errors: {} }],
    ['an empty error', { response_action: 'errors', errors: { 'noi-dung': '' } }],
    ['a view that Slack refuses', { response_action: 'update', view: { type: 'modal' } }],
  ])('cannot be %s', async (_, body) => {
    await expect(answered(body)).rejects.toThrow();
  });
});

describe('closing a window', () => {
  it('tells the app where it asked for it', () => {
    const { modal, slack } = open();
    modal.close();
    expect(slack.told).toEqual([]);
    const asked = open(form({ notify_on_close: true, clear_on_close: true }));
    asked.modal.close();
    expect(asked.slack.payload()).toMatchObject({
      type: 'view_closed',
      is_cleared: true,
      view: { callback_id: 'form' },
    });
    expect(() => asked.modal.close()).toThrow('closed already');
  });
});
