/** What the campaign's people do besides reporting: pledges, remarks, exemplars, feedback, announcements. */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from './columns.ts';
import { person, unit } from './people.ts';
import { report } from './reports.ts';

const personId = (name: string) => integer(name).references(() => person.id);
const unitId = (name: string) => integer(name).references(() => unit.id);

/** Leave to report after the close, for a unit or one person. */
export const lateLeave = pgTable(
  'late_leave',
  {
    id: id(),
    campaign: text('campaign').notNull(),
    unitId: unitId('unit_id'),
    personId: personId('person_id'),
    /** First day on which it no longer holds. */
    validTo: date('valid_to').notNull(),
    /** Null: given from the command line. */
    givenBy: personId('given_by'),
    givenAt: instant('given_at').notNull(),
  },
  (t) => [
    check('late_leave_target', sql`(${t.unitId} is null) <> (${t.personId} is null)`),
    uniqueIndex('late_leave_unit').on(t.campaign, t.unitId),
    uniqueIndex('late_leave_person').on(t.campaign, t.personId),
  ],
);

/** What a unit registers to achieve (đăng ký thi đua). */
export const pledge = pgTable(
  'pledge',
  {
    campaign: text('campaign').notNull(),
    unitId: unitId('unit_id').notNull(),
    version: integer('version').notNull(),
    text: text('text').notNull(),
    /** Verified reports aimed at, by content item. */
    targets: jsonb('targets').$type<Record<string, number>>().notNull(),
    registeredBy: personId('registered_by').notNull(),
    registeredAt: instant('registered_at').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaign, t.unitId] }),
    check('pledge_text', sql`char_length(${t.text}) <= 1000`),
  ],
);

