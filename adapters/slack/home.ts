import type { HomeTab, Identity, Message } from '../../src/chat/index.ts';
import { outcomeOf, slackError } from './outcome.ts';
import { type Reach, remember } from './reach.ts';
import { homeView } from './views.ts';

type Published = Awaited<ReturnType<HomeTab['publish']>>;

/** People whose tab's hash is remembered; for others the tab is published without. */
const REMEMBERED = 5_000;

/** Replaces a person's Home tab. Never throws. */
export async function publishHome(
  reach: Reach,
  { platform, tenant, user }: Identity,
  page: Message,
): Promise<Published> {
  const { homes } = reach.memory;
  // Refusals here are about the person, as they are in the chat that only they have.
  const call = { to: { platform, tenant, chat: user } };
  try {
    const view = homeView(page);
    const publish = async (hash: string | undefined): Promise<void> => {
      const answer = await reach.client.views.publish({
        user_id: user,
        view,
        ...(hash === undefined ? {} : { hash }),
      });
      if (answer.view?.hash) remember(homes, user, answer.view.hash, REMEMBERED);
    };
    try {
      await publish(homes.get(user));
    } catch (error) {
      if (slackError(error) !== 'hash_conflict') throw error;
      // Another replica published meanwhile; what was asked for last is to be seen.
      homes.delete(user);
      await publish(undefined);
    }
    return { outcome: 'published' };
  } catch (error) {
    if (error instanceof RangeError) return { outcome: 'bug', cause: error.message };
    return outcomeOf(error, call);
  }
}
