/** Which document, of whom, of which time; it is made afterwards and comes as a file. */
import { z } from 'zod';
import { campaignDay, mondayOf } from '../../campaign/calendar.ts';
import { periodKeys, spansOf } from '../../digests/spans.ts';
import { insert } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { EXPORT_TASK, type ExportTask } from '../../engine/export-task.ts';
import { recorded } from '../../engine/record.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { periodName, scopeName } from '../../messages/documents.ts';
import { plainMessage } from '../../messages/flow.ts';
import { may } from '../../people/may.ts';
import type { Choice, Finish, Flow, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import {
  type DocumentFacts,
  found,
  ownUnits,
  readsAll,
  Scope,
  scopeQuestion,
  unitOf,
  unitScope,
} from './scope.ts';

type Context = QuestionContext<DocumentFacts>;

const KINDS = ['document', 'workbook'] as const;
const Kind = z.enum(KINDS);

/** A question with a few fixed answers, as buttons and as a list in a form. */
const choiceQuestion = (
  id: string,
  ask: string,
  options: (context: Pick<Context, 'say' | 'facts' | 'deps'>) => readonly Choice[],
): Question<DocumentFacts> => {
  const parse: Question<DocumentFacts>['parse'] = (input, context) =>
    input.kind === 'choice' && options(context).some(({ value }) => value === input.value)
      ? { kind: 'answer', value: input.value }
      : { kind: 'refuse', why: context.say('export-press-button') };
  return {
    id,
    schema: z.string(),
    label: ({ say }) => say(`export-${id}`),
    ask: (context) => ({
      blocks: [{ kind: 'text', text: [context.say(ask)] }],
      choices: options(context).map((option) => [option]),
    }),
    parse,
    show: (value, context) =>
      options(context).find((option) => option.value === value)?.label ?? String(value),
    form: {
      fields: (context) => [
        {
          kind: 'choice',
          id,
          label: context.say(`export-${id}`),
          optional: false,
          options: options(context).map(({ label, value }) => ({ label, value })),
        },
      ],
      read: readField(id, 'choice', parse),
    },
  };
};

/** Stages that have begun, and the whole campaign: `s0`, `all`. */
export const periodsOf = (campaign: HandlerDeps['campaign'], today: string): string[] =>
  periodKeys(campaign, mondayOf(today)).filter((key) => key !== 'now' && key !== 'last');

const kindQuestion = choiceQuestion('kind', 'export-kind-ask', ({ say }) =>
  KINDS.map((value) => ({ label: say(`export-kind-${value}`), value })),
);

const periodQuestion = choiceQuestion('period', 'export-period-ask', ({ say, facts, deps }) =>
  periodsOf(deps.campaign, facts.today).flatMap((value) => {
    const period = spansOf(deps.campaign, value, mondayOf(facts.today))?.period;
    return period?.kind === 'stage' ? [{ label: periodName(say, period), value }] : [];
  }),
);

async function finish(context: Context, _state: unknown, deps: HandlerDeps): Promise<Finish> {
  const { say, turn, answers, facts } = context;
  const { person, identity, account } = turn;
  const stop = (key: string): Finish => ({
    kind: 'done',
    decision: { writes: [], sends: [], ack: {} },
    reply: plainMessage([say(key)]),
  });
  const [own] = facts.own;
  // Whoever has one unit was not asked which.
  const scope = answers.scope === undefined ? own && unitScope(own) : Scope.parse(answers.scope);
  const unit = scope && unitOf(scope);
  const unitId = unit?.unitId ?? null;
  if (!person || unit === undefined || !may(person, 'export.read', { unitId }))
    return stop('not-authorised');
  const period = spansOf(deps.campaign, String(answers.period), mondayOf(facts.today))?.period;
  if (period?.kind !== 'stage')
    return { kind: 'refuse', why: say('export-nothing'), asking: 'period' };
  const to = identity && account?.directChat ? { ...identity, chat: account.directChat } : null;
  if (!to) return stop('flow-private-only');
  const what = Kind.parse(answers.kind);
  const { stage } = period;
  const subject = unitId === null ? 'campaign' : `unit:${unitId}`;
  const payload: ExportTask = {
    what,
    unitId,
    stage,
    to: { platform: to.platform, tenant: to.tenant, chat: to.chat },
    personId: person.id,
    language: turn.language,
  };
  return {
    kind: 'done',
    decision: {
      writes: [
        insert('task', { kind: EXPORT_TASK, payload, askedBy: person.id }),
        recorded(person, turn.now.toString(), 'export.ask', subject, { what, stage }),
      ],
      sends: [],
      ack: {},
    },
    reply: plainMessage([
      say(`export-asked-${what}`, { of: scopeName(say, unit), period: periodName(say, period) }),
    ]),
  };
}

export const documentsFlow: Flow<DocumentFacts> = {
  id: 'documents',
  version: 1,
  upgrades: {},
  questions: [kindQuestion, scopeQuestion, periodQuestion],
  keepsDrafts: false,
  summary: false,
  title: ({ say }) => say('export-title'),
  form: {
    blocks: ({ say, facts }) => [
      { kind: 'text', text: [say(facts.all ? 'export-intro-all' : 'export-intro')] },
    ],
    otherwise: ({ say }) => say('form-otherwise'),
    key: () => '-',
    recall: async (key, turn, deps) =>
      key === '-' && (await mayAsk(turn, deps))
        ? { subject: null, answers: {}, changed: null }
        : null,
  },
  async facts(input, state, turn, deps) {
    const today = campaignDay(turn.now, deps.campaign.zone);
    const scope = { all: readsAll(turn.person), own: await ownUnits(turn.person, deps) };
    const asked = state.asking === 'scope' ? input : null;
    return { today, ...scope, ...(await found(asked, today, scope, deps)) };
  },
  finish,
};

/** Whether there is any document for this person. */
export const mayAsk = async (turn: TurnContext, deps: HandlerDeps): Promise<boolean> =>
  readsAll(turn.person) || (await ownUnits(turn.person, deps)).length > 0;
