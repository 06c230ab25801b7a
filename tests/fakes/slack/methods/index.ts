import { ACCOUNTS } from './accounts.ts';
import type { Method } from './backstage.ts';
import { CHAT } from './chat.ts';
import { CONVERSATIONS } from './conversations.ts';
import { FILES } from './files.ts';
import { VIEWS } from './views.ts';

/** The Web API methods the fake knows; any other is `unknown_method`. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...ACCOUNTS, ...CHAT, ...CONVERSATIONS, ...FILES, ...VIEWS }),
);
