import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { ClockRefusal, createMovableClock, zonedClock } from '../../src/clock.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const START = Temporal.Instant.from('2024-03-04T08:00:00+07:00');

/** Real time as the test says, and an offset kept as a file would keep it. */
function world(kept: number | null = null) {
  const state = { real: Temporal.Instant.from('2026-01-01T00:00:00Z'), kept };
  return {
    pass: (duration: Temporal.DurationLike) => {
      state.real = state.real.add(duration);
    },
    kept: () => state.kept,
    make: () =>
      createMovableClock({
        start: START,
        real: { now: () => state.real },
        offset: {
          load: () => Promise.resolve(state.kept),
          save: (offset) => {
            state.kept = offset;
            return Promise.resolve();
          },
        },
      }),
  };
}

describe('the movable clock', () => {
  it('starts where it is told and runs at real speed', async () => {
    const { make, pass } = world();
    const clock = await make();
    expect(clock.now().toString()).toBe('2024-03-04T01:00:00Z');
    pass({ minutes: 90 });
    expect(clock.now().toString()).toBe('2024-03-04T02:30:00Z');
  });

  it('runs on from its new time after a move', async () => {
    const { make, pass } = world();
    const clock = await make();
    await clock.moveTo(Temporal.Instant.from('2024-03-11T01:00:00Z'));
    pass({ seconds: 5 });
    expect(clock.now().toString()).toBe('2024-03-11T01:00:05Z');
  });

  it('refuses to go back or to stand, with a sentence, and stays as it was', async () => {
    const { make, kept } = world();
    const clock = await make();
    const before = kept();
    for (const to of [START, START.subtract({ hours: 1 })]) {
      const move = clock.moveTo(to);
      await expect(move).rejects.toBeInstanceOf(ClockRefusal);
      await expect(move).rejects.toThrow(/only moves forward/);
    }
    expect(clock.now().equals(START)).toBe(true);
    expect(kept()).toBe(before);
  });

  it('goes on after a restart, the time away included', async () => {
    const { make, pass } = world();
    await (await make()).moveTo(START.add({ hours: 24 }));
    pass({ hours: 2 });
    expect((await make()).now().equals(START.add({ hours: 26 }))).toBe(true);
  });

  it('never reads earlier than it has, even when real time is set back', async () => {
    const { make, pass } = world();
    const clock = await make();
    pass({ hours: 1 });
    const latest = clock.now();
    pass({ hours: -3 });
    expect(clock.now().equals(latest)).toBe(true);
    pass({ hours: 4 });
    expect(Temporal.Instant.compare(clock.now(), latest)).toBe(1);
  });

  it('does not move when the move cannot be kept', async () => {
    const real = Temporal.Instant.from('2026-01-01T00:00:00Z');
    const offset = {
      load: () => Promise.resolve(0),
      save: () => Promise.reject(new Error('disk full')),
    };
    const clock = await createMovableClock({ start: START, real: { now: () => real }, offset });
    await expect(clock.moveTo(real.add({ hours: 1 }))).rejects.toThrow('disk full');
    expect(clock.now().equals(real)).toBe(true);
  });
});

describe('the clock of a zone', () => {
  it("shows and takes the zone's wall-clock time", async () => {
    const clock = await world().make();
    const zoned = zonedClock(clock, ZONE);
    expect(zoned.now()).toBe('2024-03-04T08:00:00+07:00[Asia/Ho_Chi_Minh]');
    await zoned.moveTo('2024-03-11T08:00:00[Asia/Ho_Chi_Minh]');
    expect(clock.now().toString()).toBe('2024-03-11T01:00:00Z');
    await zoned.moveTo('2024-03-11T09:00:00Z');
    expect(zoned.now()).toBe('2024-03-11T16:00:00+07:00[Asia/Ho_Chi_Minh]');
  });

  it('refuses what is no time', async () => {
    const zoned = zonedClock(await world().make(), ZONE);
    await expect(Promise.resolve().then(() => zoned.moveTo('thứ Hai'))).rejects.toThrow();
  });
});
