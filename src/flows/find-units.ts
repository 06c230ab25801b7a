/** Units found for what somebody types: a code means one, a name may mean several. */
import type { HandlerDeps } from '../engine/deps.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { tidy } from '../people/fold.ts';
import { lengthOf } from './input.ts';

/** Units offered at once; one more is looked up, to know whether there are others. */
export const UNITS_SHOWN = 6;
/** Characters of a unit's name or code. */
export const UNIT_NAME = { least: 2, most: 100 } as const;

/** Nothing for what is too short or too long to be a name. */
export async function findUnits(
  typed: string,
  on: string,
  { reads }: Pick<HandlerDeps, 'reads'>,
): Promise<readonly UnitView[]> {
  const text = tidy(typed);
  const length = lengthOf(text);
  if (length < UNIT_NAME.least || length > UNIT_NAME.most) return [];
  const exact = await reads.unitByCode(text, on);
  return exact ? [exact] : reads.findUnits(text, on, UNITS_SHOWN + 1);
}
