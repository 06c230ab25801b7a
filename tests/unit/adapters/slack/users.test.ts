import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../../../adapters/slack/client.ts';
import { createDirects } from '../../../../adapters/slack/direct.ts';
import { createUsers } from '../../../../adapters/slack/users.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/index.ts';
import type { User } from '../../../fakes/slack/world.ts';
import { createRecordingHost } from '../../../support/recording-host.ts';
import { startSlackWorkspace } from '../../../support/slack-adapter.ts';

async function setUp(options: Partial<FakeSlackOptions> = {}) {
  const fake = await startSlackWorkspace(options);
  onTestFinished(() => fake.close());
  const { log, lines } = createRecordingHost();
  const client = createClient({ token: fake.botToken, apiUrl: fake.apiUrl, log: () => log });
  let time = 0;
  const users = createUsers({ client, tenant: fake.teamId, now: () => time, log });
  const { world } = fake;
  return {
    fake,
    users,
    lines,
    directs: createDirects(client),
    pass(minutes: number) {
      time += minutes * 60_000;
    },
    asked: (method = 'users.info') => fake.calls.filter((c) => c.method === method).length,
    account(fields: Partial<User> = {}): { id: string; team: string } {
      const user: User = {
        id: world.id('U'),
        team: world.teamId,
        name: 'Nguyễn Văn An',
        email: 'An.NV@HocVien.vn',
        emailConfirmed: true,
        locale: 'vi-VN',
        guest: null,
        stranger: false,
        bot: false,
        deleted: false,
        ...fields,
      };
      world.users.set(user.id, user);
      return { id: user.id, team: user.team };
    },
  };
}

describe('a sender', () => {
  it('has name, language and the e-mail that Slack has confirmed', async () => {
    const { users, account, fake } = await setUp();
    const an = account();
    expect(await users.sender(an)).toEqual({
      identity: { platform: 'slack', tenant: fake.teamId, user: an.id },
      name: 'Nguyễn Văn An',
      language: 'vi-VN',
      email: 'an.nv@hocvien.vn',
    });
  });

  it.each([
    ['that is not confirmed', { emailConfirmed: false }, {}],
    ['that the profile does not show', { email: null }, {}],
    ['that the app may not see', {}, { scopes: ['users:read'] }],
  ])('has no e-mail %s', async (_why, fields, options) => {
    const { users, account } = await setUp(options);
    const sender = await users.sender(account(fields));
    expect(sender).toMatchObject({ name: 'Nguyễn Văn An' });
    expect(sender).not.toHaveProperty('email');
  });

  it.each([
    ['a guest of several channels', { guest: 'multi' }, 'guest'],
    ['a guest of one channel', { guest: 'single' }, 'guest'],
    ['a stranger', { stranger: true, team: 'T9' }, 'outsider'],
    ['a member of another workspace', { team: 'T9' }, 'outsider'],
  ] as const)('who is %s is told as such, without an e-mail', async (_who, fields, standing) => {
    const { users, account } = await setUp();
    const sender = await users.sender(account(fields));
    expect(sender).toMatchObject({ standing });
    expect(sender).not.toHaveProperty('email');
  });

  it.each([
    ['an app', { bot: true }],
    ['a deactivated account', { deleted: true }],
  ])('is nobody when it is %s', async (_what, fields) => {
    const { users, account } = await setUp();
    expect(await users.sender(account(fields))).toBeNull();
  });
});

describe('what Slack told', () => {
  it('is kept for ten minutes', async () => {
    const { users, account, fake, asked, pass } = await setUp();
    const an = account();
    await users.sender(an);
    pass(9);
    await users.sender(an);
    expect(asked()).toBe(1);
    const known = fake.world.users.get(an.id);
    if (known) known.name = 'Nguyễn Thị An';
    pass(2);
    expect(await users.sender(an)).toMatchObject({ name: 'Nguyễn Thị An' });
    expect(asked()).toBe(2);
  });

  it('is asked for once at a time', async () => {
    const { users, account, asked } = await setUp();
    const an = account();
    await Promise.all([users.sender(an), users.sender(an), users.name(an.id)]);
    expect(asked()).toBe(1);
  });

  it.each([
    ['limits the call', { kind: 'limited', seconds: 30 }],
    ['fails', { kind: 'status', code: 503 }],
    ['cuts the call', { kind: 'reset' }],
    ['answers with something else', { kind: 'garbage' }],
    ['does not know the account', { kind: 'error', code: 'user_not_found' }],
  ] as const)('is done without when Slack %s, and asked for again', async (_how, fault) => {
    const { users, account, fake, lines } = await setUp();
    const an = account();
    fake.failNext('users.info', fault);
    const sender = await users.sender(an);
    expect(sender).toMatchObject({ identity: { user: an.id }, name: '', language: null });
    expect(sender).not.toHaveProperty('email');
    const warned = lines.filter(({ level }) => level === 'warn');
    expect(warned).toMatchObject([{ fields: { user: an.id } }]);
    expect(JSON.stringify(lines)).not.toContain('must-not-be-logged');
    expect(await users.sender(an)).toMatchObject({ name: 'Nguyễn Văn An' });
  });

  it('is not needed to know an outsider by', async () => {
    const { users, fake } = await setUp();
    fake.failNext('users.info', { kind: 'error', code: 'user_not_visible' });
    expect(await users.sender({ id: 'U99', team: 'T9' })).toMatchObject({ standing: 'outsider' });
  });
});

describe('the direct conversation', () => {
  it('is opened once, however many ask', async () => {
    const { directs, account, asked } = await setUp();
    const an = account();
    const [first, second] = await Promise.all([directs.of(an.id), directs.of(an.id)]);
    expect(first).toMatch(/^D/);
    expect([second, await directs.of(an.id)]).toEqual([first, first]);
    expect(asked('conversations.open')).toBe(1);
  });

  it('is learnt from what people write there', async () => {
    const { directs, asked } = await setUp();
    directs.learn('U5', 'D5');
    expect(await directs.of('U5')).toBe('D5');
    expect(asked('conversations.open')).toBe(0);
  });

  it('is asked for again after a failure', async () => {
    const { directs, account, fake } = await setUp();
    const an = account();
    fake.failNext('conversations.open', { kind: 'reset' });
    await expect(directs.of(an.id)).rejects.toThrow();
    expect(await directs.of(an.id)).toMatch(/^D/);
  });
});
