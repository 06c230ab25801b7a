/** Asks the office why an exemplar is not approved, and then does it. */
import { z } from 'zod';
import type { HandlerDeps } from '../../engine/deps.ts';
import { exemplarsButton } from '../../messages/exemplars.ts';
import { plainMessage } from '../../messages/flow.ts';
import type { Finish, Flow, Question, QuestionContext } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { decideExemplar } from './change.ts';
import { consentersOf, rightsOf } from './rights.ts';

/** Characters of the reason. */
const REASON = { least: 3, most: 300 } as const;
const SUBJECT = /^(\d{1,9}):(\d{1,9})$/;

function parseSubject(subject: string | null): { readonly id: number; readonly version: number } {
  const match = SUBJECT.exec(subject ?? '');
  return { id: Number(match?.[1] ?? 0), version: Number(match?.[2] ?? 0) };
}

const parseReason: Question<null>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('exemplar-refuse-words') };
  const length = lengthOf(input.text);
  return length >= REASON.least && length <= REASON.most
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('exemplar-refuse-length', { ...REASON, length }) };
};

async function finish(
  { say, turn, answers, subject }: QuestionContext<null>,
  _state: unknown,
  deps: HandlerDeps,
): Promise<Finish> {
  const { id, version } = parseSubject(subject);
  const { person } = turn;
  const stop = (why: string): Finish => ({
    kind: 'done',
    decision: { writes: [], sends: [], ack: {} },
    reply: plainMessage([why], [[exemplarsButton(say)]]),
  });
  const exemplar = await deps.reads.exemplar(id);
  if (!person || !exemplar) return stop(say('exemplar-unknown'));
  const [report, consenters] = await Promise.all([
    deps.reads.report(exemplar.reportId),
    consentersOf(exemplar, turn, deps),
  ]);
  const can = rightsOf(
    person,
    exemplar,
    consenters.map(({ personId }) => personId),
  );
  if (!can.read || !report) return stop(say('exemplar-unknown'));
  if (!can.decide || exemplar.version !== version) return stop(say('exemplar-changed'));
  const scene = { exemplar, report, consenters };
  const reason = z.string().parse(answers.reason);
  const done = await decideExemplar(scene, 'refused', reason, { person, context: turn, deps });
  return {
    kind: 'done',
    decision: { writes: done.writes, sends: done.sends, ack: {} },
    reply: plainMessage(
      [say('exemplar-refused', { number: String(id) })],
      [[exemplarsButton(say)]],
    ),
  };
}

/** One question; its subject names the exemplar and the version looked at. */
export const refuseFlow: Flow<null> = {
  id: 'exemplar-refuse',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say, subject }) =>
    say('exemplar-refuse-title', { number: String(parseSubject(subject).id) }),
  questions: [
    {
      id: 'reason',
      schema: z.string(),
      label: ({ say }) => say('exemplar-reason'),
      ask: ({ say }) => ({
        blocks: [{ kind: 'text', text: [say('exemplar-refuse-ask', REASON)] }],
      }),
      parse: parseReason,
      show: String,
      form: {
        fields: ({ say }) => [
          {
            kind: 'text',
            id: 'reason',
            label: say('exemplar-reason'),
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
    blocks: ({ say }) => [{ kind: 'text', text: [say('exemplar-refuse-ask', REASON)] }],
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '',
    recall: async (key) =>
      SUBJECT.test(key) ? { subject: key, answers: {}, changed: null } : null,
  },
  facts: async () => null,
  finish,
};
