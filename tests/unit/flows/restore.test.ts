import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../src/application.ts';
import type { Feature } from '../../../src/flows/feature.ts';
import type { Flow } from '../../../src/flows/flow.ts';
import type { AnyFlow } from '../../../src/flows/registry.ts';
import { restore } from '../../../src/flows/restore.ts';
import { FlowState } from '../../../src/flows/state.ts';
import { sampleFlow } from '../../support/sample-flow.ts';

const saved = (values: Partial<FlowState> = {}): FlowState => ({
  flow: 'sample',
  version: 1,
  asking: 'remark',
  answers: { kind: { value: 'short', source: 'm1' }, remark: { value: null } },
  step: 4,
  revising: false,
  subject: null,
  albums: [],
  savedAt: '2024-07-05T03:00:00Z',
  ...values,
});

describe('saved states of every released version', () => {
  const flows: AnyFlow[] = (FEATURES as readonly Feature[]).flatMap(
    (feature) => feature.flows ?? [],
  );
  const folder = new URL('../../fixtures/flow-states/', import.meta.url);

  it.each(flows.map((flow) => [flow.id, flow] as const))('of %s go on', (id, flow) => {
    const files = readdirSync(new URL(`${id}/`, folder));
    const versions = files.map((name) => Number.parseInt(name, 10));
    for (let version = 1; version <= flow.version; version += 1)
      expect(versions, `no saved state of version ${version}`).toContain(version);
    for (const name of files) {
      const state = FlowState.parse(
        JSON.parse(readFileSync(new URL(`${id}/${name}`, folder), 'utf8')),
      );
      const restored = restore(flow, state);
      expect(restored, name).toMatchObject({ kind: 'fits', state: { asking: state.asking } });
    }
  });
});

describe('a saved state', () => {
  const upgraded = sampleFlow({
    version: 3,
    upgrades: {
      1: ({ kind, ...rest }) => ({ ...rest, kind: `${String(kind)}er` }),
      2: (answers) => ({ ...answers, remark: answers.remark ?? 'none' }),
    },
  });

  it('runs through every upgrade and keeps where its answers came from', () => {
    const restored = restore(upgraded, saved());
    expect(restored).toMatchObject({
      kind: 'fits',
      state: {
        version: 3,
        answers: { kind: { value: 'shorter', source: 'm1' }, remark: { value: 'none' } },
      },
    });
  });

  it('of the present version is left as it is', () => {
    expect(restore(sampleFlow(), saved())).toEqual({ kind: 'fits', state: saved() });
  });

  it('that asks a question which is gone asks the first one', () => {
    expect(restore(sampleFlow(), saved({ asking: 'gone' }))).toMatchObject({
      state: { asking: 'kind' },
    });
  });

  it.each<[string, Flow<null>, Partial<FlowState>]>([
    ['no upgrade for it', sampleFlow({ version: 2 }), {}],
    [
      'an upgrade that fails',
      sampleFlow({
        version: 2,
        upgrades: {
          1: () => {
            throw new Error('no');
          },
        },
      }),
      {},
    ],
    ['an answer of another shape', sampleFlow(), { answers: { kind: { value: 'x'.repeat(40) } } }],
    ['an answer to no question', sampleFlow(), { answers: { other: { value: 'x'.repeat(40) } } }],
  ])('that cannot go on gives its words back: %s', (_, flow, values) => {
    const state = saved({
      answers: { kind: { value: 'short' }, remark: { value: null } },
      ...values,
    });
    const restored = restore(flow, state);
    expect(restored).toEqual({ kind: 'lost', texts: [expect.any(String)] });
  });
});
