/** Runs work in the order of the calls wherever two share a key, and at once otherwise. */
export type Lanes = <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>;

/** Slack delivers over many connections at once; one person's messages are handled as they came. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return (keys, work) => {
    const before = keys.flatMap((key) => tails.get(key) ?? []);
    const done = Promise.all(before).then(work);
    // A failure is the caller's; whoever comes next only waits.
    const settled = done.then(
      () => undefined,
      () => undefined,
    );
    for (const key of keys) tails.set(key, settled);
    void settled.then(() => {
      for (const key of keys) if (tails.get(key) === settled) tails.delete(key);
    });
    return done;
  };
}
