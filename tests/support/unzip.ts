/** Reads what is in a zip file, such as a DOCX, by its central directory (APPNOTE.TXT, 4.3.12). */
import { inflateRawSync } from 'node:zlib';

/** Text files by their paths. @throws when the bytes are no zip file */
export function unzipped(bytes: Uint8Array): Map<string, string> {
  const data = Buffer.from(bytes);
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('these bytes are no zip file');
  const files = new Map<string, string>();
  let at = data.readUInt32LE(end + 16);
  for (let n = data.readUInt16LE(end + 10); n > 0; n -= 1) {
    const method = data.readUInt16LE(at + 10);
    const size = data.readUInt32LE(at + 20);
    const nameLength = data.readUInt16LE(at + 28);
    const name = data.toString('utf8', at + 46, at + 46 + nameLength);
    const local = data.readUInt32LE(at + 42);
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28);
    const packed = data.subarray(start, start + size);
    files.set(name, (method === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    at += 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32);
  }
  return files;
}

/** A DOCX as it reads: paragraphs by lines, and its tables as rows of cells. */
export function readDocx(bytes: Uint8Array): {
  readonly xml: string;
  readonly lines: readonly string[];
  readonly tables: readonly (readonly (readonly string[])[])[];
} {
  const xml = unzipped(bytes).get('word/document.xml') ?? '';
  const words = (part: string): string =>
    [...part.matchAll(/<w:t[ >][^<]*<\/w:t>|<w:t>[^<]*<\/w:t>/g)]
      .map(([run]) => run.replace(/<[^>]*>/g, ''))
      .join('')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&');
  const parts = (part: string, tag: string): string[] =>
    [...part.matchAll(new RegExp(`<w:${tag}[ >][\\s\\S]*?</w:${tag}>`, 'g'))].map(([all]) => all);
  return {
    xml,
    lines: parts(xml, 'p').map(words),
    tables: parts(xml, 'tbl').map((table) =>
      parts(table, 'tr').map((row) => parts(row, 'tc').map(words)),
    ),
  };
}
