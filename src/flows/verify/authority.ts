/** Whether a person may decide a report now. Asked anew at every press: people move and roles end. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { showDateTime } from '../../messages/dates.ts';
import type { Say } from '../../messages/say.ts';
import { may } from '../../people/may.ts';
import { transition } from '../../reports/lifecycle.ts';
import { authored } from '../../reports/subject.ts';
import type { VerifierAction } from './decide.ts';

export async function verifierIdsOf(
  report: ReportView,
  { now }: Pick<TurnContext, 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<number[]> {
  const on = campaignDay(now, campaign.zone);
  const verifiers = await reads.verifiersOf(report.unit.id, report.author.id, on);
  return verifiers.map(({ personId }) => personId);
}

/**
 * One sentence why this person may not decide it at all, or null when they may. The office may take
 * any verification back, whoever decided.
 */
export function noAuthority(
  say: Say,
  person: PersonView,
  report: ReportView,
  verifierIds: readonly number[],
  action: VerifierAction | null,
): string | null {
  if (action === 'revoke' && may(person, 'report.revoke', authored(report))) return null;
  if (person.id === report.author.id) return say('verify-own');
  return may(person, 'report.decide', { ...authored(report), verifierIds })
    ? null
    : say('verify-not-yours');
}

/** One sentence why it cannot be done to this report (any more), or null when it can. */
export function tooLate(
  say: Say,
  person: PersonView,
  report: ReportView,
  action: VerifierAction,
  version: number,
  zone: string,
): string | null {
  if (report.version !== version || transition(report.status, action, 'verifier') === null)
    return alreadyDone(say, report, zone);
  return action === 'revoke' &&
    report.decidedBy?.id !== person.id &&
    !may(person, 'report.revoke', authored(report))
    ? say('verify-revoke-not-yours')
    : null;
}

/** What has happened to the report instead: by whom and when, as a toast. */
const alreadyDone = (say: Say, report: ReportView, zone: string): string =>
  say(`verify-done-${report.status}`, {
    name: report.decidedBy?.name ?? '',
    time: report.decidedAt ? showDateTime(report.decidedAt, zone, say.language) : '',
  });
