/** Reads PNG files of our own making (W3C PNG, third edition). */
import { inflateSync } from 'node:zlib';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (bytes.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('not a PNG');
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.subarray(at + 4, at + 8).toString('latin1');
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

const dataOf = (chunks: readonly Chunk[], type: string): Buffer => {
  const found = chunks.find((chunk) => chunk.type === type);
  if (!found) throw new Error(`the PNG has no ${type}`);
  return found.data;
};

/** @throws when the bytes are no whole PNG */
export function pngHead(png: Uint8Array): { width: number; height: number } {
  const chunks = chunksOf(png);
  if (chunks.at(-1)?.type !== 'IEND') throw new Error('the PNG has no end');
  const head = dataOf(chunks, 'IHDR');
  return { width: head.readUInt32BE(0), height: head.readUInt32BE(4) };
}

/** The colours of a PNG with a palette and without filters, row by row, each `[red, green, blue]`. */
export function pngPixels(png: Uint8Array): number[][] {
  const chunks = chunksOf(png);
  const { width } = pngHead(png);
  const palette = dataOf(chunks, 'PLTE');
  const rows = inflateSync(dataOf(chunks, 'IDAT'));
  return [...rows]
    .filter((_, i) => i % (width + 1) !== 0)
    .map((index) => [...palette.subarray(3 * index, 3 * index + 3)]);
}
