/** What digests that are sent need besides their figures, within a transaction. */
import type { Address } from '../chat/index.ts';
import type { OverseerScope, Role } from '../db/schema.ts';
import type { DigestSource } from '../digests/source.ts';
import type { PersonView, Recipient } from './turn-context.ts';

export interface DigestStore extends DigestSource {
  /** People who hold one of these roles on the day; of overseers those with this scope. */
  holders(
    roles: readonly Role[],
    scope: OverseerScope | null,
    day: string,
  ): Promise<readonly Recipient[]>;
  person(id: number, day: string): Promise<PersonView | null>;
  /** Groups that are the council's and that the bot has not left. */
  councilRooms(): Promise<readonly Address[]>;
  /** Work to be done after this transaction. */
  addTask(kind: string, payload: unknown): Promise<void>;
  /** Stores bytes to be sent. @returns their SHA-256 */
  keep(bytes: Uint8Array, mime: string): Promise<string>;
}
