import { onTestFinished } from 'vitest';
import { SCOPES } from '../../../../adapters/slack/manifest.ts';
import { createReach, type Reach } from '../../../../adapters/slack/reach.ts';
import type { Address, Identity } from '../../../../src/chat/index.ts';
import { type FakeSlackOptions, startFakeSlack } from '../../../fakes/slack/index.ts';
import { type Shown, shown } from '../../../fakes/slack/shown.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';

/** A 1 × 1 PNG. */
export const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
export const SHA = 'a'.repeat(64);

/** A workspace with one channel the bot is in and one person, and the way there. */
export async function workspace(
  options: Partial<FakeSlackOptions> = {},
  // Only tests of calls that are never answered want a short one.
  timeoutMs = 20_000,
) {
  const fake = await startFakeSlack({ scopes: SCOPES, events: [], ...options });
  onTestFinished(() => fake.close());
  const { world } = fake;
  const host = createRecordingHost();
  host.keep(SHA, PNG);
  const time = { ms: 0 };
  /** Pauses that were asked for; time passes at once. */
  const pauses: number[] = [];
  const reach: Reach = createReach({
    token: fake.botToken,
    apiUrl: fake.apiUrl,
    host: () => host,
    now: () => time.ms,
    async wait(ms) {
      pauses.push(ms);
    },
    timeoutMs,
  });
  const member = {
    team: world.teamId,
    email: null,
    emailConfirmed: false,
    locale: 'vi-VN',
    guest: null,
    stranger: false,
    bot: false,
    deleted: false,
  };
  const an = { ...member, id: 'U0AN00001', name: 'Nguyễn Văn An' };
  world.users.set(an.id, an);
  const room = {
    id: 'C0PHONG01',
    kind: 'public' as const,
    name: 'phong-dao-tao',
    archived: false,
    deleted: false,
    shared: false,
    members: new Set([an.id, world.botUserId]),
    user: null,
    opened: true,
  };
  world.channels.set(room.id, room);
  const direct = world.direct(an.id);
  direct.opened = true;
  const at = (chat: string): Address => ({ platform: 'slack', tenant: world.teamId, chat });
  return {
    fake,
    world,
    host,
    reach,
    time,
    pauses,
    an,
    /** The channel as the fake keeps it, to be changed. */
    channel: room,
    room: at(room.id),
    direct: at(direct.id),
    identity: { platform: 'slack', tenant: world.teamId, user: an.id } satisfies Identity,
    /** What everybody reads in a conversation, oldest first. */
    seen: (to: Address): Shown[] =>
      world.messages.filter((m) => m.channel === to.chat).map((m) => shown(world, m)),
    calls: (method: string) => fake.calls.filter((call) => call.method === method),
  };
}
