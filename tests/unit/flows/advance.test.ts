import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  applicable,
  begin,
  type Frame,
  isBlank,
  type Move,
  type Outcome,
  plainAnswers,
  questionFrom,
  questionOf,
  reword,
  SUMMARY,
} from '../../../src/flows/advance.ts';
import type { Flow, QuestionContext } from '../../../src/flows/flow.ts';
import { parsePress, pressAction, type Verb } from '../../../src/flows/press.ts';
import { FlowState } from '../../../src/flows/state.ts';
import { texts } from '../../support/conversation.ts';
import { sampleFlow } from '../../support/sample-flow.ts';

const frameOf = (flow: Flow<null>, floor = 1): Frame<null> => ({
  flow,
  now: '2024-07-05T03:00:00Z',
  floor,
  look: (state) =>
    ({
      say: texts.vi,
      facts: null,
      answers: plainAnswers(state),
      subject: state.subject,
    }) as unknown as QuestionContext<null>,
});
const frame = frameOf(sampleFlow());

const stateOf = (outcome: Outcome): FlowState => {
  if (!('state' in outcome)) throw new Error(`no state: ${outcome.kind}`);
  return outcome.state;
};
const started = stateOf(begin(frame, null));
const text = (value: string, source = 'm'): Move => ({
  kind: 'input',
  input: { kind: 'text', text: value, source },
});
const press = (state: FlowState, verb: Verb, value = ''): Move => ({
  kind: 'press',
  step: state.step,
  verb,
  value,
});
const go = (state: FlowState, ...moves: (Move | [Verb, string?])[]): FlowState =>
  moves.reduce<FlowState>((now, move) => {
    const next = Array.isArray(move) ? press(now, move[0], move[1]) : move;
    return stateOf(advance(frame, now, next));
  }, state);

describe('a flow', () => {
  it('asks what applies, in order, then the summary', () => {
    expect(started.asking).toBe('kind');
    expect(go(started, text('short')).asking).toBe('remark');
    const long = go(started, text('long'));
    expect(long.asking).toBe('detail');
    const end = go(long, text('d'), ['skip'], text('p'), ['done']);
    expect(end.asking).toBe(SUMMARY);
    expect(plainAnswers(end)).toEqual({ kind: 'long', detail: 'd', pieces: ['p'] });
  });

  it('asks again what became necessary by a change, before it is sent', () => {
    const end = go(started, text('short'), ['skip'], ['done'], ['edit', 'kind'], text('strict'));
    expect(end.asking).toBe('pieces');
    const back = go(end, ['back']);
    expect(back.asking).toBe(SUMMARY);
    expect(advance(frame, back, press(back, 'send'))).toMatchObject({
      kind: 'asked',
      state: { asking: 'pieces', revising: true },
    });
  });

  it('starts after prefilled answers and leaves out those that do not fit', () => {
    const state = stateOf(
      begin(frame, '12', {
        kind: { value: 'long', source: 'c' },
        detail: { value: 'x'.repeat(99) },
        nonsense: { value: 1 },
      }),
    );
    expect(state).toMatchObject({ asking: 'detail', subject: '12' });
    expect(state.answers).toEqual({ kind: { value: 'long', source: 'c' } });
  });

  it('without a summary is ready after its last answer', () => {
    const short = frameOf(
      sampleFlow({ summary: false, questions: sampleFlow().questions.slice(0, 1) }),
    );
    const state = stateOf(begin(short, null));
    expect(advance(short, state, text('x')).kind).toBe('ready');
    expect(begin(short, null, { kind: { value: 'x' } }).kind).toBe('ready');
  });

  it('finds the question a message answered, and changes its answer where the flow stands', () => {
    const end = go(started, text('short', 'm1'), ['skip'], text('a', 'm2'), text('b', 'm3'), [
      'done',
    ]);
    expect(['m1', 'm2', 'm3', 'm4'].map((source) => questionFrom(end, source))).toEqual([
      'kind',
      'pieces',
      'pieces',
      null,
    ]);
    const changed = reword(frame, end, 'kind', { kind: 'text', text: 'other', source: 'm1' });
    expect(changed).toMatchObject({ kind: 'noted', state: { asking: SUMMARY, step: end.step } });
    expect(plainAnswers(stateOf(changed)).kind).toBe('other');
    expect(
      reword(frame, end, 'kind', { kind: 'text', text: 'x'.repeat(30), source: 'm1' }).kind,
    ).toBe('refused');
  });

  it('gives no step twice in a conversation', () => {
    const next = stateOf(begin(frameOf(sampleFlow(), 40), null));
    expect(next.step).toBe(41);
    expect(go(started, text('a')).step).toBeGreaterThan(started.step);
  });
});

