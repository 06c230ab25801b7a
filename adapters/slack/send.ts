import type { types } from '@slack/bolt';
import type { Address, Delivery, Mark, MessageRef } from '../../src/chat/index.ts';
import {
  type Call,
  complaints,
  describeError,
  type Failure,
  limitedFor,
  outcomeOf,
  slackError,
} from './outcome.ts';
import type { SlackPage } from './page.ts';
import type { Reach, Uploaded } from './reach.ts';
import { linkText } from './text.ts';
import { forgetUpload, NotReady, Unreadable, uploaded } from './upload.ts';

/** Names our metadata among those of other apps. */
export const MARK_EVENT = 'thi_dua_message';

/** Pause after an upload that failed; its message has certainly not been sent. */
const UPLOAD_AGAIN_MS = 5_000;

/**
 * An upload that took longer leaves too little of the time a call has. By then the deliverer may count
 * this one as lost, look for its message in vain and send again, and both would arrive.
 */
const UPLOADED_WITHIN_MS = 3_000;

/** Slack's words for a thread that cannot be written to any more. */
const NO_THREAD: ReadonlySet<string> = new Set([
  'thread_not_found',
  'message_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
]);

/** Whether this failed only because the thread cannot be written to or read any more. */
export const lacksThread = (error: unknown): boolean => NO_THREAD.has(slackError(error) ?? '');

/** What is written into a message: blocks, or a text alone. */
interface Content {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** Never throws. */
export async function sendPage(
  reach: Reach,
  to: Address,
  page: SlackPage,
  mark: Mark,
): Promise<Delivery> {
  const post = async (at: Address, content: Content): Promise<Delivery> => {
    const { ts } = await reach.client.chat.postMessage({
      channel: at.chat,
      ...(at.thread === undefined ? {} : { thread_ts: at.thread }),
      text: content.text,
      ...(content.blocks.length === 0
        ? {}
        : // Evidence links are many and their previews push the text off the screen; a file alone
          // in its message is shown by just such a preview.
          { blocks: content.blocks, mrkdwn: false, unfurl_links: false, unfurl_media: false }),
      metadata: { event_type: MARK_EVENT, event_payload: { mark } },
    });
    if (!ts) return { outcome: 'uncertain', cause: 'Slack did not say which message it made' };
    return { outcome: 'ok', ref: { at, id: ts } };
  };
  return withMedia(reach, page, { to }, async (content) => {
    try {
      return await post(to, content);
    } catch (error) {
      if (to.thread === undefined || !lacksThread(error)) throw error;
      // A thread whose first message was deleted: better said in the channel than not at all.
      const { thread: _, ...channel } = to;
      return post(channel, content);
    }
  });
}

const UPDATE = 'chat.update';

/** Never throws. The page's picture or file is the one uploaded before, if this process knows it. */
export async function editPage(reach: Reach, ref: MessageRef, page: SlackPage): Promise<Delivery> {
  const call: Call = { to: ref.at, editing: ref };
  const paused = pausedMs(reach);
  if (paused > 0) {
    return { outcome: 'retry', afterMs: paused, scope: 'call', cause: 'chat.update is paused' };
  }
  return withMedia(reach, page, call, async (content) => {
    try {
      await reach.client.chat.update({
        channel: ref.at.chat,
        ts: ref.id,
        text: content.text,
        // Sent even when empty: those of before would stay.
        blocks: content.blocks,
      });
      return { outcome: 'ok', ref };
    } catch (error) {
      const ms = limitedFor(error);
      // This limit is the method's over the workspace (Tier 3), whichever chat was meant.
      if (ms !== null) reach.memory.pausedUntil.set(UPDATE, reach.now() + ms);
      throw error;
    }
  });
}

const pausedMs = ({ memory, now }: Reach): number =>
  Math.ceil((memory.pausedUntil.get(UPDATE) ?? 0) - now());

/** Uploads what the page shows, writes it, and tries otherwise what Slack cannot show. */
async function withMedia(
  reach: Reach,
  page: SlackPage,
  call: Call,
  write: (content: Content) => Promise<Delivery>,
): Promise<Delivery> {
  const began = reach.now();
  let file: Uploaded | null = null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      file = page.media && (await uploaded(reach, page.media));
    } catch (error) {
      return notUploaded(error, call);
    }
    if (reach.now() - began > UPLOADED_WITHIN_MS) {
      // The file is remembered, so the next attempt has only the message to send.
      return { outcome: 'retry', afterMs: 0, scope: 'call', cause: 'the upload took long' };
    }
    try {
      return await write(contentOf(page, file, 'shown'));
    } catch (error) {
      if (!page.media || !refusesPicture(error)) return failed(reach, error, call);
      if (attempt === 1) {
        // Somebody may have deleted the file since it was uploaded; a new one tells.
        forgetUpload(reach, page.media);
        continue;
      }
    }
    try {
      return await write(contentOf(page, file, 'linked'));
    } catch (error) {
      return failed(reach, error, call);
    }
  }
}

const refusesPicture = (error: unknown): boolean =>
  slackError(error) === 'invalid_blocks' &&
  complaints(error).some((words) => /slack[_ ]file/i.test(words));

/** A picture Slack cannot show is at least linked to. */
function contentOf(
  { text, blocks, media }: SlackPage,
  file: Uploaded | null,
  as: 'shown' | 'linked',
): Content {
  if (!media || !file) return { text, blocks: [...blocks] };
  if (media.as === 'file') return { text: linkText(file.permalink, media.name), blocks: [] };
  const alt = media.alt ?? media.name;
  const picture: types.KnownBlock =
    as === 'shown'
      ? { type: 'image', slack_file: { id: file.id }, alt_text: alt }
      : {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [{ type: 'link', url: file.permalink, text: alt }],
            },
          ],
        };
  const under = blocks.findIndex(({ type }) => type === 'actions');
  const at = under < 0 ? blocks.length : under;
  return { text, blocks: [...blocks.slice(0, at), picture, ...blocks.slice(at)] };
}

/** Whatever became of the file, the message has not been sent. */
function notUploaded(error: unknown, call: Call): Failure {
  if (error instanceof Unreadable) return { outcome: 'bug', cause: error.message };
  const cause = error instanceof NotReady ? error.message : `upload: ${describeError(error)}`;
  const outcome = outcomeOf(error, call);
  if (outcome.outcome === 'retry') {
    // A limit on uploads is none on messages.
    return { ...outcome, scope: outcome.scope === 'chat' ? 'call' : outcome.scope, cause };
  }
  if (outcome.outcome === 'bug') return { outcome: 'bug', cause };
  return { outcome: 'retry', afterMs: UPLOAD_AGAIN_MS, scope: 'call', cause };
}

/** The outcome of a call that was refused or lost, with the one thing asked that its word leaves open. */
async function failed(reach: Reach, error: unknown, call: Call): Promise<Failure> {
  if (slackError(error) !== 'account_inactive' || !isDirect(call.to)) return outcomeOf(error, call);
  // Said of the bot as well as of the person written to.
  try {
    await reach.client.auth.test();
    return { outcome: 'gone', cause: 'deactivated' };
  } catch {
    return outcomeOf(error, call);
  }
}

/** Ids of private chats begin with D (docs.slack.dev, conversation object). */
const isDirect = ({ chat }: Address): boolean => chat.startsWith('D');
