import type { Ack, AdapterHost, Inbound } from '../../src/chat/index.ts';
import { LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { Transcript } from './transcript.ts';

/** An event with the message that shows it on the page, if one does. */
export interface Prepared {
  readonly event: Inbound;
  readonly entry: string | null;
}

export interface Turns {
  /**
   * Hands an event to the bot. A repeated `delivery` prepares nothing anew: the very same event is
   * delivered again, as a platform does after a lost answer.
   * @throws Refusal 503 when nothing was committed; the page may repeat the request.
   */
  submit(delivery: string, prepare: () => Promise<Prepared>): Promise<Ack>;
  /** Takes no more events and waits for those in flight. */
  close(): Promise<void>;
}

export function createTurns(host: AdapterHost, transcript: Transcript): Turns {
  const prepared = new Map<string, Promise<Prepared>>();
  const inFlight = new Set<Promise<Ack>>();
  let closed = false;

  const remember = (delivery: string, prepare: () => Promise<Prepared>): Promise<Prepared> => {
    const known = prepared.get(delivery);
    if (known) return known;
    const made = prepare();
    prepared.set(delivery, made);
    made.catch(() => prepared.delete(delivery));
    const oldest = prepared.keys().next();
    if (prepared.size > LIMITS.deliveries && !oldest.done) prepared.delete(oldest.value);
    return made;
  };

  const mark = (id: string | null, failed: boolean): void => {
    const entry = id === null ? null : transcript.entry(id);
    if (entry && entry.failed !== failed) transcript.change(entry.id, { failed });
  };

  const run = async (delivery: string, prepare: () => Promise<Prepared>): Promise<Ack> => {
    const { event, entry } = await remember(delivery, prepare);
    try {
      const ack = await host.receive(event);
      mark(entry, false);
      return ack;
    } catch (error) {
      // The core has logged why; here it is only a message to be sent again.
      host.log.debug({ delivery, cause: String(error) }, 'playground event not taken');
      mark(entry, true);
      throw new Refusal(503, 'not-taken');
    }
  };

  return {
    async submit(delivery, prepare) {
      if (closed) throw new Refusal(503, 'stopping');
      const turn = run(delivery, prepare);
      inFlight.add(turn);
      try {
        return await turn;
      } finally {
        inFlight.delete(turn);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(inFlight);
    },
  };
}
