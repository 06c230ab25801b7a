import type { SlackPage } from './page.ts';
import { type Reach, remember, type Uploaded } from './reach.ts';

type Media = NonNullable<SlackPage['media']>;

/** Files remembered, so that a picture for a hundred chats is uploaded once. */
const REMEMBERED = 200;
const TIMEOUT_MS = 60_000;

/** Pauses between looks at a file that Slack has not finished with: about ten seconds together. */
const LOOKS_MS = [200, 300, 500, 1000, 2000, 3000, 3000];

const keyOf = ({ sha256, name, mime }: Media): string => `${sha256}:${mime}:${name}`;

/** Slack has the bytes but is not done with them; a message that shows them would be refused. */
export class NotReady extends Error {}

/** The stored bytes could not be read: no call to Slack was made. */
export class Unreadable extends Error {}

/**
 * The stored bytes as a file of Slack that no channel shows yet. A picture is ready to be shown.
 * @throws what the calls throw, `NotReady` or `Unreadable`; no message was sent then.
 */
export async function uploaded(reach: Reach, media: Media): Promise<Uploaded> {
  const { uploads, files } = reach.memory;
  const key = keyOf(media);
  const known = files.get(key);
  if (known) return known;
  const id = uploads.get(key) ?? upload(reach, media);
  // Kept also when Slack is not done with it, so that the next attempt only looks again.
  remember(uploads, key, id, REMEMBERED);
  id.catch(() => {
    if (uploads.get(key) === id) uploads.delete(key);
  });
  const file = await finished(reach, await id, media);
  remember(files, key, file, REMEMBERED);
  return file;
}

/** Forgets a file that Slack no longer shows, for example because somebody deleted it. */
export function forgetUpload({ memory }: Reach, media: Media): void {
  memory.uploads.delete(keyOf(media));
  memory.files.delete(keyOf(media));
}

async function upload(reach: Reach, media: Media): Promise<string> {
  const { files } = reach.client;
  const bytes = await read(reach, media);
  const { name } = media;
  const { upload_url: url, file_id: id } = await files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  });
  if (!url || !id) throw new Error('Slack gave no address to upload to');
  await put(url, bytes);
  await files.completeUploadExternal({ files: [{ id, title: name }] });
  return id;
}

/**
 * Waits until Slack can say where the file is and, of a picture, what. It completes uploads behind
 * its answer, and refuses a message that shows a picture before (slackapi/python-slack-sdk#1521).
 */
async function finished({ client, wait }: Reach, id: string, { as }: Media): Promise<Uploaded> {
  const never = new AbortController().signal;
  for (const pause of [...LOOKS_MS, null]) {
    const { file } = await client.files.info({ file: id });
    if (file?.permalink && (as === 'file' || file.mimetype))
      return { id, permalink: file.permalink };
    if (pause !== null) await wait(pause, never);
  }
  throw new NotReady('Slack is not done with an uploaded file');
}

async function read({ host }: Reach, { sha256 }: Media): Promise<Uint8Array> {
  const given = host();
  if (!given) throw new Unreadable('a file was to be sent before the start');
  try {
    return await given.media(sha256);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    throw new Unreadable(`the stored file ${sha256} cannot be read: ${why}`);
  }
}

/** The address carries its own right; the token does not go there. */
async function put(url: string, bytes: Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the upload was answered with HTTP ${response.status}`);
}
