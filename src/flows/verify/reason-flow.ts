/** Asks why a report is returned, not verified or revoked, and then does it. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ReportView } from '../../engine/reads.ts';
import { plainMessage } from '../../messages/flow.ts';
import { queueButton } from '../../messages/verification.ts';
import { SUMMARY } from '../advance.ts';
import type { Flow, Question } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { noAuthority, tooLate, verifierIdsOf } from './authority.ts';
import { decideReport, type VerifierAction } from './decide.ts';

type ReasonedAction = Exclude<VerifierAction, 'verify'>;

/** Characters of a reason: long enough to say something, short enough for a chat. */
const REASON = { least: 3, most: 300 } as const;
const Reason = z.string().refine((text) => {
  const length = lengthOf(text);
  return length >= REASON.least && length <= REASON.most;
});

export interface ReasonSubject {
  readonly action: ReasonedAction;
  readonly report: number;
  /** The version the verifier was looking at. */
  readonly version: number;
}

export const reasonSubject = ({ action, report, version }: ReasonSubject): string =>
  `${action}:${report}:${version}`;

const SUBJECT = /^(return|reject|revoke):(\d{1,9}):(\d{1,9})$/;

function parseSubject(subject: string | null): ReasonSubject {
  const match = SUBJECT.exec(subject ?? '');
  if (!match) throw new Error(`Not a subject of the reason flow: ${subject}`);
  return {
    action: match[1] as ReasonedAction,
    report: Number(match[2]),
    version: Number(match[3]),
  };
}

interface Facts {
  /** Loaded when the reason is given, and for a form, which shows what it is about. */
  readonly report: ReportView | null;
  readonly verifierIds: readonly number[];
}

const parseReason: Question<Facts>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('verify-reason-words') };
  const length = lengthOf(input.text);
  return length >= REASON.least && length <= REASON.most
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('verify-reason-length', { ...REASON, length }) };
};

/** One question; its subject says what is done to which version of which report. */
export const reasonFlow: Flow<Facts> = {
  id: 'verify-reason',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title({ say, subject }) {
    const { action, report } = parseSubject(subject);
    return say(`verify-title-${action}`, { number: String(report) });
  },
  questions: [
    {
      id: 'reason',
      schema: Reason,
      label: ({ say }) => say('verify-reason-label'),
      ask: ({ say, subject }) => ({
        blocks: [
          { kind: 'text', text: [say(`verify-ask-${parseSubject(subject).action}`, REASON)] },
        ],
      }),
      parse: parseReason,
      show: (value) => String(value),
      form: {
        fields: ({ say }) => [
          {
            kind: 'text',
            id: 'reason',
            label: say('verify-reason-label'),
            optional: false,
            multiline: true,
            maxChars: REASON.most,
          },
        ],
        read: readField('reason', 'text', parseReason),
      },
    },
  ],
  form: {
    blocks({ say, subject, facts: { report } }) {
      const about = report && {
        number: String(report.id),
        author: report.author.name,
        title: report.title,
      };
      return [
        ...(about ? [{ kind: 'text' as const, text: [say('form-reason-about', about)] }] : []),
        { kind: 'text', text: [say(`verify-ask-${parseSubject(subject).action}`, REASON)] },
      ];
    },
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '',
    // Who may decide, and whether somebody else has, is found out when it is finished.
    recall: async (key) =>
      SUBJECT.test(key) ? { subject: key, answers: {}, changed: null } : null,
  },
  async facts(input, state, turn, deps): Promise<Facts> {
    const none: Facts = { report: null, verifierIds: [] };
    if (input?.kind !== 'text' && state.asking !== SUMMARY) return none;
    const report = await deps.reads.report(parseSubject(state.subject).report);
    return report ? { report, verifierIds: await verifierIdsOf(report, turn, deps) } : none;
  },
  async finish({ say, turn, facts, answers, subject }, _state, deps: HandlerDeps) {
    const { action, version } = parseSubject(subject);
    const { report, verifierIds } = facts;
    const { person } = turn;
    const reason = Reason.parse(answers.reason);
    const number = String(report?.id ?? '');
    const stop = (why: string) => ({
      kind: 'done' as const,
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage([why], [[queueButton(say)]]),
    });
    if (!report || !person) return stop(say('outdated-button'));
    const problem =
      noAuthority(say, person, report, verifierIds, action) ??
      tooLate(say, person, report, action, version, deps.campaign.zone);
    if (problem !== null) return stop(problem);
    const decided = await decideReport(action, report, reason, person, turn, deps);
    if (!decided) return stop(say('verify-done-submitted'));
    return {
      kind: 'done',
      decision: { writes: decided.writes, sends: decided.sends, ack: {} },
      reply: plainMessage([say(`verify-committed-${action}`, { number })], [[queueButton(say)]]),
    };
  },
};
