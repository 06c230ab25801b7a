import type { Attachment } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { describeError, networkCode } from './outcome.ts';
import type { Reach } from './reach.ts';

const TIMEOUT_MS = 60_000;

/** @throws with a reason that contains neither the token nor the address. */
export async function downloadFile(reach: Reach, { ref, size }: Attachment): Promise<Uint8Array> {
  if (size !== null && size > LIMITS.downloadBytes) throw tooLarge();
  const { url, mime } = await addressOf(reach, ref);
  if (!mayBeGivenToken(url, reach.apiUrl)) {
    throw new Error('the file is not kept by Slack but elsewhere');
  }
  const response = await get(reach, url);
  const type = response.headers.get('content-type') ?? '';
  const isPage = type.startsWith('text/html');
  const asked = isPage && (response.redirected || mime !== 'text/html');
  if (asked) {
    await response.body?.cancel();
    throw new Error(
      'Slack asks for a sign-in instead of the file: the right files:read is missing',
    );
  }
  return bytesOf(response);
}

async function addressOf({ client }: Reach, id: string): Promise<{ url: URL; mime: string }> {
  let address: string | undefined;
  let mime = '';
  try {
    const { file } = await client.files.info({ file: id });
    // The event that named the file may have come before Slack knew its size.
    if (file?.size !== undefined && file.size > LIMITS.downloadBytes) throw tooLarge();
    address = file?.url_private_download ?? file?.url_private;
    mime = file?.mimetype ?? '';
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new Error(`Slack does not hand out the file: ${describeError(error)}`);
  }
  if (address === undefined || !URL.canParse(address))
    throw new Error('Slack gave no address for the file, perhaps it was deleted');
  return { url: new URL(address), mime };
}

/** Slack's own hosts, or the one that is configured as Slack. */
function mayBeGivenToken(url: URL, apiUrl: string): boolean {
  const api = new URL(apiUrl);
  if (url.origin === api.origin) return true;
  return url.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname);
}

async function get({ token }: Reach, url: URL): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      // Sent on to another host, fetch leaves the header out.
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw new Error(`the file could not be fetched: ${whyNot(error)}`);
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`the file could not be fetched: Slack answered ${response.status}`);
}

async function bytesOf({ body }: Response): Promise<Uint8Array> {
  if (!body) throw new Error('the file could not be fetched: Slack sent nothing');
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > LIMITS.downloadBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new Error(`the file could not be fetched: ${whyNot(error)}`);
  }
  return Buffer.concat(chunks);
}

const whyNot = (error: unknown): string => networkCode(error) ?? describeError(error);

class TooLarge extends Error {}
const tooLarge = (): TooLarge =>
  new TooLarge(`the file is larger than ${LIMITS.downloadBytes} bytes`);
