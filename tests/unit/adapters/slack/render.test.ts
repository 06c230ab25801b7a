import type { types } from '@slack/bolt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlackPage } from '../../../../adapters/slack/page.ts';
import { paginate } from '../../../../adapters/slack/render.ts';
import { type Block, type Inline, Message, sendable } from '../../../../src/chat/index.ts';
import { checkMessageBlocks } from '../../../fakes/slack/blocks.ts';
import { anyMessage, squeeze, wordsOf } from './messages.ts';
import { blockText, buttonsOf } from './read.ts';

const text = (...parts: Inline[]): Block => ({ kind: 'text', text: parts });
const message = (blocks: Block[], rest: Partial<Message> = {}): Message => ({
  notice: 'thông báo',
  blocks,
  ...rest,
});
const blocksOf = (blocks: Block[]): types.KnownBlock[] =>
  paginate(message(blocks)).flatMap((page) => page.blocks);
const section = (...elements: types.RichTextElement[]): types.KnownBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

describe('one page', () => {
  it('is a header, rich text, lists and small print, with what people wrote as it is', () => {
    expect(
      blocksOf([
        { kind: 'heading', text: 'Báo cáo <1>' },
        text('Chào *mọi* ', { kind: 'bold', text: 'An & Bình' }, { kind: 'code', text: 'a<b' }),
        { kind: 'list', ordered: true, items: [['một'], ['hai']] },
        { kind: 'list', items: [['> điểm']] },
        { kind: 'fields', rows: [{ label: 'Đơn vị', value: ['Khoa Triết học'] }] },
        { kind: 'note', text: ['số liệu ', { kind: 'bold', text: 'tham khảo' }] },
      ]),
    ).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Báo cáo <1>', emoji: false } },
      section(
        { type: 'text', text: 'Chào *mọi* ' },
        { type: 'text', text: 'An & Bình', style: { bold: true } },
        { type: 'text', text: 'a<b', style: { code: true } },
      ),
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'ordered',
            elements: ['một', 'hai'].map((item) => ({
              type: 'rich_text_section',
              elements: [{ type: 'text', text: item }],
            })),
          },
        ],
      },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '> điểm' }] }],
          },
        ],
      },
      section(
        { type: 'text', text: 'Đơn vị:', style: { bold: true } },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'Khoa Triết học' },
      ),
      {
        type: 'context',
        elements: [{ type: 'plain_text', text: 'số liệu tham khảo', emoji: false }],
      },
    ]);
  });

  it('begins a value of several lines under its label, however it is made up', () => {
    const value = ['Văn bản 12\n', { kind: 'bold' as const, text: 'Ảnh' }];
    const row = { label: 'Minh chứng', value };
    const short = { label: 'Đơn vị', value: ['Khoa', ' Triết học'] };
    const [block] = blocksOf([{ kind: 'fields', rows: [row, short] }]);
    expect(block && blockText(block)).toBe('Minh chứng:\nVăn bản 12\nẢnh\nĐơn vị: Khoa Triết học');
  });

  it('escapes the notice, which Slack reads for mentions', () => {
    const [page] = paginate({ notice: '<!channel> & <@U1>', blocks: [text('x')] });
    expect(page?.text).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });

  it('mentions a person of Slack, and only names one of elsewhere', () => {
    const mention = (platform: string, user: string) =>
      blocksOf([text({ kind: 'mention', text: 'An', identity: { platform, tenant: 'T1', user } })]);
    expect(mention('slack', 'U0A1')).toEqual([section({ type: 'user', user_id: 'U0A1' })]);
    const named = [section({ type: 'text', text: 'An', style: { bold: true } })];
    expect(mention('telegram', '42')).toEqual(named);
    expect(mention('slack', '!channel')).toEqual(named);
  });

  it('links to addresses of the web, and writes others out', () => {
    const link = (url: string) => blocksOf([text({ kind: 'link', text: 'minh chứng', url })]);
    const url = 'https://hcma.vn/?a=1&b=2';
    expect(link(url)).toEqual([section({ type: 'link', url, text: 'minh chứng' })]);
    expect(link('javascript:alert(1)')).toEqual([
      section({ type: 'text', text: 'minh chứng (javascript:alert(1))' }),
    ]);
    const long = `https://hcma.vn/${'a'.repeat(3000)}`;
    expect(squeeze(link(long).map(blockText).join(''))).toBe(squeeze(`minh chứng (${long})`));
  });

  it('keeps the link of small print, at the price of its size', () => {
    const url = 'https://hcma.vn/';
    expect(
      blocksOf([{ kind: 'note', text: ['xem ', { kind: 'link', text: 'đây', url }] }]),
    ).toEqual([section({ type: 'text', text: 'xem ' }, { type: 'link', url, text: 'đây' })]);
  });

  it('falls back to the notice when nothing can be seen', () => {
    expect(blocksOf([text('  \n '), text('\u200b')])).toEqual([
      section({ type: 'text', text: 'thông báo' }),
    ]);
    expect(paginate({ notice: '\u200b', blocks: [] })[0]?.blocks).toEqual([
      section({ type: 'text', text: '…' }),
    ]);
  });

  it('repairs half a surrogate pair', () => {
    expect(blocksOf([text('a\ud83d')])).toEqual([section({ type: 'text', text: 'a\ufffd' })]);
  });

  it('writes a heading that is too long for a header in bold', () => {
    const long = 'Đợt thi đua '.repeat(13);
    expect(blocksOf([{ kind: 'heading', text: long }])).toEqual([
      section({ type: 'text', text: long, style: { bold: true } }),
    ]);
  });
});

