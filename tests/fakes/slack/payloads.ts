/** What Slack tells the app of what people do, in the shapes of the SDK's types where it has them. */
import type {
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  types,
  ViewClosedAction,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import { jsons } from './checks.ts';
import { fileJson, messageJson, viewJson } from './json.ts';
import { channelType } from './methods/chat.ts';
import { jsonOf, type ShownButton, textOf } from './shown.ts';
import type { Channel, Json, Modal, Stored, User, World } from './world.ts';

/** Of every payload; the app has no use for it. */
const TOKEN = 'verification-token-not-a-secret';

const handle = (user: User): string => user.name.toLowerCase().replaceAll(' ', '.');
const team = (world: World) => ({ id: world.teamId, domain: 'hocvien' });
const actor = (user: User) => ({
  id: user.id,
  name: handle(user),
  username: handle(user),
  team_id: user.team,
});

/** What every interaction has. */
const common = (world: World, user: User) => ({
  team: team(world),
  user: actor(user),
  token: TOKEN,
  api_app_id: world.appId,
  is_enterprise_install: false,
  trigger_id: world.trigger(user.id),
});

/** How payloads call a conversation. */
function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

/** Text as the person's own client writes it beside the plain one. */
const asRichText = (world: World, text: string): types.RichTextBlock => ({
  type: 'rich_text',
  block_id: `b${world.number()}`,
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** A person's message before it is one: what their client makes of what they typed. */
export const written = (world: World, typed: string, raw: string): Partial<Stored> => ({
  text: raw,
  blocks: typed === '' ? [] : [{ ...asRichText(world, typed) }],
});

type Placed = 'channel' | 'channel_type' | 'event_ts';
/** A message inside another object, which says where it is. */
type Inner<M> = Omit<M, Placed | 'files' | 'blocks'> & { readonly files?: Json[] };

/** What every message of a person's says. */
function said(world: World, m: Stored) {
  const user = world.users.get(m.user);
  const parent = m.threadTs === null ? undefined : world.find(m.channel, m.threadTs);
  const { subtype: _, ...message } = messageJson(world, m);
  return {
    ...message,
    user: m.user,
    text: m.text,
    ts: m.ts,
    team: user?.team ?? world.teamId,
    ...(user?.stranger ? { user_team: user.team, source_team: user.team } : {}),
    ...(user?.bot && m.user !== world.botUserId ? { bot_id: `B${m.user.slice(1)}` } : {}),
    ...(m.threadTs === null ? {} : { thread_ts: m.threadTs }),
    ...(parent ? { parent_user_id: parent.user } : {}),
  };
}

/** A person's message, as it also stands in a message event about it. */
function personMessage(world: World, m: Stored) {
  const type = 'message' as const;
  const files = m.files.map((file) => fileJson(world, file));
  return files.length === 0
    ? ({
        ...said(world, m),
        type,
        subtype: undefined,
        client_msg_id: `message-${m.ts}`,
      } satisfies Inner<types.GenericMessageEvent>)
    : ({
        ...said(world, m),
        type,
        subtype: 'file_share' as const,
        files,
        upload: false,
        display_as_bot: false,
      } satisfies Inner<types.FileShareMessageEvent>);
}

const placed = (channel: Channel, event_ts: string) => ({
  channel: channel.id,
  channel_type: channelType(channel),
  event_ts,
});

/** A new message of a person's. */
export const messageEvent = (world: World, channel: Channel, m: Stored): Json => ({
  ...personMessage(world, m),
  ...(placed(channel, m.ts) satisfies Pick<types.GenericMessageEvent, Placed>),
});

type Nested<M> = Omit<M, 'message' | 'previous_message'>;

/** A message was changed: by its writer, or by Slack, which adds previews to it. */
export function changedEvent(world: World, channel: Channel, m: Stored, before: Json) {
  const ts = world.ts();
  const event = {
    type: 'message' as const,
    subtype: 'message_changed' as const,
    hidden: true as const,
    ts,
    ...placed(channel, ts),
  } satisfies Nested<types.MessageChangedEvent>;
  return { ...event, message: snapshot(world, m), previous_message: before };
}

export function deletedEvent(world: World, channel: Channel, m: Stored) {
  const ts = world.ts();
  const event = {
    type: 'message' as const,
    subtype: 'message_deleted' as const,
    hidden: true as const,
    ts,
    deleted_ts: m.ts,
    ...placed(channel, ts),
  } satisfies Nested<types.MessageDeletedEvent>;
  return { ...event, previous_message: snapshot(world, m) };
}

/** A message as it is now. */
export const snapshot = (world: World, m: Stored): Json => ({ ...personMessage(world, m) });

/** The bot was mentioned where it is. */
export function mentionEvent(world: World, channel: Channel, m: Stored) {
  return {
    ...said(world, m),
    type: 'app_mention' as const,
    channel: channel.id,
    event_ts: m.ts,
  } satisfies Omit<types.AppMentionEvent, 'files' | 'blocks'>;
}

export function homeOpenedEvent(world: World, user: User, direct: Channel) {
  const home = world.homes.get(user.id);
  return {
    type: 'app_home_opened' as const,
    user: user.id,
    channel: direct.id,
    tab: 'home' as const,
    event_ts: world.ts(),
    ...(home ? { view: viewJson(world, home) } : {}),
  } satisfies Omit<types.AppHomeOpenedEvent, 'view'>;
}

/** Fields of a slash command (docs.slack.dev/interactivity/implementing-slash-commands). */
export const commandFields = (
  world: World,
  user: User,
  channel: Channel,
  typed: { command: string; text: string },
) =>
  ({
    token: TOKEN,
    team_id: world.teamId,
    team_domain: 'hocvien',
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: handle(user),
    ...typed,
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: world.responseUrl(channel.id, user.id),
    trigger_id: world.trigger(user.id),
  }) satisfies SlashCommand;

const action = (world: World, { label, actionId, blockId, value, style }: ShownButton) =>
  ({
    type: 'button' as const,
    action_id: actionId,
    block_id: blockId,
    text: { type: 'plain_text' as const, text: label, emoji: true },
    value,
    ...(style === null ? {} : { style }),
    action_ts: world.ts(),
  }) satisfies ButtonAction;

const NO_STATE = { state: { values: {} } };

/** A press on a button of a message (block_actions payload). */
export function pressPayload(
  world: World,
  user: User,
  channel: Channel,
  { message: m, button }: { message: Stored; button: ShownButton },
) {
  const ephemeral = m.ephemeralFor !== null;
  const container = {
    type: 'message',
    message_ts: m.ts,
    channel_id: channel.id,
    is_ephemeral: ephemeral,
    ...(m.threadTs === null ? {} : { thread_ts: m.threadTs }),
  };
  return {
    type: 'block_actions' as const,
    ...common(world, user),
    ...NO_STATE,
    container,
    channel: { id: channel.id, name: channelName(channel) },
    // A message only one person sees is not told again.
    ...(ephemeral
      ? {}
      : { message: { ...messageJson(world, m), type: 'message' as const, ts: m.ts } }),
    response_url: world.responseUrl(channel.id, user.id, m),
    actions: [action(world, button)],
  } satisfies BlockAction<ButtonAction>;
}

/** A press on one's own page: in no conversation, so without a `response_url`. */
export function homePressPayload(world: World, user: User, button: ShownButton) {
  const home = world.homes.get(user.id);
  if (!home) throw new Error(`${user.name} has no page yet`);
  return {
    type: 'block_actions' as const,
    ...common(world, user),
    container: { type: 'view', view_id: home.id },
    view: viewJson(world, home),
    actions: [action(world, button)],
  } satisfies Omit<BlockAction<ButtonAction>, 'response_url' | 'view'> & { view: Json };
}

export const messageShortcutPayload = (
  world: World,
  user: User,
  channel: Channel,
  { message: m, callback }: { message: Stored; callback: string },
) =>
  ({
    type: 'message_action' as const,
    ...common(world, user),
    callback_id: callback,
    action_ts: world.ts(),
    channel: { id: channel.id, name: channelName(channel) },
    message_ts: m.ts,
    message: { ...messageJson(world, m), type: 'message' as const, ts: m.ts },
    response_url: world.responseUrl(channel.id, user.id, m),
  }) satisfies MessageShortcut;

export const globalShortcutPayload = (world: World, user: User, callback: string) =>
  ({
    type: 'shortcut' as const,
    ...common(world, user),
    callback_id: callback,
    action_ts: world.ts(),
  }) satisfies GlobalShortcut;

export type Values = ViewOutput['state']['values'];

const label = (value: unknown) => ({
  type: 'plain_text' as const,
  text: textOf(jsonOf(value).text),
  emoji: jsonOf(value).emoji !== false,
});
const labelOrNull = (value: unknown) => (value === undefined ? null : label(value));

/** A modal as it is told with what was put into it. */
function modalOutput(world: World, modal: Modal, values: Values) {
  const { view } = modal;
  return {
    ...viewJson(world, modal),
    id: modal.id,
    type: 'modal',
    team_id: world.teamId,
    app_id: world.appId,
    bot_id: world.botId,
    callback_id: textOf(view.callback_id),
    private_metadata: textOf(view.private_metadata),
    title: label(view.title),
    close: labelOrNull(view.close),
    submit: labelOrNull(view.submit),
    blocks: jsons(view.blocks).map((block) => ({ ...block, type: textOf(block.type) })),
    state: { values },
    hash: modal.hash,
    root_view_id: modal.rootId,
    previous_view_id: modal.previousId,
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
  } satisfies ViewOutput;
}

export const submissionPayload = (world: World, user: User, modal: Modal, values: Values) =>
  ({
    type: 'view_submission' as const,
    ...common(world, user),
    view: modalOutput(world, modal, values),
    response_urls: [],
  }) satisfies ViewSubmitAction;

export function closedPayload(world: World, user: User, modal: Modal, cleared: boolean) {
  const { trigger_id: _, ...rest } = common(world, user);
  return {
    type: 'view_closed' as const,
    ...rest,
    view: modalOutput(world, modal, {}),
    is_cleared: cleared,
  } satisfies ViewClosedAction;
}
