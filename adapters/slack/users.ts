import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { AdapterLog, Sender } from '../../src/chat/index.ts';
import type { Actor } from './draft.ts';
import { PLATFORM } from './limits.ts';
import { describeError } from './outcome.ts';
import { remember } from './reach.ts';

/** The parts of a user that are read (docs.slack.dev/reference/objects/user-object). */
const User = z.object({
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  is_email_confirmed: z.boolean().nullish(),
  locale: z.string().nullish(),
  /** In an organisation of several workspaces: those the account belongs to. */
  enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
  profile: z.object({
    real_name: z.string().nullish(),
    display_name: z.string().nullish(),
    email: z.string().nullish(),
  }),
});
type User = z.infer<typeof User>;

export interface Users {
  /** Null when it is no person who can act: an app or a deactivated account. Never throws. */
  sender(actor: Actor): Promise<Sender | null>;
  /** The name, or null when Slack does not tell it now. Never throws. */
  name(user: string): Promise<string | null>;
}

/** How long a profile counts as known: whoever corrects their address is recognised soon after. */
const KEEP_MS = 10 * 60 * 1000;
const MOST_KEPT = 5000;

/**
 * Who senders are. A profile that cannot be fetched is no reason to lose what somebody wrote: the
 * event then goes on without name and e-mail, and the next one asks again.
 */
export function createUsers({
  client,
  tenant,
  now,
  log,
}: {
  readonly client: webApi.WebClient;
  readonly tenant: string;
  /** Milliseconds that only rise. */
  readonly now: () => number;
  readonly log: AdapterLog;
}): Users {
  const known = new Map<string, { readonly user: User; readonly until: number }>();
  const asking = new Map<string, Promise<User | null>>();

  async function ask(id: string): Promise<User | null> {
    try {
      const answer = await client.users.info({ user: id, include_locale: true });
      const user = User.parse(answer.user);
      remember(known, id, { user, until: now() + KEEP_MS }, MOST_KEPT);
      return user;
    } catch (error) {
      log.warn({ user: id, cause: describeError(error) }, 'Slack did not tell who a sender is');
      return null;
    }
  }

  function fetch(id: string): Promise<User | null> {
    const kept = known.get(id);
    if (kept && kept.until > now()) return Promise.resolve(kept.user);
    const running = asking.get(id) ?? ask(id).finally(() => asking.delete(id));
    asking.set(id, running);
    return running;
  }

  return {
    async sender({ id, team }) {
      const user = await fetch(id);
      const identity = { platform: PLATFORM, tenant, user: id };
      const elsewhere = team !== null && team !== tenant;
      if (!user) {
        return {
          identity,
          name: '',
          language: null,
          ...(elsewhere ? { standing: 'outsider' as const } : {}),
        };
      }
      if (user.deleted || user.is_bot || user.is_workflow_bot) return null;
      const standing = standingOf(user, tenant);
      const email = standing === null && user.is_email_confirmed ? user.profile.email : null;
      return {
        identity,
        name: nameOf(user),
        language: user.locale || null,
        ...(email ? { email: email.trim().toLowerCase() } : {}),
        ...(standing === null ? {} : { standing }),
      };
    },
    async name(id) {
      const user = await fetch(id);
      return user ? nameOf(user) || null : null;
    },
  };
}

/** The name on the roster is the real one; the display name is what somebody likes to be called. */
const nameOf = ({ profile, name }: User): string =>
  profile.real_name || profile.display_name || name || '';

/** Null for a full member of this workspace. */
function standingOf(user: User, tenant: string): Sender['standing'] | null {
  const member = user.team_id === tenant || user.enterprise_user?.teams?.includes(tenant) === true;
  // Without a team Slack says nothing against it.
  if (user.is_stranger || (user.team_id && !member)) return 'outsider';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : null;
}
