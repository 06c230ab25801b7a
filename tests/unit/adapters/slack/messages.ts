import fc from 'fast-check';
import { ACTION_MAX_BYTES, type Block, type Inline } from '../../../../src/chat/index.ts';

/** Strings that hurt: markup, marks, emoji, blanks, long words, right to left. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.constantFrom(
    '<!channel>',
    '<@U0123456789>',
    '*đậm*',
    '&amp;',
    ':wave:',
    '\n\n',
    'Nguyễn',
    '👩‍🏫',
    'שלום',
    ' ',
    'a'.repeat(12_000),
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

export const block = fc
  .oneof(
    fc.record({ kind: fc.constant('heading' as const), text: nasty }),
    fc.record({ kind: fc.constant('text' as const), text: inlines }),
    fc.record({ kind: fc.constant('note' as const), text: inlines }),
    fc.record({
      kind: fc.constant('list' as const),
      ordered: fc.boolean(),
      items: fc.array(inlines, { minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant('fields' as const),
      rows: fc.array(fc.record({ label: nasty, value: inlines }), { minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.constant<{ title: string; align: 'left' | 'right' }[]>([
        { title: 'Đơn vị', align: 'left' },
        { title: 'Điểm', align: 'right' },
      ]),
      rows: fc.array(fc.tuple(nasty, nasty), { maxLength: 120 }),
    }),
  )
  .map((b): Block => b);

export const button = fc.record({
  label: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), nasty),
  action: fc
    .string({ unit: 'grapheme-ascii', maxLength: ACTION_MAX_BYTES - 2 })
    .map((rest) => `x:${rest}`),
});

export const anyMessage = fc.record({
  notice: nasty,
  blocks: fc.array(block, { maxLength: 5 }),
  buttons: fc.array(fc.array(button, { minLength: 1, maxLength: 30 }), { maxLength: 60 }),
});

const words = (inlines: readonly Inline[]): string[] =>
  inlines.map((part) => (typeof part === 'string' ? part : part.text));

/** Every word of a block, in the order in which it is to be read. */
export function wordsOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text];
    case 'text':
    case 'note':
      return words(block.text);
    case 'list':
      return block.items.flatMap(words);
    case 'fields':
      return block.rows.flatMap(({ label, value }) => [label, ...words(value)]);
    case 'table':
      return block.rows.flat();
    default:
      return [];
  }
}

/** For comparing texts whatever blanks and invisible characters were put in or left out. */
export const squeeze = (s: string): string =>
  s.normalize('NFC').replace(/[\s\p{Cf}\p{Cc}\u2800\u3164\u115f\u1160]+/gu, '');
