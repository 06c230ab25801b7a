import { describe, expect, it } from 'vitest';
import type { AccountsView, AccountView, InviteView, Reads } from '../../../src/engine/reads.ts';
import { accountsFeature } from '../../../src/flows/accounts/feature.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import {
  Conversation,
  type ConversationOptions,
  personView,
  readable,
} from '../../support/conversation.ts';
import { CODE, personalInvite, rosterPerson, visitor } from '../../support/visitor.ts';

const handler = createDispatch([accountsFeature]);
const OWN_CODE = 'ABCDEFGHJKMNPQRS';

const account = (
  platform: string,
  values: Partial<AccountView> & { tenant?: string; user?: string } = {},
): AccountView => {
  const { tenant = 'T1', user = 'U9', ...more } = values;
  return {
    identity: { platform, tenant, user },
    displayName: `An trên ${platform}`,
    since: '2024-06-30T18:00:00Z',
    address: { platform, tenant, chat: `D-${user}` },
    ...more,
  };
};
const here = account('test', { tenant: 't', user: 'u7', displayName: 'An' });
const onSlack = account('slack');

function owner(view: Partial<AccountsView> = {}, options: Partial<ConversationOptions> = {}) {
  return new Conversation({
    handler,
    otherPlatforms: ['slack'],
    ...options,
    reads: {
      accountsOf: async (id) => {
        expect(id).toBe(7);
        return { accounts: [here], preferred: null, ...view };
      },
      ...options.reads,
    },
  });
}

describe('/taikhoan', () => {
  it('shows the only account, since when, and offers to add one', async () => {
    const chat = owner();
    await chat.command('taikhoan');
    expect(chat.last).toContain('test: An, từ 01/07/2024 (đang dùng)');
    expect(chat.labels()).toEqual(['Thêm tài khoản']);
    expect(chat.writes).toEqual([]);
    await chat.command('account');
    expect(chat.labels()).toEqual(['Thêm tài khoản']);
  });

  it('shows two, where messages go, and what can be done', async () => {
    const chat = owner({ accounts: [here, onSlack] });
    await chat.command('taikhoan');
    expect(chat.last).toContain('Slack: An trên slack, từ 01/07/2024');
    expect(chat.last).toContain('nơi đồng chí dùng gần nhất');
    expect(chat.labels()).toEqual([
      'Nhận tin trên test',
      'Nhận tin trên Slack',
      'Gỡ tài khoản Slack',
    ]);
  });

  it('says which one cannot be reached', async () => {
    const lost = { ...onSlack, address: null };
    const chat = owner({ accounts: [here, lost], preferred: 'slack' });
    await chat.command('taikhoan');
    expect(chat.last).toContain(
      'Slack: An trên slack, từ 01/07/2024 (hiện không gửi tin đến được)',
    );
    expect(chat.last).toContain('đã chọn nhận tin trên Slack, nhưng hiện không gửi đến được');
    expect(chat.labels()).toContain('Nhận tin ở nơi dùng gần nhất');
    expect(chat.labels()).not.toContain('Nhận tin trên Slack');
  });

  it('offers nothing to add where everything served has an account', async () => {
    const chat = owner({}, { otherPlatforms: [] });
    await chat.command('taikhoan');
    expect(chat.labels()).toEqual([]);
    await chat.pressAction('acc:add');
    expect(chat.ack.toast).toContain('đã có tài khoản ở mọi nơi');
    expect(chat.writes).toEqual([]);
  });

  it('is in the person’s language', async () => {
    const chat = owner({ accounts: [here, onSlack] }, { person: personView({ language: 'en' }) });
    await chat.command('taikhoan');
    expect(chat.last).toContain('Slack: An trên slack, since 1 July 2024');
    expect(chat.labels()).toContain('Remove the Slack account');
  });

  it('is for private chats and enrolled people', async () => {
    const chat = owner();
    const at = { platform: 'test', tenant: 't', chat: 'g1' };
    await chat.event(
      { kind: 'command', name: 'taikhoan', args: '', message: { at, id: 'x' } },
      'group',
    );
    expect(chat.answer).toContain('cuộc trò chuyện riêng');
    for (const action of ['acc:show', 'acc:add', 'acc:last', 'acc:del:slack:T1:U9']) {
      await chat.event({ kind: 'press', action, message: { at, id: 'x' } }, 'group');
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    }
    const guest = owner({}, { person: null });
    await guest.pressAction('acc:add');
    expect(guest.decision).toMatchObject({ writes: [], sends: [] });
    expect(guest.ack.toast).toContain('chưa được phân quyền');
  });
});

