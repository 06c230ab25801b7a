import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/campaign/types.ts';
import { createScheduler, type ScheduleStore } from '../../../src/engine/schedule.ts';
import { recordingLog } from '../../support/turns.ts';

const weekly: Schedule = {
  id: 'weekly',
  job: 'unit-leaderboard',
  weekday: 1,
  time: '08:00',
  graceHours: 36,
};
const JULY_1 = '2024-07-01T01:00:00Z';
const JULY_8 = '2024-07-08T01:00:00Z';
const JULY_15 = '2024-07-15T01:00:00Z';

/** A scheduler over records in memory, at a time the test sets. */
function setUp(start: string, options: { schedules?: Schedule[]; fail?: string[] } = {}) {
  let time = start;
  const runs = new Map<string, string>();
  const worked: string[] = [];
  const holds = new Map<string, 'held' | 'released'>();
  const failing = new Set(options.fail ?? []);
  const store: ScheduleStore<null> = {
    lastOccurrence: async (schedule) => {
      const last = [...runs.keys()]
        .filter((key) => key.startsWith(`${schedule} `))
        .map((key) => key.split(' ')[1] ?? '')
        .sort()
        .at(-1);
      return last ? Temporal.Instant.from(last) : null;
    },
    claim: async ({ schedule, occurrence, outcome, again }, work) => {
      const key = `${schedule} ${occurrence}`;
      if (runs.has(key) && !again) return false;
      await work(null);
      runs.set(key, outcome);
      return true;
    },
    hold: async (schedule, occurrence) => holds.get(`${schedule} ${occurrence}`) ?? null,
    released: async (schedule, until) =>
      [...holds]
        .filter(([key, state]) => state === 'released' && !runs.has(key))
        .filter(([key]) => key.startsWith(`${schedule} `))
        .map(([key]) => Temporal.Instant.from(key.split(' ')[1] ?? ''))
        .filter((at) => Temporal.Instant.compare(at, until) <= 0),
    rehearse: (work) => work(null),
  };
  const log = recordingLog();
  const scheduler = createScheduler({
    schedules: options.schedules ?? [weekly],
    zone: 'Asia/Ho_Chi_Minh',
    jobs: {
      'unit-leaderboard': async (occurrence) => {
        if (failing.delete(String(occurrence))) throw new Error('no luck');
        worked.push(String(occurrence));
        return [];
      },
    },
    store,
    now: () => Temporal.Instant.from(time),
    log,
  });
  return {
    scheduler,
    runs,
    holds,
    worked,
    log,
    async tickAt(iso: string) {
      time = iso;
      await scheduler.tick();
    },
  };
}

