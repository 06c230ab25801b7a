import { textBoundary } from '../../src/chat/index.ts';
import type { Run } from './runs.ts';

/**
 * Cuts runs into pages of at most `maxChars` UTF-16 units and `maxLooks` formatted runs. Nothing is
 * lost: the pages' texts, joined, are the runs' text. A run that is cut goes on with its look.
 */
export function splitRuns(runs: readonly Run[], maxChars: number, maxLooks: number): Run[][] {
  const pages: Run[][] = [];
  let rest = merge(runs);
  while (rest.length > 0) {
    const text = rest.map((r) => r.text).join('');
    const end = textBoundary(text, Math.min(maxChars, roomForLooks(rest, maxLooks)));
    const [page, after] = cut(rest, end);
    pages.push(page);
    rest = after;
  }
  return pages;
}

/** Neighbours with the same look become one run, empty ones vanish. */
function merge(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    if (run.text === '') continue;
    const last = merged.at(-1);
    // Two links side by side stay two, even to one place.
    if (last && last.look === run.look)
      merged[merged.length - 1] = { ...last, text: last.text + run.text };
    else merged.push(run);
  }
  return merged;
}

/** Units before the run that would be one formatted run too many. */
function roomForLooks(runs: readonly Run[], maxLooks: number): number {
  let looks = 0;
  let units = 0;
  for (const run of runs) {
    if (run.look !== 'plain') looks += 1;
    if (looks > maxLooks) return units;
    units += run.text.length;
  }
  return units;
}

function cut(runs: readonly Run[], at: number): [Run[], Run[]] {
  const before: Run[] = [];
  const after: Run[] = [];
  let units = 0;
  for (const run of runs) {
    const room = at - units;
    if (room >= run.text.length) before.push(run);
    else if (room <= 0) after.push(run);
    else {
      before.push({ ...run, text: run.text.slice(0, room) });
      after.push({ ...run, text: run.text.slice(room) });
    }
    units += run.text.length;
  }
  return [before, after];
}
