/** Whether a person may decide a report now. Asked anew at every press: people move and roles end. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { showDateTime } from '../../messages/dates.ts';
import type { Say } from '../../messages/say.ts';
import { leads, may } from '../../people/may.ts';
import { transition } from '../../reports/lifecycle.ts';
import { authored, awaitsSignature, handled } from '../../reports/subject.ts';
import type { VerifierAction } from './decide.ts';

export async function verifierIdsOf(
  report: ReportView,
  { now }: Pick<TurnContext, 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<number[]> {
  const on = campaignDay(now, campaign.zone);
  const verifiers = await reads.verifiersOf(report.unit.id, report.author.id, on, handled(report));
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
  action: VerifierAction | 'sign' | null,
): string | null {
  if (person.id === report.signedBy?.id) return say('verify-own-signed');
  if (action === 'revoke' && may(person, 'report.revoke', authored(report))) return null;
  if (person.id === report.author.id || person.id === report.filedBy?.id) return say('verify-own');
  return may(person, 'report.decide', { ...authored(report), verifierIds })
    ? null
    : say('verify-not-yours');
}

/** One sentence why it cannot be done to this report (any more), or null when it can. */
export function tooLate(
  say: Say,
  person: PersonView,
  report: ReportView,
  action: VerifierAction | 'sign',
  version: number,
  zone: string,
): string | null {
  const unsigned = awaitsSignature(report);
  if (action === 'sign')
    return report.version !== version || !unsigned ? alreadyDone(say, report, zone) : null;
  if (unsigned && action !== 'return') return say('verify-unsigned');
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

/**
 * The same for one who leads the unit of a collective report and was asked to sign it, when it has gone
 * on meanwhile; null when it has not, or they were never asked.
 */
export function signedMeanwhile(
  say: Say,
  person: PersonView,
  report: ReportView,
  zone: string,
): string | null {
  const { kind, unit, status, signedBy, signedAt } = report;
  if (kind !== 'collective' || awaitsSignature(report) || !leads(person, unit.id)) return null;
  if (status !== 'submitted' || !signedBy || !signedAt) return alreadyDone(say, report, zone);
  const time = showDateTime(signedAt, zone, say.language);
  return say('verify-done-signed', { name: signedBy.name, time });
}
