import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../../src/messages/catalogue.ts';
import { Drawing } from '../../../src/messages/drawing.ts';
import { page } from '../../../src/pictures/draw.ts';
import type { Element } from '../../../src/pictures/elements.ts';
import { draw } from '../../../src/pictures/index.ts';
import { pngHead } from '../../support/png.ts';
import { samplePictures } from '../../support/sample-pictures.ts';

const { vi, en } = loadTexts();
const samples = Object.entries(samplePictures(vi));

/** Every word of a picture, from its elements. */
const wordsOf = (element: Element): string[] => {
  const { children } = element.props;
  if (typeof children === 'string') return [children];
  return (children ?? []).flatMap(wordsOf);
};

/** Every text that a drawing holds for the eye. */
const said = ({ title, lead, parts, foot }: Drawing): string[] => [
  title,
  ...lead,
  ...parts.flatMap(saidIn),
  ...foot,
];

function saidIn(part: Drawing['parts'][number]): string[] {
  switch (part.kind) {
    case 'facts':
      return part.facts.flatMap(({ label, value, change }) => [label, value, change?.by ?? '']);
    case 'bars':
      return [
        part.heading ?? '',
        part.unit ?? '',
        part.more ?? '',
        ...part.bars.flatMap((b) => [b.rank ?? '', b.label, b.value, b.change?.by ?? '']),
      ];
    case 'trend':
      return [part.heading, ...part.points.map(({ label }) => label)];
    case 'list':
      return [part.heading, ...part.items];
    case 'text':
      return [part.text];
  }
}

describe('a picture', () => {
  it.each(samples)(
    '%s is a PNG as wide as a phone, short enough for one, and light to send',
    async (_, drawing) => {
      const png = await draw(Drawing.parse(drawing));
      const { width, height } = pngHead(png);
      expect(width).toBe(1080);
      expect(height).toBeGreaterThan(400);
      expect(height).toBeLessThan(3600);
      expect(png.length).toBeLessThan(300_000);
    },
  );

  it.each(samples)('%s has every word it is given', (_, drawing) => {
    const words = wordsOf(page(drawing)).join('\n');
    for (const text of said(drawing)) expect(words).toContain(text);
  });

  it('has letters that came taken apart put together, as the font has them', () => {
    const apart = 'Kết quả của Viện Đào tạo'.normalize('NFD');
    const drawing: Drawing = { alt: 'x', title: apart, lead: [], parts: [], foot: [] };
    expect(wordsOf(page(drawing))).toEqual(['Kết quả của Viện Đào tạo']);
  });

  it('is the same for the same figures, so that its bytes are stored once', async () => {
    const [, drawing] = samples[0] ?? [];
    if (!drawing) throw new Error('there is no sample');
    expect(Buffer.from(await draw(drawing)).equals(await draw(drawing))).toBe(true);
  });

  it('speaks English too', () => {
    const words = wordsOf(page(samplePictures(en).digest ?? { ...EMPTY })).join('\n');
    expect(words).toContain('Summary of week 19 – the Academy and the political schools');
    expect(words).toContain(en('digest-attention'));
  });
});

const EMPTY: Drawing = { alt: 'x', title: '', lead: [], parts: [], foot: [] };

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '\n', '<svg>&"', 'ệ'.repeat(300), 'Đ 😀 中文 ‏עברית', 'a\u0000b\ud800'),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const change = fc.option(
  fc.record({ way: fc.constantFrom('up' as const, 'down' as const, 'same' as const), by: text }),
);
const bar = fc.record({
  rank: fc.option(text),
  label: text,
  value: text,
  share,
  change,
  own: fc.boolean(),
  gap: fc.boolean(),
});
const part: fc.Arbitrary<Drawing['parts'][number]> = fc.oneof(
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: text, value: text, change }), {
      minLength: 1,
      maxLength: 5,
    }),
  }),
  fc.record({
    kind: fc.constant('bars' as const),
    heading: fc.option(text),
    unit: fc.option(text),
    bars: fc.array(bar, { maxLength: 6 }),
    more: fc.option(text),
  }),
  fc.record({
    kind: fc.constant('trend' as const),
    heading: text,
    points: fc.array(fc.record({ label: text, value: text, share }), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    heading: text,
    items: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('text' as const), text }),
);

describe('whatever is said', () => {
  it('can be drawn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          alt: fc.constant('x'),
          title: text,
          lead: fc.array(text, { maxLength: 3 }),
          parts: fc.array(part, { maxLength: 4 }),
          foot: fc.array(text, { maxLength: 2 }),
        }),
        async (drawing) => {
          const { width, height } = pngHead(await draw(Drawing.parse(drawing)));
          expect(width).toBe(1080);
          expect(height).toBeGreaterThan(0);
        },
      ),
      { numRuns: 25 },
    );
  });
});
