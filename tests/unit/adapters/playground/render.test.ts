import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paginate } from '../../../../adapters/playground/render.ts';
import { splitInline } from '../../../../adapters/playground/split.ts';
import { type Block, type InlineText, Message } from '../../../../src/chat/index.ts';

type PageBlock = ReturnType<typeof paginate>[number]['blocks'][number];
const words = (text: InlineText): string =>
  text.map((part) => (typeof part === 'string' ? part : part.text)).join('');

/** Every letter of a block, in order, without the spaces and signs that layout adds. */
function letters(block: PageBlock): string {
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'text':
    case 'note':
      return words(block.text);
    case 'list':
      return block.items.map(words).join('');
    case 'fields':
      return block.rows.map((row) => row.label + words(row.value)).join('');
    case 'table':
      return block.rows.flat().join('');
    case 'image':
      return block.alt;
    case 'file':
      return block.media.name;
  }
}
const bare = (text: string): string => text.replace(/[\s·:]/gu, '');

const unit = fc.constantFrom('đ', 'ồ', 'n', 'g', ' ', '\n', '\n\n', '👩‍🏫', 'ệ', '🇻🇳', '.', 'chí ');
const text = fc.array(unit, { minLength: 1, maxLength: 120 }).map((parts) => parts.join(''));
const visible = text.filter((t) => t.trim() !== '');
const inline = fc.array(
  fc.oneof(
    text,
    text.map((t) => ({ kind: 'bold' as const, text: t })),
    text.map((t) => ({ kind: 'link' as const, text: t, url: 'https://example.org/' })),
  ),
  { maxLength: 4 },
);
const block: fc.Arbitrary<Block> = fc.oneof(
  visible.map((t): Block => ({ kind: 'heading', text: t })),
  inline.map((t): Block => ({ kind: 'text', text: t })),
  fc
    .record({ ordered: fc.boolean(), items: fc.array(inline, { minLength: 1, maxLength: 6 }) })
    .map((list): Block => ({ kind: 'list', ...list })),
  fc
    .array(fc.record({ label: visible, value: inline }), { minLength: 1, maxLength: 5 })
    .map((rows): Block => ({ kind: 'fields', rows })),
  fc.array(fc.tuple(text, text), { maxLength: 8 }).map(
    (rows): Block => ({
      kind: 'table',
      columns: [
        { title: 'A', align: 'left' },
        { title: 'B', align: 'right' },
      ],
      rows,
    }),
  ),
);
const message = fc.record({
  notice: fc.constant('thông báo'),
  blocks: fc.array(block, { maxLength: 6 }),
});

describe('pages of a message', () => {
  it('hold every letter in order, none longer than the limit', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 80, max: 400 }), (source, max) => {
        Message.parse(source);
        const pages = paginate(source, max);
        if (source.blocks.length > 0)
          expect(bare(pages.flatMap((page) => page.blocks.map(letters)).join(''))).toBe(
            bare(source.blocks.map(letters).join('')),
          );
        for (const page of pages)
          expect(page.blocks.map(letters).join('').length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('never cut a grapheme', () => {
    const graphemes = (t: string) =>
      [...new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(t)].map((s) => s.segment);
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 60 }), (source, max) => {
        const pieces = splitInline([source], max).map(words);
        expect(pieces.join('')).toBe(source);
        expect(pieces.flatMap(graphemes)).toEqual(graphemes(source));
      }),
    );
  });

  it('go on numbering a list that is split', () => {
    const items = Array.from(
      { length: 30 },
      (_, i): InlineText => [`mục ${i + 1} ${'x'.repeat(20)}`],
    );
    const pages = paginate({ notice: 'n', blocks: [{ kind: 'list', ordered: true, items }] }, 200);
    const starts = pages.flatMap((page) =>
      page.blocks.flatMap((b) =>
        b.kind === 'list' && 'start' in b ? [[b.start, words(b.items[0] ?? [])]] : [],
      ),
    );
    expect(starts.length).toBeGreaterThan(2);
    for (const [start, first] of starts) expect(first).toMatch(new RegExp(`^mục ${start} `));
  });

  it('repeat the titles of a table that is split', () => {
    const columns = [{ title: 'Họ và tên', align: 'left' as const }];
    const rows = Array.from({ length: 40 }, (_, i) => [`Người thứ ${i}`]);
    const pages = paginate({ notice: 'n', blocks: [{ kind: 'table', columns, rows }] }, 150);
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page.blocks[0]).toMatchObject({ kind: 'table', columns });
  });

  it('carry the buttons last, in rows that fit, with the request for a number', () => {
    const row = Array.from({ length: 10 }, (_, i) => ({ label: `${i}`, action: `q:${i}` }));
    const pages = paginate({
      notice: 'n',
      blocks: [{ kind: 'text', text: ['x '.repeat(3000)] }],
      buttons: [row],
    });
    expect(pages.length).toBe(2);
    expect(pages[0]?.buttons).toBeUndefined();
    expect(pages[1]?.buttons?.map((r) => r.length)).toEqual([8, 2]);
    const asking = paginate({ notice: 'n', blocks: [], contactRequest: { label: 'Gửi số' } });
    expect(asking).toMatchObject([{ contactRequest: { label: 'Gửi số' } }]);
  });
});