describe('splitting', () => {
  it('cuts a long text between paragraphs and loses nothing', () => {
    const long = Array.from({ length: 200 }, (_, i) => `Đoạn ${i}: ${'thi đua '.repeat(20)}`);
    const pages = paginate(message([text(long.join('\n\n'))]));
    const blocks = pages.flatMap((page) => page.blocks);
    expect(blocks.map(blockText).join('')).toBe(long.join('\n\n'));
    for (const block of blocks.slice(0, -1)) expect(blockText(block)).toMatch(/\n\n$/);
    expect(pages.length).toBeGreaterThan(1);
  });

  it('numbers the items of a list that one block cannot hold', () => {
    const items = Array.from({ length: 40 }, (_, i) => [`mục ${i} ${'x'.repeat(100)}`]);
    const said = blocksOf([{ kind: 'list', ordered: true, items }]).map(blockText);
    expect(said.length).toBeGreaterThan(1);
    expect(said.join('\n')).toBe(items.map(([item], i) => `${i + 1}. ${item}`).join('\n'));
  });

  it('never cuts a mention', () => {
    const identity = { platform: 'slack', tenant: 'T1', user: 'U0A1' };
    const parts: Inline[] = [
      'x'.repeat(2990),
      { kind: 'mention', text: 'An', identity },
      'y'.repeat(20),
    ];
    expect(blocksOf([text(...parts)]).map(blockText)).toEqual([
      'x'.repeat(2990),
      `@U0A1${'y'.repeat(20)}`,
    ]);
  });
});

