import { z } from 'zod';
import { Identity } from './address.ts';

/**
 * Inline text is a tree, never markup: every renderer escapes strings itself, so that nothing a
 * person typed can become formatting, a link or a mention.
 */
export type Inline =
  | string
  | { kind: 'bold' | 'italic' | 'code'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'mention'; text: string; identity: Identity };

const Inline: z.ZodType<Inline> = z.union([
  z.string(),
  z.strictObject({ kind: z.enum(['bold', 'italic', 'code']), text: z.string() }),
  z.strictObject({ kind: z.literal('link'), text: z.string(), url: z.url() }),
  z.strictObject({ kind: z.literal('mention'), text: z.string(), identity: Identity }),
]);

/** A run of inline text; newlines inside strings are kept. */
export const InlineText = z.array(Inline);
export type InlineText = z.infer<typeof InlineText>;

/** Telegram's limit for callback data, the smaller of the two platforms. */
export const ACTION_MAX_BYTES = 64;

/**
 * A button. `action` comes back in a `press` event and is never trusted: authority and currency are
 * checked again when it does.
 */
export const Button = z.strictObject({
  label: z.string().min(1),
  action: z
    .string()
    .min(1)
    .refine((a) => new TextEncoder().encode(a).length <= ACTION_MAX_BYTES, {
      message: `an action is at most ${ACTION_MAX_BYTES} bytes`,
    }),
  tone: z.enum(['primary', 'danger']).optional(),
});
export type Button = z.infer<typeof Button>;

/** Stored bytes, addressed by their SHA-256 in lower-case hex. */
const Media = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1),
  mime: z.string().min(1),
});

export const Block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), text: z.string().min(1) }),
  z.strictObject({ kind: z.literal('text'), text: InlineText }),
  /** Small print, e.g. that figures are indicative. */
  z.strictObject({ kind: z.literal('note'), text: InlineText }),
  z.strictObject({
    kind: z.literal('list'),
    ordered: z.boolean().optional(),
    items: z.array(InlineText).min(1),
  }),
  z.strictObject({
    kind: z.literal('fields'),
    rows: z.array(z.strictObject({ label: z.string().min(1), value: InlineText })).min(1),
  }),
  z.strictObject({
    kind: z.literal('table'),
    columns: z
      .array(z.strictObject({ title: z.string(), align: z.enum(['left', 'right']) }))
      .min(1),
    rows: z.array(z.array(z.string())),
  }),
  z.strictObject({ kind: z.literal('image'), media: Media, alt: z.string().min(1) }),
  z.strictObject({ kind: z.literal('file'), media: Media }),
]);
export type Block = z.infer<typeof Block>;

export const Message = z.strictObject({
  /** One plain line that stands for the whole message: notifications, screen readers, fallback. */
  notice: z.string().min(1),
  blocks: z.array(Block),
  buttons: z.array(z.array(Button).min(1)).optional(),
  /** Asks the platform for the person's own phone number; excludes `buttons`. Needs `abilities.contact`. */
  contactRequest: z.strictObject({ label: z.string().min(1) }).optional(),
});
export type Message = z.infer<typeof Message>;
