/**
 * The tables. Constraints carry the rules: every "once" is a unique key, every closed set a check.
 * Instants are timestamptz; campaign days and weeks are dates in the campaign's zone.
 */
import {
  chatRoom,
  conversation,
  enrolmentRequest,
  identity,
  inboundEvent,
} from './tables/accounts.ts';
import {
  announcement,
  announcementRecipient,
  auditSample,
  exemplar,
  lateLeave,
  pledge,
  remark,
  ticket,
  ticketMessage,
} from './tables/campaign.ts';
import { grant, invite, membership, person, unit } from './tables/people.ts';
import { contributor, evidence, media, report, reportEvent } from './tables/reports.ts';
import { audit, calendarDay, postHold, setting, task } from './tables/upkeep.ts';

export * from './tables/accounts.ts';
export * from './tables/campaign.ts';
export * from './tables/delivery.ts';
export * from './tables/people.ts';
export * from './tables/reports.ts';
export * from './tables/standings.ts';
export * from './tables/upkeep.ts';

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
  lateLeave,
  pledge,
  remark,
  exemplar,
  ticket,
  ticketMessage,
  announcement,
  announcementRecipient,
  auditSample,
  calendarDay,
  postHold,
  task,
  audit,
} as const;
