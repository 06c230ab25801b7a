import { describe, expect, it } from 'vitest';
import {
  blockComplaints,
  charsOf,
  checkMessageBlocks,
  slackFilesOf,
} from '../../../fakes/slack/blocks.ts';
import { viewComplaints } from '../../../fakes/slack/views.ts';
import {
  button,
  cells,
  codeOf,
  input,
  mrkdwn,
  paragraph,
  plain,
  section,
  table,
  times,
} from './block-samples.ts';

const inMessage = (...blocks: unknown[]) => blockComplaints(blocks, 'message');

describe('what Slack takes', () => {
  it('takes every kind of block the bot sends', () => {
    expect(
      inMessage(
        { type: 'header', text: { ...plain('Bảng xếp hạng'), emoji: false }, block_id: 'đầu' },
        section('*đậm*'),
        { type: 'section', fields: [mrkdwn('a'), plain('b')], accessory: button() },
        paragraph(
          { type: 'text', text: ' ', style: { bold: true, italic: false } },
          { type: 'link', url: 'https://hcma.vn', text: 'trang' },
          { type: 'user', user_id: 'U0AN' },
        ),
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'ordered',
              offset: 3,
              elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'một' }] }],
            },
            { type: 'rich_text_quote', elements: [{ type: 'text', text: 'trích' }] },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'mã' }] },
          ],
        },
        { type: 'context', elements: [plain('nhỏ'), mrkdwn('nhỏ')] },
        table([[{ ...paragraph({ type: 'text', text: 'Họ tên' }) }], cells(1)], {
          column_settings: [{ align: 'right', is_wrapped: true }],
        }),
        { type: 'divider' },
        { type: 'image', slack_file: { id: 'F1' }, alt_text: 'ảnh', title: plain('Ảnh') },
        { type: 'image', image_url: 'https://hcma.vn/a.png', alt_text: 'ảnh' },
        { type: 'markdown', text: '**đậm**' },
        {
          type: 'actions',
          elements: times(25, (i) => button({ action_id: `b1.${i}`, style: 'primary' })),
        },
      ),
    ).toEqual([]);
  });

  it('takes every kind of field in a modal', () => {
    const blocks = [
      input({
        type: 'plain_text_input',
        multiline: true,
        max_length: 3000,
        initial_value: 'x'.repeat(3000),
      }),
      input(
        {
          type: 'static_select',
          options: times(100, (i) => ({ text: plain(`${i}`), value: `${i}` })),
          initial_option: { value: '7', text: plain('7') },
        },
        { block_id: 'chon', hint: plain('Chọn một'), optional: true },
      ),
      input({ type: 'datepicker', initial_date: '2024-02-29' }, { block_id: 'ngay' }),
      input({ type: 'file_input', max_files: 10, filetypes: ['png'] }, { block_id: 'anh' }),
    ];
    const view = {
      type: 'modal',
      callback_id: 'form',
      private_metadata: '{}',
      title: plain('Báo cáo'),
      submit: plain('Gửi'),
      close: plain('Thôi'),
      blocks,
    };
    expect(viewComplaints(view, 'modal')).toEqual([]);
    expect(viewComplaints({ type: 'home', blocks: [section('a')] }, 'home')).toEqual([]);
  });
});

