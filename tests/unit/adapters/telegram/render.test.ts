import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paginate, type TelegramPage } from '../../../../adapters/telegram/render.ts';
import { type Run, runsOf } from '../../../../adapters/telegram/runs.ts';
import { splitRuns } from '../../../../adapters/telegram/split.ts';
import { columns } from '../../../../adapters/telegram/width.ts';
import {
  ACTION_MAX_BYTES,
  type Block,
  type Inline,
  Message,
  sendable,
} from '../../../../src/chat/index.ts';
import { type FakeTelegram, startFakeTelegram } from '../../../fakes/telegram/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { telegramOn } from '../../../support/telegram-harness.ts';

const text = (...parts: Extract<Block, { kind: 'text' }>['text']): Block => ({
  kind: 'text',
  text: parts,
});
const message = (blocks: Block[], rest: Partial<Message> = {}): Message => ({
  notice: 'thông báo',
  blocks,
  ...rest,
});
const html = (blocks: Block[]): string[] => paginate(message(blocks)).map((p) => p.html);
const squeeze = (s: string): string => s.normalize('NFC').replace(/[\s\p{Cf}\p{Cc}]+/gu, '');

describe('one page', () => {
  it('formats the blocks with Telegram tags and escapes what people wrote', () => {
    expect(
      html([
        { kind: 'heading', text: 'Báo cáo <1>' },
        text('Chào ', { kind: 'bold', text: 'An & Bình' }, ', ', { kind: 'code', text: 'a<b' }),
        { kind: 'list', ordered: true, items: [['một'], ['hai']] },
        { kind: 'list', items: [['điểm']] },
        { kind: 'fields', rows: [{ label: 'Đơn vị', value: ['Khoa Triết học'] }] },
        { kind: 'note', text: ['số liệu tham khảo'] },
      ]),
    ).toEqual([
      '<b>Báo cáo &lt;1&gt;</b>\n' +
        'Chào <b>An &amp; Bình</b>, <code>a&lt;b</code>\n\n' +
        '1. một\n2. hai\n\n' +
        '• điểm\n\n' +
        '<b>Đơn vị:</b> Khoa Triết học\n\n' +
        '<i>số liệu tham khảo</i>',
    ]);
  });

  it('keeps quotation marks inside a link address', () => {
    const url = 'https://hcma.vn/?a=1&b="x"';
    expect(html([text({ kind: 'link', text: 'minh chứng', url })])).toEqual([
      '<a href="https://hcma.vn/?a=1&amp;b=&quot;x&quot;">minh chứng</a>',
    ]);
  });

  it('mentions a person of Telegram, and only names one of elsewhere', () => {
    const mention = (platform: string, user: string) =>
      html([text({ kind: 'mention', text: 'An', identity: { platform, tenant: 't', user } })])[0];
    expect(mention('telegram', '42')).toBe('<a href="tg://user?id=42">An</a>');
    expect(mention('slack', 'U1')).toBe('<b>An</b>');
  });

  it('falls back to the notice when nothing can be seen', () => {
    expect(html([text('  \n '), text('\u200b')])).toEqual(['thông báo']);
    expect(paginate({ notice: '\u200b', blocks: [] })).toMatchObject([{ html: '…' }]);
  });

  it('repairs half a surrogate pair', () => {
    expect(html([text('a\ud83d')])).toEqual(['a\ufffd']);
  });
});

describe('tables', () => {
  const table = (title: string, rows: string[][]): Block => ({
    kind: 'table',
    columns: [
      { title, align: 'left' },
      { title: 'Điểm', align: 'right' },
    ],
    rows,
  });

  it('aligns Vietnamese letters by what is seen, however they are encoded', () => {
    const [page = ''] = html([
      table('Họ tên', [
        ['Nguyễn'.normalize('NFD'), '7'],
        ['Lê', '12,5'],
      ]),
    ]);
    expect(page).toBe('<pre>Họ tên  Điểm\nNguyễn     7\nLê      12,5</pre>');
  });

  it('becomes lines when a phone would wrap it', () => {
    const [page] = html([table('Đơn vị', [['Viện Chủ nghĩa xã hội khoa học và Triết học', '7']])]);
    expect(page).toBe('<b>Viện Chủ nghĩa xã hội khoa học và Triết học</b>\nĐiểm: 7');
  });

  it('counts columns as a fixed-width font shows them', () => {
    expect(['đường', 'e\u0302\u0301', '👩‍🏫', '漢', '\u200b'].map(columns)).toEqual([
      5, 1, 2, 2, 0,
    ]);
  });
});

