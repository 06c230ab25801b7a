/** The organisation: units, people, where they belong and what roles they hold. */
import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { id, instant, oneOf } from './columns.ts';

/** Of a unit: head, deputy, reporter. Of the whole campaign: the others. */
export const ROLES = [
  'head',
  'deputy',
  'reporter',
  'office',
  'council',
  'leadership',
  'overseer',
  'mobiliser',
  'press',
  'finance',
] as const;
export type Role = (typeof ROLES)[number];

/** Vụ Các trường chính trị oversees the political schools, Vụ Quản lý đào tạo the students. */
export const OVERSEER_SCOPES = ['political_schools', 'students'] as const;
export type OverseerScope = (typeof OVERSEER_SCOPES)[number];

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
    /** The unit it became part of at its end; null: none, or it still exists. */
    mergedIntoId: integer('merged_into_id'),
  },
  (t) => [
    foreignKey({ columns: [t.parentId], foreignColumns: [t.id] }),
    foreignKey({ columns: [t.mergedIntoId], foreignColumns: [t.id] }),
    check(
      'unit_merged',
      sql`${t.mergedIntoId} is null or (${t.validTo} is not null and ${t.mergedIntoId} <> ${t.id})`,
    ),
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
    /** A student's class or course, as the roster names it. */
    cohort: text('cohort'),
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
    role: text('role').$type<Role>().notNull(),
    unitId: integer('unit_id').references(() => unit.id),
    /** What an overseer oversees; null for every other role. */
    scope: text('scope').$type<OverseerScope>(),
    validFrom: date('valid_from').notNull(),
    validTo: date('valid_to'),
    /** Who gave it in chat; null: the command line or the roster. */
    givenBy: integer('given_by').references(() => person.id),
    /** The head who lets this deputy act in their place until `valid_to`; null: no delegation. */
    delegatedBy: integer('delegated_by').references(() => person.id),
  },
  (t) => [
    uniqueIndex('grant_once')
      .on(t.personId, t.role, sql`coalesce(${t.unitId}, 0)`, sql`coalesce(${t.scope}, '')`)
      .where(sql`${t.validTo} is null`),
    index('grant_unit').on(t.unitId),
    index('grant_person').on(t.personId),
    oneOf('grant_role', 'role', ROLES),
    check(
      'grant_unit_roles',
      sql`(${t.role} in ('head', 'deputy', 'reporter')) = (${t.unitId} is not null)`,
    ),
    check('grant_scope', sql`(${t.role} = 'overseer') = (${t.scope} is not null)`),
    oneOf('grant_scope_known', 'scope', OVERSEER_SCOPES),
    check(
      'grant_delegation',
      sql`${t.delegatedBy} is null or (${t.role} = 'deputy' and ${t.validTo} is not null and ${t.delegatedBy} <> ${t.personId})`,
    ),
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