describe('blocks that Slack refuses', () => {
  const long = (n: number) => 'x'.repeat(n);
  const text = { type: 'text', text: 'x' };
  it.each<[string, unknown[], string]>([
    [
      'too many blocks',
      times(51, () => section('x')),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    ['none', [], 'no fewer than 1 items allowed [json-pointer:/blocks]'],
    ['a block that is no object', ['x'], 'must be an object [json-pointer:/blocks/0]'],
    [
      'no type',
      [{ text: plain('x') }],
      'unsupported type: undefined [json-pointer:/blocks/0/type]',
    ],
    [
      'an unknown type',
      [{ type: 'carousel', elements: [] }],
      'unsupported type: carousel [json-pointer:/blocks/0/type]',
    ],
    [
      'a property Slack does not know',
      [{ ...section('x'), colour: 'red' }],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'an unknown property deep inside',
      [paragraph({ ...text, bold: true })],
      'invalid additional property: bold [json-pointer:/blocks/0/elements/0/elements/0]',
    ],
    [
      'a long section',
      [section(long(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'an empty section',
      [section('')],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'blanks',
      [section(' \n')],
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a section with nothing',
      [{ type: 'section' }],
      'needs either text or fields [json-pointer:/blocks/0]',
    ],
    [
      'eleven fields',
      [{ type: 'section', fields: times(11, () => plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a long field',
      [{ type: 'section', fields: [plain(long(2001))] }],
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      'a header with formatting',
      [{ type: 'header', text: mrkdwn('x') }],
      'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ],
    [
      'a long header',
      [{ type: 'header', text: plain(long(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a wide context',
      [{ type: 'context', elements: times(11, () => plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      '26 buttons',
      [{ type: 'actions', elements: times(26, (i) => button({ action_id: `${i}` })) }],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a long label',
      [{ type: 'actions', elements: [button({ text: plain(long(76)) })] }],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      [{ type: 'actions', elements: [button({ value: long(2001) })] }],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'a long action id',
      [{ type: 'actions', elements: [button({ action_id: long(256) })] }],
      'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
    ],
    [
      'a style of our own',
      [{ type: 'actions', elements: [button({ style: 'default' })] }],
      'must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'an action id twice',
      [
        { type: 'actions', elements: [button()] },
        { type: 'actions', elements: [button()] },
      ],
      '`action_id` "b0.0" already exists [json-pointer:/blocks]',
    ],
    [
      'a block id twice',
      [
        { ...section('x'), block_id: 'a' },
        { ...section('y'), block_id: 'a' },
      ],
      '`block_id` "a" already exists [json-pointer:/blocks]',
    ],
    [
      'a long block id',
      [{ ...paragraph(text), block_id: long(256) }],
      'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
    ],
    [
      'a picture without a source',
      [{ type: 'image', alt_text: 'x' }],
      'needs either image_url or slack_file [json-pointer:/blocks/0]',
    ],
    [
      'a picture with two',
      [{ type: 'image', alt_text: 'x', image_url: 'https://x', slack_file: { id: 'F1' } }],
      'needs either image_url or slack_file [json-pointer:/blocks/0]',
    ],
    [
      'a picture without a description',
      [{ type: 'image', slack_file: { id: 'F1' } }],
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'a long description',
      [{ type: 'image', slack_file: { id: 'F1' }, alt_text: long(2001) }],
      'must be less than 2001 characters [json-pointer:/blocks/0/alt_text]',
    ],
    [
      'a file named twice',
      [{ type: 'image', slack_file: { id: 'F1', url: 'https://x' }, alt_text: 'x' }],
      'needs either id or url [json-pointer:/blocks/0/slack_file]',
    ],
    [
      'rich text that is empty',
      [paragraph({ type: 'text', text: '' })],
      'must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
    ],
    [
      'a link that is none',
      [paragraph({ type: 'link', url: 'javascript:x' })],
      'has the wrong form [json-pointer:/blocks/0/elements/0/elements/0/url]',
    ],
    [
      'a list inside a list',
      [
        {
          type: 'rich_text',
          elements: [{ type: 'rich_text_list', style: 'bullet', elements: [text] }],
        },
      ],
      'unsupported type: text [json-pointer:/blocks/0/elements/0/elements/0/type]',
    ],
    [
      'two tables',
      [table([cells(1)]), table([cells(1)])],
      'only_one_table_allowed [json-pointer:/blocks]',
    ],
    [
      '101 rows',
      [table(times(101, () => cells(1)))],
      'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      '21 columns',
      [table([cells(21)])],
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ],
    [
      'ragged rows',
      [table([cells(2), cells(1)])],
      'all rows must have the same number of cells [json-pointer:/blocks/0/rows]',
    ],
    [
      'an empty cell',
      [table([cells(1, '')])],
      'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
    ],
    [
      'cells that are too long together',
      [table(times(10, () => cells(1, long(1001))))],
      'no more than 10000 characters in cells [json-pointer:/blocks]',
    ],
    [
      'a field in a message',
      [input({ type: 'plain_text_input' })],
      'unsupported type: input [json-pointer:/blocks/0/type]',
    ],
  ])('refuses %s', (_, blocks, complaint) => {
    expect(inMessage(...blocks)).toContain(complaint);
  });

  it('answers as chat.postMessage does', () => {
    expect(codeOf(() => checkMessageBlocks([section('x')]))).toBeNull();
    expect(codeOf(() => checkMessageBlocks('[]'))).toBe('invalid_blocks_format');
    expect(codeOf(() => checkMessageBlocks([section(long(3001))]))).toBe('invalid_blocks');
    expect(codeOf(() => checkMessageBlocks(times(4, () => section(long(3000)))))).toBeNull();
    expect(
      codeOf(() => checkMessageBlocks([...times(4, () => section(long(3000))), section('x')])),
    ).toBe('msg_blocks_too_long');
  });

  it('counts what is read, wherever it stands, and nothing else', () => {
    expect(
      charsOf([
        { type: 'header', text: plain('abc'), block_id: 'không đếm' },
        { type: 'section', fields: [plain('de')] },
        table([cells(2, 'f')]),
        paragraph(
          { type: 'link', url: 'https://a.b' },
          { type: 'link', url: 'https://x', text: 'g' },
        ),
        { type: 'actions', elements: [button({ text: plain('h') })] },
      ]),
    ).toBe(3 + 2 + 2 + 11 + 1 + 1);
  });

  it('names the files that are shown', () => {
    expect(
      slackFilesOf([
        section('x'),
        { type: 'image', slack_file: { id: 'F1' }, alt_text: 'x' },
        { type: 'context', elements: [{ type: 'image', slack_file: { id: 'F2' }, alt_text: 'x' }] },
      ]),
    ).toEqual([
      { id: 'F1', at: '/blocks/1/slack_file' },
      { id: 'F2', at: '/blocks/2/slack_file' },
    ]);
  });
});
