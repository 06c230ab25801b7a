import { isConflict } from './errors.ts';

/** Tries in all; each waits for the other transaction to end, so that more would only hide a fault. */
const TRIES = 4;

/**
 * Runs `work` again when the database undid it because another transaction locked the same rows in
 * another order. `work` is one statement or one transaction, of which nothing is left then.
 * @throws what `work` throws otherwise, and the last conflict
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES || !isConflict(error)) throw error;
    }
  }
}
