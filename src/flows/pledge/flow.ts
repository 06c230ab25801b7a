/** Registering what a unit is to achieve. The subject is `<unit>:<version>` of what is being changed, 0 for a new one. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { PledgeView } from '../../engine/pledge-reads.ts';
import { showDate } from '../../messages/dates.ts';
import { plainMessage } from '../../messages/flow.ts';
import { meanwhileBlocks, pledgeMessage, targetLines, viewAction } from '../../messages/pledge.ts';
import { unitName } from '../../messages/report.ts';
import { may } from '../../people/may.ts';
import { SUMMARY } from '../advance.ts';
import type { Finish, Flow, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import type { Answer } from '../state.ts';
import { register } from './register.ts';
import { type PledgeFacts, Targets, targetsQuestion } from './targets.ts';

type Context = QuestionContext<PledgeFacts>;

/** Characters of a pledge, as the table says. */
const TEXT_MAX = 1000;
const Text = z
  .string()
  .min(1)
  .refine((text) => lengthOf(text) <= TEXT_MAX);

export const pledgeSubject = (unitId: number, pledge: PledgeView | null): string =>
  `${unitId}:${pledge?.version ?? 0}`;

const SUBJECT = /^(\d{1,9}):(\d{1,9})$/;

function parseSubject(subject: string | null): { unitId: number; version: number } {
  const match = SUBJECT.exec(subject ?? '');
  if (!match) throw new Error(`Not a subject of the pledge flow: ${subject}`);
  return { unitId: Number(match[1]), version: Number(match[2]) };
}

/** The answers a pledge is made of, to be changed. */
export const answersOf = (pledge: PledgeView | null): Record<string, Answer> =>
  pledge
    ? {
        text: { value: pledge.text },
        targets: { value: Object.keys(pledge.targets).length > 0 ? { ...pledge.targets } : null },
      }
    : {};

async function load(unitId: number, on: string, deps: HandlerDeps): Promise<PledgeFacts> {
  const { campaign, reads } = deps;
  const [[unit], pledge] = await Promise.all([
    reads.units([unitId]),
    reads.pledge(campaign.code, unitId),
  ]);
  return { today: on, unit: unit ?? null, pledge };
}

const parseText: Question<PledgeFacts>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('report-text-only') };
  const length = lengthOf(input.text);
  if (!/[\p{L}\p{N}]/u.test(input.text)) return { kind: 'refuse', why: say('report-text-empty') };
  return length > TEXT_MAX
    ? { kind: 'refuse', why: say('report-text-long', { most: TEXT_MAX, length }) }
    : { kind: 'answer', value: input.text };
};

const textQuestion: Question<PledgeFacts> = {
  id: 'text',
  schema: Text,
  label: ({ say }) => say('pledge-text'),
  ask: ({ say }) => ({
    blocks: [{ kind: 'text', text: [say('pledge-text-ask', { most: TEXT_MAX })] }],
  }),
  parse: parseText,
  show: String,
  form: {
    fields: ({ say, answers }) => [
      {
        kind: 'text',
        id: 'text',
        label: say('pledge-text'),
        optional: false,
        multiline: true,
        maxChars: TEXT_MAX,
        ...(typeof answers.text === 'string' && { value: answers.text }),
      },
    ],
    read: readField('text', 'text', parseText),
  },
};

async function finish(context: Context, _state: unknown, deps: HandlerDeps): Promise<Finish> {
  const { say, turn, facts, answers, subject } = context;
  const { campaign } = deps;
  const { person } = turn;
  const { unitId, version } = parseSubject(subject);
  const refuse = (why: string): Finish => ({ kind: 'refuse', why, asking: SUMMARY });
  const { unit, pledge, today } = facts;
  if (!person || !unit || !may(person, 'pledge.write', { unitId }))
    return refuse(say('not-authorised'));
  if (today > campaign.pledgesUntil)
    return refuse(
      say('pledge-over-draft', { date: showDate(campaign.pledgesUntil, say.language) }),
    );
  const written = { text: Text.parse(answers.text), targets: Targets.parse(answers.targets ?? {}) };
  if ((pledge?.version ?? 0) !== version) {
    const lines = [written.text, ...targetLines(say, written.targets, campaign)];
    const shown = { unit, pledge, today, verified: {}, writes: true, all: false };
    return {
      kind: 'done',
      decision: { writes: [], sends: [], ack: {} },
      reply: pledgeMessage(say, shown, campaign, meanwhileBlocks(say, lines)),
    };
  }
  const { writes, sends } = await register(unit, written, pledge, person, turn, deps);
  return {
    kind: 'done',
    decision: { writes, sends, ack: {} },
    reply: plainMessage(
      [say('pledge-done', { unit: unitName(say, unit) })],
      [[{ label: say('pledge-button-view'), action: viewAction(unitId) }]],
    ),
  };
}

export const pledgeFlow: Flow<PledgeFacts> = {
  id: 'pledge',
  version: 1,
  upgrades: {},
  questions: [textQuestion, targetsQuestion],
  keepsDrafts: true,
  named: 'text',
  summary: true,
  title: ({ say }) => say('pledge-flow'),
  form: {
    blocks: ({ say, facts, deps }) => [
      {
        kind: 'text',
        text: [
          say('pledge-form-unit', {
            unit: facts.unit ? unitName(say, facts.unit) : '',
            date: showDate(deps.campaign.pledgesUntil, say.language),
          }),
        ],
      },
      { kind: 'note', text: [say('pledge-form-targets')] },
    ],
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '',
    // Who may, and until when, is found out when it is finished.
    async recall(key, turn, deps) {
      if (!SUBJECT.test(key)) return null;
      const { unitId, version } = parseSubject(key);
      if (!may(turn.person, 'pledge.read', { unitId })) return null;
      const pledge = await deps.reads.pledge(deps.campaign.code, unitId);
      return {
        subject: pledgeSubject(unitId, pledge),
        answers: answersOf(pledge),
        changed:
          (pledge?.version ?? 0) === version
            ? null
            : deps.texts[turn.language]('pledge-changed-form'),
      };
    },
  },
  facts: (_input, { subject }, turn, deps) =>
    load(parseSubject(subject).unitId, campaignDay(turn.now, deps.campaign.zone), deps),
  finish,
};
