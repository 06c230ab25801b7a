import { type Api, GrammyError } from 'grammy';
import { type AdapterLog, PlatformAway } from '../../src/chat/index.ts';
import { ALLOWED_UPDATES } from './limits.ts';
import { describeError } from './outcome.ts';
import { backoffMs, type Wait } from './wait.ts';

/** A line of the menu behind the "/" key: name as in Inbound's commands, description ≤ 256 characters. */
interface MenuCommand {
  readonly command: string;
  readonly description: string;
}

/** By language (two-letter code). */
type Menu = Readonly<Record<string, readonly MenuCommand[]>>;

export interface Menus {
  /** The language of those whose own has no menu. */
  readonly fallback: string;
  readonly private: Menu;
  /** What groups are offered; the same as in private when absent. */
  readonly group?: Menu;
}

/** Attempts to reach Telegram at the start: with the pauses between them about a minute. */
const ATTEMPTS = 6;

/** The refusal of a token, or null when it failed for another reason. */
function refusal(error: unknown): Error | null {
  if (!(error instanceof GrammyError) || (error.error_code !== 401 && error.error_code !== 404))
    return null;
  return new Error(
    `Telegram does not know this bot token (${describeError(error)}). Copy it again from @BotFather into TELEGRAM_BOT_TOKEN.`,
  );
}

/**
 * Asks once whether Telegram takes the token; passes when it cannot be asked now.
 * @throws a sentence that says what to correct.
 */
export async function checkToken(api: Api): Promise<void> {
  try {
    await api.getMe();
  } catch (error) {
    const refused = refusal(error);
    if (refused) throw refused;
  }
}

/**
 * The bot that the token belongs to. Waits for a network that is not up yet.
 * @throws a sentence that says what to correct.
 */
export async function identify(
  api: Api,
  { root, log, wait }: { root: string; log: AdapterLog; wait: Wait },
  signal: AbortSignal,
): Promise<{ id: number; username: string }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await api.getMe();
    } catch (error) {
      const refused = refusal(error);
      if (refused) throw refused;
      const cause = describeError(error);
      if (attempt === ATTEMPTS || signal.aborted) {
        throw new PlatformAway(
          `Telegram cannot be reached at ${root} (${cause}). Check the network, or TELEGRAM_API_ROOT if you run your own Bot API server.`,
        );
      }
      if (attempt === 1) log.warn({ cause }, 'Telegram cannot be reached yet; trying again');
      await wait(backoffMs(attempt), signal);
    }
  }
}

/** Sets what differs from the menus Telegram already has. A failure costs the menu, not the start. */
export async function syncMenus(api: Api, menus: Menus, log: AdapterLog): Promise<void> {
  const scopes: [Menu, 'default' | 'all_private_chats' | 'all_group_chats'][] = menus.group
    ? [
        [menus.private, 'all_private_chats'],
        [menus.group, 'all_group_chats'],
      ]
    : [[menus.private, 'default']];
  try {
    for (const [menu, type] of scopes) {
      for (const [language, commands] of Object.entries(menu)) {
        const target = {
          scope: { type },
          ...(language === menus.fallback ? {} : { language_code: language as 'en' }),
        };
        const current = await api.getMyCommands(target);
        if (sameCommands(current, commands)) continue;
        await api.setMyCommands(commands, target);
        log.info({ scope: type, language }, 'the command menu was set');
      }
    }
  } catch (error) {
    log.warn({ cause: describeError(error) }, 'the command menu could not be set');
  }
}

const sameCommands = (a: readonly MenuCommand[], b: readonly MenuCommand[]): boolean =>
  a.length === b.length &&
  a.every((c, i) => c.command === b[i]?.command && c.description === b[i]?.description);

/** @throws a sentence that says what to correct. */
export async function useWebhook(
  api: Api,
  { url, secret }: { url: string; secret: string },
  patience: { log: AdapterLog; wait: Wait },
  signal: AbortSignal,
): Promise<void> {
  await persist(
    'the webhook could not be set. Check PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET.',
    patience,
    signal,
    () => api.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES }),
  );
}

/** Polling is refused while a webhook is set; what waits for delivery is kept. */
export async function usePolling(
  api: Api,
  patience: { log: AdapterLog; wait: Wait },
  signal: AbortSignal,
): Promise<void> {
  await persist('the webhook set earlier could not be removed.', patience, signal, () =>
    api.deleteWebhook(),
  );
}

/** Repeats a call that may be repeated, unless Telegram says that it is wrong. */
async function persist(
  failure: string,
  { log, wait }: { log: AdapterLog; wait: Wait },
  signal: AbortSignal,
  call: () => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await call();
      return;
    } catch (error) {
      const cause = describeError(error);
      const code = error instanceof GrammyError ? error.error_code : null;
      const wrong = code !== null && code !== 429 && code < 500;
      if (wrong || attempt === ATTEMPTS || signal.aborted) {
        throw new Error(`Telegram: ${failure} (${cause})`);
      }
      log.warn({ cause, attempt }, 'Telegram did not take a call of the start; trying again');
      const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
      await wait(seconds === undefined ? backoffMs(attempt) : seconds * 1000, signal);
    }
  }
}
