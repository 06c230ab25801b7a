/**
 * What a turn decides, as data. Decisions write nothing themselves: `commit` turns one into a single
 * atomic statement.
 */
import type { InferInsertModel } from 'drizzle-orm';
import type { Ack, Address, Message, MessageRef } from '../chat/index.ts';
import type { writable } from '../db/schema.ts';
import type { ConversationState } from '../flows/state.ts';
import type { Picture } from './pictures.ts';

type Tables = typeof writable;
export type TableName = keyof Tables;
export type Row<T extends TableName> = InferInsertModel<Tables[T]>;

/**
 * `insert` fails the turn on a unique violation (another turn was faster: load and decide again).
 * `update` must change exactly one row, else the same: put the version you decided on in `where`.
 * `upsert` overwrites the row with the same primary key, as far as columns are given.
 * No row may be written twice in one decision, except that a deletion is carried out first.
 * The sender's own `identity` row is written in every private turn (name, chat, last contact) and
 * writes to it are merged with that; writes to `identity` name the whole key.
 */
export type Write = {
  [T in TableName]:
    | { readonly op: 'insert'; readonly table: T; readonly row: Row<T> }
    | { readonly op: 'upsert'; readonly table: T; readonly row: Row<T> }
    | {
        readonly op: 'update';
        readonly table: T;
        readonly where: Partial<Row<T>>;
        readonly set: Partial<Row<T>>;
      }
    | { readonly op: 'delete'; readonly table: T; readonly where: Partial<Row<T>> };
}[TableName];

export const insert = <T extends TableName>(table: T, row: Row<T>): Write =>
  ({ op: 'insert', table, row }) as Write;
export const upsert = <T extends TableName>(table: T, row: Row<T>): Write =>
  ({ op: 'upsert', table, row }) as Write;
export const update = <T extends TableName>(
  table: T,
  where: Partial<Row<T>>,
  set: Partial<Row<T>>,
): Write => ({ op: 'update', table, where, set }) as Write;
/** Deletes any number of rows. */
export const remove = <T extends TableName>(table: T, where: Partial<Row<T>>): Write =>
  ({ op: 'delete', table, where }) as Write;

export const PRIORITY = { reply: 0, notice: 1, broadcast: 2 } as const;

/** One message to be delivered after the commit, in order within its chat. */
export interface Outgoing {
  readonly to: Address;
  readonly message: Message;
  /**
   * `send` (default) posts anew; `{edit}` changes that message; `update` changes the copy posted
   * under `subject` in this chat, and does nothing where there is none.
   */
  readonly as?: 'send' | 'update' | { readonly edit: MessageRef };
  /** Remember where it lands under this key, e.g. `report:12`. */
  readonly subject?: string;
  /** At most one message with this key is ever enqueued; a second one is silently left out. */
  readonly dedupe?: string;
  /** What it is sent to many people for, e.g. `announcement:7`: counted and stopped together. */
  readonly batch?: string;
  /** Whom it is meant for: when this account is gone, the person's other one is tried. */
  readonly personId?: number;
  readonly priority?: keyof typeof PRIORITY;
  /** For its reader alone: left out when the office looks at what a schedule would send. */
  readonly confidential?: true;
  /** What to do when a send may or may not have arrived. Default `resend`. */
  readonly onUncertain?: 'resend' | 'hold';
  /** Dropped if not sent within this time (ms of real time). */
  readonly expiresInMs?: number;
  /** Not sent before this time has passed (ms of real time). */
  readonly delayMs?: number;
  /**
   * Drawn by a task, which then enqueues the message with it: a moment later. Not in a turn, whose
   * decision writes the task itself (`pictureTask`).
   */
  readonly picture?: Picture;
}

export interface Decision {
  /** The conversation afterwards; undefined leaves it (its version still rises, so turns stay serial). */
  readonly state?: ConversationState;
  readonly writes: readonly Write[];
  readonly sends: readonly Outgoing[];
  /** Chats that have another id now: done before the writes, so those speak of the new id. */
  readonly moves?: readonly { readonly from: Address; readonly to: Address }[];
  readonly ack: Ack;
}

export const nothing: Decision = { writes: [], sends: [], ack: {} };
