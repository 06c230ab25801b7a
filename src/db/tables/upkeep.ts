/** Schedules, settings, the audit log. */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, oneOf } from './columns.ts';
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
