import type { webApi } from '@slack/bolt';
import { GLOBAL_SHORTCUT, MESSAGE_SHORTCUT } from './parse.ts';

/** What the app may do in a workspace (docs.slack.dev/reference/scopes), and what for. */
export const SCOPES = [
  // "@bot bangxephang" in a channel.
  'app_mentions:read',
  // A channel's name when the bot is added, and that it was renamed, archived or left.
  'channels:read',
  'groups:read',
  // Looking in a channel for a message that was perhaps sent.
  'channels:history',
  'groups:history',
  // What people write to the bot; looking there for a message that was perhaps sent.
  'im:history',
  // Writing to a person first.
  'im:write',
  'chat:write',
  // Slash commands and shortcuts.
  'commands',
  // Evidence people send; pictures and files the bot sends.
  'files:read',
  'files:write',
  // Who somebody is: name, language, guest or member; by e-mail a person of the roster.
  'users:read',
  'users:read.email',
] as const;

/** What the app is told of (docs.slack.dev/reference/events), and what for. */
export const EVENTS = [
  // The conversation.
  'message.im',
  'app_mention',
  // The own page is published when it is looked at.
  'app_home_opened',
  // The bot comes into a channel, and leaves it in one of several ways.
  'member_joined_channel',
  'member_left_channel',
  'channel_left',
  'group_left',
  'channel_archive',
  'group_archive',
  'channel_deleted',
  'group_deleted',
  'channel_unarchive',
  'group_unarchive',
  // A channel's name and number as the office sees and the bot needs them.
  'channel_rename',
  'group_rename',
  'channel_id_changed',
  // The operator is told that the app is no longer wanted.
  'app_uninstalled',
  'tokens_revoked',
] as const;

interface ShortcutWords {
  /** At most 24 characters. */
  readonly name: string;
  readonly description: string;
}

export interface ManifestOptions {
  /** At most 35 characters. */
  readonly name: string;
  /** What people mention: at most 80 of `a-z`, `0-9`, `-`, `_` and `.`. */
  readonly handle: string;
  /** At most 140 characters. */
  readonly description: string;
  /** Without the slash. */
  readonly commands: readonly { readonly command: string; readonly description: string }[];
  readonly shortcuts: {
    /** On a message: it becomes a report. */
    readonly message: ShortcutWords;
    /** From anywhere: a new report. */
    readonly global: ShortcutWords;
  };
  /** Where Slack delivers by HTTP, `https://…`; by Socket Mode when absent. */
  readonly http?: { readonly url: string };
}

export type Manifest = webApi.AppsManifestCreateArguments['manifest'];

/** The app's configuration as Slack takes it under "Create New App, From a manifest". */
export function manifestOf({
  name,
  handle,
  description,
  commands,
  shortcuts,
  http,
}: ManifestOptions): Manifest {
  const url = http ? { url: http.url } : {};
  const request = http ? { request_url: http.url } : {};
  return {
    display_information: { name, description },
    features: {
      bot_user: { display_name: handle, always_online: true },
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      slash_commands: commands.map((entry) => ({
        command: `/${entry.command}`,
        description: entry.description,
        // Then links and people in it come as in messages, and are read the same way.
        should_escape: true,
        ...url,
      })),
      shortcuts: [
        { type: 'message', callback_id: MESSAGE_SHORTCUT, ...shortcuts.message },
        { type: 'global', callback_id: GLOBAL_SHORTCUT, ...shortcuts.global },
      ],
    },
    oauth_config: { scopes: { bot: [...SCOPES] } },
    settings: {
      event_subscriptions: { ...request, bot_events: [...EVENTS] },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: !http,
      token_rotation_enabled: false,
    },
  };
}