describe('adding an account', () => {
  it('gives one code for a quarter of an hour, and how to use it', async () => {
    const chat = owner();
    await chat.command('taikhoan');
    await chat.press('Thêm tài khoản');
    expect(chat.rows('invite')).toEqual([
      {
        code: OWN_CODE,
        personId: 7,
        issuedBy: 7,
        createdAt: '2024-07-05T03:00:00Z',
        expiresAt: '2024-07-05T03:15:00Z',
      },
    ]);
    // Codes given before are void.
    expect(chat.decision.writes).toContainEqual({
      op: 'delete',
      table: 'invite',
      where: { issuedBy: 7, usedAt: null },
    });
    expect(chat.rows('audit')).toMatchObject([
      { action: 'account.code-issued', actorId: 7, actor: 'test:t:u7', subject: 'person:7' },
    ]);
    // For the record it happened; the code itself is a key.
    expect(JSON.stringify(chat.rows('audit'))).not.toContain(OWN_CODE);
    expect(chat.last).toContain('ABCD-EFGH-JKMN-PQRS');
    expect(chat.last).toContain('Trên Slack: mở cuộc trò chuyện riêng với hệ thống và nhập mã này');
    expect(chat.last).toContain('15 phút');
    expect(chat.shown).toHaveLength(2);
  });

  it('gives a link where the platform has one', async () => {
    const chat = owner(
      {},
      { abilities: { deepLink: (code) => `https://t.example/b?start=${code}` } },
    );
    await chat.pressAction('acc:add');
    expect(JSON.stringify(chat.decision.sends)).toContain(`https://t.example/b?start=${OWN_CODE}`);
  });
});

describe('where messages go', () => {
  it('is chosen among platforms the person is on', async () => {
    const chat = owner({ accounts: [here, onSlack] });
    await chat.command('taikhoan');
    await chat.press('Nhận tin trên Slack');
    expect(chat.changes('person')).toEqual([
      { where: { id: 7 }, set: { preferredPlatform: 'slack' } },
    ]);
    expect(chat.last).toContain('Tin nhắn sẽ được gửi đến Slack.');
    await chat.press('Nhận tin ở nơi dùng gần nhất');
    expect(chat.changes('person')).toEqual([
      { where: { id: 7 }, set: { preferredPlatform: null } },
    ]);
  });

  it('is no platform without an account', async () => {
    const chat = owner();
    for (const action of ['acc:to:slack', 'acc:to:', 'acc:to', 'acc:to:x'.padEnd(64, 'x')]) {
      await chat.pressAction(action);
      expect(chat.decision).toMatchObject({ writes: [], sends: [] });
      expect(chat.ack.toast).toContain('Nút này đã cũ');
    }
  });
});

