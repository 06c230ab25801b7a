import { z } from 'zod';
import { Attachment } from './attachment.ts';
import { Block } from './message.ts';

const field = {
  /** Comes back with the answers. */
  id: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  label: z.string().min(1),
  /** Small print under the field. */
  hint: z.string().min(1).optional(),
  optional: z.boolean(),
};

/** Slack's limit for an option's text, the smallest of the platforms. */
export const OPTION_MAX_CHARS = 75;
/** What a text field holds on every platform: Slack's limit, the smallest. */
export const TEXT_FIELD_MAX_CHARS = 3000;

export const FormField = z.discriminatedUnion('kind', [
  z.strictObject({
    ...field,
    kind: z.literal('text'),
    multiline: z.boolean(),
    /** Characters. */
    maxChars: z.number().int().positive(),
    value: z.string().optional(),
  }),
  z.strictObject({
    ...field,
    kind: z.literal('choice'),
    options: z
      .array(
        z.strictObject({
          label: z.string().min(1).max(OPTION_MAX_CHARS),
          value: z.string().min(1).max(OPTION_MAX_CHARS),
        }),
      )
      .min(1)
      .max(100),
    value: z.string().optional(),
  }),
  z.strictObject({
    ...field,
    kind: z.literal('date'),
    value: z.iso.date().optional(),
  }),
  z.strictObject({
    ...field,
    kind: z.literal('files'),
    /** At most this many. */
    most: z.number().int().positive().max(10),
  }),
]);
export type FormField = z.infer<typeof FormField>;

/** Several questions at once, in a window over the chat; needs `abilities.forms`. */
export const Form = z.strictObject({
  /** Comes back with the answers and is never trusted: authority and currency are checked again then. */
  id: z.string().min(1).max(200),
  title: z.string().min(1),
  /** Said above the fields. */
  blocks: z.array(Block),
  fields: z.array(FormField).min(1).max(20),
  submit: z.string().min(1).max(24),
  cancel: z.string().min(1).max(24),
  /** One sentence said in the chat when the form could not be opened: what to do instead. */
  otherwise: z.string().min(1),
});
export type Form = z.infer<typeof Form>;

/** Answers by field id: text, an option's value, an ISO date or files; a field left empty is absent. */
export const FormValues = z.record(z.string(), z.union([z.string(), z.array(Attachment)]));
export type FormValues = z.infer<typeof FormValues>;
