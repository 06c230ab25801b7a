import { z } from 'zod';
import { Address, Identity, MessageRef } from './address.ts';
import { Attachment } from './attachment.ts';
import { Form, FormValues } from './form.ts';

const Sender = z.strictObject({
  identity: Identity,
  /** The platform's display name: shown to a head who confirms an enrolment, never used for rights. */
  name: z.string(),
  /** The language the client is set to, as an IETF tag, or null. */
  language: z.string().nullable(),
  /** Lower case; only when the platform vouches that it is the account's own. */
  email: z.string().min(3).optional(),
  /**
   * Absent for an ordinary account. `guest`: has a limited account of this workspace, never recognised
   * by e-mail. `outsider`: belongs to another organisation that shares a channel with this one.
   */
  standing: z.enum(['guest', 'outsider']).optional(),
});
export type Sender = z.infer<typeof Sender>;

const base = {
  /** Unique per event of this platform and tenant: the key under which a redelivery is recognised. */
  delivery: z.string().min(1),
  where: Address,
  /** Whether `where` is one person's chat with the bot or one that others read too. */
  audience: z.enum(['private', 'group']),
  /** Null when the platform hides who acted (an anonymous group administrator, a channel). */
  from: Sender.nullable(),
};

export const Inbound = z.discriminatedUnion('kind', [
  z.strictObject({
    ...base,
    kind: z.literal('text'),
    text: z.string(),
    message: MessageRef,
    /** True when an earlier message was changed to this text. */
    edited: z.boolean(),
  }),
  /** `/name rest of the line`, addressed to this bot; name in lower case without the slash. */
  z.strictObject({
    ...base,
    kind: z.literal('command'),
    name: z.string().regex(/^[a-z0-9_]{1,32}$/),
    args: z.string(),
    /** Absent when it was not typed as a message: a slash command, a shortcut. */
    message: MessageRef.optional(),
    /** The message it was invoked on, with its own address on the web when it has one. */
    about: z.strictObject({ text: z.string(), link: z.url().nullable() }).optional(),
    canOpenForm: z.literal(true).optional(),
    /** Given elsewhere than in `where`, the private chat: there the person still is, and sees no answer. */
    elsewhere: z.literal(true).optional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('press'),
    action: z.string(),
    /** Absent when the button is not under a message: on the person's own page. */
    message: MessageRef.optional(),
    canOpenForm: z.literal(true).optional(),
  }),
  /** A form was sent; `where` is the person's private chat. The form stays open until acknowledged. */
  z.strictObject({
    ...base,
    kind: z.literal('submit'),
    form: z.string().min(1),
    values: FormValues,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('attachment'),
    file: Attachment,
    caption: z.string(),
    /** Files sent together share this; each arrives as an event of its own. */
    album: z.string().nullable(),
    message: MessageRef,
  }),
  /** A contact card. `own` only when the platform vouches that it is the sender's own number. */
  z.strictObject({
    ...base,
    kind: z.literal('contact'),
    phone: z.string(),
    own: z.boolean(),
    message: MessageRef,
  }),
  /** Something the bot cannot use: `what` names it for the reply and the log. */
  z.strictObject({
    ...base,
    kind: z.literal('unsupported'),
    what: z.enum(['sticker', 'voice', 'video', 'location', 'poll', 'other']),
    message: MessageRef,
  }),
  /** The bot was added to a group. */
  z.strictObject({ ...base, kind: z.literal('joined'), title: z.string() }),
  /** The bot was removed from a group. */
  z.strictObject({ ...base, kind: z.literal('left') }),
  /** The group got another id; `where` is the old one. */
  z.strictObject({ ...base, kind: z.literal('moved'), to: Address }),
  /** The group's title changed. */
  z.strictObject({ ...base, kind: z.literal('renamed'), title: z.string() }),
  /** The person stopped (or allowed again) the bot in private. */
  z.strictObject({ ...base, kind: z.literal('blocked') }),
  z.strictObject({ ...base, kind: z.literal('unblocked') }),
]);
export type Inbound = z.infer<typeof Inbound>;
export type InboundOf<K extends Inbound['kind']> = Extract<Inbound, { kind: K }>;

/** What must be answered inside the platform's deadline, apart from messages sent later. */
export const Ack = z.strictObject({
  /** A short text over the chat, shown in answer to a press (Telegram: at most 200 characters). */
  toast: z.string().min(1).max(200).optional(),
  /** Opened over the chat; only in answer to an event that has `canOpenForm`. */
  form: Form.optional(),
  /** In answer to `submit`: what is wrong, by field id. The form stays as it is. */
  fieldErrors: z.record(z.string(), z.string().min(1)).optional(),
});
export type Ack = z.infer<typeof Ack>;
