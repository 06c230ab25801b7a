/** A flow of any length through the real engine, for how the cost of a turn depends on it. */
import { z } from 'zod';
import type { Feature } from '../src/flows/feature.ts';
import type { Flow, Question } from '../src/flows/flow.ts';
import { startFlow } from '../src/flows/run.ts';
import { button, type Script } from './report-turns.ts';

const ANSWER = 'Một câu trả lời dài chừng sáu mươi ký tự như người ta hay viết';

const question = (n: number): Question<null> => ({
  id: `question${n}`,
  schema: z.string().max(500),
  label: () => `Câu ${n}`,
  ask: () => ({ blocks: [{ kind: 'text', text: [`Câu hỏi ${n}`] }] }),
  parse: (input) =>
    input.kind === 'text'
      ? { kind: 'answer', value: input.text }
      : { kind: 'refuse', why: 'Cần trả lời bằng văn bản.' },
  show: String,
});

const flowOf = (length: number): Flow<null> => ({
  id: `long${length}`,
  version: 1,
  upgrades: {},
  questions: Array.from({ length }, (_, i) => question(i + 1)),
  keepsDrafts: false,
  summary: true,
  title: () => 'Phiếu dài',
  facts: async () => null,
  finish: async () => ({ kind: 'refuse', why: '', asking: 'summary' }),
});

/** `/longN` starts the flow with all answers but the last two given. */
export function longFlow(length: number): { feature: Feature; script: Script } {
  const flow = flowOf(length);
  const given = flow.questions.slice(0, length - 2).map(({ id }) => [id, { value: ANSWER }]);
  const prefill = Object.fromEntries(given);
  const feature: Feature = {
    flows: [flow],
    commands: {
      [flow.id]: (event, context, deps) => startFlow(flow, { event, context, deps, prefill }),
    },
  };
  // Begins once, then goes back and forth at the end of the flow.
  const forth: Script = [() => ({ text: ANSWER }), button(/^q:\d+:b/)];
  return {
    feature,
    script: [() => ({ command: flow.id }), ...Array.from({ length: 2000 }, () => forth).flat()],
  };
}
