import { SlackError } from '../errors.ts';
import type { Channel, Emit, Json, StoredFile, World } from '../world.ts';

/** What the methods work with. */
export interface Backstage {
  readonly world: World;
  /** Granted to the bot token. */
  readonly scopes: ReadonlySet<string>;
  /** @throws `ratelimited`. */
  readonly takeToken: (method: string, channel: string | null) => void;
  /** The app hears of its own messages too. */
  readonly echo: Emit;
  /** A single-use address of a Socket Mode connection. */
  readonly socketUrl: () => string;
}

export interface Method {
  /** A scope the method always needs; the rest depends on the conversation. */
  readonly scope?: string;
  /** Called with the app-level token instead of the bot's. */
  readonly app?: true;
  readonly run: (params: Json, stage: Backstage) => Json;
}

/** @throws `missing_scope` as Slack writes it. */
export function need(stage: Backstage, scope: string): void {
  if (stage.scopes.has(scope)) return;
  throw new SlackError('missing_scope', {
    needed: scope,
    provided: [...stage.scopes].join(','),
  });
}

const PREFIX = { public: 'channels', private: 'groups', im: 'im' } as const;

/** "channels:history", "groups:read", "im:history" … */
export const scopeFor = (channel: Channel, right: 'read' | 'history'): string =>
  `${PREFIX[channel.kind]}:${right}`;

/** A conversation the bot may know of: a private one only as its member. */
export function known(id: string, { world }: Backstage): Channel {
  const channel = world.channels.get(id);
  const visible =
    channel &&
    !channel.deleted &&
    (channel.kind === 'public' ||
      (channel.kind === 'im' ? channel.opened : channel.members.has(world.botUserId)));
  if (!visible) throw new SlackError('channel_not_found');
  return channel;
}

/** A conversation the bot may read or write in. */
export function joined(id: string, stage: Backstage): Channel {
  const channel = known(id, stage);
  if (!channel.members.has(stage.world.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

/** Whether the bot may see a file: its own, given to it, or shared where it is. */
export const mayRead = (world: World, file: StoredFile): boolean =>
  file.by === world.botUserId ||
  file.givenToApp ||
  [...file.sharedIn].some((id) => world.channels.get(id)?.members.has(world.botUserId));

/** @throws `file_not_found` or `file_deleted`. */
export function readable(id: string, { world }: Backstage): StoredFile {
  const file = world.files.get(id);
  if (!file || file.state === 'expected' || !mayRead(world, file)) {
    throw new SlackError('file_not_found');
  }
  if (file.state === 'deleted') throw new SlackError('file_deleted');
  return file;
}
