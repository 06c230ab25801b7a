import type { Emit, World } from './world.ts';

/** What people's hands (`people.ts`) have to work with. */
export interface Stage {
  readonly world: World;
  readonly emit: Emit;
  /** Commands of the app's manifest, with the slash; null: any. Another one is an error of Slackbot's. */
  readonly commands: readonly string[] | null;
  /** Callback ids of its shortcuts; null: any. */
  readonly shortcuts: readonly string[] | null;
}
