import type { Response } from 'express';

const PICTURES: readonly [type: string, starts: readonly number[], at: number][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47], 0],
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/gif', [0x47, 0x49, 0x46, 0x38], 0],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
];

/** The type of a picture by its first bytes, whatever it was called; null for anything else. */
export const pictureType = (bytes: Uint8Array): string | null =>
  PICTURES.find(([, starts, at]) => starts.every((byte, i) => bytes[at + i] === byte))?.[0] ?? null;

/** Pictures are shown; everything else is only ever saved, so that no upload runs on the page. */
export function sendBytes(response: Response, bytes: Uint8Array, name: string): void {
  const picture = pictureType(bytes);
  response.set({
    'Content-Type': picture ?? 'application/octet-stream',
    'Content-Disposition': `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=3600',
  });
  response.send(Buffer.from(bytes));
}
