import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/pictures/png.ts';
import { pngHead, pngPixels } from '../../support/png.ts';

const rgbaOf = (pixels: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from(pixels.flatMap((pixel) => [...pixel, 255]));

describe('encodePng', () => {
  it('keeps plain colours as they are', async () => {
    const pixels = [
      [255, 255, 255],
      [181, 35, 44],
      [63, 110, 168],
      [255, 255, 255],
      [63, 110, 168],
      [28, 36, 48],
    ];
    const png = await encodePng({ width: 3, height: 2, rgba: rgbaOf(pixels) });
    expect(pngHead(png)).toEqual({ width: 3, height: 2 });
    expect(pngPixels(png)).toEqual(pixels);
  });

  it('brings any picture to 256 colours near its own', async () => {
    const colour = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(colour, { minLength: 1, maxLength: 600 }), async (pixels) => {
        const png = await encodePng({ width: pixels.length, height: 1, rgba: rgbaOf(pixels) });
        const out = pngPixels(png);
        expect(out).toHaveLength(pixels.length);
        expect(new Set(out.map(String)).size).toBeLessThanOrEqual(256);
        out.forEach((pixel, i) => {
          pixel.forEach((value, channel) => {
            expect(Math.abs(value - (pixels[i]?.[channel] ?? -999))).toBeLessThanOrEqual(64);
          });
        });
      }),
      { numRuns: 30 },
    );
  });
});
