/** Taking a saved state up again, perhaps one that an earlier release wrote. Pure. */
import { SUMMARY } from './advance.ts';
import type { Flow } from './flow.ts';
import type { Answer, FlowState } from './state.ts';

export type Restored =
  | { readonly kind: 'fits'; readonly state: FlowState }
  /** It cannot go on: what was typed, to be shown to the person before the flow starts again. */
  | { readonly kind: 'lost'; readonly texts: readonly string[] };

/** What the answers say, as text. */
export function answersAsText(state: FlowState): string[] {
  const text = (value: unknown): string[] => {
    if (value === null || value === undefined) return [];
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.flatMap(text);
    if (typeof value === 'object') return Object.values(value).flatMap(text);
    return [String(value)];
  };
  return Object.values(state.answers)
    .flatMap((answer) => text(answer.value))
    .filter((line) => line !== '');
}

/** Runs the upgrades since the version that wrote the state, then checks every answer's shape. */
export function restore<F>(flow: Flow<F>, state: FlowState): Restored {
  const lost = (): Restored => ({ kind: 'lost', texts: answersAsText(state) });
  let answers = state.answers;
  if (state.version < flow.version) {
    let values: Record<string, unknown> = Object.fromEntries(
      Object.entries(answers).map(([id, answer]) => [id, answer.value]),
    );
    for (let version = state.version; version < flow.version; version += 1) {
      const upgrade = flow.upgrades[version];
      if (!upgrade) return lost();
      try {
        values = upgrade(values);
      } catch {
        return lost();
      }
    }
    answers = Object.fromEntries(
      Object.entries(values).map(([id, value]) => [
        id,
        { ...state.answers[id], value: value as Answer['value'] },
      ]),
    );
  }
  const questions = new Map(flow.questions.map((question) => [question.id, question]));
  const fits = Object.entries(answers).every(([id, { value }]) => {
    const question = questions.get(id);
    return question !== undefined && (value === null || question.schema.safeParse(value).success);
  });
  if (!fits) return lost();
  const known = questions.has(state.asking) || (flow.summary && state.asking === SUMMARY);
  const asking = known ? state.asking : (flow.questions[0]?.id ?? SUMMARY);
  return { kind: 'fits', state: { ...state, answers, asking, version: flow.version } };
}
