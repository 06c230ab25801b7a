import type { webApi } from '@slack/bolt';
import type { Ack, AdapterLog, Form, Inbound } from '../../src/chat/index.ts';
import { paragraph } from './blocks.ts';
import type { Directs } from './direct.ts';
import type { Reply } from './draft.ts';
import { describeError, scrub } from './outcome.ts';
import { plainRich } from './rich.ts';
import { escapeText } from './text.ts';
import { formView, noticeView, type ViewWords } from './views.ts';

/** The adapter's own few words by language; people whose own is none of these get Vietnamese. */
export type Words = Readonly<Record<'vi' | 'en', ViewWords>>;

export const wordsFor = (words: Words, language: string | null): ViewWords =>
  language?.toLowerCase().startsWith('en') ? words.en : words.vi;

/** The body of a form's acknowledgement (docs.slack.dev/surfaces/modals#response_actions). */
export function submitBody(ack: Ack, direct: string, words: ViewWords): object {
  const { fieldErrors = {}, form, toast } = ack;
  // Without an entry Slack would take the answer for a broken one.
  if (Object.keys(fieldErrors).length > 0)
    return { response_action: 'errors', errors: fieldErrors };
  if (form) return { response_action: 'update', view: nextView(form, direct, words) };
  if (toast) return { response_action: 'update', view: noticeView(toast, words) };
  return { response_action: 'clear' };
}

function nextView(form: Form, direct: string, words: ViewWords): object {
  try {
    return formView(form, direct, words);
  } catch {
    return noticeView(form.otherwise, words);
  }
}

/** Answers outside the acknowledgement: forms are opened, toasts said. */
export interface Answerer {
  /** Best effort: the turn is committed, whatever becomes of its answer. Never throws. */
  answer(reply: Reply, ack: Ack, event: Inbound): Promise<void>;
}

export function createAnswerer({
  client,
  directs,
  words,
  log,
  timeoutMs,
}: {
  readonly client: webApi.WebClient;
  readonly directs: Directs;
  readonly words: Words;
  readonly log: AdapterLog;
  readonly timeoutMs: number;
}): Answerer {
  async function openForm(form: Form, reply: Reply, event: Inbound): Promise<void> {
    try {
      const direct = await directOf(event);
      const view = formView(form, direct, wordsOf(event));
      await client.views.open({ trigger_id: reply.trigger, view });
    } catch (error) {
      log.warn({ cause: describeError(error) }, 'a form could not be opened');
      await say(form.otherwise, reply, event);
    }
  }

  async function showToast(toast: string, reply: Reply, event: Inbound): Promise<void> {
    if (reply.url !== null) return say(toast, reply, event);
    const view = noticeView(toast, wordsOf(event));
    await client.views.open({ trigger_id: reply.trigger, view });
  }

  /** To that person alone, where they are. */
  async function say(text: string, { url }: Reply, event: Inbound): Promise<void> {
    const blocks = paragraph(plainRich(text)).map(({ block }) => block);
    const notice = escapeText(text);
    if (url !== null) {
      const answer = { response_type: 'ephemeral', replace_original: false };
      return post(url, { ...answer, text: notice, blocks });
    }
    if (!event.from) return;
    const { user } = event.from.identity;
    await client.chat.postEphemeral({ channel: event.where.chat, user, text: notice, blocks });
  }

  async function post(url: string, body: object): Promise<void> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`the response URL answered HTTP ${response.status}`);
  }

  /** A form's answers come back to the private chat, wherever it was opened. */
  const directOf = async ({ audience, where, from }: Inbound): Promise<string> =>
    audience === 'private' || !from ? where.chat : directs.of(from.identity.user);

  const wordsOf = (event: Inbound): ViewWords => wordsFor(words, event.from?.language ?? null);

  return {
    async answer(reply, { form, toast }, event) {
      try {
        if (form) await openForm(form, reply, event);
        else if (toast) await showToast(toast, reply, event);
      } catch (error) {
        const cause = error instanceof Error ? scrub(describeError(error)) : 'unknown error';
        log.debug({ cause }, 'a press or command could not be answered');
      }
    },
  };
}
