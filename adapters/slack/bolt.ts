import { App, type Receiver, type ReceiverEvent, type webApi } from '@slack/bolt';
import type { AdapterLog } from '../../src/chat/index.ts';
import { describeError } from './outcome.ts';

/** Handles one payload. @returns the acknowledgement's body. @throws when it has to be delivered again. */
export type Take = (body: unknown) => Promise<object | undefined>;

/** Before the start and after the stop everything is left to be delivered again: no fault. */
export class NotTaking extends Error {
  constructor() {
    super('the adapter takes nothing in now');
  }
}

/**
 * Bolt's App between its receivers and ours. Its own way is not taken: over Socket Mode it
 * acknowledges an event before any listener has seen it, so one whose turn fails would be lost.
 */
class HeldApp extends App {
  readonly #take: Take;
  readonly #log: () => AdapterLog | null;

  constructor(
    receiver: Receiver,
    take: Take,
    { log, logger }: { log: () => AdapterLog | null; logger: webApi.Logger },
  ) {
    super({
      receiver,
      logger,
      convoStore: false,
      ignoreSelf: false,
      authorize: () => Promise.reject(new Error('no listener of Bolt is used')),
    });
    this.#take = take;
    this.#log = log;
  }

  override async processEvent({ body, ack, retryNum }: ReceiverEvent): Promise<void> {
    let answer: object | undefined;
    try {
      answer = await this.#take(body);
    } catch (error) {
      if (error instanceof NotTaking) this.#log()?.debug({}, error.message);
      else this.#log()?.error({ err: error, retry: retryNum ?? 0 }, FAILED);
      throw error;
    }
    try {
      await ack(answer);
    } catch (error) {
      // The connection is gone; the turn is committed, and its second delivery will be recognised.
      this.#log()?.debug({ cause: describeError(error) }, 'an acknowledgement could not be sent');
    }
  }
}

const FAILED = 'a turn failed; Slack will deliver it again if it was an event';

/** Connects a receiver of Bolt to `take`; it acknowledges once that has resolved, and never when it throws. */
export function acknowledgeAfter(
  receiver: Receiver,
  take: Take,
  options: { readonly log: () => AdapterLog | null; readonly logger: webApi.Logger },
): void {
  new HeldApp(receiver, take, options);
}
