/** What every turn knows before it decides, loaded in one round trip. */
import type { Temporal } from 'temporal-polyfill';
import type { Address, Identity } from '../chat/index.ts';
import type { OverseerScope, Role } from '../db/schema.ts';
import type { ConversationState } from '../flows/state.ts';
import type { Language } from '../messages/language.ts';

/** A unit as the core needs it. */
export interface UnitView {
  readonly id: number;
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly kind: 'research_teaching' | 'support';
  readonly bloc: 'academy' | 'political_school';
  readonly cluster: string | null;
  readonly parentId: number | null;
}

/** A role held today. `unitId` is null for campaign-wide roles; only an overseer has a `scope`. */
export interface GrantView {
  readonly role: Role;
  readonly unitId: number | null;
  readonly scope?: OverseerScope | null;
}

export interface PersonView {
  readonly id: number;
  readonly name: string;
  readonly language: Language;
  /** The current membership; null for someone between units (or, like the office, in none). */
  readonly membership: { readonly unit: UnitView; readonly audience: 'staff' | 'student' } | null;
  readonly grants: readonly GrantView[];
}

export interface ChatRoomView {
  readonly title: string;
  readonly thread: string | null;
  /** council: the council's digests are posted here; then it has no unit. */
  readonly purpose: 'unit' | 'council';
  readonly unit: UnitView | null;
  readonly left: boolean;
}

export interface TurnContext {
  /** The campaign's time, given by the shell. */
  readonly now: Temporal.Instant;
  /** Null when the platform hides the sender. */
  readonly identity: Identity | null;
  /** The sender's own address by the platform's word, for an ordinary account; in this turn only, never stored. */
  readonly email?: string;
  /** The stored account row, or null at first contact. */
  readonly account: {
    readonly language: Language | null;
    readonly consentedAt: string | null;
    readonly directChat: string | null;
    readonly unreachable: boolean;
  } | null;
  readonly person: PersonView | null;
  /** The language to answer in: the person's, else the account's, else Vietnamese. */
  readonly language: Language;
  readonly conversation: {
    readonly key: string;
    readonly version: number;
    readonly state: ConversationState;
  };
  /** The group the event came from, when it is known. */
  readonly room: ChatRoomView | null;
}

/** Where a person can be written to now; address null when nowhere. */
export interface Recipient {
  readonly personId: number;
  readonly name: string;
  readonly language: Language;
  readonly address: Address | null;
}
