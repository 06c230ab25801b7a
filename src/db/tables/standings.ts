/** Standings as they were posted. */
import {
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { person, unit } from './people.ts';

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
    /** Points of its verified collective reports. */
    collective: doublePrecision('collective').notNull().default(0),
    /** Shrunken per-capita mean, and the collective points times the campaign's factor. */
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
