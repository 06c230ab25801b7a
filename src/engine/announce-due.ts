/** What the campaign's clock brings about: announcements whose time has come, and reminders of events. */
import type { Temporal } from 'temporal-polyfill';
import type { AdapterLog } from '../chat/index.ts';

export interface DueStore {
  /**
   * Sets what is due by `now` (ISO) to `sending`, marks events whose reminder is due, and writes the
   * tasks, all at once: a second process or a restart finds nothing left. @returns how many tasks
   */
  launch(now: string): Promise<number>;
}

/** Looks once. Never throws: what failed is tried again with the next look. */
export function createDueAnnouncements(parts: {
  readonly store: DueStore;
  readonly now: () => Temporal.Instant;
  /** Tasks were written. */
  readonly wake: () => void;
  readonly log: Pick<AdapterLog, 'info' | 'error'>;
}): () => Promise<void> {
  const { store, now, wake, log } = parts;
  return async () => {
    try {
      const tasks = await store.launch(now().toString());
      if (tasks === 0) return;
      log.info({ tasks }, 'announcements or reminders are due');
      wake();
    } catch (error) {
      log.error(
        { err: error },
        'due announcements could not be looked for; the next tick tries again',
      );
    }
  };
}
