/** The features put together: who owns which command, button prefix and flow. */
import type { InboundOf } from '../chat/index.ts';
import type { Handler } from '../engine/deps.ts';
import type { Feature } from './feature.ts';

export type AnyFlow = NonNullable<Feature['flows']>[number];

export interface Registry {
  readonly features: readonly Feature[];
  readonly commands: ReadonlyMap<string, Handler<InboundOf<'command'>>>;
  /** By prefix without the colon. */
  readonly presses: ReadonlyMap<string, Handler<InboundOf<'press'>>>;
  readonly flows: ReadonlyMap<string, AnyFlow>;
  readonly publicCommands: ReadonlySet<string>;
  readonly publicPresses: ReadonlySet<string>;
  readonly inGroups: ReadonlySet<string>;
}

/** @throws when two features claim the same name: a mistake of the composition, not of a person. */
export function register(features: readonly Feature[]): Registry {
  const own = <T>(what: string, entries: readonly (readonly [string, T])[]): Map<string, T> => {
    const map = new Map<string, T>();
    for (const [name, value] of entries) {
      if (map.has(name)) throw new Error(`two features have the ${what} "${name}"`);
      map.set(name, value);
    }
    return map;
  };
  const bare = (prefix: string) => prefix.replace(/:$/, '');
  return {
    features,
    commands: own(
      'command',
      features.flatMap((feature) => Object.entries(feature.commands ?? {})),
    ),
    presses: own(
      'button prefix',
      features.flatMap((feature) =>
        Object.entries(feature.presses ?? {}).map(([prefix, run]) => [bare(prefix), run] as const),
      ),
    ),
    flows: own(
      'flow',
      features.flatMap((feature) => (feature.flows ?? []).map((flow) => [flow.id, flow] as const)),
    ),
    publicCommands: new Set(features.flatMap((feature) => feature.public?.commands ?? [])),
    publicPresses: new Set(features.flatMap((feature) => feature.public?.presses ?? []).map(bare)),
    inGroups: new Set(features.flatMap((feature) => feature.inGroups ?? [])),
  };
}
