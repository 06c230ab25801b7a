import type { webApi } from '@slack/bolt';
import { remember } from './reach.ts';

/** The direct conversations of people with the bot: their ids stay for good. */
export interface Directs {
  /** @throws what the client throws, when Slack does not open it. */
  of(user: string): Promise<string>;
  /** Takes note of what an event told. */
  learn(user: string, channel: string): void;
}

const MOST_KEPT = 20_000;

export function createDirects(client: webApi.WebClient): Directs {
  const known = new Map<string, string>();
  const asking = new Map<string, Promise<string>>();

  async function ask(user: string): Promise<string> {
    // Opening what is open is no change (docs.slack.dev/reference/methods/conversations.open).
    const id = (await client.conversations.open({ users: user })).channel?.id;
    if (!id) throw new Error('Slack opened a direct conversation without an id');
    remember(known, user, id, MOST_KEPT);
    return id;
  }

  return {
    of(user) {
      const id = known.get(user);
      if (id) return Promise.resolve(id);
      const running = asking.get(user) ?? ask(user).finally(() => asking.delete(user));
      asking.set(user, running);
      return running;
    },
    learn: (user, channel) => remember(known, user, channel, MOST_KEPT),
  };
}
