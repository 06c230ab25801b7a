/** Reports, what happened to them, and their evidence. */
import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { bytes, id, instant, oneOf } from './columns.ts';
import { person, unit } from './people.ts';

export const reportNumber = pgSequence('report_number', { startWith: 1 });

export const report = pgTable(
  'report',
  {
    /** From `report_number`; people know a report by it. */
    id: integer('id').primaryKey(),
    campaign: text('campaign').notNull(),
    /** personal: a person's own work; collective: a unit's, filed by a reporter and signed by its head. */
    kind: text('kind').$type<'personal' | 'collective'>().notNull().default('personal'),
    item: text('item').notNull(),
    /** Whose work it is; of a collective report, who filed it. */
    authorId: integer('author_id')
      .notNull()
      .references(() => person.id),
    /** The author's unit at first submission: points stay there when people move. */
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    /** The reporter who entered it for an author who uses no platform; null: the author did. */
    filedBy: integer('filed_by').references(() => person.id),
    /** The head or deputy who signed a collective report off; null: not yet, or personal. */
    signedBy: integer('signed_by').references(() => person.id),
    signedAt: instant('signed_at'),
    title: text('title').notNull(),
    description: text('description').notNull(),
    /** The day the work was completed. */
    doneOn: date('done_on').notNull(),
    status: text('status')
      .$type<'submitted' | 'verified' | 'returned' | 'rejected' | 'withdrawn' | 'revoked'>()
      .notNull(),
    version: integer('version').notNull(),
    /** Monday of the week of first submission, in the campaign's zone: the week it counts in. */
    week: date('week').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: integer('decided_by').references(() => person.id),
    /** Why it was returned, rejected or revoked. */
    reason: text('reason'),
    /** Answer id → id of the chat message it came from, so that editing the message edits the answer. */
    sources: jsonb('sources').$type<Record<string, string>>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    index('report_week').on(t.week, t.unitId, t.status),
    index('report_author').on(t.authorId, t.id),
    index('report_filed_by').on(t.filedBy, t.id).where(sql`${t.filedBy} is not null`),
    index('report_queue').on(t.unitId, t.submittedAt).where(sql`${t.status} = 'submitted'`),
    index('report_changed').on(t.changedAt),
    /** Likely duplicates: the same item on the same day. */
    index('report_item_day').on(t.item, t.doneOn),
    oneOf('report_status', 'status', [
      'submitted',
      'verified',
      'returned',
      'rejected',
      'withdrawn',
      'revoked',
    ]),
    check(
      'report_decided',
      sql`(${t.status} in ('verified', 'returned', 'rejected', 'revoked')) <= (${t.decidedBy} is not null)`,
    ),
    /** Nobody approves their own report, nor one they filed for somebody. */
    check(
      'report_not_own',
      sql`${t.decidedBy} is null or (${t.decidedBy} <> ${t.authorId} and ${t.decidedBy} is distinct from ${t.filedBy})`,
    ),
    oneOf('report_kind', 'kind', ['personal', 'collective']),
    check(
      'report_proxy',
      sql`${t.filedBy} is null or (${t.kind} = 'personal' and ${t.filedBy} <> ${t.authorId})`,
    ),
    check(
      'report_signed',
      sql`(${t.signedBy} is null) = (${t.signedAt} is null) and (${t.signedBy} is null or ${t.kind} = 'collective')`,
    ),
    /** A collective report is verified by somebody else than its signer, and only once signed. */
    check(
      'report_signed_first',
      sql`${t.kind} = 'personal' or ${t.status} not in ('verified', 'revoked') or (${t.signedBy} is not null and ${t.signedBy} <> ${t.decidedBy})`,
    ),
    check(
      'report_reason',
      sql`(${t.status} in ('returned', 'rejected', 'revoked')) <= (${t.reason} is not null)`,
    ),
    check('report_description', sql`char_length(${t.description}) <= 500`),
  ],
);

/** Who shares the work besides the author. A share counts only once its owner has confirmed. */
export const contributor = pgTable(
  'contributor',
  {
    reportId: integer('report_id')
      .notNull()
      .references(() => report.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    answer: text('answer').$type<'waiting' | 'confirmed' | 'declined'>().notNull(),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.personId] }),
    index('contributor_person').on(t.personId),
    oneOf('contributor_answer', 'answer', ['waiting', 'confirmed', 'declined']),
  ],
);

/** What happened to a report, for the record: no content. */
export const reportEvent = pgTable(
  'report_event',
  {
    id: id(),
    reportId: integer('report_id')
      .notNull()
      .references(() => report.id),
    at: instant('at').notNull(),
    actorId: integer('actor_id').references(() => person.id),
    event: text('event').notNull(),
    reason: text('reason'),
  },
  (t) => [index('report_event_report').on(t.reportId, t.id)],
);

export const evidence = pgTable(
  'evidence',
  {
    id: id(),
    reportId: integer('report_id')
      .notNull()
      .references(() => report.id),
    kind: text('kind').$type<'document' | 'link' | 'media' | 'confirmation'>().notNull(),
    /** The document number and date, the link, or the name of who confirmed it. */
    text: text('text'),
    mediaId: text('media_id').references(() => media.id),
  },
  (t) => [
    index('evidence_report').on(t.reportId, t.id),
    /** Likely duplicates: the same number or link, whatever its spaces and capitals. */
    index('evidence_same').using('hash', sql`lower(regexp_replace(${t.text}, '\\s+', '', 'g'))`),
    oneOf('evidence_kind', 'kind', ['document', 'link', 'media', 'confirmation']),
    check(
      'evidence_content',
      sql`(${t.kind} = 'media') = (${t.mediaId} is not null) and (${t.kind} = 'media') <> (${t.text} is not null)`,
    ),
  ],
);

/** A file someone sent. Its bytes are fetched from the platform after the turn that received it. */
export const media = pgTable(
  'media',
  {
    /** A UUID made by the turn. */
    id: text('id').primaryKey(),
    platform: text('platform').notNull(),
    tenant: text('tenant').notNull(),
    attachment: jsonb('attachment').notNull(),
    sha256: text('sha256').references(() => blob.sha256),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().default(sql`now()`),
    /** Why the platform no longer hands it out; null while it may still come. */
    failure: text('failure'),
  },
  (t) => [
    index('media_due').on(t.nextAttemptAt).where(sql`${t.sha256} is null and ${t.failure} is null`),
  ],
);

/** Evidence bytes by content hash: one backup holds everything, and the same photo is kept once. */
export const blob = pgTable('blob', {
  sha256: text('sha256').primaryKey(),
  bytes: bytes('bytes').notNull(),
  mime: text('mime').notNull(),
  size: integer('size').notNull(),
});
