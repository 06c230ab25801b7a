import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { Api } from 'grammy';
import type { Attachment } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { describeError, networkCode } from './outcome.ts';

const TIMEOUT_MS = 60_000;

/** @throws with a reason that does not contain the token. */
export async function downloadFile(
  { api, root, token }: { api: Api; root: string; token: string },
  { ref, size }: Attachment,
): Promise<Uint8Array> {
  if (size !== null && size > LIMITS.downloadBytes) throw tooLarge();
  let path: string | undefined;
  try {
    path = (await api.getFile(ref)).file_path;
  } catch (error) {
    throw new Error(`Telegram does not hand out the file: ${describeError(error)}`);
  }
  if (path === undefined) throw new Error('Telegram gave no path for the file');
  // A self-hosted server in local mode answers with a path on its own disk.
  if (isAbsolute(path)) return limited(await readFile(path));
  return fetchBytes(`${root}/file/bot${token}/${path}`);
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  let status: number | null = null;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    status = response.status;
    if (response.ok && response.body) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > LIMITS.downloadBytes) break;
        chunks.push(chunk);
      }
      if (size <= LIMITS.downloadBytes) return Buffer.concat(chunks);
      throw tooLarge();
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    // The original error names the address, and the address contains the token.
    const inner = error instanceof Error ? error.cause : null;
    throw new Error(`the file could not be fetched: ${networkCode(inner) ?? describeError(error)}`);
  }
  throw new Error(`the file could not be fetched: Telegram answered ${status}`);
}

class TooLarge extends Error {}
const tooLarge = (): TooLarge =>
  new TooLarge(`the file is larger than ${LIMITS.downloadBytes} bytes`);

function limited(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LIMITS.downloadBytes) throw tooLarge();
  return bytes;
}
