import type { Api } from 'grammy';
import type { Ack, AdapterHost } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { describeError } from './outcome.ts';
import { type Me, type Parsed, parseUpdate } from './parse.ts';

/** Takes raw updates, from either way they come in, and answers presses. */
export interface Intake {
  /** Null when it is no update at all. */
  parse(raw: unknown): Parsed | null;
  /** One update, one turn. @throws when it was not committed and has to be delivered again. */
  take(update: Parsed): Promise<void>;
  /** Waits for the turns and the answers to presses that are under way. */
  settle(): Promise<void>;
}

export function createIntake(api: Api, host: AdapterHost, me: Me): Intake {
  const running = new Set<Promise<unknown>>();

  function track<T>(work: Promise<T>): Promise<T> {
    const entry = work.catch(() => undefined).finally(() => running.delete(entry));
    running.add(entry);
    return work;
  }

  /** Best effort: the turn is committed or to be repeated, whatever becomes of the little spinner. */
  async function answer(query: string, ack: Ack): Promise<void> {
    try {
      const text = ack.toast?.slice(0, LIMITS.toastChars);
      await api.answerCallbackQuery(query, text ? { text } : {});
    } catch (error) {
      host.log.debug({ query, cause: describeError(error) }, 'a press could not be answered');
    }
  }

  async function take({ id, event, why, query }: Parsed): Promise<void> {
    let ack: Ack = {};
    try {
      if (event) ack = await host.receive(event);
      else host.log.debug({ update: id, why }, 'update ignored');
    } finally {
      // Not awaited: Telegram's spinner must not hold up the next update.
      if (query !== null) void track(answer(query, ack));
    }
  }

  return {
    parse: (raw) => parseUpdate(raw, me),
    take: (update) => track(take(update)),
    async settle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
