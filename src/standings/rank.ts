/**
 * Places by order: equals share the better one and the next follows after all of them ("1, 2, 2, 4").
 * `better(a, b)` is negative when a comes before b, 0 when they are equal. The result keeps the order
 * of places; equals keep the order they came in.
 */
export function ranked<T>(
  entries: readonly T[],
  better: (a: T, b: T) => number,
): { readonly entry: T; readonly rank: number }[] {
  const sorted = [...entries].sort(better);
  let rank = 0;
  return sorted.map((entry, i) => {
    const previous = sorted[i - 1];
    if (i === 0 || previous === undefined || better(previous, entry) !== 0) rank = i + 1;
    return { entry, rank };
  });
}
