import { schedule } from 'node-cron';

/**
 * Calls `tick` at once, so that what was missed while down does not wait and a new schedule begins
 * now, and at every full minute of real time; schedules decide for themselves what is due.
 * Returns what stops it: no tick begins afterwards, and the one under way is waited for.
 */
export function startTrigger(tick: () => Promise<void>): () => Promise<void> {
  let running = tick();
  const task = schedule('* * * * *', () => {
    running = tick();
    return running;
  });
  return async () => {
    await task.destroy();
    await running;
  };
}
