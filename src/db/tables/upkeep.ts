/** Schedules, settings, the audit log. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from './columns.ts';
import { person } from './people.ts';

/** Each occurrence of a schedule is claimed by its row, in the transaction that does its work. */
export const scheduleRun = pgTable(
  'schedule_run',
  {
    schedule: text('schedule').notNull(),
    occurrence: instant('occurrence').notNull(),
    outcome: text('outcome').$type<'done' | 'skipped'>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'schedule_run_once', columns: [t.schedule, t.occurrence] }),
    oneOf('schedule_run_outcome', 'outcome', ['done', 'skipped']),
  ],
);

/** A post the office keeps back: its occurrence waits until it is released. */
export const postHold = pgTable(
  'post_hold',
  {
    schedule: text('schedule').notNull(),
    occurrence: instant('occurrence').notNull(),
    heldBy: integer('held_by')
      .notNull()
      .references(() => person.id),
    heldAt: instant('held_at').notNull(),
    releasedBy: integer('released_by').references(() => person.id),
    releasedAt: instant('released_at'),
  },
  (t) => [
    primaryKey({ columns: [t.schedule, t.occurrence] }),
    check('post_hold_released', sql`(${t.releasedBy} is null) = (${t.releasedAt} is null)`),
  ],
);

/** A day whose nature the office has set, against or beside the shipped calendar of holidays. */
export const calendarDay = pgTable('calendar_day', {
  day: date('day').primaryKey(),
  /** Whether people work on it. */
  working: boolean('working').notNull(),
  note: text('note').notNull(),
  setBy: integer('set_by').references(() => person.id),
  setAt: instant('set_at').notNull(),
});

/** Work too long for a turn, done after its commit in a transaction of its own. */
export const task = pgTable(
  'task',
  {
    id: id(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull(),
    /** Not before this instant of real time. */
    dueAt: instant('due_at').notNull().default(sql`now()`),
    attempts: integer('attempts').notNull().default(0),
    /** Why it was given up; null while it may still be done. */
    failure: text('failure'),
    askedBy: integer('asked_by').references(() => person.id),
  },
  (t) => [index('task_due').on(t.dueAt).where(sql`${t.failure} is null`)],
);

export const setting = pgTable('setting', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
});

/** Append-only; never message content. */
export const audit = pgTable(
  'audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    at: instant('at').notNull(),
    actorId: integer('actor_id').references(() => person.id),
    /** Who acted when no person is known: `admin`, `import`, or an identity. */
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    /** Field names, old and new codes: never text a person wrote. */
    details: jsonb('details').notNull().default({}),
  },
  (t) => [index('audit_subject').on(t.subject)],
);
