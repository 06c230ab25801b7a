import { createChannel, type FakeChannel } from './channels.ts';
import { createUser, type FakeUser, type Person } from './people.ts';
import { alertsOf } from './shown.ts';
import { type FakeSlackOptions, startWorkspace, type Workspace } from './workspace.ts';

export type { FakeChannel } from './channels.ts';
export { SLACK_LIMITS } from './limits.ts';
export type { FakeModal } from './modal.ts';
export type { FakeUser } from './people.ts';
export type { Shown } from './shown.ts';
export type { FakeSlackOptions } from './workspace.ts';

export interface FakeSlack extends Workspace {
  user(who: Person): FakeUser;
  channel(what: { name: string; private?: boolean; shared?: boolean }): FakeChannel;
  /** What the bot ever wrote that rings at many people's: "@channel", "@here" … */
  alerts(): string[];
}

/** A Slack workspace on this machine, with people in it. */
export async function startFakeSlack(options: FakeSlackOptions): Promise<FakeSlack> {
  const workspace = await startWorkspace(options);
  const { stage, world } = workspace;
  return {
    ...workspace,
    user: (who) => createUser(stage, who),
    channel: (what) => createChannel(stage, what),
    alerts: () => alertsOf(world),
  };
}
