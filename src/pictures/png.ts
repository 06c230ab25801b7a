/**
 * PNG with a palette (W3C PNG, third edition). These pictures have a handful of colours and the shades
 * between them at the edges of letters: a byte a pixel is enough, and makes them half as large.
 */
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const compress = promisify(deflate);

/** Distances between neighbouring shades of a channel, tried in turn; the last gives at most 125 colours. */
const STEPS = [8, 16, 32, 64];
const MOST = 256;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS = 8;
const WITH_PALETTE = 3;

/** `rgba`: four bytes a pixel, row by row, all of them opaque. */
export async function encodePng(image: {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}): Promise<Uint8Array> {
  const { width, height } = image;
  const { palette, rows } = reduced(image);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = BITS;
  head[9] = WITH_PALETTE;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', await compress(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function reduced(image: Parameters<typeof encodePng>[0]): { palette: Buffer; rows: Buffer } {
  for (const step of STEPS) {
    const found = withShades(image, step);
    if (found) return found;
  }
  throw new Error('a picture of 125 colours has more than 256');
}

/**
 * Colours that agree but for less than a step become one: what they are on average, so that a plain
 * area keeps its own. Null when that leaves too many.
 */
function withShades(
  { width, height, rgba }: Parameters<typeof encodePng>[0],
  step: number,
): { palette: Buffer; rows: Buffer } | null {
  // Whole pixels are compared first: nearly all are like the one before.
  const pixels = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const indexes = new Map<number, number>();
  const sums = new Float64Array(4 * MOST);
  // Each row begins with the number of its filter: none.
  const rows = Buffer.alloc((width + 1) * height);
  let last = -1;
  let index = 0;
  let out = 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (pixel % width === 0) out += 1;
    const colour = pixels.getUint32(4 * pixel);
    if (colour !== last) {
      last = colour;
      const bucket =
        (shade(colour >>> 24, step) << 16) |
        (shade((colour >>> 16) & 255, step) << 8) |
        shade((colour >>> 8) & 255, step);
      const known = indexes.get(bucket);
      index = known ?? indexes.size;
      if (known === undefined) {
        if (index === MOST) return null;
        indexes.set(bucket, index);
      }
    }
    const at = 4 * index;
    sums[at] = (sums[at] ?? 0) + (colour >>> 24);
    sums[at + 1] = (sums[at + 1] ?? 0) + ((colour >>> 16) & 255);
    sums[at + 2] = (sums[at + 2] ?? 0) + ((colour >>> 8) & 255);
    sums[at + 3] = (sums[at + 3] ?? 0) + 1;
    rows[out] = index;
    out += 1;
  }
  const average = (i: number): number => Math.round((sums[i] ?? 0) / (sums[i | 3] ?? 1));
  const palette = Buffer.alloc(3 * indexes.size);
  for (let i = 0; i < palette.length; i += 1) palette[i] = average(4 * Math.floor(i / 3) + (i % 3));
  return { palette, rows };
}

const shade = (value: number, step: number): number => Math.round(value / step);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
