import { SlackError } from '../errors.ts';
import { userJson } from '../json.ts';
import { flag, read, text } from '../params.ts';
import type { Method } from './backstage.ts';

const authTest: Method = {
  run(params, { world }) {
    read({}, params);
    return {
      url: 'https://hocvien.slack.com/',
      team: world.teamName,
      user: world.botName,
      team_id: world.teamId,
      user_id: world.botUserId,
      bot_id: world.botId,
      is_enterprise_install: false,
    };
  },
};

const usersInfo: Method = {
  scope: 'users:read',
  run(params, { world, scopes }) {
    const p = read({ user: text, include_locale: flag.optional() }, params);
    const user = world.users.get(p.user);
    if (!user) throw new SlackError('user_not_found');
    const shown = userJson(world, user, { email: scopes.has('users:read.email') });
    return { user: { ...shown, ...(p.include_locale ? { locale: user.locale } : {}) } };
  },
};

const connectionsOpen: Method = {
  app: true,
  scope: 'connections:write',
  run(params, { socketUrl }) {
    read({}, params);
    return { url: socketUrl() };
  },
};

export const ACCOUNTS: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'apps.connections.open': connectionsOpen,
};