describe('splitting', () => {
  const run = (t: string, look: Run['look'] = 'plain'): Run => ({ text: t, look });
  const texts = (pages: Run[][]) => pages.map((p) => p.map((r) => r.text).join(''));

  it('prefers a blank line to a line, a line to a word, a word to a character', () => {
    expect(texts(splitRuns([run('aaaa bb\n\ncc\ndd ee')], 14, 100))).toEqual([
      'aaaa bb\n\n',
      'cc\ndd ee',
    ]);
    expect(texts(splitRuns([run('aaaa bb\ncc dd ee')], 12, 100))).toEqual([
      'aaaa bb\n',
      'cc dd ee',
    ]);
    expect(texts(splitRuns([run('aaaa bb cc')], 8, 100))).toEqual(['aaaa bb ', 'cc']);
    expect(texts(splitRuns([run('aaaaabbb')], 5, 100))).toEqual(['aaaaa', 'bbb']);
  });

  it('goes on with the look of what it cut', () => {
    expect(splitRuns([run('aaaaabbb', 'bold')], 5, 100)).toEqual([
      [run('aaaaa', 'bold')],
      [run('bbb', 'bold')],
    ]);
  });

  it('tears no character that is made of several', () => {
    expect(texts(splitRuns([run('aaa👩‍🏫')], 5, 100))).toEqual(['aaa', '👩‍🏫']);
    expect(texts(splitRuns([run('aaae\u0302\u0301')], 5, 100))).toEqual(['aaa', 'e\u0302\u0301']);
  });

  it('loses nothing and keeps to both limits', () => {
    const look = fc.constantFrom<Run['look']>('plain', 'bold', 'italic', 'code', 'pre');
    const runs = fc.array(
      fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 60 }), look }),
    );
    fc.assert(
      fc.property(
        runs,
        fc.integer({ min: 64, max: 200 }),
        fc.integer({ min: 1, max: 5 }),
        (rs, chars, looks) => {
          const pages = splitRuns(rs, chars, looks);
          expect(texts(pages).join('')).toBe(rs.map((r) => r.text).join(''));
          for (const page of pages) {
            expect(page.reduce((n, r) => n + r.text.length, 0)).toBeLessThanOrEqual(chars);
            expect(page.filter((r) => r.look !== 'plain').length).toBeLessThanOrEqual(looks);
          }
        },
      ),
    );
  });
});

describe('keyboards', () => {
  const keyboard = (rows: string[][]): string[][] => {
    const buttons = rows.map((row) => row.map((label) => ({ label, action: 'a:b' })));
    const pages = paginate(message([text('x')], { buttons }));
    return pages.flatMap(({ under }) =>
      under && 'inline' in under ? under.inline.map((row) => row.map((b) => b.text)) : [],
    );
  };

  it('keeps short labels in their row and breaks a row that would be cut', () => {
    expect(
      keyboard([
        ['Có', 'Không'],
        ['Xác nhận', 'Trả lại để bổ sung', 'Không xác nhận'],
      ]),
    ).toEqual([['Có', 'Không'], ['Xác nhận'], ['Trả lại để bổ sung'], ['Không xác nhận']]);
  });

  it('has at most eight in a row', () => {
    const row = Array.from({ length: 10 }, (_, i) => String(i % 10));
    expect(keyboard([row]).map((r) => r.length)).toEqual([8, 2]);
  });

  it('shows the tone of a button', () => {
    const buttons = [[{ label: 'Rút', action: 'rep:w', tone: 'danger' as const }]];
    expect(paginate(message([text('x')], { buttons }))[0]?.under).toEqual({
      inline: [[{ text: 'Rút', callback_data: 'rep:w', style: 'danger' }]],
    });
  });

  it('puts the buttons under the last page, whatever it is', () => {
    const media = { sha256: 'a'.repeat(64), name: 'b.png', mime: 'image/png' };
    const pages = paginate(
      message([text('x'), { kind: 'image', media, alt: 'Bảng' }], {
        buttons: [[{ label: 'Xem', action: 'lb:1' }]],
      }),
    );
    expect(pages.map((p) => [p.media?.as ?? 'text', p.under !== null])).toEqual([
      ['text', false],
      ['photo', true],
    ]);
  });
});

