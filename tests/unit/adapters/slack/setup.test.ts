import { describe, expect, it, onTestFinished } from 'vitest';
import type { SlackOptions } from '../../../../adapters/slack/index.ts';
import { SCOPES } from '../../../../adapters/slack/manifest.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/index.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { slackBehindHttp, slackOn, startSlackWorkspace } from '../../../support/slack-adapter.ts';

const NEVER = /must-not-be-logged|wrong-secret/;

async function setUp(
  fakeOptions: Partial<FakeSlackOptions> = {},
  options: Partial<SlackOptions> = {},
) {
  const fake = await startSlackWorkspace(fakeOptions);
  const host = createRecordingHost();
  const adapter = slackOn(fake, options);
  onTestFinished(async () => {
    await adapter.stop();
    await fake.close();
  });
  const warnings = () => host.lines.filter((l) => l.level === 'warn');
  const refusal = async () => String(await adapter.start(host).catch((e: unknown) => e));
  return { fake, host, adapter, warnings, refusal };
}

describe('the start', () => {
  it('learns which workspace it is in, and is connected when it is done', async () => {
    const { fake, host, adapter, warnings } = await setUp();
    expect(adapter.intake()).toEqual({ state: 'stopped' });
    await adapter.start(host);
    expect(adapter.tenant).toBe(fake.teamId);
    expect(adapter.intake()).toEqual({ state: 'receiving' });
    expect(fake.socket.connections()).toBe(1);
    expect(warnings()).toEqual([]);
  });

  it('refuses a wrong bot token at once, naming the setting and not the token', async () => {
    const { fake, refusal } = await setUp({}, { botToken: 'xoxb-wrong-secret' });
    const text = await refusal();
    expect(text).toMatch(/SLACK_BOT_TOKEN.*invalid_auth/);
    expect(text).not.toMatch(NEVER);
    expect(fake.calls.map((c) => c.method)).toEqual(['auth.test']);
  });

  it('refuses a wrong app token at once, naming the setting and not the token', async () => {
    const mode = { socket: { appToken: 'xapp-wrong-secret' } };
    const { fake, refusal, adapter } = await setUp({}, { mode });
    const text = await refusal();
    expect(text).toMatch(/SLACK_APP_TOKEN.*invalid_auth/);
    expect(text).not.toMatch(NEVER);
    expect(fake.calls.map((c) => c.method)).toEqual(['auth.test', 'apps.connections.open']);
    await adapter.stop();
    expect(adapter.intake()).toEqual({ state: 'stopped' });
  });

  it('refuses an app token that may not connect, naming the right it lacks', async () => {
    const { refusal } = await setUp({ appScopes: [] });
    expect(await refusal()).toMatch(/SLACK_APP_TOKEN.*missing_scope.*connections:write/);
  });

  it('says of an account that was switched off what to correct', async () => {
    const { fake, refusal } = await setUp();
    fake.failNext('auth.test', { kind: 'error', code: 'account_inactive' });
    expect(await refusal()).toMatch(/SLACK_BOT_TOKEN.*account_inactive/);
  });

  it.each([
    ['cut off', { kind: 'reset' }],
    ['out of order', { kind: 'status', code: 503 }],
    ['ill', { kind: 'error', code: 'internal_error' }],
    ['busy', { kind: 'limited', seconds: 9 }],
    ['behind a proxy that is', { kind: 'garbage' }],
  ] as const)(
    'waits for a Slack that is %s, and says so once for each call',
    async (_how, fault) => {
      const pauses: number[] = [];
      const wait = async (ms: number) => {
        pauses.push(ms);
      };
      const { fake, host, adapter, warnings } = await setUp({}, { wait });
      fake.failNext('auth.test', fault, 3);
      fake.failNext('apps.connections.open', fault, 2);
      await adapter.start(host);
      expect(warnings()).toHaveLength(2);
      const own = fault.kind === 'limited';
      expect(pauses).toEqual(own ? [9000, 9000, 9000, 9000, 9000] : [1000, 2000, 4000, 1000, 2000]);
      expect(JSON.stringify(host.lines)).not.toMatch(NEVER);
    },
  );

  it('gives up on a place where nobody answers, naming it and not the token', async () => {
    const fake = await startSlackWorkspace();
    await fake.close();
    const host = createRecordingHost();
    const text = String(
      await slackOn(fake)
        .start(host)
        .catch((e: unknown) => e),
    );
    expect(text).toContain(fake.apiUrl);
    expect(text).toMatch(/ECONNREFUSED.*SLACK_API_URL/);
    expect(`${text}${JSON.stringify(host.lines)}`).not.toMatch(NEVER);
  });

  it('says once which of the manifest’s rights the app lacks', async () => {
    const scopes = SCOPES.filter((s) => s !== 'users:read.email' && s !== 'files:read');
    const { host, adapter, warnings } = await setUp({ scopes });
    await adapter.start(host);
    expect(warnings()).toMatchObject([{ fields: { missing: ['files:read', 'users:read.email'] } }]);
  });

  it('can follow a stop', async () => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    await adapter.stop();
    while (fake.socket.connections() > 0) await new Promise(setImmediate);
    expect(adapter.intake()).toEqual({ state: 'stopped' });
    await adapter.start(host);
    expect(fake.socket.connections()).toBe(1);
    expect(adapter.intake()).toEqual({ state: 'receiving' });
  });

  it('needs no app token to be delivered to by HTTP', async () => {
    const fake = await startSlackWorkspace();
    const { adapter, close } = await slackBehindHttp(fake);
    onTestFinished(async () => {
      await adapter.stop();
      await close();
      await fake.close();
    });
    await adapter.start(createRecordingHost());
    expect(adapter.intake()).toEqual({ state: 'receiving' });
    expect(fake.calls.map((c) => c.method)).toEqual(['auth.test']);
  });
});