describe('removing an account', () => {
  it('is asked once, then done and recorded, and the account itself is told', async () => {
    const chat = owner({ accounts: [here, onSlack], preferred: 'slack' });
    await chat.command('taikhoan');
    await chat.press('Gỡ tài khoản Slack');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('Gỡ tài khoản Slack (An trên slack)?');
    await chat.press('Gỡ tài khoản Slack');
    expect(chat.changes('identity')).toEqual([
      {
        where: { ...onSlack.identity, personId: 7 },
        set: { personId: null, consentedAt: null, consentVersion: null, displayName: '' },
      },
    ]);
    // A code made on it would still let somebody in.
    expect(chat.decision.writes).toContainEqual({
      op: 'delete',
      table: 'invite',
      where: { issuedBy: 7, usedAt: null },
    });
    expect(chat.changes('person')).toEqual([
      { where: { id: 7 }, set: { preferredPlatform: null } },
    ]);
    expect(chat.rows('audit')).toMatchObject([
      { action: 'account.removed', actor: 'test:t:u7', details: { account: 'slack:T1:U9' } },
    ]);
    expect(chat.last).toContain('Đã gỡ tài khoản Slack.');
    expect(chat.last).not.toContain('An trên slack');
    expect(chat.labels()).toEqual(['Thêm tài khoản']);
    const told = chat.elsewhere();
    expect(told.map(({ to }) => to.chat)).toEqual(['D-U9']);
    expect(told[0] && readable(told[0].message)).toContain('đã được gỡ khỏi hệ thống');
    expect(told[0] && readable(told[0].message)).not.toContain('Nguyễn Văn An');
  });

  it('may be thought better of', async () => {
    const chat = owner({ accounts: [here, onSlack] });
    await chat.command('taikhoan');
    await chat.press('Gỡ tài khoản Slack');
    await chat.press('Giữ lại');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('Tài khoản của đồng chí');
  });

  it('keeps what was chosen when another account is left there', async () => {
    const other = account('slack', { tenant: 'T2', user: 'U2' });
    const chat = owner({ accounts: [here, onSlack, other], preferred: 'slack' });
    await chat.pressAction('acc:del:slack:T1:U9');
    expect(chat.changes('identity')).toHaveLength(1);
    expect(chat.changes('person')).toEqual([]);
  });

  it('is never of the account in use, nor of somebody else’s, nor twice', async () => {
    const chat = owner({ accounts: [here, onSlack] });
    for (const key of ['test:t:u7', 'slack:T1:U10', 'slack:T1', '', ':']) {
      for (const verb of ['ask', 'del']) {
        await chat.pressAction(`acc:${verb}:${key}`);
        expect(chat.decision).toMatchObject({ writes: [], sends: [] });
        expect(chat.ack.toast).toContain('Nút này đã cũ');
      }
    }
  });

  it('of one that cannot be reached tells nobody', async () => {
    const chat = owner({ accounts: [here, { ...onSlack, address: null }] });
    await chat.pressAction('acc:del:slack:T1:U9');
    expect(chat.changes('identity')).toHaveLength(1);
    expect(chat.elsewhere()).toEqual([]);
  });

  it('fits in a button, however long the ids of the platforms are', async () => {
    const long = account('telegram', { tenant: '9'.repeat(14), user: '9'.repeat(14) });
    const chat = owner({ accounts: [here, long] });
    await chat.command('taikhoan');
    await chat.press('Gỡ tài khoản Telegram');
    await chat.press('Gỡ tài khoản Telegram');
    expect(chat.changes('identity')).toHaveLength(1);
  });
});

describe('a code the person made', () => {
  const ownInvite: InviteView = {
    ...personalInvite,
    own: true,
    person: { ...rosterPerson, taken: true, conversation: 12 },
  };
  const newcomer = (
    view: Partial<AccountsView> = {},
    invite: InviteView = ownInvite,
    reads: Partial<Reads> = {},
  ) =>
    visitor({
      invite: async () => invite,
      accountsOf: async () => ({ accounts: [onSlack], preferred: null, ...view }),
      recipients: async () => [
        { personId: 7, name: 'Nguyễn Văn An', language: 'en', address: onSlack.address },
      ],
      ...reads,
    });

  it('links the second account, tells the first one, and is spent', async () => {
    const chat = newcomer();
    await chat.say('0123-4567-89AB-CDEF');
    expect(chat.last).toContain('đồng chí là Nguyễn Văn An');
    await chat.press('Đúng');
    expect(chat.changes('identity')).toMatchObject([{ set: { personId: 7 } }]);
    expect(chat.changes('invite')).toMatchObject([{ where: { code: CODE, usedAt: null } }]);
    expect(chat.changes('conversation')).toEqual([
      { where: { key: 'person:7', version: 12 }, set: { version: 13 } },
    ]);
    expect(chat.rows('audit')).toMatchObject([{ details: { by: 'own-code' } }]);
    const told = chat.elsewhere();
    expect(told).toMatchObject([{ to: { chat: 'D-U9' }, personId: 7 }]);
    expect(told[0] && readable(told[0].message)).toContain('A test account has been added for you');
  });

  it.each([
    ['expired', { ...ownInvite, expired: true }, {}, 'đã hết hạn'],
    ['used', { ...ownInvite, used: true }, {}, 'đã được dùng'],
    ['of somebody without any account by now', ownInvite, { accounts: [] }, 'đã hết hạn'],
    [
      'of somebody who has another account right here',
      ownInvite,
      { accounts: [here] },
      'đã có tài khoản',
    ],
  ])('that is %s links nothing', async (_what, invite, view, sentence) => {
    const chat = newcomer(view, invite);
    await chat.command('start', CODE);
    expect(chat.last.split('\n')[0]).toContain(sentence);
    expect(chat.last).not.toContain('Nguyễn Văn An');
    expect(chat.writes).toEqual([]);
    expect(chat.state.active).toBeNull();
  });

  it('that runs out between the question and the answer links nothing', async () => {
    const chat = newcomer();
    await chat.command('start', CODE);
    chat.reads.invite = async () => ({ ...ownInvite, expired: true });
    await chat.press('Đúng');
    expect(chat.writes).toEqual([]);
    expect(chat.last).toContain('đã hết hạn');
  });
});
