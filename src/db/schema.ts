/**
 * The tables. Constraints carry the rules: every "once" is a unique key, every closed set a check.
 * Instants are timestamptz; campaign days and weeks are dates in the campaign's zone.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' });
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const id = (name = 'id') => integer(name).primaryKey().generatedByDefaultAsIdentity();
const oneOf = (name: string, column: string, values: readonly string[]) =>
  check(name, sql.raw(`"${column}" in (${values.map((v) => `'${v}'`).join(', ')})`));

/* ---- organisation and people ---- */

/** A unit of the organisation; units merge and rename, so each row is valid for a span of days. */
export const unit = pgTable(
  'unit',
  {
    id: id(),
    code: text('code').notNull().unique(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    /** Folded Vietnamese name, for search without marks. */
    nameFold: text('name_fold').notNull(),
    kind: text('kind').$type<'research_teaching' | 'support'>().notNull(),
    bloc: text('bloc').$type<'academy' | 'political_school'>().notNull(),
    /** Emulation cluster of a political school, when one is set. */
    cluster: text('cluster'),
    parentId: integer('parent_id'),
    validFrom: date('valid_from').notNull(),
    /** First day on which the unit no longer exists; null while it does. */
    validTo: date('valid_to'),
  },
  (t) => [
    foreignKey({ columns: [t.parentId], foreignColumns: [t.id] }),
    oneOf('unit_kind', 'kind', ['research_teaching', 'support']),
    oneOf('unit_bloc', 'bloc', ['academy', 'political_school']),
    check('unit_span', sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
);

export const person = pgTable(
  'person',
  {
    id: id(),
    /** The organisation's own number for the person: what a second import recognises them by. */
    code: text('code').notNull().unique(),
    name: text('name').notNull(),
    nameFold: text('name_fold').notNull(),
    /** Lower case. */
    email: text('email'),
    /** Digits with country code, e.g. 84912345678. */
    phone: text('phone'),
    /** The language the person chose; null means the default, Vietnamese. */
    language: text('language').$type<'vi' | 'en'>(),
    /** Where messages go when several accounts can be reached; null: the one used last. */
    preferredPlatform: text('preferred_platform'),
  },
  (t) => [
    index('person_name_fold').on(t.nameFold),
    uniqueIndex('person_email').on(t.email),
    index('person_phone').on(t.phone),
    oneOf('person_language', 'language', ['vi', 'en']),
  ],
);

/** Where a person belongs and as what, over time. */
export const membership = pgTable(
  'membership',
  {
    id: id(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    audience: text('audience').$type<'staff' | 'student'>().notNull(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
  },
  (t) => [
    uniqueIndex('membership_once').on(t.personId, t.unitId, t.audience, t.validFrom),
    /** A person belongs to one unit at a time. */
    uniqueIndex('membership_current').on(t.personId).where(sql`${t.validTo} is null`),
    index('membership_unit').on(t.unitId),
    oneOf('membership_audience', 'audience', ['staff', 'student']),
    check('membership_span', sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
);

/** A role held over time: in a unit (head, deputy, reporter) or for the whole campaign (office …). */
export const grant = pgTable(
  'grant',
  {
    id: id(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    role: text('role').$type<'head' | 'deputy' | 'office'>().notNull(),
    unitId: integer('unit_id').references(() => unit.id),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
  },
  (t) => [
    uniqueIndex('grant_once')
      .on(t.personId, t.role, sql`coalesce(${t.unitId}, 0)`)
      .where(sql`${t.validTo} is null`),
    index('grant_unit').on(t.unitId),
    index('grant_person').on(t.personId),
    oneOf('grant_role', 'role', ['head', 'deputy', 'office']),
    check('grant_unit_roles', sql`(${t.role} in ('head', 'deputy')) = (${t.unitId} is not null)`),
    check('grant_span', sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
);

/** A code that opens enrolment: personal (used once) or of a unit (name search, head confirms). */
export const invite = pgTable(
  'invite',
  {
    code: text('code').primaryKey(),
    personId: integer('person_id').references(() => person.id),
    unitId: integer('unit_id').references(() => unit.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    usedAt: instant('used_at'),
    usedBy: text('used_by'),
    /** The person who made it from an account of their own, to add a second one; null: the office. */
    issuedBy: integer('issued_by').references(() => person.id),
  },
  (t) => [check('invite_target', sql`(${t.personId} is null) <> (${t.unitId} is null)`)],
);

/* ---- accounts and chats ---- */

/** A platform account that has contacted the bot. */
export const identity = pgTable(
  'identity',
  {
    platform: text('platform').notNull(),
    tenant: text('tenant').notNull(),
    user: text('user').notNull(),
    /** The platform's display name at last contact. */
    displayName: text('display_name').notNull(),
    personId: integer('person_id').references(() => person.id),
    /** Before enrolment; afterwards the person's own. */
    language: text('language').$type<'vi' | 'en'>(),
    consentedAt: instant('consented_at'),
    /** Which wording was agreed to. */
    consentVersion: text('consent_version'),
    /** The private chat, once it is known. */
    directChat: text('direct_chat'),
    unreachableSince: instant('unreachable_since'),
    unreachableCause: text('unreachable_cause'),
    /** Last contact: of several reachable identities the latest used one gets the messages. */
    seenAt: instant('seen_at').notNull(),
    /** When the page of their own was last looked at; null: never. Only those are kept up to date. */
    homeOpenedAt: instant('home_opened_at'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.tenant, t.user] }),
    /** One account of a platform per person. */
    uniqueIndex('identity_person').on(t.personId, t.platform, t.tenant),
    check('identity_consent', sql`${t.personId} is null or ${t.consentedAt} is not null`),
  ],
);

/** "I am this person": waits for the head's word. */
export const enrolmentRequest = pgTable(
  'enrolment_request',
  {
    id: id(),
    platform: text('platform').notNull(),
    tenant: text('tenant').notNull(),
    user: text('user').notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    status: text('status').$type<'waiting' | 'confirmed' | 'refused'>().notNull(),
    version: integer('version').notNull(),
    requestedAt: instant('requested_at').notNull(),
    decidedAt: instant('decided_at'),
    decidedBy: integer('decided_by').references(() => person.id),
  },
  (t) => [
    foreignKey({
      columns: [t.platform, t.tenant, t.user],
      foreignColumns: [identity.platform, identity.tenant, identity.user],
    }),
    uniqueIndex('enrolment_request_open')
      .on(t.platform, t.tenant, t.user)
      .where(sql`${t.status} = 'waiting'`),
    index('enrolment_request_unit').on(t.unitId, t.status),
    oneOf('enrolment_request_status', 'status', ['waiting', 'confirmed', 'refused']),
  ],
);

/** A group the bot was added to, and the unit it speaks for once linked. */
export const chatRoom = pgTable(
  'chat_room',
  {
    platform: text('platform').notNull(),
    tenant: text('tenant').notNull(),
    chat: text('chat').notNull(),
    /** The forum topic or thread that posts go to. */
    thread: text('thread'),
    title: text('title').notNull(),
    unitId: integer('unit_id').references(() => unit.id),
    linkedBy: integer('linked_by').references(() => person.id),
    linkedAt: instant('linked_at'),
    addedBy: integer('added_by').references(() => person.id),
    leftAt: instant('left_at'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.tenant, t.chat] }),
    index('chat_room_unit').on(t.unitId).where(sql`${t.leftAt} is null`),
  ],
);

/** Where a conversation stands. Key: `person:7`, or `identity:platform:tenant:user` before enrolment. */
export const conversation = pgTable('conversation', {
  key: text('key').primaryKey(),
  version: integer('version').notNull(),
  state: jsonb('state').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** Every event handled, so that a redelivery changes nothing and gets the same answer. */
export const inboundEvent = pgTable(
  'inbound_event',
  {
    platform: text('platform').notNull(),
    tenant: text('tenant').notNull(),
    delivery: text('delivery').notNull(),
    ack: jsonb('ack').notNull(),
    handledAt: instant('handled_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'inbound_event_once', columns: [t.platform, t.tenant, t.delivery] }),
    index('inbound_event_age').on(t.handledAt),
  ],
);

/* ---- reports ---- */

export const reportNumber = pgSequence('report_number', { startWith: 1 });

export const report = pgTable(
  'report',
  {
    /** From `report_number`; people know a report by it. */
    id: integer('id').primaryKey(),
    campaign: text('campaign').notNull(),
    item: text('item').notNull(),
    authorId: integer('author_id')
      .notNull()
      .references(() => person.id),
    /** The author's unit at first submission: points stay there when people move. */
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
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
    /** Nobody approves their own report. */
    check('report_not_own', sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.authorId}`),
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
    kind: text('kind').$type<'document' | 'link' | 'media'>().notNull(),
    /** The document number and date, or the link. */
    text: text('text'),
    mediaId: text('media_id').references(() => media.id),
  },
  (t) => [
    index('evidence_report').on(t.reportId, t.id),
    /** Likely duplicates: the same number or link, whatever its spaces and capitals. */
    index('evidence_same').using('hash', sql`lower(regexp_replace(${t.text}, '\\s+', '', 'g'))`),
    oneOf('evidence_kind', 'kind', ['document', 'link', 'media']),
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

/* ---- standings ---- */

/**
 * A week's standing of a unit, as posted. A later change of that week makes a new revision; earlier
 * ones stay, so what was posted stays true.
 */
export const unitStanding = pgTable(
  'unit_standing',
  {
    campaign: text('campaign').notNull(),
    week: date('week').notNull(),
    revision: integer('revision').notNull(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    groupKey: text('group_key').notNull(),
    /** People of the unit on the week's Sunday, frozen. */
    headcount: integer('headcount').notNull(),
    /** Sum of its people's points. */
    points: doublePrecision('points').notNull(),
    /** Shrunken per-capita mean. */
    score: doublePrecision('score').notNull(),
    /** Place within the comparison group; ties share one. Null without people. */
    rank: integer('rank'),
    groupSize: integer('group_size').notNull(),
    /** People with at least one verified report. */
    participants: integer('participants').notNull(),
    /** Different content items with verified reports. */
    breadth: integer('breadth').notNull(),
    verified: integer('verified').notNull(),
    takenAt: instant('taken_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaign, t.week, t.revision, t.unitId] }),
    index('unit_standing_unit').on(t.unitId, t.week),
  ],
);

export const personStanding = pgTable(
  'person_standing',
  {
    campaign: text('campaign').notNull(),
    week: date('week').notNull(),
    revision: integer('revision').notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => unit.id),
    points: doublePrecision('points').notNull(),
    verified: integer('verified').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaign, t.week, t.revision, t.personId, t.unitId] }),
    index('person_standing_unit').on(t.unitId, t.week),
  ],
);

/* ---- delivery ---- */

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

/* ---- schedules, settings, audit ---- */

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

/** The tables a decision may write to (delivery, schedules and standings have their own writers). */
export const writable = {
  unit,
  person,
  membership,
  grant,
  invite,
  identity,
  enrolmentRequest,
  chatRoom,
  conversation,
  inboundEvent,
  report,
  contributor,
  reportEvent,
  evidence,
  media,
  setting,
  audit,
} as const;
