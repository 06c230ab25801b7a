/** The random sample of verified reports that somebody looks at again. */
import { z } from 'zod';
import { type Decision, update } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { AuditLine } from '../../engine/office-reads.ts';
import type { ReportView } from '../../engine/reads.ts';
import { recorded } from '../../engine/record.ts';
import type { PersonView, TurnContext } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import { auditMessage, auditReportMessage } from '../../messages/office/reports.ts';
import { may } from '../../people/may.ts';
import { authored } from '../../reports/subject.ts';
import type { Flow, Question } from '../flow.ts';
import { openFlow } from '../form.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { answerWith, below, toast } from '../run.ts';
import { officeAction, PER_PAGE } from './action.ts';
import { mayRevoke } from './reports.ts';
import type { OfficeTurn } from './turn.ts';

/** Characters of what is doubtful about a report. */
const NOTE = { least: 3, most: 300 } as const;

export async function showAudit(turn: OfficeTurn, offset: number): Promise<Decision> {
  const { reads, campaign } = turn.deps;
  const page = await reads.auditLines(campaign.code, { limit: PER_PAGE, offset });
  return answerWith(turn, auditMessage(turn.say, page, offset));
}

const mayCheck = (person: PersonView | null, report: ReportView): boolean =>
  may(person, 'audit.check', { ...authored(report), decidedBy: report.decidedBy?.id ?? null });

async function found(turn: Pick<OfficeTurn, 'deps'>, id: number) {
  const [line, report] = await Promise.all([
    turn.deps.reads.auditLine(id),
    turn.deps.reads.report(id),
  ]);
  return line && report ? { line, report } : null;
}

const shown = (turn: OfficeTurn, line: AuditLine, report: ReportView) =>
  auditReportMessage(turn.say, line, report, turn.deps.campaign, {
    check: mayCheck(turn.person, report),
    revoke: mayRevoke(turn, report),
  });

export async function openAudit(turn: OfficeTurn, id: number): Promise<Decision> {
  const drawn = await found(turn, id);
  return drawn
    ? answerWith(turn, shown(turn, drawn.line, drawn.report))
    : toast(turn.say('report-unknown'));
}

/** Why this person cannot say anything about it now, or null. */
function problem(
  { say, person }: Pick<OfficeTurn, 'say'> & { readonly person: PersonView | null },
  { line, report }: { readonly line: AuditLine; readonly report: ReportView },
  version: number,
): string | null {
  if (!mayCheck(person, report)) return say('office-audit-not-yours');
  return line.result !== 'waiting' || line.version !== version ? say('outdated-button') : null;
}

const checked = (
  { context }: Pick<OfficeTurn, 'context'>,
  person: PersonView,
  line: AuditLine,
  result: 'sound' | 'doubtful',
  note: string | null,
) => [
  update(
    'auditSample',
    { reportId: line.report.id, version: line.version },
    {
      result,
      version: line.version + 1,
      checkedBy: person.id,
      checkedAt: context.now.toString(),
      note,
    },
  ),
  recorded(person, context.now.toString(), `audit.${result}`, `report:${line.report.id}`),
];

export async function saySound(turn: OfficeTurn, id: number, version: number): Promise<Decision> {
  const drawn = await found(turn, id);
  if (!drawn) return toast(turn.say('report-unknown'));
  const refused = problem(turn, drawn, version);
  if (refused !== null) return toast(refused);
  const { person } = turn;
  const line: AuditLine = {
    ...drawn.line,
    result: 'sound',
    version: version + 1,
    checkedBy: { id: person.id, name: person.name },
  };
  return {
    ...answerWith(turn, shown(turn, line, drawn.report)),
    writes: checked(turn, person, drawn.line, 'sound', null),
  };
}

export async function sayDoubtful(
  turn: OfficeTurn,
  id: number,
  version: number,
): Promise<Decision> {
  const drawn = await found(turn, id);
  if (!drawn) return toast(turn.say('report-unknown'));
  const refused = problem(turn, drawn, version);
  if (refused !== null) return toast(refused);
  return below(await openFlow(auditNoteFlow, { ...turn, subject: `${id}:${version}` }));
}

const SUBJECT = /^(\d{1,9}):(\d{1,9})$/;
const parseSubject = (subject: string | null) => {
  const match = SUBJECT.exec(subject ?? '');
  return { report: Number(match?.[1] ?? 0), version: Number(match?.[2] ?? 0) };
};

const parseNote: Question<null>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('office-audit-note-words') };
  const length = lengthOf(input.text);
  return length >= NOTE.least && length <= NOTE.most
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('office-audit-note-length', { ...NOTE, length }) };
};

/** One question: what is doubtful. Its subject names the report and the version looked at. */
export const auditNoteFlow: Flow<null> = {
  id: 'audit-note',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say, subject }) =>
    say('office-audit-flow', { number: String(parseSubject(subject).report) }),
  questions: [
    {
      id: 'note',
      schema: z.string(),
      label: ({ say }) => say('office-audit-note-label'),
      ask: ({ say }) => ({
        blocks: [{ kind: 'text', text: [say('office-audit-note-ask', NOTE)] }],
      }),
      parse: parseNote,
      show: String,
      form: {
        fields: ({ say }) => [
          {
            kind: 'text',
            id: 'note',
            label: say('office-audit-note-label'),
            optional: false,
            multiline: true,
            maxChars: NOTE.most,
          },
        ],
        read: readField('note', 'text', parseNote),
      },
    },
  ],
  form: {
    blocks: ({ say }) => [{ kind: 'text', text: [say('office-audit-note-ask', NOTE)] }],
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '',
    recall: async (key) =>
      SUBJECT.test(key) ? { subject: key, answers: {}, changed: null } : null,
  },
  facts: async () => null,
  async finish({ say, turn, answers, subject }, _state, deps: HandlerDeps) {
    const { report: id, version } = parseSubject(subject);
    const reply = (text: string) =>
      plainMessage(
        [text],
        [
          [{ label: say('office-to-a'), action: officeAction('a', 0) }],
          [
            {
              label: say('office-open-report', { number: String(id) }),
              action: officeAction('ao', id),
            },
          ],
        ],
      );
    const context: TurnContext = turn;
    const drawn = await found({ deps }, id);
    const refused = drawn
      ? problem({ say, person: context.person }, drawn, version)
      : say('report-unknown');
    if (!drawn || refused !== null || !context.person)
      return {
        kind: 'done',
        decision: { writes: [], sends: [], ack: {} },
        reply: reply(refused ?? say('outdated-button')),
      };
    const note = z.string().parse(answers.note);
    return {
      kind: 'done',
      decision: {
        writes: checked({ context }, context.person, drawn.line, 'doubtful', note),
        sends: [],
        ack: {},
      },
      reply: reply(say('office-audit-doubtful-done', { number: String(id) })),
    };
  },
};
