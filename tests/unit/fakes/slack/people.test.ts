import { describe, expect, it } from 'vitest';
import { buttons, hands, LATE, plain } from './hands.ts';

const PNG = { bytes: new Uint8Array([1, 2]), name: 'a.png', mime: 'image/png' };

describe('direct messages', () => {
  it('are told as Slack tells them', () => {
    const slack = hands();
    const an = slack.user('Lê An');
    const ts = an.say('1 < 2 tại hcma.vn');
    expect(slack.event()).toMatchObject({
      type: 'message',
      user: an.id,
      text: '1 &lt; 2 tại <http://hcma.vn|hcma.vn>',
      channel: an.direct,
      channel_type: 'im',
      ts,
      event_ts: ts,
      team: slack.world.teamId,
      client_msg_id: `message-${ts}`,
    });
    expect(slack.event().subtype).toBeUndefined();
    expect(slack.world.channels.get(an.direct)).toMatchObject({ opened: true, kind: 'im' });
  });

  it('pass raw text on as it is, and say whose thread it is', () => {
    const slack = hands();
    const an = slack.user('An');
    an.sayRaw('<@U1> &amp;');
    expect(slack.event().text).toBe('<@U1> &amp;');
    const { ts } = slack.post(an.direct, 'hỏi');
    an.say('đáp', { thread: ts });
    expect(slack.event()).toMatchObject({ thread_ts: ts, parent_user_id: slack.world.botUserId });
  });

  it('are changed by their writer, or by Slack', () => {
    const slack = hands();
    const an = slack.user('An');
    const ts = an.say('một');
    an.unfurl(ts);
    expect(slack.event()).toMatchObject({
      subtype: 'message_changed',
      hidden: true,
      message: { ts, text: 'một' },
      previous_message: { ts, text: 'một' },
    });
    expect(slack.event().message).not.toHaveProperty('edited');
    an.edit(ts, 'hai');
    expect(slack.event()).toMatchObject({
      subtype: 'message_changed',
      channel: an.direct,
      channel_type: 'im',
      message: { user: an.id, ts, text: 'hai', edited: { user: an.id } },
      previous_message: { ts, text: 'một' },
    });
    expect(slack.event().ts).not.toBe(ts);
    an.remove(ts);
    expect(slack.event()).toMatchObject({
      subtype: 'message_deleted',
      deleted_ts: ts,
      previous_message: { text: 'hai' },
    });
    expect(() => an.edit(ts, 'ba')).toThrow('no message');
  });

  it('carry files', () => {
    const slack = hands();
    const an = slack.user('An');
    an.sendFiles([PNG, { ...PNG, name: 'b.pdf', mime: 'application/pdf' }], 'hai tệp');
    expect(slack.event()).toMatchObject({
      subtype: 'file_share',
      text: 'hai tệp',
      files: [
        { name: 'a.png', mimetype: 'image/png', size: 2, mode: 'hosted', user: an.id },
        { name: 'b.pdf' },
      ],
    });
    const [file] = [...slack.world.files.values()];
    expect(file?.sharedIn).toEqual(new Set([an.direct]));
  });

  it('cannot be what Slack would not send', () => {
    const slack = hands();
    const an = slack.user('An');
    const { ts } = slack.post(an.direct, 'của bot');
    expect(() => an.say('/baocao')).toThrow('takes "/baocao" for a command');
    expect(() => an.edit(ts, 'x')).toThrow("of An's own");
    expect(() => slack.user('Máy', { bot: true }).say('x')).toThrow('bots do not write to bots');
    an.deactivate();
    expect(() => an.say('x')).toThrow('An is deactivated');
    expect(() => an.command('/baocao')).toThrow('An is deactivated');
    expect(slack.told).toEqual([]);
  });
});

describe('accounts', () => {
  it('are what Slack says of them', () => {
    const slack = hands();
    const { teamId } = slack.world;
    expect(slack.user('An', { email: 'an@hcma.vn' }).account).toMatchObject({
      team: teamId,
      email: 'an@hcma.vn',
      emailConfirmed: true,
      guest: null,
      locale: 'vi-VN',
    });
    expect(slack.user('B').account).toMatchObject({ email: null, emailConfirmed: false });
    expect(slack.user('C', { email: 'c@x.vn', emailConfirmed: false }).account.emailConfirmed).toBe(
      false,
    );
    const stranger = slack.user('D', { stranger: true });
    expect(stranger.account.team).not.toBe(teamId);
    slack.channel('chung').say(stranger, 'chào');
    expect(slack.event()).toMatchObject({
      team: stranger.account.team,
      user_team: stranger.account.team,
    });
  });
});

