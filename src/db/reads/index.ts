import type { Reads } from '../../engine/reads.ts';
import type { Database } from '../database.ts';
import { digestReads } from '../digests.ts';
import { standingReads } from '../standings.ts';
import { announcementReads } from './announcements.ts';
import { enrolmentReads } from './enrolment.ts';
import { exemplarReads } from './exemplars.ts';
import { filingReads } from './filing.ts';
import { holderReads } from './holders.ts';
import { homeReads } from './home.ts';
import { lateReads } from './late.ts';
import { officeReads } from './office.ts';
import { overviewReads } from './overview.ts';
import { ownStandingReads } from './own-standing.ts';
import { peopleReads } from './people.ts';
import { pledgeReads } from './pledges.ts';
import { postedReads } from './posted.ts';
import { reportReads } from './reports.ts';
import { roleReads } from './roles.ts';
import { ticketReads } from './tickets.ts';
import { unitReads } from './units.ts';
import { verifierReads } from './verifiers.ts';

/** What decisions may ask the database: one round trip each. */
export const createReads = (db: Database): Reads => ({
  ...reportReads(db),
  ...verifierReads(db),
  ...peopleReads(db),
  ...roleReads(db),
  ...enrolmentReads(db),
  ...unitReads(db),
  ...postedReads(db),
  ...standingReads(db),
  ...homeReads(db),
  ...filingReads(db),
  ...digestReads(db),
  ...overviewReads(db),
  ...ownStandingReads(db),
  ...lateReads(db),
  ...pledgeReads(db),
  ...officeReads(db),
  ...announcementReads(db),
  ...holderReads(db),
  ...ticketReads(db),
  ...exemplarReads(db),
});
