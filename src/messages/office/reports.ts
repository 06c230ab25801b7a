/** What the office sees of people and reports: a person's card, a report, likely duplicates, the audit sample. */
import type { Campaign } from '../../campaign/types.ts';
import type { Button, Message } from '../../chat/index.ts';
import type { AuditLine, DuplicatePair, Paged, PersonCard } from '../../engine/office-reads.ts';
import type { AccountsView, PersonHit, ReportLine, ReportView } from '../../engine/reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { officeAction } from '../../flows/office/action.ts';
import { nameOfRole } from '../../people/roles.ts';
import { decideAction, VERIFY } from '../../reports/verify-action.ts';
import { platformName } from '../accounts.ts';
import { paragraph } from '../blocks.ts';
import { showWeek } from '../dates.ts';
import { nominateButton } from '../exemplars.ts';
import { statusWord, unitName } from '../report.ts';
import { roleTitle } from '../roles.ts';
import type { Say } from '../say.ts';
import { verificationCopy } from '../verification.ts';
import { listMessage, menuButton, pageButtons } from './parts.ts';

const reportLine = (say: Say, { id, title, authorName, status }: ReportLine): string =>
  say('office-report-line', {
    number: String(id),
    title,
    name: authorName,
    status: statusWord(say, status),
  });

const openReport = (say: Say, id: number): Button => ({
  label: say('office-open-report', { number: String(id) }),
  action: officeAction('r', id),
});

/** People found for what was typed; `more`: there are others, so that it should be said more exactly. */
export const foundMessage = (say: Say, hits: readonly PersonHit[], more: boolean): Message =>
  listMessage(say, {
    heading: say('office-found'),
    empty: say('office-found-nothing'),
    lines: hits.map(({ name, unit }) =>
      say('office-person-line', { name, unit: unitName(say, unit) }),
    ),
    ...(more && { note: say('office-found-more') }),
    buttons: [
      ...hits.map(({ id, name }) => [{ label: name, action: officeAction('p', id, 0) }]),
      [{ label: say('office-to-f'), action: officeAction('f') }],
      [menuButton(say)],
    ],
  });

export function cardMessage(
  say: Say,
  person: PersonView,
  card: PersonCard,
  accounts: AccountsView,
  offset: number,
): Message {
  const { reports, code } = card;
  const roles = [...new Set(person.grants.map((grant) => roleTitle(say, nameOfRole(grant))))];
  const rows = [
    { label: say('office-card-code'), value: [code] },
    {
      label: say('office-card-unit'),
      value: [person.membership ? unitName(say, person.membership.unit) : say('office-card-none')],
    },
    { label: say('office-card-roles'), value: [roles.join(', ') || say('office-card-none')] },
    {
      label: say('office-card-accounts'),
      value: [
        accounts.accounts
          .map(({ identity, address }) =>
            say(address ? 'office-card-account' : 'office-card-account-away', {
              platform: platformName(say, identity.platform),
            }),
          )
          .join(', ') || say('office-card-none'),
      ],
    },
  ];
  return {
    notice: person.name,
    blocks: [
      { kind: 'heading', text: person.name },
      { kind: 'fields', rows },
      paragraph(say('office-card-reports', { n: reports.total })),
      ...(reports.lines.length > 0
        ? [
            {
              kind: 'list' as const,
              items: reports.lines.map((line) => [reportLine(say, line)]),
            },
          ]
        : []),
    ],
    buttons: [
      ...reports.lines.map((line) => [openReport(say, line.id)]),
      ...pageButtons(say, reports, offset, (at) => officeAction('p', person.id, at)),
    ],
  };
}

