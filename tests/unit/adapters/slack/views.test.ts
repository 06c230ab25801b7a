import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formView,
  homeView,
  noticeView,
  readMetadata,
  readValues,
} from '../../../../adapters/slack/views.ts';
import { Form, type FormField, FormValues } from '../../../../src/chat/index.ts';
import { viewComplaints } from '../../../fakes/slack/views.ts';
import { block, button, squeeze } from './messages.ts';
import { blockText, buttonsOf } from './read.ts';

const WORDS = { title: 'Thi đua', close: 'Đóng' };
const plain = (text: string): types.PlainTextElement => ({
  type: 'plain_text',
  text,
  emoji: false,
});

const form = (fields: FormField[], rest: Partial<Form> = {}): Form =>
  Form.parse({
    id: 'report:7:3',
    title: 'Báo cáo thành tích',
    blocks: [],
    fields,
    submit: 'Gửi báo cáo',
    cancel: 'Thôi',
    otherwise: 'Đồng chí viết "báo cáo" để bắt đầu.',
    ...rest,
  });
const title: FormField = {
  kind: 'text',
  id: 'title',
  label: 'Tên thành tích',
  hint: 'Ngắn gọn',
  optional: false,
  multiline: false,
  maxChars: 200,
  value: 'Bài báo <b>',
};
const filled: Form = form([
  title,
  {
    kind: 'choice',
    id: 'item',
    label: 'Nội dung',
    optional: false,
    options: [
      { label: 'Dạy tốt', value: 'd' },
      { label: 'Học tốt', value: 'h' },
    ],
    value: 'h',
  },
  { kind: 'date', id: 'done-on', label: 'Ngày', optional: true, value: '2026-11-20' },
  { kind: 'files', id: 'evidence', label: 'Minh chứng', optional: true, most: 5 },
]);
/** What a view that may be longer than Slack shows comes to: itself, or null when it is refused. */
function unlessTooLong<View>(make: () => View): View | null {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return null;
  }
}
const inputs = (view: types.ModalView) =>
  view.blocks.filter((block): block is types.InputBlock => block.type === 'input');

describe('a form', () => {
  it('is a modal with one input a field, filled in as far as known', () => {
    const view = formView(filled, 'D01', WORDS);
    expect(viewComplaints(view, 'modal')).toEqual([]);
    expect(view).toEqual({
      type: 'modal',
      callback_id: 'form',
      private_metadata: '{"form":"report:7:3","direct":"D01"}',
      title: plain('Báo cáo thành tích'),
      submit: plain('Gửi báo cáo'),
      close: plain('Thôi'),
      blocks: [
        {
          type: 'input',
          block_id: 'title',
          label: plain('Tên thành tích'),
          hint: plain('Ngắn gọn'),
          optional: false,
          element: {
            type: 'plain_text_input',
            action_id: 'value',
            multiline: false,
            max_length: 200,
            initial_value: 'Bài báo <b>',
          },
        },
        {
          type: 'input',
          block_id: 'item',
          label: plain('Nội dung'),
          optional: false,
          element: {
            type: 'static_select',
            action_id: 'value',
            options: [
              { text: plain('Dạy tốt'), value: 'd' },
              { text: plain('Học tốt'), value: 'h' },
            ],
            initial_option: { text: plain('Học tốt'), value: 'h' },
          },
        },
        {
          type: 'input',
          block_id: 'done-on',
          label: plain('Ngày'),
          optional: true,
          element: { type: 'datepicker', action_id: 'value', initial_date: '2026-11-20' },
        },
        {
          type: 'input',
          block_id: 'evidence',
          label: plain('Minh chứng'),
          optional: true,
          element: { type: 'file_input', action_id: 'value', max_files: 5 },
        },
      ],
    });
  });

  it('says a title that is too long for the bar above the fields', () => {
    const long = 'Trả lại báo cáo số 128 để bổ sung';
    const view = formView(form([title], { title: long }), 'D01', WORDS);
    expect(view.title.text).toBe('Thi đua');
    expect(view.blocks[0]).toEqual({ type: 'header', text: plain(long) });
  });

  it('offers no more than an input holds, and takes no longer answer as the first', () => {
    const view = formView(form([{ ...title, maxChars: 4000 }]), 'D01', WORDS);
    expect(inputs(view)[0]?.element).toMatchObject({ max_length: 3000 });
    const answered: FormField = { ...title, maxChars: 4000, value: 'x'.repeat(3001) };
    expect(() => formView(form([answered]), 'D01', WORDS)).toThrow(RangeError);
  });

  it('chooses nothing when the answer of before is no longer on offer', () => {
    const field: FormField = {
      kind: 'choice',
      id: 'item',
      label: 'Nội dung',
      optional: false,
      options: [{ label: 'Dạy tốt', value: 'd' }],
      value: 'x',
    };
    expect(inputs(formView(form([field]), 'D01', WORDS))[0]?.element).not.toHaveProperty(
      'initial_option',
    );
  });

  it('says a label that is too long in full above its field', () => {
    const label = 'Nội dung thi đua '.repeat(150);
    const view = formView(form([{ ...title, label }]), 'D01', WORDS);
    expect(inputs(view)[0]?.label.text.length).toBeLessThanOrEqual(2000);
    expect(squeeze(view.blocks.map(blockText).join(''))).toBe(squeeze(label));
  });

  it('is a modal Slack takes or refused, whatever is said above the fields', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 3 }), (blocks) => {
        const view = unlessTooLong(() => formView({ ...filled, blocks }, 'D01', WORDS));
        if (view) expect(viewComplaints(view, 'modal')).toEqual([]);
      }),
    );
  });

  it('brings back which form it was and whose chat, and nothing of a modal of others', () => {
    const { private_metadata } = formView(form([title]), 'D01', WORDS);
    expect(readMetadata(private_metadata ?? '')).toEqual({ form: 'report:7:3', direct: 'D01' });
    expect(readMetadata('')).toBeNull();
    expect(readMetadata('{"form":""}')).toBeNull();
  });
});