describe('slash commands', () => {
  it('have the fields of Slack', () => {
    const slack = hands();
    const an = slack.user('Lê An');
    an.command('/baocao', ' 1 < 2 ');
    expect(slack.fields()).toMatchObject({
      command: '/baocao',
      text: '1 &lt; 2',
      user_id: an.id,
      user_name: 'lê.an',
      channel_id: an.direct,
      channel_name: 'directmessage',
      response_url: expect.stringContaining('/response/'),
      trigger_id: expect.any(String),
    });
    const room = slack.channel('thi-dua');
    room.say(an, 'chào');
    an.command('/bangxephang', '', room);
    expect(slack.fields()).toMatchObject({ channel_id: room.id, channel_name: 'thi-dua' });
    const closed = slack.channel('kin', { private: true });
    closed.say(an, 'chào');
    an.command('/bangxephang', '', closed);
    expect(slack.fields().channel_name).toBe('privategroup');
  });

  it('whisper what they are acknowledged with', async () => {
    const slack = hands();
    const an = slack.user('An');
    slack.answer(() => ({ text: 'đã nhận' }));
    expect(await an.command('/baocao').answered).toBe('đã nhận');
    expect(an.whispers().map(({ text }) => text)).toEqual(['đã nhận']);
    expect(an.messages()).toEqual([]);
    slack.answer(() => null);
    expect(await an.command('/baocao').answered).toBeNull();
  });

  it('must be in the manifest, and given where the person is', () => {
    const slack = hands({ commands: ['/baocao'] });
    const an = slack.user('An');
    expect(() => an.command('/la')).toThrow('/la is not a valid command');
    expect(() => an.command('/baocao', '', slack.channel('thi-dua'))).toThrow('An is not in');
  });
});

describe('presses', () => {
  it('have the payload of Slack', async () => {
    const slack = hands();
    const an = slack.user('An');
    slack.post(an.direct, 'cũ', { blocks: [buttons('Xem', 'Sửa')] });
    const { ts } = slack.post(an.direct, 'mới', { blocks: [buttons('Xem')] });
    await an.press('Xem').result;
    expect(slack.payload()).toMatchObject({
      type: 'block_actions',
      user: { id: an.id, team_id: slack.world.teamId },
      container: { type: 'message', message_ts: ts, channel_id: an.direct, is_ephemeral: false },
      channel: { id: an.direct, name: 'directmessage' },
      message: { ts, text: 'mới' },
      actions: [{ type: 'button', action_id: 'b0.0', block_id: 'nut', value: 'lam:Xem' }],
      response_url: expect.stringContaining('/response/'),
    });
    an.press(/^S/);
    expect(slack.payload()).toMatchObject({ message: { text: 'cũ' } });
  });

  it('can be made on one message, in a channel, in a thread', () => {
    const slack = hands();
    const an = slack.user('An');
    const room = slack.channel('thi-dua');
    const first = slack.post(room.id, 'một', { blocks: [buttons('Xem')] });
    slack.post(room.id, 'hai', { blocks: [buttons('Xem')], threadTs: first.ts });
    an.press('Xem', { in: room, on: first.ts });
    expect(slack.payload()).toMatchObject({ message: { text: 'một' } });
    an.press('Xem', { in: room });
    expect(slack.payload()).toMatchObject({
      message: { text: 'hai', thread_ts: first.ts },
      container: { thread_ts: first.ts },
    });
    expect(() => an.press('Xem')).toThrow('no button Xem is shown');
    expect(() => an.press('Thôi', { in: room })).toThrow('no button Thôi is shown');
  });

  it('are answered with what only the person sees', async () => {
    const slack = hands();
    const an = slack.user('An');
    slack.post(an.direct, 'chọn', { blocks: [buttons('Xem')] });
    expect(await an.press('Xem').answered).toBeNull();
    slack.answer(() => {
      slack.post(an.direct, 'đã ghi', { ephemeralFor: an.id });
      slack.post(an.direct, 'người khác', { ephemeralFor: 'U2' });
      return null;
    });
    expect(await an.press('Xem').answered).toBe('đã ghi');
    slack.answer(() => LATE);
    const press = an.press('Xem');
    expect(await press.answered).toBeNull();
    expect(await press.result).toEqual({ acknowledged: false, reason: 'timeout' });
  });

  it('can be forged, by whoever has a client of their own', () => {
    const slack = hands();
    const an = slack.user('An');
    const { ts } = slack.post(an.direct, 'chọn', { blocks: [buttons('Xem')] });
    an.forge(ts, 'lam:Xoá');
    expect(slack.payload()).toMatchObject({ actions: [{ value: 'lam:Xoá', action_id: 'b0.0' }] });
  });

  it('on whispers do not tell the message', () => {
    const slack = hands();
    const an = slack.user('An');
    slack.post(an.direct, 'riêng', { blocks: [buttons('Xem')], ephemeralFor: an.id });
    an.press('Xem');
    expect(slack.payload()).toMatchObject({ container: { is_ephemeral: true } });
    expect(slack.payload()).not.toHaveProperty('message');
  });
});

