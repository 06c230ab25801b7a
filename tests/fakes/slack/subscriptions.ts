import type { Channel, Json, World } from './world.ts';

/** Who hears of an event of a conversation. */
type Audience =
  /** The bot is in the conversation. */
  | 'members'
  /** The bot may know of it: a public one, or one it is or has just been in. */
  | 'anyone';

interface Rule {
  /** Any one of them suffices; null: by the conversation's kind, `channels:read` or `groups:read`. */
  readonly scopes: readonly string[] | null;
  readonly audience: Audience;
}

const PUBLIC: Rule = { scopes: ['channels:read'], audience: 'anyone' };
const PRIVATE: Rule = { scopes: ['groups:read'], audience: 'anyone' };
const EITHER: Rule = { scopes: null, audience: 'anyone' };
const FREE: Rule = { scopes: [], audience: 'anyone' };

/** By the name to subscribe to (docs.slack.dev/reference/events). */
const RULES: Readonly<Record<string, Rule>> = {
  'message.im': { scopes: ['im:history'], audience: 'members' },
  'message.channels': { scopes: ['channels:history'], audience: 'members' },
  'message.groups': { scopes: ['groups:history'], audience: 'members' },
  app_mention: { scopes: ['app_mentions:read'], audience: 'members' },
  member_joined_channel: EITHER,
  member_left_channel: EITHER,
  channel_left: PUBLIC,
  channel_archive: PUBLIC,
  channel_unarchive: PUBLIC,
  channel_rename: PUBLIC,
  channel_deleted: PUBLIC,
  channel_id_changed: EITHER,
  group_left: PRIVATE,
  group_archive: PRIVATE,
  group_unarchive: PRIVATE,
  group_rename: PRIVATE,
  group_deleted: PRIVATE,
  app_home_opened: FREE,
  app_uninstalled: FREE,
  tokens_revoked: FREE,
};

const MESSAGES = {
  im: 'message.im',
  channel: 'message.channels',
  group: 'message.groups',
} as const;

function nameOf(event: Json): string {
  const type = String(event.type);
  if (type !== 'message') return type;
  const name = MESSAGES[event.channel_type as keyof typeof MESSAGES];
  if (name === undefined) throw new Error(`a message event of ${String(event.channel_type)}`);
  return name;
}

/** The conversation an event is about, or null. */
export function channelOf(event: Json): string | null {
  const { channel } = event;
  if (typeof channel === 'string') return channel;
  const inner = typeof channel === 'object' && channel !== null && 'id' in channel && channel.id;
  return typeof inner === 'string' ? inner : null;
}

/**
 * Whether Slack would tell the app of an event at all.
 * @throws Error when there is no such event: the test is wrong then.
 */
export function isHeard(
  event: Json,
  app: {
    readonly world: World;
    readonly events: ReadonlySet<string>;
    readonly scopes: ReadonlySet<string>;
  },
): boolean {
  const name = nameOf(event);
  const rule = RULES[name];
  if (!rule) throw new Error(`the fake knows no event "${name}"`);
  if (!app.events.has(name)) return false;
  const id = channelOf(event);
  const channel: Channel | undefined = id === null ? undefined : app.world.channels.get(id);
  const scopes = rule.scopes ?? [channel?.kind === 'private' ? 'groups:read' : 'channels:read'];
  if (scopes.length > 0 && !scopes.some((scope) => app.scopes.has(scope))) return false;
  return rule.audience === 'anyone' || (channel?.members.has(app.world.botUserId) ?? false);
}
