import { type Api, GrammyError } from 'grammy';
import type { AdapterLog } from '../../src/chat/index.ts';
import type { Intake } from './intake.ts';
import { ALLOWED_UPDATES } from './limits.ts';
import { describeError } from './outcome.ts';
import type { Parsed } from './parse.ts';
import { backoffMs, type Wait } from './wait.ts';

export interface Polling {
  /** A client whose own time-out is longer than `timeoutSeconds`. */
  readonly api: Api;
  readonly intake: Intake;
  readonly log: AdapterLog;
  readonly wait: Wait;
  /** How long Telegram keeps an empty request open; at most 50. */
  readonly timeoutSeconds: number;
}

/**
 * Long polling until `signal` aborts. The offset, which tells Telegram to forget, advances only over
 * updates whose turn is committed: a crash or a failing database loses none (grammY's runner confirms
 * a batch before it is handled, its built-in polling handles one update at a time).
 * @throws when Telegram refuses the token.
 */
export async function poll(
  { api, intake, log, wait, timeoutSeconds }: Polling,
  signal: AbortSignal,
): Promise<void> {
  let offset = 0;
  /** Committed updates at or after the offset: they come again behind one that failed. */
  let done = new Set<number>();
  let outages = 0;
  let failures = 0;

  while (!signal.aborted) {
    let raw: unknown[];
    try {
      raw = await api.getUpdates(
        { offset, limit: 100, timeout: timeoutSeconds, allowed_updates: ALLOWED_UPDATES },
        signal as Parameters<Api['getUpdates']>[1],
      );
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof GrammyError && error.error_code === 401) throw error;
      outages += 1;
      if (outages === 1) log.warn({ cause: describeError(error) }, outageText(error));
      await wait(pauseMs(error, outages), signal);
      continue;
    }
    if (outages > 0) log.info({ attempts: outages }, 'Telegram answers again');
    outages = 0;

    const batch = raw.flatMap((update) => intake.parse(update) ?? []);
    const open = batch.filter(({ id }) => !done.has(id));
    const failed = await takeAll(open, intake);
    const lost = new Set(failed.map(({ update }) => update.id));
    for (const { id } of open) if (!lost.has(id)) done.add(id);
    const ids = batch.map(({ id }) => id);
    offset = lost.size > 0 ? Math.min(...lost) : Math.max(offset, ...ids.map((id) => id + 1));
    done = new Set([...done].filter((id) => id >= offset));

    if (failed.length === 0) {
      failures = 0;
      continue;
    }
    failures += 1;
    const cause = failed.find(({ error }) => error !== null)?.error;
    log.error({ updates: [...lost], err: cause }, 'turns failed; Telegram will deliver them again');
    await wait(backoffMs(failures), signal);
  }
}

interface Failed {
  readonly update: Parsed;
  /** Null for one not tried because an earlier one of its chat or person failed. */
  readonly error: unknown;
}

/** All at once, except that updates sharing a key go in order and stop at the first that fails. */
async function takeAll(batch: readonly Parsed[], intake: Intake): Promise<Failed[]> {
  const tails = new Map<string, Promise<boolean>>();
  const failed: Failed[] = [];
  const inOrder = [...batch].sort((a, b) => a.id - b.id);
  await Promise.all(
    inOrder.map((update) => {
      const before = update.keys.flatMap((key) => tails.get(key) ?? []);
      const turn = Promise.all(before).then(async (fine) => {
        if (fine.includes(false)) {
          failed.push({ update, error: null });
          return false;
        }
        try {
          await intake.take(update);
          return true;
        } catch (error) {
          failed.push({ update, error });
          return false;
        }
      });
      for (const key of update.keys) tails.set(key, turn);
      return turn;
    }),
  );
  return failed;
}

/** Telegram's own wait where it names one. */
function pauseMs(error: unknown, outages: number): number {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return seconds === undefined ? backoffMs(outages) : seconds * 1000;
}

function outageText(error: unknown): string {
  if (error instanceof GrammyError && error.error_code === 409) {
    return 'Telegram refuses to hand out updates: another program polls with the same token, or a webhook is set. Trying again.';
  }
  return 'Telegram cannot be asked for updates; trying again';
}
