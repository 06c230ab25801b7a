import { type FakeSlackOptions, startWorkspace, type Workspace } from './workspace.ts';

export { SLACK_LIMITS } from './limits.ts';
export type { FakeSlackOptions } from './workspace.ts';

export type FakeSlack = Workspace;

/** A Slack workspace on this machine, with people in it. */
export const startFakeSlack = (options: FakeSlackOptions): Promise<FakeSlack> =>
  startWorkspace(options);
