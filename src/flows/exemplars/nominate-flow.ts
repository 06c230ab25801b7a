/** Nominating a verified report as an exemplar, and changing its citation: which report, the words. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { ExemplarView } from '../../engine/exemplar-reads.ts';
import type { ReportView } from '../../engine/reads.ts';
import type { PersonView, Recipient, TurnContext } from '../../engine/turn-context.ts';
import { exemplarsButton, openExemplarButton } from '../../messages/exemplars.ts';
import { plainMessage } from '../../messages/flow.ts';
import type { Say } from '../../messages/say.ts';
import { SUMMARY } from '../advance.ts';
import type { Finish, Flow, Input, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import type { FlowState } from '../state.ts';
import { askedNames, changeCitation, nominate } from './change.ts';
import { consentersOf, mayNominate, rightsOf } from './rights.ts';

/** Characters of a citation: the table holds no more. */
const CITATION = { least: 20, most: 500 } as const;

/** What it is about: nothing yet, `r:<report>`, or `e:<exemplar>:<version>` to change the citation. */
const SUBJECT = /^(?:r:(?<report>\d{1,9})|e:(?<exemplar>\d{1,9}):(?<version>\d{1,9}))$/;

interface About {
  readonly report: number | null;
  readonly exemplar: { readonly id: number; readonly version: number } | null;
}

function aboutOf(subject: string | null): About {
  const found = SUBJECT.exec(subject ?? '')?.groups;
  const exemplar =
    found?.exemplar === undefined
      ? null
      : { id: Number(found.exemplar), version: Number(found.version) };
  return { report: found?.report === undefined ? null : Number(found.report), exemplar };
}

export const citationSubject = ({ id, version }: Pick<ExemplarView, 'id' | 'version'>): string =>
  `e:${id}:${version}`;
export const nominateSubject = (report: number): string => `r:${report}`;

interface Facts {
  /** The report, when it was looked up; its `problem` is a sentence why it cannot be nominated. */
  readonly found: { readonly report: ReportView | null; readonly problem: string | null } | null;
}
type Context = QuestionContext<Facts>;

/** Whoever cannot be asked cannot consent. */
const unreachable = (say: Say, { id, kind }: ReportView): string =>
  say(kind === 'personal' ? 'exemplar-no-consent' : 'exemplar-no-consent-unit', {
    number: String(id),
  });

/** Why this person cannot nominate this report now, or null. */
export async function nominationProblem(
  say: Say,
  report: ReportView | null,
  person: PersonView | null,
  context: Pick<TurnContext, 'now'>,
  deps: HandlerDeps,
): Promise<string | null> {
  if (!report || !person) return say('exemplar-report-unknown');
  if (!mayNominate(person, report)) {
    const own = person.id === report.author.id || person.id === report.filedBy?.id;
    return say(own ? 'exemplar-own' : 'exemplar-report-unknown');
  }
  const number = { number: String(report.id) };
  if (report.status !== 'verified') return say('exemplar-not-verified', number);
  const [live, consenters] = await Promise.all([
    deps.reads.liveExemplar(report.id),
    consentersOf(report, context, deps),
  ]);
  if (live) return say('exemplar-already', number);
  return consenters.some(({ address }) => address !== null) ? null : unreachable(say, report);
}

const parseReport: Question<Facts>['parse'] = (input, { say, facts }) => {
  const typed = input.kind === 'text' ? /^\s*#?(\d{1,9})\s*$/.exec(input.text)?.[1] : undefined;
  if (typed === undefined) return { kind: 'refuse', why: say('exemplar-report-words') };
  const problem = facts.found?.problem ?? null;
  return problem === null
    ? { kind: 'answer', value: Number(typed) }
    : { kind: 'refuse', why: problem };
};

const reportQuestion: Question<Facts> = {
  id: 'report',
  schema: z.number().int().positive(),
  when: ({ subject }) => subject === null,
  label: ({ say }) => say('exemplar-report-label'),
  ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say('exemplar-report-ask')] }] }),
  parse: parseReport,
  show: String,
  form: {
    fields: ({ say, subject }) =>
      subject === null
        ? [
            {
              kind: 'text',
              id: 'report',
              label: say('exemplar-report-label'),
              hint: say('exemplar-report-ask'),
              optional: false,
              multiline: false,
              maxChars: 10,
            },
          ]
        : [],
    async read(given, context, more) {
      if (context.subject !== null) return { kind: 'answer', answer: { value: null } };
      const typed = given.report;
      const found = await lookUp(numberIn(typed), context.say, context.turn, more.deps);
      const looked = { ...context, facts: { found } };
      return readField<Facts>('report', 'text', parseReport)(given, looked, more);
    },
  },
};

const numberIn = (typed: unknown): number | null => {
  const number = typeof typed === 'string' ? /^\s*#?(\d{1,9})\s*$/.exec(typed)?.[1] : undefined;
  return number === undefined ? null : Number(number);
};

