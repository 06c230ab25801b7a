import type { PersonView } from '../../engine/turn-context.ts';
import { may } from '../../people/may.ts';
import type { Table } from '../../standings/board.ts';

/** Whether somebody may see the table of this comparison group. */
export function mayShowGroup(person: PersonView | null, table: Table, key: string): boolean {
  const unitIds = table.placings
    .filter((placing) => placing.groupKey === key)
    .map(({ unitId }) => unitId);
  const blocs = new Set(
    table.units.filter(({ unitId }) => unitIds.includes(unitId)).map(({ bloc }) => bloc),
  );
  const [bloc = null, ...more] = blocs;
  return may(person, 'leaderboard.group', { unitIds, bloc: more.length > 0 ? null : bloc });
}