describe('tables', () => {
  const table = (rows: string[][], columns = 2): Block => ({
    kind: 'table',
    columns: Array.from({ length: columns }, (_, i) => ({
      title: i === 0 ? 'Đơn vị' : `Cột ${i}`,
      align: i === 0 ? 'left' : 'right',
    })),
    rows,
  });
  const tables = (pages: SlackPage[]) =>
    pages.map(({ blocks }) => blocks.filter((b): b is types.TableBlock => b.type === 'table'));

  it('are tables of Slack, blank cells with the one character they need', () => {
    const [page] = paginate(message([table([['Khoa <A>\n*một*', '']])]));
    expect(page?.blocks).toEqual([
      {
        type: 'table',
        column_settings: [
          { align: 'left', is_wrapped: true },
          { align: 'right', is_wrapped: false },
        ],
        rows: [
          ['Đơn vị', 'Cột 1'].map((t) => section({ type: 'text', text: t, style: { bold: true } })),
          [
            { type: 'raw_text', text: 'Khoa <A> *một*' },
            { type: 'raw_text', text: ' ' },
          ],
        ],
      },
    ]);
  });

  it('go on in the next page with the header again, one table a page', () => {
    const rows = Array.from({ length: 250 }, (_, i) => [`Đơn vị ${i}`, `${i}`]);
    const pages = tables(paginate(message([table(rows), text('hết')])));
    expect(pages.map((some) => some.length)).toEqual([1, 1, 1]);
    const all = pages.flat();
    expect(all.map((t) => t.rows.length)).toEqual([100, 100, 53]);
    const shown = all.flatMap((t) => t.rows.slice(1));
    expect(shown).toEqual(rows.map((row) => row.map((t) => ({ type: 'raw_text', text: t }))));
  });

  it('become lines when there are more columns than Slack takes', () => {
    const row = Array.from({ length: 21 }, (_, i) => `${i}`);
    const [block] = blocksOf([table([row], 21)]);
    expect(block?.type).toBe('rich_text');
    expect(block && blockText(block)).toMatch(/^0\nCột 1: 1 · Cột 2: 2 .* Cột 20: 20$/);
  });
});

describe('buttons', () => {
  it('have an id of their own, the action as value, the tone as style', () => {
    const buttons = [
      [
        { label: 'Xác nhận', action: 'v:1', tone: 'primary' as const },
        { label: 'Không', action: 'v:2' },
      ],
      [{ label: 'Rút', action: 'v:3', tone: 'danger' as const }],
    ];
    const [page] = paginate(message([text('x')], { buttons }));
    expect(page?.blocks.slice(1)).toEqual([
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'b0.0',
            text: { type: 'plain_text', text: 'Xác nhận', emoji: false },
            value: 'v:1',
            style: 'primary',
          },
          {
            type: 'button',
            action_id: 'b0.1',
            text: { type: 'plain_text', text: 'Không', emoji: false },
            value: 'v:2',
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'b1.0',
            text: { type: 'plain_text', text: 'Rút', emoji: false },
            value: 'v:3',
            style: 'danger',
          },
        ],
      },
    ]);
  });

  it('say a label that is too long in full above, under the number the button begins with', () => {
    const label =
      'Viện Chủ nghĩa xã hội khoa học và Triết học, Học viện Chính trị quốc gia Hồ Chí Minh';
    const buttons = [
      [
        { label, action: 'enr:1' },
        { label: 'Không', action: 'enr:0' },
      ],
    ];
    const blocks = paginate(message([text('x')], { buttons })).flatMap((page) => page.blocks);
    expect(blocks.slice(1, -1).map(blockText)).toEqual([`1. ${label}`]);
    const [long, short] = buttonsOf(blocks);
    expect(long?.text.text).toMatch(/^1\. Viện Chủ nghĩa.*…$/);
    expect(long?.text.text.length).toBeLessThanOrEqual(75);
    expect(short?.text.text).toBe('Không');
  });

  it('are only under the last page, and go on in others when they are too many', () => {
    const buttons = Array.from({ length: 130 }, (_, i) => [{ label: `${i}`, action: `e:${i}` }]);
    const pages = paginate(message([text('x')], { buttons }));
    expect(pages.map((page) => buttonsOf(page.blocks).length)).toEqual([49, 50, 31]);
    expect(pages.flatMap((page) => buttonsOf(page.blocks)).map((b) => b.value)).toEqual(
      buttons.flat().map((b) => b.action),
    );
  });
});