async function lookUp(
  id: number | null,
  say: Say,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Facts['found']> {
  if (id === null) return null;
  const report = await deps.reads.report(id);
  return { report, problem: await nominationProblem(say, report, turn.person, turn, deps) };
}

const parseCitation: Question<Facts>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('exemplar-citation-words') };
  const length = lengthOf(input.text);
  return length >= CITATION.least && length <= CITATION.most
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('exemplar-citation-length', { ...CITATION, length }) };
};

const explained = ({ say, subject }: Context) => [
  { kind: 'text' as const, text: [say('exemplar-citation-ask', CITATION)] },
  ...(aboutOf(subject).exemplar
    ? [{ kind: 'note' as const, text: [say('exemplar-edit-note')] }]
    : []),
];

const citationQuestion: Question<Facts> = {
  id: 'citation',
  schema: z.string(),
  label: ({ say }) => say('exemplar-citation'),
  ask: (context) => ({ blocks: explained(context) }),
  parse: parseCitation,
  show: String,
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'text',
        id: 'citation',
        label: say('exemplar-citation'),
        optional: false,
        multiline: true,
        maxChars: CITATION.most,
        ...(typeof answers.citation === 'string' && { value: answers.citation }),
      },
    ],
    read: readField('citation', 'text', parseCitation),
  },
};

const refuse = (why: string, asking: string = SUMMARY): Finish => ({ kind: 'refuse', why, asking });

async function finish(context: Context, _state: unknown, deps: HandlerDeps): Promise<Finish> {
  const { say, turn, answers, subject } = context;
  const { person } = turn;
  const citation = z.string().parse(answers.citation);
  if (!person) return refuse(say('not-authorised'));
  const about = aboutOf(subject);
  if (about.exemplar) return changed(about.exemplar, citation, person, context, deps);
  const id = about.report ?? z.number().parse(answers.report);
  const report = await deps.reads.report(id);
  const problem = await nominationProblem(say, report, person, turn, deps);
  if (problem !== null || !report)
    return refuse(problem ?? say('exemplar-report-unknown'), subject === null ? 'report' : SUMMARY);
  const consenters = await consentersOf(report, turn, deps);
  const done = await nominate(report, citation, consenters, { person, context: turn, deps });
  return said(say, done, say('exemplar-nominated', { names: askedNames(consenters) }));
}

const said = (
  say: Say,
  { exemplar, writes, sends }: Awaited<ReturnType<typeof nominate>>,
  line: string,
): Finish => ({
  kind: 'done',
  decision: { writes, sends, ack: {} },
  reply: plainMessage([line], [[openExemplarButton(say, exemplar)], [exemplarsButton(say)]]),
});

async function changed(
  { id, version }: { readonly id: number; readonly version: number },
  citation: string,
  person: PersonView,
  { say, turn }: Context,
  deps: HandlerDeps,
): Promise<Finish> {
  const exemplar = await deps.reads.exemplar(id);
  const report = exemplar && (await deps.reads.report(exemplar.reportId));
  const consenters: readonly Recipient[] = exemplar ? await consentersOf(exemplar, turn, deps) : [];
  const ids = consenters.map(({ personId }) => personId);
  if (!exemplar || !report || !rightsOf(person, exemplar, ids).read)
    return refuse(say('exemplar-unknown'));
  if (exemplar.version !== version || !rightsOf(person, exemplar, ids).edit)
    return refuse(say('exemplar-changed'));
  if (report.status !== 'verified') return refuse(say('exemplar-report-gone'));
  const scene = { exemplar, report, consenters };
  const done = await changeCitation(scene, citation, { person, context: turn, deps });
  const values = { number: String(id), names: askedNames(consenters) };
  return said(say, done, say('exemplar-edited', values));
}

export const nominateFlow: Flow<Facts> = {
  id: 'exemplar',
  version: 1,
  upgrades: {},
  questions: [reportQuestion, citationQuestion],
  keepsDrafts: true,
  named: 'citation',
  summary: true,
  title({ say, subject }) {
    const { exemplar } = aboutOf(subject);
    return exemplar
      ? say('exemplar-edit-title', { number: String(exemplar.id) })
      : say('exemplar-button-nominate');
  },
  form: {
    blocks: explained,
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '-',
    // Whether it may be done is found out when it is finished.
    recall: async (key) =>
      key === '-' || SUBJECT.test(key)
        ? { subject: key === '-' ? null : key, answers: {}, changed: null }
        : null,
  },
  async facts(input: Input | null, state: FlowState, turn, deps): Promise<Facts> {
    if (state.asking !== 'report' || input?.kind !== 'text') return { found: null };
    return { found: await lookUp(numberIn(input.text), deps.texts[turn.language], turn, deps) };
  },
  finish,
};
