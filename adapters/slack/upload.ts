import type { SlackPage } from './page.ts';
import { type Reach, remember, type Uploaded } from './reach.ts';

type Media = NonNullable<SlackPage['media']>;

/** Files remembered, so that a picture for a hundred chats is uploaded once. */
const REMEMBERED = 200;
const TIMEOUT_MS = 60_000;

/** Pauses between looks at a picture that Slack has not finished with: about ten seconds together. */
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
  const { uploads } = reach.memory;
  const key = keyOf(media);
  const known = uploads.get(key);
  const file = known ?? upload(reach, media);
  if (!known) {
    remember(uploads, key, file, REMEMBERED);
    // Whoever waits for it is told; the next one tries anew.
    file.catch(() => {
      if (uploads.get(key) === file) uploads.delete(key);
    });
  }
  const result = await file;
  if (media.as === 'image') await untilReady(reach, result.id);
  return result;
}

/** Forgets a file that Slack no longer shows, for example because somebody deleted it. */
export const forgetUpload = ({ memory }: Reach, media: Media): boolean =>
  memory.uploads.delete(keyOf(media));

async function upload(reach: Reach, media: Media): Promise<Uploaded> {
  const { client } = reach;
  const bytes = await read(reach, media);
  const { name } = media;
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
    ...(media.alt === null ? {} : { alt_text: media.alt }),
  });
  if (!url || !id) throw new Error('Slack gave no address to upload to');
  await put(url, bytes);
  const { files } = await client.files.completeUploadExternal({ files: [{ id, title: name }] });
  const permalink =
    files?.[0]?.permalink ?? (await client.files.info({ file: id })).file?.permalink;
  if (!permalink) throw new Error('Slack gave no address of the uploaded file');
  return { id, permalink };
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

/**
 * Waits until Slack knows what the picture is. It completes uploads behind the answer, and refuses
 * a message that shows one before (slackapi/python-slack-sdk#1521).
 */
async function untilReady(reach: Reach, id: string): Promise<void> {
  const { client, wait, memory } = reach;
  if (memory.ready.has(id)) return;
  const never = new AbortController().signal;
  for (const pause of [...LOOKS_MS, null]) {
    const { file } = await client.files.info({ file: id });
    if (file?.mimetype) {
      remember(memory.ready, id, true, REMEMBERED);
      return;
    }
    if (pause !== null) await wait(pause, never);
  }
  throw new NotReady('Slack is not done with an uploaded picture');
}