describe('a schedule', () => {
  it('begins with the first occurrence after the installation', async () => {
    const s = setUp('2024-07-03T00:00:00Z');
    await s.tickAt('2024-07-03T00:00:00Z');
    expect([...s.runs]).toEqual([[`weekly ${JULY_1}`, 'skipped']]);
    await s.tickAt('2024-07-08T00:59:00Z');
    expect(s.worked).toEqual([]);
    await s.tickAt(JULY_8);
    await s.tickAt('2024-07-08T01:01:00Z');
    expect(s.worked).toEqual([JULY_8]);
  });

  it.each<[string, string, string[], Record<string, string>]>([
    ['on time', JULY_8, [JULY_8], { [JULY_8]: 'done' }],
    ['35 hours late', '2024-07-09T12:00:00Z', [JULY_8], { [JULY_8]: 'done' }],
    ['exactly at the end of its grace', '2024-07-09T13:00:00Z', [JULY_8], { [JULY_8]: 'done' }],
    ['a minute after its grace', '2024-07-09T13:01:00Z', [], { [JULY_8]: 'skipped' }],
    ['a week away', JULY_15, [JULY_15], { [JULY_8]: 'skipped', [JULY_15]: 'done' }],
    [
      'three weeks away, back on a Friday',
      '2024-07-26T01:00:00Z',
      [],
      { [JULY_8]: 'skipped', [JULY_15]: 'skipped', '2024-07-22T01:00:00Z': 'skipped' },
    ],
  ])('catches up: %s', async (_, back, worked, recorded) => {
    const s = setUp('2024-07-03T00:00:00Z');
    await s.tickAt('2024-07-03T00:00:00Z');
    await s.tickAt(back);
    await s.tickAt(back);
    expect(s.worked).toEqual(worked);
    for (const [occurrence, outcome] of Object.entries(recorded))
      expect(s.runs.get(`weekly ${occurrence}`)).toBe(outcome);
    const skipped = Object.values(recorded).filter((outcome) => outcome === 'skipped').length;
    expect(s.log.lines.filter((line) => line.text.startsWith('skipped:'))).toHaveLength(skipped);
  });

  it('does every missed occurrence that is within its grace, in order', async () => {
    const s = setUp('2024-07-03T00:00:00Z', { schedules: [{ ...weekly, graceHours: 168 }] });
    await s.tickAt('2024-07-03T00:00:00Z');
    await s.tickAt(JULY_15);
    expect(s.worked).toEqual([JULY_8, JULY_15]);
  });

  it('is tried again after a failure, and does not hold up the others', async () => {
    const other = { ...weekly, id: 'other', time: '08:30' };
    const s = setUp('2024-07-03T00:00:00Z', { schedules: [weekly, other], fail: [JULY_8] });
    await s.tickAt('2024-07-03T00:00:00Z');
    await s.tickAt('2024-07-08T01:31:00Z');
    expect(s.worked).toEqual(['2024-07-08T01:30:00Z']);
    expect(s.log.lines.filter((line) => line.level === 'error')).toMatchObject([
      { fields: { schedule: 'weekly', err: { message: 'no luck' } } },
    ]);
    await s.tickAt('2024-07-08T01:32:00Z');
    expect(s.worked).toEqual(['2024-07-08T01:30:00Z', JULY_8]);
  });

  it('does nothing when the clock is set back', async () => {
    const s = setUp('2024-07-03T00:00:00Z');
    await s.tickAt('2024-07-03T00:00:00Z');
    await s.tickAt(JULY_8);
    await s.tickAt('2024-06-05T00:00:00Z');
    await s.tickAt(JULY_8);
    expect(s.worked).toEqual([JULY_8]);
  });

  it('ticks one at a time within a process', async () => {
    const s = setUp(JULY_8);
    expect(s.scheduler.tick()).toBe(s.scheduler.tick());
    await s.scheduler.tick();
  });

  it('held back is left alone while later ones go on, and done once released, however late', async () => {
    const s = setUp('2024-07-03T00:00:00Z');
    await s.tickAt('2024-07-03T00:00:00Z');
    s.holds.set(`weekly ${JULY_8}`, 'held');
    await s.tickAt(JULY_8);
    await s.tickAt('2024-07-12T01:00:00Z');
    expect(s.worked).toEqual([]);
    expect(s.runs.has(`weekly ${JULY_8}`)).toBe(false);
    await s.tickAt(JULY_15);
    expect(s.worked).toEqual([JULY_15]);
    s.holds.set(`weekly ${JULY_8}`, 'released');
    await s.tickAt('2024-07-16T01:00:00Z');
    await s.tickAt('2024-07-17T01:00:00Z');
    expect(s.worked).toEqual([JULY_15, JULY_8]);
  });

  it('held and released before its time is done at its time', async () => {
    const s = setUp('2024-07-03T00:00:00Z');
    await s.tickAt('2024-07-03T00:00:00Z');
    s.holds.set(`weekly ${JULY_8}`, 'released');
    await s.tickAt('2024-07-08T00:59:00Z');
    expect(s.worked).toEqual([]);
    await s.tickAt(JULY_8);
    await s.tickAt('2024-07-08T01:05:00Z');
    expect(s.worked).toEqual([JULY_8]);
  });

  it('needs somebody to do its job', () => {
    expect(() => setUp(JULY_8, { schedules: [{ ...weekly, job: 'audit-sample' }] })).toThrow(
      'nobody does the job "audit-sample" of the schedule "weekly"',
    );
  });

  it('can be run now, also when it was done or skipped, and previewed without a trace', async () => {
    const s = setUp('2024-07-10T00:00:00Z');
    await s.tickAt('2024-07-10T00:00:00Z');
    await s.scheduler.preview('weekly', Temporal.Instant.from(JULY_15));
    expect([...s.runs.values()]).toEqual(['skipped']);
    await s.scheduler.runNow('weekly');
    expect([...s.runs]).toEqual([[`weekly ${JULY_8}`, 'done']]);
    await s.scheduler.runNow('weekly');
    expect(s.worked).toEqual([JULY_15, JULY_8, JULY_8]);
  });

  it('of an unknown name is refused', async () => {
    const s = setUp(JULY_8);
    await expect(s.scheduler.runNow('daily')).rejects.toThrow('no schedule "daily"');
  });
});
