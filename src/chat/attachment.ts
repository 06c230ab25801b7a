import { z } from 'zod';

/** A file a person sent, still on the platform; `download` of the adapter that produced it fetches it. */
export const Attachment = z.strictObject({
  /** The platform's own reference, opaque to everyone but the adapter. */
  ref: z.string().min(1),
  kind: z.enum(['photo', 'file']),
  name: z.string().min(1),
  mime: z.string().min(1),
  /** Bytes, or null when the platform does not say. */
  size: z.number().int().nonnegative().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;