describe('pictures and files', () => {
  const media = { sha256: 'a'.repeat(64), name: 'bang.png', mime: 'image/png' };
  const buttons = [[{ label: 'Xem', action: 'lb:1' }]];

  it('a picture is in the page of the text before it, with the buttons; text after it is not', () => {
    const pages = paginate(
      message([text('trước'), { kind: 'image', media, alt: 'Bảng' }], { buttons }),
    );
    expect(pages).toMatchObject([{ media: { as: 'image', alt: 'Bảng' } }]);
    expect(pages[0]?.blocks.map((b) => b.type)).toEqual(['rich_text', 'actions']);
    const more = paginate(message([{ kind: 'image', media, alt: 'Bảng' }, text('sau')]));
    expect(more.map((p) => [p.media?.as ?? null, p.blocks.map(blockText).join('')])).toEqual([
      ['image', ''],
      [null, 'sau'],
    ]);
  });

  it('a file is alone in its page, so buttons come under the notice after it', () => {
    const pages = paginate(message([text('trước'), { kind: 'file', media }], { buttons }));
    expect(pages.map((p) => [p.media?.as ?? null, p.blocks.map(blockText).join('')])).toEqual([
      [null, 'trước'],
      ['file', ''],
      [null, 'thông báo'],
    ]);
    expect(buttonsOf(pages[2]?.blocks ?? []).length).toBe(1);
  });

  it('a picture of a type Slack does not show goes as a file, told before', () => {
    const webp = { ...media, name: 'anh.webp', mime: 'image/webp' };
    const pages = paginate(message([{ kind: 'image', media: webp, alt: 'Ảnh hội thảo' }]));
    expect(pages.map((p) => [p.media?.as ?? null, p.blocks.map(blockText).join('')])).toEqual([
      [null, 'Ảnh hội thảo'],
      ['file', ''],
    ]);
  });

  it('a description that is too long is said in full before the picture', () => {
    const alt = 'bảng '.repeat(500);
    const [page] = paginate(message([{ kind: 'image', media, alt }]));
    expect(page?.blocks.map(blockText).join('')).toBe(alt);
    expect(page?.media?.alt?.length).toBeLessThanOrEqual(2000);
  });
});

describe('any message', () => {
  it('keeps to every limit and loses no word and no button', () => {
    fc.assert(
      fc.property(anyMessage, (m) => {
        Message.parse(m);
        const pages = paginate(m);
        expect(pages.length).toBeGreaterThan(0);
        for (const { text: notice, blocks } of pages) {
          expect(notice.length).toBeGreaterThan(0);
          checkMessageBlocks(blocks);
        }
        const seen = squeeze(pages.flatMap((p) => p.blocks.map(blockText)).join(''));
        let from = 0;
        for (const word of m.blocks.flatMap(wordsOf)) {
          const wanted = squeeze(sendable(word));
          const at = seen.indexOf(wanted, from);
          // A number of a list, or a header that is repeated, may stand between words.
          expect(at, `${JSON.stringify(word)} is missing`).toBeGreaterThanOrEqual(0);
          from = at + wanted.length;
        }
        expect(pages.flatMap((p) => buttonsOf(p.blocks)).map((b) => b.value)).toEqual(
          m.buttons.flat().map((b) => b.action),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('makes a mention, a link or formatting of nothing a person typed', () => {
    const typed = fc.constantFrom('<!channel>', '<@U0A1>', '*a*', '_b_', 'https://x.vn', '> q');
    fc.assert(
      fc.property(fc.array(typed, { minLength: 1, maxLength: 4 }), (parts) => {
        const said = parts.join(' ');
        const pages = paginate({
          notice: said,
          blocks: [
            { kind: 'heading', text: said },
            text(said),
            { kind: 'note', text: [said] },
            { kind: 'list', items: [[said]] },
            { kind: 'fields', rows: [{ label: said, value: [said] }] },
            { kind: 'table', columns: [{ title: said, align: 'left' }], rows: [[said]] },
          ],
          buttons: [[{ label: said, action: 'a' }]],
        });
        const json = JSON.stringify(pages.flatMap((p) => p.blocks));
        expect(json).not.toMatch(/"type":"(mrkdwn|link|user|broadcast|usergroup|channel|emoji)"/);
        expect(pages.map((p) => p.text).join('')).not.toMatch(/[<>]/);
      }),
    );
  });
});
