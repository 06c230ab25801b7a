import type { webApi } from '@slack/bolt';
import { type AdapterLog, PlatformAway } from '../../src/chat/index.ts';
import { SCOPES } from './manifest.ts';
import { describeError, limitedFor, slackError } from './outcome.ts';
import { backoffMs, type Wait } from './wait.ts';

/** Attempts to reach Slack at the start: with the pauses between them about a minute. */
const ATTEMPTS = 6;

/** The workspace and the bot that a token belongs to. */
export interface Workspace {
  /** The workspace's id. */
  readonly tenant: string;
  readonly botUser: string;
  /** Such as `https://example.slack.com/`. */
  readonly url: string;
}

export interface Patience {
  readonly apiUrl: string;
  readonly log: AdapterLog;
  readonly wait: Wait;
}

/**
 * Asks Slack whom the bot token belongs to, and says once which of the manifest's rights it lacks.
 * Waits for a network that is not up yet.
 * @throws a sentence that says what to correct.
 */
export async function identify(
  client: webApi.WebClient,
  patience: Patience,
  signal: AbortSignal,
): Promise<Workspace> {
  const answer = await persist(BOT_TOKEN, patience, signal, () => client.auth.test());
  const { team_id: tenant, user_id: botUser, bot_id: bot, url = '' } = answer;
  if (!tenant || !botUser || !bot) {
    throw new Error(
      'SLACK_BOT_TOKEN is not the token of a bot. Copy the Bot User OAuth Token from the page OAuth & Permissions of the app.',
    );
  }
  const granted = answer.response_metadata?.scopes;
  const missing = granted ? SCOPES.filter((scope) => !granted.includes(scope)) : [];
  if (missing.length > 0) {
    patience.log.warn(
      { missing },
      'the Slack app lacks rights, and what needs them will fail: put the manifest into the app anew, then reinstall it to the workspace',
    );
  }
  return { tenant, botUser, url };
}

/**
 * Asks once whether Slack takes the bot token; passes when it cannot be asked now.
 * @throws a sentence that says what to correct.
 */
export async function checkToken(client: webApi.WebClient): Promise<void> {
  try {
    await client.auth.test();
  } catch (error) {
    if (refused(error)) throw new Error(`${BOT_TOKEN} (${describeError(error)})`);
  }
}

const BOT_TOKEN =
  'Slack does not accept the bot token. Copy the Bot User OAuth Token again from the page OAuth & Permissions of the app into SLACK_BOT_TOKEN.';

/** Slack's words for a fault of its own, which passes. */
const PASSING = new Set([
  'fatal_error',
  'internal_error',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/** Slack's words for a refusal that no waiting changes. */
const REFUSED = new Set([
  'access_denied',
  'account_inactive',
  'invalid_auth',
  'missing_scope',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

/** Whether the token was refused for good. */
export function refused(error: unknown): boolean {
  const word = slackError(error);
  return word !== null && REFUSED.has(word);
}

/**
 * Repeats a call of the start until Slack answers.
 * @throws the sentence `refusal` with Slack's word, or that Slack cannot be reached.
 */
export async function persist<T>(
  refusal: string,
  { apiUrl, log, wait }: Patience,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const cause = describeError(error);
      const word = slackError(error);
      // At the start also what we have no name for: whoever starts it is there to read it.
      if (word !== null && !PASSING.has(word)) throw new Error(`${refusal} (${cause})`);
      if (attempt === ATTEMPTS || signal.aborted) {
        throw new PlatformAway(
          `Slack cannot be reached at ${apiUrl} (${cause}). Check the network, or SLACK_API_URL if it is set.`,
        );
      }
      if (attempt === 1) log.warn({ cause }, 'Slack cannot be reached yet; trying again');
      await wait(limitedFor(error) ?? backoffMs(attempt), signal);
    }
  }
}
