/** Who holds roles of the whole campaign, so that `people/may.ts` can say to whom something goes. */
import type { Address } from '../chat/index.ts';
import type { Role } from '../db/schema.ts';
import type { PersonView } from './turn-context.ts';

/** Somebody with a role, and where they can be written to now; address null when nowhere. */
export interface Holder {
  readonly person: PersonView;
  readonly address: Address | null;
}

export interface HolderReads {
  /** Everybody who holds one of these roles on the day, in whatever unit, with all their roles. */
  holders(roles: readonly Role[], on: string): Promise<Holder[]>;
  /** The unit's heads; where it has none, its deputies. A merged unit's are its successor's. */
  unitLeaders(unitId: number, on: string): Promise<Holder[]>;
}
