/**
 * Messages with a picture. Drawing one takes too long for a turn, and a hundred of them for the
 * transaction of a schedule: a task draws it, stores it and only then enqueues the message. A picture
 * that cannot be drawn holds back no words.
 */
import { z } from 'zod';
import { type AdapterLog, Address, Message } from '../chat/index.ts';
import { Drawing } from '../messages/drawing.ts';
import type { Outgoing, Row } from './decision.ts';
import type { TaskHandler } from './tasks.ts';

/** What is drawn for a message and put at its end. */
export interface Picture {
  readonly drawing: Drawing;
  /** Sent when it could not be drawn; by default the message without it. */
  readonly otherwise?: Message;
}

/** A PNG. @throws when it cannot be drawn */
export type Draw = (drawing: Drawing) => Promise<Uint8Array>;

const KIND = 'picture';
const MIME = 'image/png';
/** As it is called where it is saved. */
const NAME = 'ket-qua.png';

/** An `Outgoing` that posts anew, as it comes back from the task's row. */
const Send = z.strictObject({
  to: Address,
  message: Message,
  subject: z.exactOptional(z.string()),
  dedupe: z.exactOptional(z.string()),
  batch: z.exactOptional(z.string()),
  personId: z.exactOptional(z.number()),
  priority: z.exactOptional(z.enum(['reply', 'notice', 'broadcast'])),
  onUncertain: z.exactOptional(z.enum(['resend', 'hold'])),
});
const Payload = z.strictObject({
  send: Send,
  drawing: Drawing,
  otherwise: z.exactOptional(Message),
});

/** The row of a task that draws `picture` and then sends. Only of messages that are posted anew. */
export const pictureTask = (
  send: z.infer<typeof Send>,
  picture: Picture,
): Pick<Row<'task'>, 'kind' | 'payload'> => ({
  kind: KIND,
  payload: Payload.parse({ send, ...picture }),
});

/** Stores bytes and gives their SHA-256, within the transaction of the task. */
export interface PictureStore {
  keep(bytes: Uint8Array, mime: string): Promise<string>;
}

export function pictureTasks(parts: {
  readonly draw: Draw;
  readonly log: Pick<AdapterLog, 'warn'>;
}): Readonly<Record<typeof KIND, TaskHandler<PictureStore>>> {
  const withoutPicture = ({ send, otherwise }: z.infer<typeof Payload>): Outgoing => ({
    ...send,
    message: otherwise ?? send.message,
  });
  return {
    [KIND]: {
      async run(payload, store) {
        const task = Payload.parse(payload);
        const { send, drawing } = task;
        let bytes: Uint8Array;
        try {
          bytes = await parts.draw(drawing);
        } catch (error) {
          const fields = { err: error, picture: drawing.title, to: send.to };
          parts.log.warn(fields, 'A picture could not be drawn; its message goes without');
          return { sends: [withoutPicture(task)] };
        }
        const media = { sha256: await store.keep(bytes, MIME), name: NAME, mime: MIME };
        const blocks = [
          ...send.message.blocks,
          { kind: 'image' as const, media, alt: drawing.alt },
        ];
        return { sends: [{ ...send, message: { ...send.message, blocks } }] };
      },
      failed: async (payload) => [withoutPicture(Payload.parse(payload))],
    },
  };
}
