import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../src/db/errors.ts';
import { retryConflicts } from '../../../src/db/retry.ts';

const refused = (code: string) =>
  new DatabaseError('refused', { code, table: null, constraint: null }, null);

/** Fails so often, then gives how often it was run. */
function failing(times: number, error: unknown) {
  let runs = 0;
  const work = async (): Promise<number> => {
    runs += 1;
    if (runs <= times) throw error;
    return runs;
  };
  return { work, runs: () => runs };
}

describe('work the database undid', () => {
  it.each(['40P01', '40001'])('is done again (%s)', async (code) => {
    expect(await retryConflicts(failing(3, refused(code)).work)).toBe(4);
  });

  it('is given up when it is undone again and again', async () => {
    const { work, runs } = failing(9, refused('40P01'));
    await expect(retryConflicts(work)).rejects.toMatchObject({ code: '40P01' });
    expect(runs()).toBe(4);
  });

  it.each([refused('23505'), new Error('a fault of ours')])(
    'is not done again for %s',
    async (error) => {
      const { work, runs } = failing(1, error);
      await expect(retryConflicts(work)).rejects.toBe(error);
      expect(runs()).toBe(1);
    },
  );
});
