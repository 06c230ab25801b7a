/** Whose own pages a turn may have changed. */
import type { Address, Identity } from '../chat/index.ts';
import type { TableName } from './decision.ts';
import type { TurnCommit } from './turn.ts';

export interface PageChanges {
  /** Accounts that acted on their page just now, so that it is certainly open. */
  readonly looking: readonly Identity[];
  readonly accounts: readonly Identity[];
  readonly people: readonly number[];
  /** Private chats, which stand for the people written to there. */
  readonly chats: readonly Address[];
}

/** The rows a page is made of. Steps of a conversation, files and the record of what happened show on none. */
const SHOWN: ReadonlySet<TableName> = new Set<TableName>([
  'report',
  'contributor',
  'enrolmentRequest',
  'identity',
  'person',
  'membership',
  'grant',
  'unit',
  'lateLeave',
]);

/**
 * Everyone whose page shows something else after this turn: who acted, and all who are written to,
 * for whoever is concerned is told or has a copy that changes (see `reports/notify.ts`). Null when
 * nothing that pages show was written and nobody pressed a button on one.
 */
export function pageChanges({ event, loaded, decision }: TurnCommit): PageChanges | null {
  const sender = event.from?.identity ?? null;
  const looking = event.kind === 'press' && !event.message && sender ? [sender] : [];
  const changed = decision.writes.some(({ table }) => SHOWN.has(table));
  if (!changed) return looking.length > 0 ? { ...NO_CHANGES, looking } : null;
  const { person } = loaded.context;
  return {
    looking,
    accounts: sender ? [sender] : [],
    people: [
      ...(person ? [person.id] : []),
      ...decision.sends.flatMap(({ personId }) => personId ?? []),
    ],
    chats: decision.sends.map(({ to }) => to),
  };
}

export const NO_CHANGES: PageChanges = { looking: [], accounts: [], people: [], chats: [] };

/** Several as one; somebody may be in it more than once. */
export const allOf = (changes: readonly PageChanges[]): PageChanges => ({
  looking: changes.flatMap(({ looking }) => looking),
  accounts: changes.flatMap(({ accounts }) => accounts),
  people: changes.flatMap(({ people }) => people),
  chats: changes.flatMap(({ chats }) => chats),
});
