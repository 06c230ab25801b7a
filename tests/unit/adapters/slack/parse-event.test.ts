import { describe, expect, it } from 'vitest';
import { draftOf, draftsOf, event, ignored } from './parsed.ts';

const inDirect = (fields: object) =>
  event({ type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', ts: '1.1', ...fields });

describe('messages in the direct conversation', () => {
  it('are text, with who wrote it where', () => {
    expect(inDirect({ text: 'xin chào', team: 'T1' })).toEqual({
      id: 'Ev1',
      kind: 'events',
      reply: null,
      drafts: [
        {
          delivery: 'Ev1',
          actor: { id: 'U1', team: 'T1' },
          place: { channel: 'D1', audience: 'private' },
          content: { kind: 'text', text: 'xin chào', edited: false, ts: '1.1' },
        },
      ],
    });
  });

  it('count as messages in a thread too, and are answered in the conversation', () => {
    const reply = draftOf(inDirect({ text: 'a', thread_ts: '0.5' }));
    expect(reply).toMatchObject({ place: { channel: 'D1' }, content: { kind: 'text' } });
    expect(reply.place).not.toHaveProperty('thread');
  });

  it('may address the bot by its name', () => {
    expect(draftOf(inDirect({ text: '<@U0> báo cáo' })).content).toMatchObject({ text: 'báo cáo' });
  });

  it.each([
    ['/baocao', 'baocao', ''],
    [' /BaoCao  Giờ học tốt\ndòng hai', 'baocao', 'Giờ học tốt\ndòng hai'],
  ])('that are typed as %j are a command', (text, name, args) => {
    expect(draftOf(inDirect({ text })).content).toMatchObject({
      kind: 'command',
      name,
      args,
      ts: '1.1',
      canOpenForm: false,
    });
  });

  it.each(['/báocáo', '/', '5/7', 'a /huy', '//x'])('that are %j are text', (text) => {
    expect(draftOf(inDirect({ text })).content).toMatchObject({ kind: 'text', text });
  });

  it.each([
    ['the bot itself', { user: 'U0', text: 'a' }],
    ['another app', { bot_id: 'B9', text: 'a' }],
    [
      'another app under its old subtype',
      { subtype: 'bot_message', bot_id: 'B9', user: undefined },
    ],
    ['Slack', { user: 'USLACKBOT', text: 'You have been removed from #x' }],
    ['nobody', { user: undefined, text: 'a' }],
  ])('by %s are ignored', (_who, fields) => {
    expect(inDirect(fields)).toMatchObject(ignored);
  });

  it.each(['message_deleted', 'channel_join', 'huddle_thread', 'reminder_add'])(
    'of the subtype %s are ignored',
    (subtype) => {
      expect(inDirect({ subtype, text: 'a' })).toMatchObject(ignored);
    },
  );

  it('are read nowhere else', () => {
    expect(inDirect({ channel: 'C1', channel_type: 'channel', text: 'a' })).toMatchObject(ignored);
    expect(inDirect({ channel: 'G1', channel_type: 'mpim', text: 'a' })).toMatchObject(ignored);
  });

  it('that are forwarded are the text they bring', () => {
    const attachments = [
      { is_share: true, text: 'Quyết định khen thưởng' },
      { text: 'a preview of a link' },
    ];
    expect(draftOf(inDirect({ text: '', attachments })).content).toMatchObject({
      text: 'Quyết định khen thưởng',
    });
    expect(draftOf(inDirect({ text: 'Xem', attachments })).content).toMatchObject({
      text: 'Xem\n\nQuyết định khen thưởng',
    });
  });

  it('without anything to read are answered politely', () => {
    expect(draftOf(inDirect({ text: '' })).content).toEqual({
      kind: 'unsupported',
      what: 'other',
      ts: '1.1',
    });
  });
});

describe('edits', () => {
  const before = { user: 'U1', ts: '1.1', text: 'trước' };
  const edited = { user: 'U1', ts: '2.0' };
  const changed = (message: object, previous: object | null = before) =>
    event({
      type: 'message',
      subtype: 'message_changed',
      channel: 'D1',
      channel_type: 'im',
      ts: '2.1',
      hidden: true,
      message: { ...before, ...message },
      ...(previous ? { previous_message: previous } : {}),
    });

  it('are the new text of the same message', () => {
    expect(draftOf(changed({ text: '/huy', edited }))).toMatchObject({
      actor: { id: 'U1' },
      content: { kind: 'text', text: '/huy', edited: true, ts: '1.1' },
    });
  });

  it('are believed without the text before', () => {
    expect(draftOf(changed({ text: 'sau', edited }, null)).content).toMatchObject({ edited: true });
  });

  it.each([
    ['a preview', { attachments: [{ text: 'Trang chủ' }] }],
    ['a preview of a message edited before', { edited, text: 'trước' }],
    ['a reply in its thread', { thread_ts: '1.1', reply_count: 1 }],
    ['a change by somebody else', { text: 'sau', edited: { user: 'U2', ts: '2.0' } }],
    ["the bot's own edit", { user: 'U0', text: 'sau', edited: { user: 'U0', ts: '2.0' } }],
    ["another app's edit", { bot_id: 'B9', text: 'sau', edited }],
    ['a text taken away', { text: '', edited }],
  ])('are not %s', (_what, message) => {
    expect(changed(message)).toMatchObject(ignored);
  });
});

describe('files', () => {
  const photo = { id: 'F1', name: 'a.png', mimetype: 'image/png', size: 9, mode: 'hosted' };
  const pdf = { id: 'F2', name: 'b.pdf', mimetype: 'application/pdf', size: 4, mode: 'hosted' };
  const share = (files: object[], text = '') => inDirect({ subtype: 'file_share', files, text });

  it('come with their caption', () => {
    expect(draftOf(share([photo], 'Ảnh minh chứng'))).toMatchObject({
      delivery: 'Ev1:F1',
      content: {
        kind: 'attachment',
        caption: 'Ảnh minh chứng',
        album: null,
        ts: '1.1',
        file: { ref: 'F1', kind: 'photo', name: 'a.png', mime: 'image/png', size: 9 },
      },
    });
  });

  it('sent together are one event each, tied by the message, the caption on the first', () => {
    expect(draftsOf(share([photo, pdf], 'c'))).toMatchObject([
      { delivery: 'Ev1:F1', content: { caption: 'c', album: '1.1' } },
      { delivery: 'Ev1:F2', content: { caption: '', album: '1.1', file: { kind: 'file' } } },
    ]);
  });

  it.each([
    ['a voice clip', { ...pdf, subtype: 'slack_audio' }, 'voice'],
    ['a video clip', { ...pdf, subtype: 'slack_video' }, 'video'],
    ['a file kept elsewhere', { ...pdf, mode: 'external' }, 'other'],
    ['a canvas', { ...pdf, mode: 'quip' }, 'other'],
    ['a deleted file', { id: 'F3', mode: 'tombstone' }, 'other'],
  ])('that cannot be fetched are named: %s', (_name, file, what) => {
    expect(draftOf(share([file])).content).toMatchObject({ kind: 'unsupported', what });
  });

  it('that cannot be fetched cost neither the text nor the others', () => {
    const clip = { ...pdf, id: 'F9', subtype: 'slack_audio' };
    expect(draftsOf(share([clip], 'nghe giúp'))).toMatchObject([
      { delivery: 'Ev1', content: { kind: 'text', text: 'nghe giúp' } },
      { delivery: 'Ev1:other', content: { kind: 'unsupported' } },
    ]);
    expect(draftsOf(share([clip, photo], 'c'))).toMatchObject([
      { content: { kind: 'attachment', caption: 'c', album: null } },
      { content: { kind: 'unsupported' } },
    ]);
  });
});

describe('mentions in a channel', () => {
  const mention = (text: string, fields: object = {}) =>
    event({ type: 'app_mention', channel: 'C1', user: 'U1', ts: '3.1', text, ...fields });

  it.each([
    ['<@U0> bangxephang', 'bangxephang', ''],
    ['<@U0> /bangxephang tuần 3', 'bangxephang', 'tuần 3'],
    ['<@U0>: Bảng xếp hạng  tháng 9', 'bangxephang', 'tháng 9'],
  ])('%j is a command of the channel', (text, name, args) => {
    expect(draftOf(mention(text))).toMatchObject({
      place: { channel: 'C1', audience: 'group' },
      content: { kind: 'command', name, args, ts: '3.1', canOpenForm: false },
    });
  });

  it.each(['<@U0>', '<@U0> xin chào', '<@U0> baocao', 'nhờ <@U0> bangxephang', 'bangxephang'])(
    '%j is none',
    (text) => {
      expect(mention(text)).toMatchObject(ignored);
    },
  );

  it.each([
    ['by an app', { bot_id: 'B9' }],
    ['changed later', { edited: { user: 'U1', ts: '4.0' } }],
    ['in a direct conversation', { channel: 'D1' }],
  ])('are ignored %s', (_how, fields) => {
    expect(mention('<@U0> bangxephang', fields)).toMatchObject(ignored);
  });
});

describe('channels', () => {
  const at = { channel: 'C1', audience: 'group' };

  it('are joined by the bot, invited by somebody', () => {
    const joined = event({
      type: 'member_joined_channel',
      user: 'U0',
      channel: 'C1',
      channel_type: 'C',
      inviter: 'U1',
    });
    expect(draftOf(joined)).toEqual({
      delivery: 'Ev1',
      actor: { id: 'U1', team: null },
      place: at,
      content: { kind: 'joined', back: false },
    });
  });

  it.each(['member_joined_channel', 'member_left_channel'])('%s of others is ignored', (type) => {
    expect(event({ type, user: 'U1', channel: 'C1' })).toMatchObject(ignored);
  });

  it.each([
    ['member_left_channel', { user: 'U0' }],
    ['channel_left', {}],
    ['group_left', {}],
    ['channel_archive', { user: 'U1' }],
    ['group_archive', { user: 'U1' }],
    ['channel_deleted', {}],
    ['group_deleted', {}],
  ])('%s ends them', (type, fields) => {
    expect(draftOf(event({ type, channel: 'C1', ...fields }))).toMatchObject({
      place: at,
      content: { kind: 'left' },
    });
  });

  it.each(['channel_unarchive', 'group_unarchive'])('%s brings them back', (type) => {
    expect(draftOf(event({ type, channel: 'C1', user: 'U1' }))).toMatchObject({
      actor: { id: 'U1' },
      content: { kind: 'joined', back: true },
    });
  });

  it.each(['channel_rename', 'group_rename'])('%s renames them', (type) => {
    const channel = { id: 'C1', name: 'moi', created: 1 };
    expect(draftOf(event({ type, channel }))).toMatchObject({
      place: at,
      content: { kind: 'renamed', title: 'moi' },
    });
  });

  it('get another id', () => {
    const changed = { type: 'channel_id_changed', old_channel_id: 'G1', new_channel_id: 'C2' };
    expect(draftOf(event(changed))).toMatchObject({
      place: { channel: 'G1' },
      content: { kind: 'moved', to: 'C2' },
    });
  });

  it('that become private keep their id, so there is nothing to do', () => {
    expect(event({ type: 'channel_convert_to_private', channel: 'C1' })).toMatchObject(ignored);
  });
});