describe('answers', () => {
  it('are read by field, trimmed; what was left empty is absent', () => {
    const values = readValues({
      values: {
        title: { value: { type: 'plain_text_input', value: '  Bài báo \n' } },
        blank: { value: { type: 'plain_text_input', value: '  ' } },
        none: { value: { type: 'plain_text_input', value: null } },
        item: { value: { type: 'static_select', selected_option: { text: {}, value: 'h' } } },
        date: { value: { type: 'datepicker', selected_date: '2026-11-20' } },
        'no-date': { value: { type: 'datepicker', selected_date: null } },
        other: { 'b0.0': { type: 'button', value: 'x' } },
        'no-files': { value: { type: 'file_input', files: [] } },
        files: {
          value: {
            type: 'file_input',
            files: [
              { id: 'F1', name: 'anh.jpg', mimetype: 'image/jpeg', size: 12 },
              { id: 'F2', name: 'bai.pdf', mimetype: 'application/pdf', size: 0 },
              { id: 'F3' },
            ],
          },
        },
      },
    });
    expect(values).toEqual({
      title: 'Bài báo',
      item: 'h',
      date: '2026-11-20',
      files: [
        { ref: 'F1', kind: 'photo', name: 'anh.jpg', mime: 'image/jpeg', size: 12 },
        { ref: 'F2', kind: 'file', name: 'bai.pdf', mime: 'application/pdf', size: null },
        { ref: 'F3', kind: 'file', name: 'F3', mime: 'application/octet-stream', size: null },
      ],
    });
    expect(FormValues.parse(values)).toEqual(values);
  });

  it('of another shape are refused', () => {
    expect(() => readValues({})).toThrow();
    expect(() => readValues({ values: { title: { value: { value: 7 } } } })).toThrow();
  });

  it('come back as they were filled in', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(text, (value) => {
        const view = formView(form([{ ...title, maxChars: 3000, value }]), 'D01', WORDS);
        const [input] = inputs(view);
        const element = input?.element;
        const initial = element?.type === 'plain_text_input' ? element.initial_value : undefined;
        const state = { values: { title: { value: { value: initial ?? null } } } };
        expect(squeeze(String(readValues(state).title ?? ''))).toBe(squeeze(value));
      }),
    );
  });
});

describe('a notice', () => {
  it('is one sentence with a way out', () => {
    expect(viewComplaints(noticeView('Đã ghi nhận.', WORDS), 'modal')).toEqual([]);
    expect(noticeView('Đã *ghi* nhận.', WORDS)).toEqual({
      type: 'modal',
      title: plain('Thi đua'),
      close: plain('Đóng'),
      blocks: [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'Đã *ghi* nhận.' }] },
          ],
        },
      ],
    });
  });
});

describe('an own page', () => {
  const row = (i: number) => [{ label: `Báo cáo ${i}`, action: `rep:${i}` }];

  it('shows text, tables as lines, buttons, and the notice when there is nothing else', () => {
    const view = homeView({
      notice: 'n',
      blocks: [
        { kind: 'heading', text: 'Việc của tôi' },
        {
          kind: 'table',
          columns: [
            { title: 'Đơn vị', align: 'left' },
            { title: 'Điểm', align: 'right' },
          ],
          rows: [['Khoa Triết học', '7']],
        },
      ],
      buttons: [row(1)],
    });
    expect(view.type).toBe('home');
    expect(view.blocks.map(blockText)).toEqual(['Việc của tôi', 'Khoa Triết học\nĐiểm: 7', '']);
    expect(buttonsOf(view.blocks).map((b) => b.value)).toEqual(['rep:1']);
    expect(homeView({ notice: 'Chưa có gì', blocks: [] }).blocks.map(blockText)).toEqual([
      'Chưa có gì',
    ]);
  });

  it('closes its gaps when it would be too long, and loses nothing', () => {
    const blocks = Array.from({ length: 150 }, (_, i) => ({
      kind: 'text' as const,
      text: [`dòng ${i}`],
    }));
    const buttons = Array.from({ length: 30 }, (_, i) => row(i));
    const view = homeView({ notice: 'n', blocks, buttons });
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(view.blocks.map(blockText).join('\n').trim()).toBe(
      blocks.map((b) => b.text.join('')).join('\n'),
    );
    expect(buttonsOf(view.blocks).map((b) => b.value)).toEqual(buttons.flat().map((b) => b.action));
  });

  it('is a tab Slack takes or refused, whatever is on it', () => {
    const buttons = fc.array(fc.array(button, { minLength: 1, maxLength: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), buttons, (blocks, rows) => {
        const view = unlessTooLong(() => homeView({ notice: 'n', blocks, buttons: rows }));
        if (!view) return;
        expect(viewComplaints(view, 'home')).toEqual([]);
        expect(buttonsOf(view.blocks).map((b) => b.value)).toEqual(
          rows.flat().map((b) => b.action),
        );
      }),
    );
  });

  it('is refused when it is longer than Slack shows', () => {
    const blocks = Array.from({ length: 101 }, () => ({ kind: 'heading' as const, text: 'x' }));
    expect(() => homeView({ notice: 'n', blocks })).toThrow(/101 blocks/);
  });
});
