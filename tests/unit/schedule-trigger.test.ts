import { afterEach, expect, it, vi } from 'vitest';
import { startTrigger } from '../../src/schedule-trigger.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('ticks at once and at every full minute until it is stopped, and waits for a tick under way', async () => {
  vi.useFakeTimers({ now: new Date('2024-07-08T00:59:30Z') });
  const ticks: string[] = [];
  let finish = () => {};
  const stop = startTrigger(() => {
    ticks.push(new Date().toISOString().slice(0, 16));
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  expect(ticks).toEqual(['2024-07-08T00:59']);
  finish();
  await vi.advanceTimersByTimeAsync(29_000);
  expect(ticks).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(ticks.slice(1)).toEqual(['2024-07-08T01:00']);
  finish();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ticks.slice(1)).toEqual(['2024-07-08T01:00', '2024-07-08T01:01']);

  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(stopped).toBe(false);
  finish();
  await stopping;
  await vi.advanceTimersByTimeAsync(180_000);
  expect(ticks).toHaveLength(3);
});
