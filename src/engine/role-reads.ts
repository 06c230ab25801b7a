/** What giving and ending roles asks the database. */
import type { RoleName } from '../people/roles.ts';
import type { UnitView } from './turn-context.ts';

/** A role somebody holds, or will from a later day. */
export interface RoleLine {
  /** The grant's. */
  readonly id: number;
  readonly role: RoleName;
  readonly person: { readonly id: number; readonly name: string };
  /** Null for a role of the whole campaign. */
  readonly unit: UnitView | null;
  /** First day, ISO date. */
  readonly from: string;
  /** First day without it, ISO date; null: open. */
  readonly to: string | null;
  /** file: the roster or the command line; chat: the office; delegation: a head, for a time. */
  readonly origin: 'file' | 'chat' | 'delegation';
  /** Who gave it in chat, or whose place it is taken in. */
  readonly by: { readonly id: number; readonly name: string } | null;
}

export interface RoleReads {
  /** How many people hold each role on a day; roles nobody holds are left out. */
  roleCounts(on: string): Promise<{ role: RoleName; n: number }[]>;
  /** Roles that are held on a day or later, of this kind, this person or (`delegatedBy`) in this head's place. */
  roleLines(
    of: {
      readonly role?: RoleName;
      readonly personId?: number;
      readonly unitId?: number;
      readonly delegatedBy?: number;
    },
    on: string,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ total: number; lines: RoleLine[] }>;
  /** One of them; null once it has ended. */
  roleLine(id: number, on: string): Promise<RoleLine | null>;
}
