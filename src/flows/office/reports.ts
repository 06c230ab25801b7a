/** The office looks at people and reports, and at those that look like one. */
import type { Message } from '../../chat/index.ts';
import { type Decision, upsert } from '../../engine/decision.ts';
import type { ReportView } from '../../engine/reads.ts';
import { recorded } from '../../engine/record.ts';
import { plainMessage } from '../../messages/flow.ts';
import {
  cardMessage,
  duplicatesMessage,
  foundMessage,
  officeReportMessage,
} from '../../messages/office/reports.ts';
import { may } from '../../people/may.ts';
import { transition } from '../../reports/lifecycle.ts';
import { authored } from '../../reports/subject.ts';
import { answerWith, toast } from '../run.ts';
import { PER_PAGE } from './action.ts';
import { type OfficeTurn, today } from './turn.ts';

/** People a search shows; one more is asked for, to know whether there are more. */
const HITS_SHOWN = 8;

/** What was typed: a report's number, a staff code or a name. Nothing for somebody not of the office. */
export async function found(
  { context, deps, say }: Pick<OfficeTurn, 'context' | 'deps' | 'say'>,
  typed: string,
): Promise<Message> {
  const { person } = context;
  if (!person || !may(person, 'campaign', null)) return plainMessage([say('not-authorised')]);
  const on = today({ context, deps });
  const number = /^#?(\d{1,9})$/.exec(typed.trim())?.[1];
  const report = number === undefined ? null : await deps.reads.report(Number(number));
  if (report) return reportMessage({ person, deps, say }, report);
  const [coded, hits] = await Promise.all([
    deps.reads.personByCode(typed, on),
    deps.reads.findPeople(typed, { unitId: null, on, limit: HITS_SHOWN + 1 }),
  ]);
  const all = coded ? [coded, ...hits.filter(({ id }) => id !== coded.id)] : hits;
  return foundMessage(say, all.slice(0, HITS_SHOWN), all.length > HITS_SHOWN);
}

/** Whether the office's own right to take a verification back applies now. */
export const mayRevoke = ({ person }: Pick<OfficeTurn, 'person'>, report: ReportView): boolean =>
  may(person, 'report.revoke', authored(report)) &&
  transition(report.status, 'revoke', 'verifier') !== null;

const reportMessage = (
  turn: Pick<OfficeTurn, 'person' | 'deps' | 'say'>,
  report: ReportView,
): Message => officeReportMessage(turn.say, report, turn.deps.campaign, mayRevoke(turn, report));

export async function showReport(turn: OfficeTurn, id: number): Promise<Decision> {
  const report = await turn.deps.reads.report(id);
  return report ? answerWith(turn, reportMessage(turn, report)) : toast(turn.say('report-unknown'));
}

export async function showPerson(turn: OfficeTurn, id: number, offset: number): Promise<Decision> {
  const { reads } = turn.deps;
  const [person, card, accounts] = await Promise.all([
    reads.person(id, today(turn)),
    reads.personCard(id, { limit: PER_PAGE, offset }),
    reads.accountsOf(id),
  ]);
  return person && card
    ? answerWith(turn, cardMessage(turn.say, person, card, accounts, offset))
    : toast(turn.say('office-found-nothing'));
}

export async function showDuplicates(turn: OfficeTurn, offset: number): Promise<Decision> {
  const { reads, campaign } = turn.deps;
  const page = await reads.duplicatePairs(campaign.code, { limit: PER_PAGE, offset });
  return answerWith(turn, duplicatesMessage(turn.say, page, offset));
}

/** The office has looked: these two are not the same work, and are not shown again. */
export async function setAside(turn: OfficeTurn, first: number, second: number): Promise<Decision> {
  const { context, person, deps, say } = turn;
  const page = await deps.reads.duplicatePairs(deps.campaign.code, { limit: PER_PAGE, offset: 0 });
  const lines = page.lines.filter((pair) => pair.first.id !== first || pair.second.id !== second);
  const rest = { total: page.total - (page.lines.length - lines.length), lines };
  const key = `no-duplicate:${first}:${second}`;
  return {
    ...answerWith(turn, duplicatesMessage(say, rest, 0)),
    writes: [
      upsert('setting', { key, value: { by: person.id, at: context.now.toString() } }),
      recorded(person, context.now.toString(), 'duplicate.aside', `report:${second}`, {
        other: first,
      }),
    ],
    ack: { toast: say('office-duplicate-done') },
  };
}
