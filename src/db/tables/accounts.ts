/** Platform accounts, groups, conversations and the events handled. */
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from './columns.ts';
import { person, unit } from './people.ts';

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

/** A group the bot was added to, and what it is for once linked: a unit, or the council. */
export const chatRoom = pgTable(
  'chat_room',
  {
    platform: text('platform').notNull(),
    tenant: text('tenant').notNull(),
    chat: text('chat').notNull(),
    /** The forum topic or thread that posts go to. */
    thread: text('thread'),
    title: text('title').notNull(),
    /** unit: its unit's posts, once it is linked to one; council: the council's digests. */
    purpose: text('purpose').$type<'unit' | 'council'>().notNull().default('unit'),
    unitId: integer('unit_id').references(() => unit.id),
    linkedBy: integer('linked_by').references(() => person.id),
    linkedAt: instant('linked_at'),
    addedBy: integer('added_by').references(() => person.id),
    leftAt: instant('left_at'),
  },
  (t) => [
    primaryKey({ columns: [t.platform, t.tenant, t.chat] }),
    index('chat_room_unit').on(t.unitId).where(sql`${t.leftAt} is null`),
    oneOf('chat_room_purpose', 'purpose', ['unit', 'council']),
    check('chat_room_one_purpose', sql`${t.purpose} = 'unit' or ${t.unitId} is null`),
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
