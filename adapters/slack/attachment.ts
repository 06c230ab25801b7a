import { z } from 'zod';
import type { Attachment } from '../../src/chat/index.ts';

/** The parts of Slack's file object that are read (docs.slack.dev/reference/objects/file-object). */
const SlackFile = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().int().nonnegative().nullish(),
});

/** A file as a message event, files.info or a modal tells it; null when it is none. */
export function attachmentOf(file: unknown): Attachment | null {
  const parsed = SlackFile.safeParse(file);
  if (!parsed.success) return null;
  const { id, name, title, mimetype, size } = parsed.data;
  const mime = mimetype || 'application/octet-stream';
  return {
    ref: id,
    kind: mime.startsWith('image/') ? 'photo' : 'file',
    name: name || title || id,
    mime,
    // Until Slack has looked at a file, it says nothing or zero.
    size: size || null,
  };
}
