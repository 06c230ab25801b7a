import { type Api, GrammyError, InputFile } from 'grammy';
import type { AdapterHost, Address, Delivery, MessageRef } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { outcomeOf } from './outcome.ts';
import type { TelegramPage, Under } from './render.ts';

type Reach = { readonly api: Api; readonly host: () => AdapterHost | null };

/** One call as it is about to be made. */
interface Parcel {
  readonly to: Address;
  readonly page: TelegramPage;
  readonly file: {
    readonly bytes: Uint8Array;
    readonly name: string;
    readonly as: 'photo' | 'document';
  } | null;
}

/** Never throws. */
export async function sendPage(reach: Reach, to: Address, page: TelegramPage): Promise<Delivery> {
  const file = await readFile(reach, page);
  if (file !== null && 'outcome' in file) return file;
  const parcel: Parcel = { to, page, file };
  try {
    return await post(reach.api, parcel);
  } catch (error) {
    const changed = otherwise(error, parcel);
    if (!changed) return outcomeOf(error, { to });
    try {
      return await post(reach.api, changed);
    } catch (second) {
      return outcomeOf(second, { to });
    }
  }
}

async function readFile(
  { host }: Reach,
  { media }: TelegramPage,
): Promise<Parcel['file'] | Delivery> {
  if (!media) return null;
  const { sha256, name } = media.file;
  try {
    const bytes = await host()?.media(sha256);
    if (!bytes) return { outcome: 'bug', cause: 'a file was to be sent before the start' };
    const as = bytes.length > LIMITS.photoBytes ? 'document' : media.as;
    return { bytes, name: fileName(name), as };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    return { outcome: 'bug', cause: `the stored file ${sha256} cannot be read: ${why}` };
  }
}

/** What Telegram may take after it certainly refused `parcel`, or null. */
function otherwise(error: unknown, { to, page, file }: Parcel): Parcel | null {
  if (!(error instanceof GrammyError) || error.error_code !== 400) return null;
  const { description } = error;
  // A deleted topic: better said in the group's general topic than not at all.
  if (to.thread !== undefined && /message thread not found|TOPIC_DELETED/i.test(description)) {
    return { to: { platform: to.platform, tenant: to.tenant, chat: to.chat }, page, file };
  }
  // A picture Telegram cannot shrink, for example a very long one, still goes as a file.
  if (file?.as === 'photo' && /PHOTO_|IMAGE_PROCESS_FAILED/i.test(description)) {
    return { to, page, file: { ...file, as: 'document' } };
  }
  return null;
}

async function post(api: Api, { to, page, file }: Parcel): Promise<Delivery> {
  const common = {
    ...(to.thread === undefined ? {} : { message_thread_id: Number(to.thread) }),
    ...replyMarkup(page.under),
  };
  const caption = page.html === '' ? {} : { caption: page.html, parse_mode: 'HTML' as const };
  let sent: { message_id: number };
  if (!file) {
    sent = await api.sendMessage(to.chat, page.html, {
      ...common,
      parse_mode: 'HTML',
      // Evidence links are many and their previews push the text off the screen.
      link_preview_options: { is_disabled: true },
    });
  } else {
    const input = new InputFile(file.bytes, file.name);
    const other = { ...common, ...caption };
    sent =
      file.as === 'photo'
        ? await api.sendPhoto(to.chat, input, other)
        : await api.sendDocument(to.chat, input, other);
  }
  return { outcome: 'ok', ref: { at: to, id: String(sent.message_id) } };
}

/** Never throws. A picture's or file's bytes stay; its caption and buttons change. */
export async function editPage(
  { api }: Reach,
  ref: MessageRef,
  page: TelegramPage,
): Promise<Delivery> {
  const { chat } = ref.at;
  const markup =
    page.under && 'inline' in page.under
      ? { reply_markup: { inline_keyboard: page.under.inline } }
      : {};
  try {
    if (page.media) {
      await api.editMessageCaption(chat, Number(ref.id), {
        caption: page.html,
        parse_mode: 'HTML',
        ...markup,
      });
    } else {
      await api.editMessageText(chat, Number(ref.id), page.html, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...markup,
      });
    }
    return { outcome: 'ok', ref };
  } catch (error) {
    return outcomeOf(error, { to: ref.at, editing: ref });
  }
}

function replyMarkup(under: Under | null) {
  if (!under) return {};
  if ('inline' in under) return { reply_markup: { inline_keyboard: under.inline } };
  return {
    reply_markup: {
      keyboard: [[{ text: under.contact, request_contact: true }]],
      one_time_keyboard: true,
      resize_keyboard: true,
    },
  };
}

/** grammY writes the name unquoted into a header, where these characters would end it. */
const fileName = (name: string): string => name.replace(/[\r\n";\\]/g, '_');