describe('shortcuts', () => {
  it('are used on a message, or on nothing', () => {
    const slack = hands({ shortcuts: ['bao_cao', 'bao_cao_moi'] });
    const an = slack.user('An');
    const room = slack.channel('thi-dua');
    const ts = room.say(an, 'việc tốt');
    an.shortcut('bao_cao', { ts, in: room });
    expect(slack.payload()).toMatchObject({
      type: 'message_action',
      callback_id: 'bao_cao',
      message_ts: ts,
      message: { type: 'message', ts, text: 'việc tốt', user: an.id },
      channel: { id: room.id, name: 'thi-dua' },
    });
    an.shortcut('bao_cao_moi');
    expect(slack.payload()).toMatchObject({ type: 'shortcut', callback_id: 'bao_cao_moi' });
    expect(slack.payload()).not.toHaveProperty('response_url');
    expect(() => an.shortcut('la')).toThrow('the app has no shortcut la');
  });
});

describe('the own page', () => {
  const page = {
    type: 'home',
    blocks: [{ type: 'header', text: plain('Chào') }, buttons('Báo cáo')],
  };

  it('is looked at and pressed on', async () => {
    const slack = hands();
    const an = slack.user('An');
    expect(an.home()).toBeNull();
    await an.openHome();
    expect(slack.event()).toMatchObject({
      type: 'app_home_opened',
      user: an.id,
      channel: an.direct,
      tab: 'home',
    });
    expect(slack.event()).not.toHaveProperty('view');
    slack.world.publishHome(an.id, page);
    expect(an.home()).toMatchObject({ text: 'Chào', buttons: [['Báo cáo']] });
    await an.openHome();
    expect(slack.event()).toMatchObject({ view: { type: 'home', hash: expect.any(String) } });
    an.pressHome('Báo cáo');
    expect(slack.payload()).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      view: { type: 'home' },
      actions: [{ value: 'lam:Báo cáo' }],
    });
    expect(slack.payload()).not.toHaveProperty('response_url');
    expect(slack.payload()).not.toHaveProperty('channel');
    expect(() => an.pressHome('Thôi')).toThrow('no button Thôi is on the page');
  });

  it('is answered by a window that only says something', async () => {
    const slack = hands();
    const an = slack.user('An');
    slack.world.publishHome(an.id, page);
    const section = { type: 'section', text: plain('Không còn hiệu lực') };
    slack.answer(() => {
      slack.world.openModal(an.id, { type: 'modal', title: plain('x'), blocks: [section] });
      return null;
    });
    expect(await an.pressHome('Báo cáo').answered).toBe('Không còn hiệu lực');
    slack.answer(() => {
      const submit = plain('Gửi');
      slack.world.openModal(an.id, { type: 'modal', title: plain('x'), submit, blocks: [section] });
      return null;
    });
    expect(await an.pressHome('Báo cáo').answered).toBeNull();
    expect(an.modal()?.shown.submit).toBe('Gửi');
  });
});

describe('what the bot writes', () => {
  it('is waited for, each message and each change once', async () => {
    const slack = hands();
    const an = slack.user('An');
    const bình = slack.user('Bình');
    slack.post(an.direct, 'trước');
    an.say('chào');
    const waiting = an.reply();
    slack.post(bình.direct, 'người khác');
    slack.post(an.direct, 'riêng', { ephemeralFor: an.id });
    const m = slack.post(an.direct, 'một');
    expect((await waiting).text).toBe('một');
    slack.post(an.direct, 'hai');
    m.text = 'một rưỡi';
    m.edited = { user: slack.world.botUserId, ts: slack.world.ts() };
    slack.world.announce({ kind: 'message', message: m });
    expect((await an.reply()).text).toBe('hai');
    expect(await an.reply()).toMatchObject({ text: 'một rưỡi', edited: true });
    slack.post(an.direct, 'ba');
    slack.post(an.direct, 'bốn');
    expect((await an.reply(({ text }) => text === 'bốn')).text).toBe('bốn');
    expect(an.last().text).toBe('bốn');
    expect(() => slack.user('C').last()).toThrow('the bot has not written yet');
  });
});
