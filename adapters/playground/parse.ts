import { z } from 'zod';
import type { Address, Inbound, Sender } from '../../src/chat/index.ts';
import { PLATFORM, TENANT } from './limits.ts';
import { type Entry, UNSUPPORTED } from './types.ts';

const common = {
  /** Made by the page, once per action: repeating the request repeats the same event. */
  delivery: z.uuid(),
  user: z.string().min(1),
  chat: z.string().min(1),
  language: z.enum(['vi', 'en']),
};

/** What the page may post as JSON to `api/events`. */
export const Action = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('text'), text: z.string().min(1).max(20_000) }),
  z.strictObject({
    ...common,
    kind: z.literal('edit'),
    message: z.string().min(1),
    text: z.string().min(1).max(20_000),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('press'),
    message: z.string().min(1),
    action: z.string().min(1),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('contact'),
    phone: z.string().regex(/^\+?[\d .-]{6,20}$/),
  }),
  z.strictObject({ ...common, kind: z.literal('unsupported'), what: z.enum(UNSUPPORTED) }),
  z.strictObject({ ...common, kind: z.enum(['block', 'unblock', 'add-bot', 'remove-bot']) }),
  z.strictObject({
    ...common,
    kind: z.literal('rename'),
    title: z.string().trim().min(1).max(128),
  }),
]);
export type Action = z.infer<typeof Action>;

/** What describes an upload; the bytes are the request's body, their type its Content-Type. */
export const UploadQuery = z.strictObject({
  ...common,
  as: z.enum(['photo', 'file']),
  name: z.string().min(1).max(255),
  caption: z.string().max(1024).default(''),
  album: z.uuid().optional(),
});
export type UploadQuery = z.infer<typeof UploadQuery>;

export const NewAccount = z.strictObject({
  name: z.string().trim().min(1).max(100),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d .-]{6,20}$/)
    .nullable(),
});

export const NewRoom = z.strictObject({
  delivery: z.uuid(),
  user: z.string().min(1),
  language: z.enum(['vi', 'en']),
  title: z.string().trim().min(1).max(128),
});

/** Wall-clock time to the minute or second; the zone is the clock's own. */
export const ClockMove = z.strictObject({
  to: z.iso.datetime({ local: true }),
});

export const address = (chat: string): Address => ({ platform: PLATFORM, tenant: TENANT, chat });

/** `/name rest`; anything else is text. */
function command(text: string): { name: string; args: string } | null {
  const found = /^\/([a-z0-9_]{1,32})(?:\s+([\s\S]*))?$/i.exec(text);
  return found?.[1] ? { name: found[1].toLowerCase(), args: found[2] ?? '' } : null;
}

export interface Origin {
  readonly delivery: string;
  readonly chat: string;
  readonly sender: Sender;
}

const base = ({ delivery, chat, sender }: Origin) => ({
  delivery,
  where: address(chat),
  audience: chat === sender.identity.user ? ('private' as const) : ('group' as const),
  from: sender,
});

/** The event of something said or sent: `entry` is how it stands in the chat. */
export function saidEvent(origin: Origin, entry: Entry): Inbound {
  const common = { ...base(origin), message: { at: address(entry.chat), id: entry.id } };
  const { body } = entry;
  switch (body.kind) {
    case 'text': {
      const asked = entry.edited ? null : command(body.text);
      return asked
        ? { ...common, kind: 'command', ...asked }
        : { ...common, kind: 'text', text: body.text, edited: entry.edited };
    }
    case 'file':
      return {
        ...common,
        kind: 'attachment',
        file: {
          ref: body.ref,
          kind: body.as,
          name: body.name,
          mime: body.mime,
          size: body.size,
        },
        caption: body.caption,
        album: body.album,
      };
    case 'contact':
      return { ...common, kind: 'contact', phone: body.phone, own: body.own };
    case 'unsupported':
      return { ...common, kind: 'unsupported', what: body.what };
    case 'event':
      return body.what === 'joined' || body.what === 'renamed'
        ? { ...base(origin), kind: body.what, title: body.title }
        : { ...base(origin), kind: body.what };
    case 'page':
      throw new Error('the bot does not write to itself');
  }
}

export const pressEvent = (origin: Origin, message: string, action: string): Inbound => ({
  ...base(origin),
  kind: 'press',
  action,
  message: { at: address(origin.chat), id: message },
});
