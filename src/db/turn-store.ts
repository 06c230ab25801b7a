import type { TurnStore } from '../engine/turn.ts';
import { commitTurn } from './commit.ts';
import type { Database } from './database.ts';
import { isUnavailable } from './errors.ts';
import { loadTurn } from './load.ts';

/** The database as `createTurns` needs it. */
export const createTurnStore = (db: Database): TurnStore => ({
  load: (event, today) => loadTurn(db, event, today),
  commit: (turn) => commitTurn(db, turn),
  isUnavailable,
});
