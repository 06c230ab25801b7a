import { type Shown, shown } from './shown.ts';
import type { News, Stored, World } from './world.ts';

/** A fail-safe, never a pace: a bot that says nothing ends the test instead of hanging it. */
const SILENCE_MS = 30_000;

export type Match = (message: Shown) => boolean;

/** Follows what the bot writes or changes in one conversation, for everyone there. */
export function follower(world: World, channel: () => string) {
  let cursor = world.news.length;

  const messageOf = (news: News | undefined): Stored | null =>
    news?.kind === 'message' &&
    news.message.channel === channel() &&
    news.message.ephemeralFor === null &&
    !news.message.deleted
      ? news.message
      : null;

  return {
    /** Forgets what has been written so far. */
    catchUp(): void {
      cursor = world.news.length;
    },
    /** The next message that matches; each one written, and each change, counts once. */
    next(match: Match = () => true): Promise<Shown> {
      return new Promise((resolve, reject) => {
        let timer: NodeJS.Timeout | undefined;
        let stop = (): void => undefined;
        const look = (): boolean => {
          for (let i = cursor; i < world.news.length; i++) {
            const message = messageOf(world.news[i]);
            if (!message || !match(shown(world, message))) continue;
            cursor = i + 1;
            clearTimeout(timer);
            stop();
            resolve(shown(world, message));
            return true;
          }
          return false;
        };
        if (look()) return;
        stop = world.listen(look);
        const error = new Error('the bot said nothing of the kind');
        timer = setTimeout(() => {
          stop();
          const seen = world.byBot(channel()).slice(-3);
          const texts = seen.map((m) => shown(world, m).text);
          error.message += `; its last messages here: ${JSON.stringify(texts)}`;
          reject(error);
        }, SILENCE_MS);
      });
    },
  };
}