/** The report as it stands; `mayRevoke`: the office may take its verification back, with a reason. */
export function officeReportMessage(
  say: Say,
  report: ReportView,
  campaign: Campaign,
  mayRevoke: boolean,
): Message {
  const copy = verificationCopy(say, report, { campaign });
  const press = (label: string, letter: (typeof VERIFY)['evidence' | 'revoke']): Button => ({
    label: say(label),
    action: decideAction(report.id, report.version, letter),
  });
  return {
    ...copy,
    buttons: [
      ...(report.evidence.length > 0 ? [[press('verify-button-evidence', VERIFY.evidence)]] : []),
      ...(mayRevoke
        ? [[press('verify-button-revoke', VERIFY.revoke)], [nominateButton(say, report.id)]]
        : []),
      [menuButton(say)],
    ],
  };
}

export const duplicatesMessage = (say: Say, page: Paged<DuplicatePair>, offset: number): Message =>
  listMessage(say, {
    heading: say('office-duplicates', { n: page.total }),
    empty: say('office-duplicates-none'),
    lines: page.lines.map(({ first, second, why }) =>
      say(`office-duplicate-${why}`, {
        first: reportLine(say, first),
        second: reportLine(say, second),
      }),
    ),
    ...(page.total > 0 && { note: say('office-duplicates-note') }),
    buttons: [
      ...page.lines.map(({ first, second }): Button[] => [
        openReport(say, first.id),
        openReport(say, second.id),
        {
          label: say('office-duplicate-aside', { second: String(second.id) }),
          action: officeAction('dx', first.id, second.id),
        },
      ]),
      ...pageButtons(say, page, offset, (at) => officeAction('d', at)),
    ],
  });

export const auditMessage = (say: Say, page: Paged<AuditLine>, offset: number): Message =>
  listMessage(say, {
    heading: say('office-audit-title', { n: page.total }),
    empty: say('office-audit-none'),
    lines: page.lines.map(({ report, week, result }) =>
      say('office-audit-line', {
        week: showWeek(week, say.language),
        result: say(`office-audit-${result}`),
        report: reportLine(say, report),
      }),
    ),
    buttons: [
      ...page.lines.map(({ report }) => [
        {
          label: say('office-open-report', { number: String(report.id) }),
          action: officeAction('ao', report.id),
        },
      ]),
      ...pageButtons(say, page, offset, (at) => officeAction('a', at)),
    ],
  });

/** A report drawn for the audit, with what was found, or the buttons to say it. */
export function auditReportMessage(
  say: Say,
  line: AuditLine,
  report: ReportView,
  campaign: Campaign,
  may: { readonly check: boolean; readonly revoke: boolean },
): Message {
  const shown = officeReportMessage(say, report, campaign, may.revoke);
  const found =
    line.result === 'waiting'
      ? say('office-audit-ask')
      : say(`office-audit-found-${line.result}`, { name: line.checkedBy?.name ?? '' });
  const check: Button[][] =
    line.result === 'waiting' && may.check
      ? [
          [
            {
              label: say('office-audit-say-sound'),
              action: officeAction('as', report.id, line.version),
              tone: 'primary',
            },
            {
              label: say('office-audit-say-doubtful'),
              action: officeAction('ad', report.id, line.version),
            },
          ],
        ]
      : [];
  return {
    ...shown,
    notice: found,
    blocks: [
      paragraph(found),
      ...(line.note ? [paragraph(say('office-audit-note', { note: line.note }))] : []),
      ...shown.blocks,
    ],
    buttons: [
      ...check,
      ...(shown.buttons ?? []).slice(0, -1),
      [{ label: say('office-to-a'), action: officeAction('a', 0) }],
      [menuButton(say)],
    ],
  };
}

/** Tells the office what was drawn. */
export function drawnMessage(
  say: Say,
  { week, drawn, of }: { readonly week: string; readonly drawn: number; readonly of: number },
): Message {
  const line = say('office-audit-drawn', { week: showWeek(week, say.language), n: drawn, of });
  return {
    notice: line,
    blocks: [paragraph(line)],
    buttons: [[{ label: say('office-to-a'), action: officeAction('a', 0) }]],
  };
}
