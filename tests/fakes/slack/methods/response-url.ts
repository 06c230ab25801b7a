import { z } from 'zod';
import { SlackError } from '../errors.ts';
import { blocks, flag, object, read, text, ts } from '../params.ts';
import { type Json, RESPONSE_URL_SECONDS, RESPONSE_URL_USES } from '../world.ts';
import type { Backstage } from './backstage.ts';
import { checkContent } from './content.ts';

/**
 * A POST to a `response_url` (docs.slack.dev, "Handling user interaction"): it needs no token, and
 * the bot need not be in the conversation.
 * @throws `expired_url`, `used_url`, or what is wrong with the message.
 */
export function respond(key: string, body: Json, stage: Backstage): void {
  const { world } = stage;
  const url = world.responseUrls.get(key);
  if (!url || world.past(url.at, RESPONSE_URL_SECONDS)) throw new SlackError('expired_url');
  if (url.uses >= RESPONSE_URL_USES) throw new SlackError('used_url');
  url.uses += 1;
  const p = read(
    {
      text: text.optional(),
      blocks: blocks.optional(),
      mrkdwn: flag.optional(),
      response_type: z.enum(['ephemeral', 'in_channel']).optional(),
      replace_original: flag.optional(),
      delete_original: flag.optional(),
      thread_ts: ts.optional(),
      metadata: object.optional(),
    },
    body,
  );
  if (p.delete_original) {
    if (!url.message) throw new SlackError('message_not_found');
    url.message.deleted = true;
    return;
  }
  checkContent(p, stage);
  if (p.replace_original) {
    if (!url.message || url.message.deleted) throw new SlackError('message_not_found');
    url.message.text = p.text ?? '';
    url.message.blocks = world.named(p.blocks ?? []);
    world.announce({ kind: 'message', message: url.message });
    return;
  }
  world.add({
    channel: url.channel,
    user: world.botUserId,
    text: p.text ?? '',
    mrkdwn: p.mrkdwn !== false,
    blocks: p.blocks ?? [],
    threadTs: p.thread_ts ?? null,
    ephemeralFor: p.response_type === 'in_channel' ? null : url.user,
  });
}