describe('pictures', () => {
  const image = (alt: string, mime = 'image/png'): TelegramPage[] =>
    paginate(message([{ kind: 'image', media: { sha256: 'a'.repeat(64), name: 'b', mime }, alt }]));

  it('says what is on it in the caption, or before it when too long', () => {
    expect(image('Bảng <1>').map((p) => p.html)).toEqual(['Bảng &lt;1&gt;']);
    const long = 'b'.repeat(1025);
    expect(image(long).map((p) => p.html)).toEqual([long, '']);
  });

  it('sends types Telegram does not show as documents', () => {
    expect(image('x', 'image/heic')[0]?.media?.as).toBe('document');
  });
});

/** Strings that hurt: markup, marks, emoji, blanks, long words, right to left. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    '<b>',
    '&amp;',
    '"',
    '</a>',
    '\n\n',
    'Nguyễn',
    '👩‍🏫',
    'שלום',
    ' ',
    'a'.repeat(5000),
  ),
  fc
    .array(fc.constantFrom('thi đua ', 'học tốt\n', '<', '&'), { minLength: 1, maxLength: 900 })
    .map((a) => a.join('')),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  nasty,
  fc.record({
    kind: fc.constantFrom('bold' as const, 'italic' as const, 'code' as const),
    text: nasty,
  }),
  fc.record({ kind: fc.constant('link' as const), text: nasty, url: fc.webUrl() }),
);
const inlines = fc.array(inline, { minLength: 1, maxLength: 5 });
const block = fc
  .oneof(
    fc.record({ kind: fc.constant('heading' as const), text: nasty }),
    fc.record({ kind: fc.constant('text' as const), text: inlines }),
    fc.record({ kind: fc.constant('note' as const), text: inlines }),
    fc.record({
      kind: fc.constant('list' as const),
      items: fc.array(inlines, { minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant('fields' as const),
      rows: fc.array(fc.record({ label: nasty, value: inlines }), { minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.constant<{ title: string; align: 'left' | 'right' }[]>([
        { title: 'A', align: 'left' },
        { title: 'B', align: 'right' },
      ]),
      rows: fc.array(fc.tuple(nasty, nasty), { maxLength: 8 }),
    }),
  )
  .map((b): Block => b);
const button = fc.record({
  label: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  action: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: ACTION_MAX_BYTES }),
});
const anyMessage = fc.record({
  notice: nasty,
  blocks: fc.array(block, { maxLength: 5 }),
  buttons: fc.array(fc.array(button, { minLength: 1, maxLength: 12 }), { maxLength: 20 }),
});

describe('any message', () => {
  let fake: FakeTelegram;
  beforeAll(async () => {
    fake = await startFakeTelegram();
  });
  afterAll(() => fake.close());

  it('gives pages that Telegram takes, with all of its text and buttons', async () => {
    const adapter = telegramOn(fake);
    const to = { platform: 'telegram', tenant: adapter.tenant, chat: '' };
    await fc.assert(
      fc.asyncProperty(anyMessage, async (m) => {
        Message.parse(m);
        const reader = fake.user({ name: 'An' });
        reader.start();
        for (const page of adapter.paginate(m)) {
          const outcome = await adapter.send({ ...to, chat: String(reader.id) }, page, '1:0');
          expect(outcome.outcome, JSON.stringify(outcome)).toBe('ok');
        }
        const shown = reader.messages();
        const source = runsOf(m.blocks.filter((b) => b.kind !== 'image' && b.kind !== 'file'));
        const expected = squeeze(source.map((r) => r.text).join(''));
        const seen = squeeze(shown.map((p) => p.text).join(''));
        if (expected !== '') expect(seen.slice(0, expected.length)).toBe(expected);
        expect(shown.flatMap((p) => p.buttons.flat())).toEqual(
          m.buttons.flat().map((b) => sendable(b.label).trim() || '…'),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('says the same again without a change', async () => {
    const adapter = telegramOn(fake);
    await adapter.start(createRecordingHost());
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 3 }), async (blocks) => {
        const reader = fake.user({ name: 'An' });
        reader.start();
        const at = { platform: 'telegram', tenant: adapter.tenant, chat: String(reader.id) };
        for (const page of adapter.paginate(message(blocks))) {
          const sent = await adapter.send(at, page, '1:0');
          if (sent.outcome !== 'ok') throw new Error(JSON.stringify(sent));
          expect(await adapter.edit(sent.ref, page)).toEqual(sent);
        }
      }),
      { numRuns: 20 },
    );
    await adapter.stop();
  });
});