describe('the connection', () => {
  it.each(['refresh_requested', 'warning', 'link_disabled'] as const)(
    'is made anew when Slack ends it: %s',
    async (reason) => {
      const { fake, host, adapter, warnings } = await setUp();
      await adapter.start(host);
      fake.socket.disconnect(reason);
      await fake.called('apps.connections.open', 2);
      await fake.socket.connected(1);
      expect(warnings()).toEqual([]);
    },
  );

  it('is made anew when it is cut, however often Slack cannot be reached then', async () => {
    const { fake, host, adapter, warnings } = await setUp();
    await adapter.start(host);
    fake.failNext('apps.connections.open', { kind: 'reset' }, 8);
    fake.failNext('apps.connections.open', { kind: 'error', code: 'internal_error' }, 2);
    fake.socket.cut();
    await fake.called('apps.connections.open', 12);
    await fake.socket.connected(1);
    expect(warnings()).toHaveLength(1);
    expect(JSON.stringify(host.lines)).not.toMatch(NEVER);
  });

  it('ends for good when Slack refuses the app token, with a sentence', async () => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    fake.failNext('apps.connections.open', { kind: 'error', code: 'invalid_auth' });
    fake.socket.cut();
    await expect(adapter.ended).rejects.toThrow(/SLACK_APP_TOKEN.*invalid_auth/);
    expect(adapter.intake()).toMatchObject({ state: 'refused' });
    await adapter.stop();
    expect(adapter.intake()).toMatchObject({ state: 'refused' });
  });
});

describe('the app', () => {
  it.each([
    ['removed from the workspace', 'uninstall'],
    ['robbed of its token', 'revokeToken'],
  ] as const)('that is %s ends with a sentence', async (_how, act) => {
    const { fake, host, adapter } = await setUp();
    await adapter.start(host);
    void fake[act]();
    await expect(adapter.ended).rejects.toThrow(/SLACK_BOT_TOKEN/);
    await fake.updates.settled();
    expect(adapter.intake()).toMatchObject({ state: 'refused' });
    expect(host.lines.filter((l) => l.level === 'error')).toHaveLength(1);
  });

  it('that is stopped has ended well', async () => {
    const { host, adapter } = await setUp();
    await adapter.start(host);
    await adapter.stop();
    await expect(adapter.ended).resolves.toBeUndefined();
  });
});
