/** Messages on their way and where they landed. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { instant, oneOf } from './columns.ts';
import { person } from './people.ts';

/** One chat's lane. `ready_at` null: nothing waits. Rows stay, so enqueueing and completing never race for them. */
export const lane = pgTable(
  'lane',
  {
    key: text('key').primaryKey(),
    bot: text('bot').notNull(),
    /** When the first of its messages is due. */
    readyAt: instant('ready_at'),
    /** The most urgent of its messages: those before it in the lane are sent first, and as urgently. */
    priority: integer('priority').notNull().default(0),
    leaseOwner: text('lease_owner'),
    /** Extended every second by a living owner; past this instant the lane is anybody's. */
    leaseUntil: instant('lease_until'),
    /** From when the chat's own rate limit and the platform's pauses allow the next call; null: always. */
    openAt: instant('open_at'),
  },
  (t) => [
    index('lane_ready').on(t.bot, t.priority, t.readyAt).where(sql`${t.readyAt} is not null`),
  ],
);

export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    lane: text('lane')
      .notNull()
      .references(() => lane.key, { onUpdate: 'cascade' }),
    address: jsonb('address').notNull(),
    /** `send` a new message, `edit` one message by ref, or `update` the copies posted under `subject` in this chat. */
    operation: text('operation').$type<'send' | 'edit' | 'update'>().notNull(),
    message: jsonb('message').notNull(),
    ref: jsonb('ref'),
    /** What the message is about, e.g. `report:12`: where it landed is remembered under this key. */
    subject: text('subject'),
    /** At most one message of this key waits; `outbox_once` remembers the key afterwards. */
    dedupe: text('dedupe').unique(),
    /** What it is sent to many people for, e.g. `announcement:7`: counted and stopped together. */
    batch: text('batch'),
    /** The person it is meant for: if this account is gone, their other one is tried. */
    personId: integer('person_id').references(() => person.id),
    /** 0 reply, 1 notice, 2 broadcast. */
    priority: integer('priority').notNull(),
    notBefore: instant('not_before').notNull().default(sql`now()`),
    expiresAt: instant('expires_at'),
    onUncertain: text('on_uncertain').$type<'resend' | 'hold'>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Set before the call and cleared by a definite outcome: found set by another owner, the send is uncertain. */
    attemptedAt: instant('attempted_at'),
    /** Calls of the current page whose outcome is unknown. */
    uncertain: integer('uncertain').notNull().default(0),
    /** Ids of the pages of a split message that are already out. */
    pagesSent: jsonb('pages_sent').notNull().default([]),
    enqueuedAt: instant('enqueued_at').notNull().default(sql`now()`),
  },
  (t) => [
    index('outbox_lane').on(t.lane, t.id),
    index('outbox_subject').on(t.subject).where(sql`${t.subject} is not null`),
    index('outbox_batch').on(t.batch).where(sql`${t.batch} is not null`),
    oneOf('outbox_operation', 'operation', ['send', 'edit', 'update']),
    oneOf('outbox_on_uncertain', 'on_uncertain', ['resend', 'hold']),
    check('outbox_ref', sql`(${t.operation} = 'edit') = (${t.ref} is not null)`),
    check('outbox_subject', sql`${t.operation} <> 'update' or ${t.subject} is not null`),
  ],
);

/** The keys of messages that are enqueued at most once, kept after their delivery. */
export const outboxOnce = pgTable('outbox_once', {
  dedupe: text('dedupe').primaryKey(),
  at: instant('at').notNull().default(sql`now()`),
});

/** Messages that cannot be delivered without a person's decision, with the reason. */
export const deadLetter = pgTable('dead_letter', {
  id: bigint('id', { mode: 'number' }).primaryKey(),
  lane: text('lane').notNull(),
  message: jsonb('message').notNull(),
  /** The whole outbox row, for sending it again. */
  row: jsonb('row').notNull(),
  reason: text('reason').$type<'bug' | 'held' | 'gone'>().notNull(),
  cause: text('cause').notNull(),
  at: instant('at').notNull().default(sql`now()`),
});

/** Where messages about a subject landed, so that every copy can show the outcome. */
export const posted = pgTable(
  'posted',
  {
    subject: text('subject').notNull(),
    lane: text('lane').notNull(),
    address: jsonb('address').notNull(),
    /** The pages' message ids, in order. */
    ids: jsonb('ids').$type<string[]>().notNull(),
    personId: integer('person_id').references(() => person.id),
    at: instant('at').notNull().default(sql`now()`),
  },
  (t) => [primaryKey({ columns: [t.subject, t.lane] })],
);

/** The rate limit that all chats of one bot share: a token bucket. */
export const bucket = pgTable('bucket', {
  bot: text('bot').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  refilledAt: instant('refilled_at').notNull(),
  blockedUntil: instant('blocked_until'),
  /** Factor on the interval between tokens: rises when the platform refuses the whole bot, falls with time. */
  slowdown: doublePrecision('slowdown').notNull().default(1),
  /** The chat of the latest 429: a second chat in its pause means that the whole bot is paused. */
  refusedLane: text('refused_lane'),
});

/** A duty only one process does at a time. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  owner: text('owner').notNull(),
  until: instant('until').notNull(),
});