/** A head's remark on a conduct item, of a person or (person null) of the unit. Never points. */
export const remark = pgTable(
  'remark',
  {
    id: id(),
    campaign: text('campaign').notNull(),
    item: text('item').notNull(),
    unitId: unitId('unit_id').notNull(),
    personId: personId('person_id'),
    text: text('text').notNull(),
    byId: personId('by_id').notNull(),
    at: instant('at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    index('remark_unit').on(t.unitId, t.id),
    index('remark_person').on(t.personId),
    check('remark_not_own', sql`${t.personId} is null or ${t.personId} <> ${t.byId}`),
    check('remark_text', sql`char_length(${t.text}) <= 500`),
  ],
);

/** An exemplar (điển hình tiên tiến): nominated, consented to, approved, and then the press's. */
export const exemplar = pgTable(
  'exemplar',
  {
    id: id(),
    campaign: text('campaign').notNull(),
    reportId: integer('report_id')
      .notNull()
      .references(() => report.id),
    /** Why it is an example: what the press receives. */
    citation: text('citation').notNull(),
    status: text('status')
      .$type<'nominated' | 'declined' | 'consented' | 'approved' | 'refused' | 'withdrawn'>()
      .notNull(),
    version: integer('version').notNull(),
    nominatedBy: personId('nominated_by').notNull(),
    nominatedAt: instant('nominated_at').notNull(),
    /** The author; of a collective report, who leads its unit. */
    consentedBy: personId('consented_by'),
    consentedAt: instant('consented_at'),
    /** Whether the press may see the report's evidence too: said with the consent. */
    evidence: boolean('evidence').notNull().default(false),
    decidedBy: personId('decided_by'),
    decidedAt: instant('decided_at'),
    withdrawnBy: personId('withdrawn_by'),
    withdrawnAt: instant('withdrawn_at'),
    /** Why it was refused or withdrawn. */
    reason: text('reason'),
  },
  (t) => [
    uniqueIndex('exemplar_report')
      .on(t.reportId)
      .where(sql`${t.status} in ('nominated', 'consented', 'approved')`),
    index('exemplar_status').on(t.campaign, t.status, t.id),
    oneOf('exemplar_status_known', 'status', [
      'nominated',
      'declined',
      'consented',
      'approved',
      'refused',
      'withdrawn',
    ]),
    check(
      'exemplar_consent',
      sql`${t.status} not in ('consented', 'approved') or (${t.consentedAt} is not null and ${t.consentedBy} is not null)`,
    ),
    check('exemplar_citation', sql`char_length(${t.citation}) <= 500`),
  ],
);

export const ticketNumber = pgSequence('ticket_number', { startWith: 1 });

/** Feedback to the office (phản ánh), known by its number. */
export const ticket = pgTable(
  'ticket',
  {
    /** From `ticket_number`. */
    id: integer('id').primaryKey(),
    campaign: text('campaign').notNull(),
    authorId: personId('author_id').notNull(),
    about: text('about').$type<'unit' | 'system' | 'other'>().notNull().default('other'),
    /** The unit it is about: hidden from everybody who leads that unit. */
    aboutUnitId: unitId('about_unit_id'),
    status: text('status').$type<'open' | 'answered' | 'closed'>().notNull(),
    version: integer('version').notNull(),
    openedAt: instant('opened_at').notNull(),
    /** The campaign day by which it is to be answered. */
    dueOn: date('due_on').notNull(),
    escalatedAt: instant('escalated_at'),
    closedAt: instant('closed_at'),
  },
  (t) => [
    index('ticket_author').on(t.authorId, t.id),
    index('ticket_open').on(t.campaign, t.dueOn).where(sql`${t.status} = 'open'`),
    oneOf('ticket_status', 'status', ['open', 'answered', 'closed']),
    oneOf('ticket_about', 'about', ['unit', 'system', 'other']),
    check('ticket_about_unit', sql`(${t.about} = 'unit') = (${t.aboutUnitId} is not null)`),
  ],
);

export const ticketMessage = pgTable(
  'ticket_message',
  {
    id: id(),
    ticketId: integer('ticket_id')
      .notNull()
      .references(() => ticket.id),
    authorId: personId('author_id').notNull(),
    at: instant('at').notNull(),
    text: text('text').notNull(),
  },
  (t) => [
    index('ticket_message_ticket').on(t.ticketId, t.id),
    check('ticket_message_text', sql`char_length(${t.text}) <= 2000`),
  ],
);

/** Something the office or the council says to many people: a notice, the launch, a seminar. */
export const announcement = pgTable(
  'announcement',
  {
    id: id(),
    campaign: text('campaign').notNull(),
    kind: text('kind').$type<'notice' | 'launch' | 'review' | 'event'>().notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    /** Whom it is for: parsed by the core. */
    audience: jsonb('audience').notNull(),
    status: text('status')
      .$type<'draft' | 'scheduled' | 'sending' | 'sent' | 'stopped' | 'cancelled'>()
      .notNull(),
    version: integer('version').notNull(),
    createdBy: personId('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When it is to go out; null: by hand. */
    sendAt: instant('send_at'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    /** People (or, of groups, chats) it was for when it went out; null: it has not begun. */
    total: integer('total'),
    /** An event's beginning, place, and when people who did not say no are reminded of it. */
    eventAt: instant('event_at'),
    eventPlace: text('event_place'),
    remindAt: instant('remind_at'),
    remindedAt: instant('reminded_at'),
  },
  (t) => [
    index('announcement_due').on(t.sendAt).where(sql`${t.status} = 'scheduled'`),
    oneOf('announcement_kind', 'kind', ['notice', 'launch', 'review', 'event']),
    oneOf('announcement_status', 'status', [
      'draft',
      'scheduled',
      'sending',
      'sent',
      'stopped',
      'cancelled',
    ]),
    check('announcement_event', sql`(${t.kind} = 'event') = (${t.eventAt} is not null)`),
    check('announcement_scheduled', sql`${t.status} <> 'scheduled' or ${t.sendAt} is not null`),
    check(
      'announcement_body',
      sql`char_length(${t.title}) <= 150 and char_length(${t.body}) <= 2000`,
    ),
  ],
);

/** Whom an announcement was for when it went out, and what they answered to an event. */
export const announcementRecipient = pgTable(
  'announcement_recipient',
  {
    announcementId: integer('announcement_id')
      .notNull()
      .references(() => announcement.id),
    personId: personId('person_id').notNull(),
    /** False: there was no account to write to when it went out. */
    reachable: boolean('reachable').notNull(),
    answer: text('answer').$type<'yes' | 'no' | 'maybe'>(),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    primaryKey({ columns: [t.announcementId, t.personId] }),
    index('announcement_recipient_person').on(t.personId),
    oneOf('announcement_recipient_answer', 'answer', ['yes', 'no', 'maybe']),
  ],
);

/** Verified reports drawn at random, for the office to look at again. */
export const auditSample = pgTable(
  'audit_sample',
  {
    reportId: integer('report_id')
      .primaryKey()
      .references(() => report.id),
    campaign: text('campaign').notNull(),
    /** Monday of the week it was drawn for. */
    week: date('week').notNull(),
    drawnAt: instant('drawn_at').notNull(),
    result: text('result').$type<'waiting' | 'sound' | 'doubtful'>().notNull(),
    version: integer('version').notNull(),
    checkedBy: personId('checked_by'),
    checkedAt: instant('checked_at'),
    note: text('note'),
  },
  (t) => [
    index('audit_sample_week').on(t.campaign, t.week),
    oneOf('audit_sample_result', 'result', ['waiting', 'sound', 'doubtful']),
    check('audit_sample_checked', sql`(${t.result} = 'waiting') = (${t.checkedBy} is null)`),
  ],
);
