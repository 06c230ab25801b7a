import type { Channel, Home, Json, Modal, Stored, StoredFile, User, World } from './world.ts';

/** Objects as Slack writes them, in answers and in events. */
export function userJson(world: World, user: User, scopes: { readonly email: boolean }): Json {
  return {
    id: user.id,
    team_id: user.team,
    name: user.name.toLowerCase().replaceAll(' ', '.'),
    real_name: user.name,
    deleted: user.deleted,
    profile: {
      real_name: user.name,
      display_name: '',
      team: user.team,
      ...(scopes.email && user.email !== null ? { email: user.email } : {}),
    },
    // Of a deactivated account Slack tells no more.
    ...(user.deleted
      ? {}
      : {
          is_admin: false,
          is_owner: false,
          is_restricted: user.guest !== null,
          is_ultra_restricted: user.guest === 'single',
          is_email_confirmed: user.emailConfirmed,
          ...(user.stranger ? { is_stranger: true } : {}),
        }),
    is_bot: user.bot,
    is_app_user: false,
    ...(user.id === world.botUserId ? { bot_id: world.botId } : {}),
  };
}

export const channelJson = (world: World, channel: Channel): Json =>
  channel.kind === 'im'
    ? {
        id: channel.id,
        is_im: true,
        is_archived: false,
        context_team_id: world.teamId,
        user: channel.user,
      }
    : {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        is_channel: true,
        is_group: false,
        is_im: false,
        is_mpim: false,
        is_private: channel.kind === 'private',
        is_archived: channel.archived,
        is_general: false,
        is_shared: channel.shared,
        is_ext_shared: channel.shared,
        is_member: channel.members.has(world.botUserId),
        context_team_id: world.teamId,
      };

/** The page of a file; posted by its owner, it shares the file. */
export const permalinkOf = (file: StoredFile): string =>
  `https://hocvien.slack.com/files/${file.by}/${file.id}/${encodeURIComponent(file.name)}`;

export function fileJson(world: World, file: StoredFile): Json {
  const url = `${world.baseUrl}/files-pri/${world.teamId}-${file.id}`;
  const name = encodeURIComponent(file.name);
  // Until Slack has looked at a picture, its kind and its sizes are missing.
  const known = file.polls === 0;
  return {
    id: file.id,
    created: Math.floor(world.now() / 1000),
    name: file.name,
    title: file.title,
    mimetype: known ? file.mime : '',
    filetype: known ? (file.mime.split('/')[1] ?? '') : '',
    user: file.by,
    size: file.bytes.length,
    mode: 'hosted',
    is_external: false,
    is_public: false,
    url_private: `${url}/${name}`,
    url_private_download: `${url}/download/${name}`,
    permalink: permalinkOf(file),
    ...(file.altText === null ? {} : { alt_txt: file.altText }),
    ...(known && file.mime.startsWith('image/') ? { original_w: 1280, original_h: 853 } : {}),
    channels: [],
    groups: [],
    ims: [],
  };
}

/** A message; `metadata` only where it was asked for. */
export function messageJson(world: World, m: Stored, withMetadata = false): Json {
  const byBot = m.user === world.botUserId;
  return {
    type: 'message',
    user: m.user,
    ...(byBot ? { bot_id: world.botId, app_id: world.appId } : {}),
    ...(m.files.length > 0 && !byBot ? { subtype: 'file_share' } : {}),
    ts: m.ts,
    team: world.teamId,
    text: m.text,
    ...(m.blocks.length > 0 ? { blocks: m.blocks } : {}),
    ...(m.files.length > 0 ? { files: m.files.map((file) => fileJson(world, file)) } : {}),
    ...(m.threadTs === null ? {} : { thread_ts: m.threadTs }),
    ...(m.edited === null ? {} : { edited: m.edited }),
    ...(withMetadata && m.metadata !== null ? { metadata: m.metadata } : {}),
  };
}

/** A view as the methods and the payloads of presses and submissions write it, without its state. */
export function viewJson(world: World, view: Modal | Home): Json {
  const modal = 'rootId' in view ? view : null;
  return {
    id: view.id,
    team_id: world.teamId,
    app_id: world.appId,
    app_installed_team_id: world.teamId,
    bot_id: world.botId,
    title: null,
    close: null,
    submit: null,
    callback_id: '',
    private_metadata: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    ...view.view,
    hash: view.hash,
    root_view_id: modal?.rootId ?? view.id,
    previous_view_id: modal?.previousId ?? null,
    state: { values: {} },
  };
}
