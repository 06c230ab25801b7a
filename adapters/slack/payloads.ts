import { z } from 'zod';

/**
 * The parts of Slack's payloads that the adapter reads. Objects are loose on purpose: Slack adds
 * fields at any time, and a new one must not lose an answer.
 */
const id = z.string().min(1);

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** A message within an event or payload (docs.slack.dev/reference/events/message). */
const message = {
  user: id.nullish(),
  bot_id: id.nullish(),
  text,
  ts: id,
  thread_ts: id.nullish(),
  /** The workspace of its writer. */
  team: id.nullish(),
  user_team: id.nullish(),
  subtype: z.string().nullish(),
  files: z
    .array(z.looseObject({ mode: z.string().nullish(), subtype: z.string().nullish() }))
    .nullish(),
  /** A message forwarded with this one has `is_share`. */
  attachments: z.array(z.object({ is_share: z.boolean().nullish(), text })).nullish(),
  edited: z.object({ user: id, ts: id }).nullish(),
};
const Message = z.object(message);
export type Message = z.infer<typeof Message>;

const MessageEvent = z.object({
  ...message,
  type: z.literal('message'),
  channel: id,
  channel_type: z.string().nullish(),
  /** Of `message_changed`. */
  message: Message.nullish(),
  previous_message: Message.nullish(),
});
export type MessageEvent = z.infer<typeof MessageEvent>;

const Mention = z.object({ ...message, type: z.literal('app_mention'), channel: id });
export type Mention = z.infer<typeof Mention>;

const HomeOpened = z.object({
  type: z.literal('app_home_opened'),
  user: id,
  channel: id,
  tab: z.string(),
});

const Joined = z.object({
  type: z.literal('member_joined_channel'),
  user: id,
  channel: id,
  inviter: id.nullish(),
});
const Left = z.object({ type: z.literal('member_left_channel'), user: id, channel: id });
const Closed = z.object({
  type: z.enum([
    'channel_left',
    'group_left',
    'channel_deleted',
    'group_deleted',
    'channel_archive',
    'group_archive',
  ]),
  channel: id,
});
const Reopened = z.object({
  type: z.enum(['channel_unarchive', 'group_unarchive']),
  channel: id,
  /** Who did it: in a public channel, in a private one. */
  user: id.nullish(),
  actor_id: id.nullish(),
});
const Renamed = z.object({
  type: z.enum(['channel_rename', 'group_rename']),
  channel: z.object({ id, name: id }),
});
const Renumbered = z.object({
  type: z.literal('channel_id_changed'),
  old_channel_id: id,
  new_channel_id: id,
});
const Uninstalled = z.object({ type: z.literal('app_uninstalled') });
const Revoked = z.object({
  type: z.literal('tokens_revoked'),
  tokens: z.object({ bot: z.array(z.string()).nullish() }),
});

const Event = z.discriminatedUnion('type', [
  MessageEvent,
  Mention,
  HomeOpened,
  Joined,
  Left,
  Closed,
  Reopened,
  Renamed,
  Renumbered,
  Uninstalled,
  Revoked,
]);
export type Event = z.infer<typeof Event>;

/** docs.slack.dev/apis/events-api#event-structure */
const EventCallback = z.object({
  type: z.literal('event_callback'),
  event_id: id,
  event: Event,
});
export type EventCallback = z.infer<typeof EventCallback>;

/** Slack drops events for the rest of this minute. */
const Limited = z.object({ type: z.literal('app_rate_limited') });

const User = z.object({ id, team_id: id.nullish() });

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const Actions = z.object({
  type: z.literal('block_actions'),
  user: User,
  trigger_id: id,
  response_url: z.url().nullish(),
  channel: z.object({ id }).nullish(),
  message: z.object({ ts: id, thread_ts: id.nullish() }).nullish(),
  view: z.object({ type: z.string() }).nullish(),
  container: z.object({ message_ts: id.nullish(), thread_ts: id.nullish() }).nullish(),
  actions: z.array(z.object({ type: z.string(), value: z.string().nullish() })).min(1),
});
export type Actions = z.infer<typeof Actions>;

/** docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
const MessageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: id,
  user: User,
  trigger_id: id,
  response_url: z.url().nullish(),
  channel: z.object({ id }),
  message: z.object({ text, ts: id, thread_ts: id.nullish() }),
});
export type MessageShortcut = z.infer<typeof MessageShortcut>;

const GlobalShortcut = z.object({
  type: z.literal('shortcut'),
  callback_id: id,
  user: User,
  trigger_id: id,
});
export type GlobalShortcut = z.infer<typeof GlobalShortcut>;

/** docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const Submission = z.object({
  type: z.literal('view_submission'),
  user: User,
  trigger_id: id,
  view: z.object({
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.unknown(),
  }),
});
export type Submission = z.infer<typeof Submission>;

export const Payload = z.discriminatedUnion('type', [
  EventCallback,
  Limited,
  Actions,
  MessageShortcut,
  GlobalShortcut,
  Submission,
]);
export type Payload = z.infer<typeof Payload>;

/** Form fields of a slash command, which has no `type` (docs.slack.dev/interactivity/implementing-slash-commands). */
export const Command = z.object({
  command: z.string().startsWith('/'),
  text,
  user_id: id,
  channel_id: id,
  trigger_id: id,
  response_url: z.url().nullish(),
});
export type Command = z.infer<typeof Command>;

/** Enough to name a payload whose content is beyond us. */
export const Named = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  event_id: id.optional(),
  trigger_id: id.optional(),
  event: z.object({ type: z.string() }).optional(),
});
