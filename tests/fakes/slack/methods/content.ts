import { checkMessageBlocks, slackFilesOf } from '../blocks.ts';
import { because, SlackError } from '../errors.ts';
import { permalinkOf } from '../json.ts';
import type { Channel, Json, Metadata, StoredFile, World } from '../world.ts';
import { type Backstage, mayRead } from './backstage.ts';

/** Slack cuts longer texts; here they fail, so that nothing is ever lost. */
const TEXT_CHARACTERS = 40_000;
/** docs.slack.dev/messaging/message-metadata: 16 kB. */
const METADATA_BYTES = 16_384;

/** @throws `no_text`, `msg_too_long`, `invalid_blocks` … */
export function checkContent(
  content: { readonly text?: string | undefined; readonly blocks?: readonly Json[] | undefined },
  stage: Backstage,
): void {
  const { text = '', blocks = [] } = content;
  if (text === '' && blocks.length === 0) throw new SlackError('no_text');
  if (text.length > TEXT_CHARACTERS) throw new SlackError('msg_too_long');
  if (halved({ text, blocks })) throw because('invalid_arguments', ['not valid UTF-8']);
  if (blocks.length === 0) return;
  checkMessageBlocks(blocks);
  checkPictures(blocks, stage, 'invalid_blocks');
}

/** Whether half a surrogate pair is anywhere in it. */
function halved(value: unknown): boolean {
  let found = false;
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string' && /\p{Surrogate}/u.test(part)) found = true;
    return part;
  });
  return found;
}

/** Pictures of blocks must be complete files of the workspace that Slack has looked at. */
export function checkPictures(
  blocks: readonly Json[],
  { world }: Backstage,
  code: 'invalid_blocks' | 'invalid_arguments',
): void {
  const wrong = slackFilesOf(blocks).filter(({ id }) => {
    const file = world.files.get(id);
    const ready = file?.state === 'complete' && file.polls === 0;
    return !ready || !file.mime.startsWith('image/') || !mayRead(world, file);
  });
  if (wrong.length === 0) return;
  throw because(
    code,
    wrong.map(({ at }) => `invalid slack file [json-pointer:${at}]`),
  );
}

/** @throws as chat.postMessage does about its `metadata`. */
export function checkMetadata(metadata: Json | undefined): Metadata | null {
  if (metadata === undefined || Object.keys(metadata).length === 0) return null;
  const { event_type, event_payload, ...rest } = metadata;
  const flat = typeof event_payload === 'object' && event_payload !== null;
  if (typeof event_type !== 'string' || !flat || Object.keys(rest).length > 0) {
    throw new SlackError('invalid_metadata_format');
  }
  if (!/^[A-Za-z0-9_.-]{1,255}$/.test(event_type)) throw new SlackError('invalid_metadata_schema');
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES) {
    throw new SlackError('metadata_too_large');
  }
  return { event_type, event_payload: event_payload as Json };
}

/** A link to a file of one's own shares it where the link is posted. */
export function linkedFiles(
  world: World,
  content: { readonly text: string; readonly blocks: readonly Json[] },
): StoredFile[] {
  const written = `${content.text} ${JSON.stringify(content.blocks)}`;
  return [...world.files.values()].filter(
    (file) =>
      file.by === world.botUserId &&
      file.state === 'complete' &&
      written.includes(permalinkOf(file)),
  );
}

/** The message a thread hangs on. @throws `thread_not_found` for anything else than a first message. */
export function threadParent(world: World, channel: Channel, ts: string): void {
  const parent = world.find(channel.id, ts);
  if (!parent || (parent.threadTs !== null && parent.threadTs !== parent.ts)) {
    throw new SlackError('thread_not_found');
  }
}
