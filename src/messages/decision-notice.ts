/** What those whose report it is are told of a decision on it, or of its signature. */
import type { Message } from '../chat/index.ts';
import type { ReportView } from '../engine/reads.ts';
import type { ReportEvent, Role } from '../reports/notify.ts';
import { plainMessage } from './flow.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';
import { authorNotice, coAuthorNotice } from './verification.ts';

type DecidedEvent = Extract<
  ReportEvent,
  'signed' | 'verified' | 'returned' | 'rejected' | 'revoked'
>;

export function decisionNotice(
  say: Say,
  report: ReportView,
  role: Role,
  event: DecidedEvent,
): Message {
  if (event === 'signed') return signedNotice(say, report);
  if (role === 'filer') return ofAnother(say, report, `verify-filed-${event}`, true);
  if (role === 'signer') return ofAnother(say, report, `verify-unit-${event}`, false);
  return role === 'author' ? authorNotice(say, report) : coAuthorNotice(say, report);
}

/** Who filed a collective report hears that it goes on. */
const signedNotice = (say: Say, report: ReportView): Message =>
  plainMessage([
    say('verify-told-signed', {
      number: String(report.id),
      title: report.title,
      name: report.signedBy?.name ?? '',
    }),
  ]);

function ofAnother(say: Say, report: ReportView, key: string, amends: boolean): Message {
  const { id, title, author, unit, decidedBy, reason, status } = report;
  const line = say(key, {
    number: String(id),
    title,
    author: author.name,
    unit: unitName(say, unit),
    name: decidedBy?.name ?? '',
  });
  const why = reason !== null && status !== 'verified' ? [say('verify-reason', { reason })] : [];
  const open = { label: say('verify-button-amend'), action: `rep:${id}:amend` };
  return plainMessage([line, ...why], amends && status === 'returned' ? [[open]] : []);
}
