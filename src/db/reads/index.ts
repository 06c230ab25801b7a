import type { Reads } from '../../engine/reads.ts';
import type { Database } from '../database.ts';
import { digestReads } from '../digests.ts';
import { standingReads } from '../standings.ts';
import { enrolmentReads } from './enrolment.ts';
import { homeReads } from './home.ts';
import { lateReads } from './late.ts';
import { officeReads } from './office.ts';
import { overviewReads } from './overview.ts';
import { peopleReads } from './people.ts';
import { postedReads } from './posted.ts';
import { reportReads } from './reports.ts';
import { roleReads } from './roles.ts';
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
  ...digestReads(db),
  ...overviewReads(db),
  ...lateReads(db),
  ...officeReads(db),
});