describe('whatever is sent or pressed', () => {
  const verbs: Verb[] = [
    'choose',
    'back',
    'skip',
    'keep',
    'done',
    'edit',
    'send',
    'park',
    'cancel',
  ];
  const input = fc.oneof(
    fc.record({
      kind: fc.constant('text' as const),
      text: fc.oneof(
        fc.constantFrom('long', 'short', 'strict', 'Xong', ''),
        fc.string({ unit: 'binary', maxLength: 30 }),
      ),
      source: fc.string(),
    }),
    fc.record({
      kind: fc.constant('file' as const),
      file: fc.constant({ ref: 'r', kind: 'photo' as const, name: 'n', mime: 'm', size: null }),
      mediaId: fc.string(),
      caption: fc.string(),
      source: fc.string(),
    }),
  );
  const moves = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ input }) },
      {
        weight: 3,
        arbitrary: fc.record({
          verb: fc.constantFrom(...verbs),
          value: fc.oneof(
            fc.constantFrom('kind', 'detail', 'remark', 'pieces', SUMMARY),
            fc.string({ maxLength: 8 }),
          ),
          off: fc.constantFrom(0, 0, 0, 0, -1, 1),
        }),
      },
    ),
    { maxLength: 40 },
  );

  /** Walks a random path; calls `check` for every step taken. */
  const walk = (
    path: typeof moves extends fc.Arbitrary<infer T> ? T : never,
    check: (before: FlowState, move: Move, outcome: Outcome) => void,
  ) => {
    let state = started;
    for (const step of path) {
      const move: Move =
        'input' in step
          ? { kind: 'input', input: step.input }
          : { kind: 'press', step: state.step + step.off, verb: step.verb, value: step.value };
      const outcome = advance(frame, state, move);
      check(state, move, outcome);
      if (outcome.kind === 'cancelled' || outcome.kind === 'parked') return;
      if ('state' in outcome) state = outcome.state;
    }
  };

  it('keeps the flow at a question that exists, in a state that can be stored', () => {
    fc.assert(
      fc.property(moves, (path) => {
        walk(path, (_, __, outcome) => {
          if (!('state' in outcome)) return;
          const { state } = outcome;
          expect(FlowState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
          const asked = applicable(frame, state).map(({ id }) => id);
          expect([...asked, SUMMARY]).toContain(state.asking);
          for (const [id, { value }] of Object.entries(state.answers))
            if (value !== null)
              expect(questionOf(frame.flow, id)?.schema.safeParse(value).success).toBe(true);
        });
      }),
    );
  });

  it('loses no answer but the one that is answered or skipped', () => {
    fc.assert(
      fc.property(moves, (path) => {
        walk(path, (before, move, outcome) => {
          if (!('state' in outcome)) return;
          for (const [id, answer] of Object.entries(before.answers)) {
            if (isBlank(answer)) continue;
            const now = outcome.state.answers[id];
            if (id !== before.asking) expect(now).toEqual(answer);
            else if (move.kind === 'press' && move.verb === 'skip') continue;
            else expect(isBlank(now)).toBe(false);
          }
        });
      }),
    );
  });

  it('changes nothing when the button is old', () => {
    fc.assert(
      fc.property(moves, (path) => {
        walk(path, (before, move, outcome) => {
          if (move.kind === 'press' && move.step !== before.step)
            expect(outcome).toEqual({ kind: 'stale' });
        });
      }),
    );
  });

  it('is ready only when everything necessary is there', () => {
    fc.assert(
      fc.property(moves, (path) => {
        walk(path, (_, __, outcome) => {
          if (outcome.kind !== 'ready') return;
          const context = frame.look(outcome.state);
          for (const question of applicable(frame, outcome.state))
            if (!question.optional?.(context))
              expect(isBlank(outcome.state.answers[question.id])).toBe(false);
        });
      }),
    );
  });

  it('back from the question reached, then the same answer, leads to the same state', () => {
    fc.assert(
      fc.property(moves, (path) => {
        walk(path, (_, __, outcome) => {
          if (outcome.kind !== 'asked' || outcome.state.revising) return;
          const here = outcome.state;
          const answered = here.answers[here.asking];
          if (here.asking !== SUMMARY && answered && !answered.open) return;
          const back = advance(frame, here, press(here, 'back'));
          if (back.kind !== 'asked') return;
          const same = isBlank(back.state.answers[back.state.asking]) ? 'skip' : 'keep';
          const again = advance(frame, back.state, press(back.state, same));
          // What became necessary meanwhile cannot be skipped.
          if (again.kind === 'refused') return;
          const { step: _now, ...now } = stateOf(again);
          const { step: _then, ...then } = here;
          expect(now).toEqual(then);
        });
      }),
    );
  });
});

describe('buttons', () => {
  it('read back what was written', () => {
    const verbs: Verb[] = [
      'choose',
      'back',
      'skip',
      'keep',
      'done',
      'edit',
      'send',
      'park',
      'cancel',
    ];
    fc.assert(
      fc.property(
        fc.nat(999_999_999),
        fc.constantFrom(...verbs),
        fc.string(),
        (step, verb, value) => {
          expect(parsePress(pressAction(step, verb, value))).toEqual({
            kind: 'press',
            step,
            verb,
            value,
          });
        },
      ),
    );
  });

  it('read nothing into anything else', () => {
    for (const action of [
      '',
      'q',
      'q:',
      'q:1',
      'q:1:zz',
      'q:-1:c',
      'q:1e3:c',
      'q:resume:',
      'x:1:c',
    ])
      expect(parsePress(action)).toBeNull();
    fc.assert(fc.property(fc.string(), (action) => void parsePress(action)));
  });
});
