import { describe, expect, it } from 'vitest';
import { applied, nothingAlive } from '../../../fakes/slack/mrkdwn.ts';
import { alertsOf, shown } from '../../../fakes/slack/shown.ts';
import { asTyped } from '../../../fakes/slack/typing.ts';
import { type Json, World } from '../../../fakes/slack/world.ts';
import { channel, person } from './support.ts';

const NAMES = { user: (id: string) => `tên ${id}`, channel: (id: string) => `kênh ${id}` };

function read(raw: string, formatted = true) {
  const alive = nothingAlive();
  return { text: applied(raw, { names: NAMES, alive, formatted }), ...alive };
}

describe('a text as a reader sees it', () => {
  it.each([
    ['*đậm* và _nghiêng_, ~bỏ~ `mã`', 'đậm và nghiêng, bỏ mã'],
    ['*_cả hai_*', 'cả hai'],
    ['2*3*4 và a_b_c', '2*3*4 và a_b_c'],
    ['* không * đậm', '* không * đậm'],
    ['*hai\ndòng*', '*hai\ndòng*'],
    ['```\nkhối *mã*\n```', 'khối mã'],
    ['&gt; trích\n> nữa', 'trích\nnữa'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['&amp;lt; không phải là &lt;', '&lt; không phải là <'],
    ['xong :tada: lúc 12:30:45', 'xong ⟨tada⟩ lúc 12:30:45'],
    ['<!date^1^{date}|hôm nay>', 'hôm nay'],
    ['1 < 2 > 0', '1 < 2 > 0'],
  ])('reads %j', (raw, text) => {
    expect(read(raw)).toMatchObject({ text, links: [], mentions: [], alerts: [] });
  });

  it('says who and what came alive', () => {
    expect(
      read(
        '<@U1> xem <https://hcma.vn/a_b_?x=1&amp;y|trang *này*> ở <#C1>, <https://x.vn> <!channel> <!subteam^S1|@ban>',
      ),
    ).toEqual({
      text: '@tên U1 xem trang *này* ở #kênh C1, https://x.vn @channel @ban',
      links: ['https://hcma.vn/a_b_?x=1&y', 'https://x.vn'],
      mentions: ['U1'],
      alerts: ['@channel', '@ban'],
    });
  });

  it('leaves formatting alone where the app turned it off, but not mentions', () => {
    expect(read('*x* <@U1>', false)).toMatchObject({ text: '*x* @tên U1', mentions: ['U1'] });
  });
});

describe('typed text', () => {
  it.each([
    ['1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
    ['<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
    ['xem https://a.vn/x?y=1&z=2.', 'xem <https://a.vn/x?y=1&amp;z=2>.'],
    ['an@hcma.vn', '<mailto:an@hcma.vn|an@hcma.vn>'],
    ['trang hcma.vn nhé', 'trang <http://hcma.vn|hcma.vn> nhé'],
    ['  trống  ', 'trống'],
    ['lúc 9.30 ngày 1.2.2024', 'lúc 9.30 ngày 1.2.2024'],
  ])('of %j Slack makes %j', (typed, raw) => {
    expect(asTyped(typed)).toBe(raw);
  });
});

describe('a message as a reader sees it', () => {
  function look(message: { text?: string; blocks?: Json[]; mrkdwn?: boolean }) {
    const world = new World({ clock: () => 1_720_000_000_000 });
    const an = person(world, 'An');
    const { id } = channel(world, { name: 'thi-dua' });
    const picture = world.keepFile(world.botUserId, 'a.png', 'image/png', new Uint8Array([7]));
    const named = JSON.parse(
      JSON.stringify(message).replaceAll('{An}', an.id).replaceAll('{F}', picture.id),
    );
    const stored = world.add({ channel: id, user: world.botUserId, ...named });
    return { world, an, picture, ...shown(world, stored) };
  }

  it('reads every block in order', () => {
    const seen = look({
      text: 'Thông báo &amp; nhắc',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Bảng *xếp hạng*', emoji: false } },
        { type: 'divider' },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '*đậm* &amp; <https://a.vn|liên kết>', verbatim: true },
          fields: [{ type: 'plain_text', text: 'Đơn vị: *A*' }],
        },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'chào *nguyên văn* &amp; ', style: { bold: true } },
                { type: 'user', user_id: '{An}' },
                { type: 'link', url: 'https://b.vn' },
              ],
            },
            {
              type: 'rich_text_list',
              style: 'ordered',
              offset: 1,
              elements: [
                { type: 'rich_text_section', elements: [{ type: 'text', text: 'hai' }] },
                { type: 'rich_text_section', elements: [{ type: 'text', text: 'ba' }] },
              ],
            },
          ],
        },
        {
          type: 'table',
          rows: [
            [
              { type: 'raw_text', text: 'Tên' },
              {
                type: 'rich_text',
                elements: [
                  { type: 'rich_text_section', elements: [{ type: 'text', text: 'Điểm' }] },
                ],
              },
            ],
          ],
        },
        { type: 'image', slack_file: { id: '{F}' }, alt_text: 'ảnh' },
        { type: 'context', elements: [{ type: 'plain_text', text: 'nhỏ' }] },
        {
          type: 'actions',
          block_id: 'hàng',
          elements: [
            {
              type: 'button',
              action_id: 'b0.0',
              value: 'xem:1',
              style: 'primary',
              text: { type: 'plain_text', text: 'Xem', emoji: false },
            },
          ],
        },
      ],
    });
    expect(seen).toMatchObject({
      notice: 'Thông báo & nhắc',
      text: [
        'Bảng *xếp hạng*',
        'đậm & liên kết',
        'Đơn vị: *A*',
        'chào *nguyên văn* &amp; @Anhttps://b.vn',
        '2. hai',
        '3. ba',
        'Tên | Điểm',
        'nhỏ',
      ].join('\n'),
      buttons: [['Xem']],
      actions: [
        [{ label: 'Xem', actionId: 'b0.0', blockId: 'hàng', value: 'xem:1', style: 'primary' }],
      ],
      links: ['https://a.vn', 'https://b.vn'],
      mentions: [seen.an.id],
      alerts: [],
      pictures: [{ alt: 'ảnh', bytes: new Uint8Array([7]) }],
      files: [],
      edited: false,
      ephemeral: false,
      thread: null,
    });
  });

  it('is its text when there are no blocks', () => {
    expect(look({ text: '*Chào* <https://a.vn|đây>' })).toMatchObject({
      text: 'Chào đây',
      notice: 'Chào đây',
      links: ['https://a.vn'],
    });
    expect(look({ text: '*Chào*', mrkdwn: false }).text).toBe('*Chào*');
  });

  it('finds what rings at everybody, wherever it stands', () => {
    expect(look({ text: 'x <!here>', blocks: [{ type: 'divider' }] }).alerts).toEqual(['@here']);
    const block = { type: 'section', text: { type: 'mrkdwn', text: '<!everyone>' } };
    expect(look({ blocks: [block] }).alerts).toEqual(['@everyone']);
    const rich = {
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'channel' }] },
      ],
    };
    const { alerts, world } = look({ blocks: [rich] });
    expect(alerts).toEqual(['@channel']);
    expect(alertsOf(world)).toEqual(['@channel']);
    expect(alertsOf(look({ text: '&lt;!channel&gt;' }).world)).toEqual([]);
  });

  it('sees that a bare address in formatted text becomes a link', () => {
    const text = (verbatim: boolean) => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'xem https://a.vn', verbatim },
    });
    expect(look({ blocks: [text(false)] }).links).toEqual(['https://a.vn']);
    expect(look({ blocks: [text(true)] }).links).toEqual([]);
  });
});
