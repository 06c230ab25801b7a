import { describe, expect, it } from 'vitest';
import { parseUpdate } from '../../../../adapters/telegram/parse.ts';
import { Inbound } from '../../../../src/chat/index.ts';

const me = { tenant: '987', username: 'ThiDua_bot' };
const an = { id: 42, is_bot: false, first_name: 'An', last_name: 'Nguyễn', language_code: 'vi' };
const privateChat = { id: 42, type: 'private', first_name: 'An' };
const group = { id: -100123, type: 'supergroup', title: 'Khoa Triết học' };
const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group' };

const parse = (content: object) => parseUpdate({ update_id: 7, ...content }, me);
const message = (fields: object) =>
  parse({ message: { message_id: 5, date: 1, chat: privateChat, from: an, ...fields } });
const inGroup = (fields: object) => message({ chat: group, ...fields });

/** The event, checked against the contract. */
const eventOf = (parsed: ReturnType<typeof parse>) => Inbound.parse(parsed?.event);

describe('text and commands', () => {
  it('keeps sender, place and number of the update', () => {
    expect(eventOf(message({ text: 'xin chào' }))).toEqual({
      kind: 'text',
      delivery: '7',
      where: { platform: 'telegram', tenant: '987', chat: '42' },
      audience: 'private',
      from: {
        identity: { platform: 'telegram', tenant: '987', user: '42' },
        name: 'An Nguyễn',
        language: 'vi',
      },
      text: 'xin chào',
      message: { at: { platform: 'telegram', tenant: '987', chat: '42' }, id: '5' },
      edited: false,
    });
  });

  it.each([
    ['/baocao', 'baocao', ''],
    ['/baocao@thidua_bot Giờ giảng tốt', 'baocao', 'Giờ giảng tốt'],
    ['/START MA_1-x', 'start', 'MA_1-x'],
    ['/baocao\nnhiều\ndòng', 'baocao', 'nhiều\ndòng'],
  ])('reads %j', (text, name, args) => {
    expect(eventOf(inGroup({ text }))).toMatchObject({ kind: 'command', name, args });
  });

  it.each(['/báocáo', '/', '/ baocao', '5/7', '/5-7-2024', '//x', `/${'a'.repeat(33)}`, 'a /huy'])(
    'leaves %j as text',
    (text) => {
      expect(eventOf(message({ text }))).toMatchObject({ kind: 'text', text });
    },
  );

  it('ignores a command for another bot', () => {
    expect(inGroup({ text: '/baocao@other_bot x' })?.event).toBeNull();
  });

  it('takes a forwarded message as the text it is', () => {
    const forward_origin = { type: 'hidden_user', date: 1, sender_user_name: 'X' };
    expect(eventOf(message({ text: 'chuyển tiếp', forward_origin }))).toMatchObject({
      kind: 'text',
    });
  });

  it('knows the topic of a forum, and only that', () => {
    const topic = inGroup({ text: 'a', message_thread_id: 9, is_topic_message: true });
    expect(eventOf(topic).where.thread).toBe('9');
    expect(eventOf(inGroup({ text: 'a', message_thread_id: 9 })).where.thread).toBeUndefined();
  });

  it('does not know who an anonymous administrator is', () => {
    const event = eventOf(inGroup({ text: '/lienket', from: anonymous, sender_chat: group }));
    expect(event).toMatchObject({ kind: 'command', from: null, audience: 'group' });
  });
});

describe('edits', () => {
  const edited = (fields: object) =>
    parse({
      edited_message: {
        message_id: 5,
        date: 1,
        edit_date: 2,
        chat: privateChat,
        from: an,
        ...fields,
      },
    });

  it('takes the new text, even where it looks like a command', () => {
    expect(eventOf(edited({ text: '/huy' }))).toMatchObject({
      kind: 'text',
      edited: true,
      text: '/huy',
    });
  });

  it("takes a new caption as the message's new text, and no second file", () => {
    const photo = [{ file_id: 'p', file_unique_id: 'u', width: 9, height: 9 }];
    expect(eventOf(edited({ caption: 'mới', photo }))).toMatchObject({
      kind: 'text',
      text: 'mới',
      edited: true,
    });
    expect(edited({ photo })?.event).toBeNull();
  });

  it('ignores a live location on its way', () => {
    expect(edited({ location: { latitude: 1, longitude: 2 } })?.event).toBeNull();
  });
});

describe('files', () => {
  const size = (file_id: string, width: number, file_size?: number) => ({
    file_id,
    file_unique_id: `u-${file_id}`,
    width,
    height: width,
    file_size,
  });

  it('takes the largest size that can be downloaded', () => {
    const photo = [size('s', 90, 1e3), size('xl', 5000, 21 * 1024 * 1024), size('l', 1280, 2e5)];
    expect(eventOf(message({ photo, caption: 'c', media_group_id: 'g' }))).toMatchObject({
      kind: 'attachment',
      caption: 'c',
      album: 'g',
      file: { ref: 'l', kind: 'photo', mime: 'image/jpeg', size: 2e5 },
    });
  });

  it('takes a photo of unknown size', () => {
    expect(eventOf(message({ photo: [size('p', 90)] }))).toMatchObject({ file: { size: null } });
  });

  it('names a document that has no name, and keeps one too large for the core to judge', () => {
    const document = { file_id: 'd', file_unique_id: 'u', file_size: 3e7 };
    expect(eventOf(message({ document }))).toMatchObject({
      file: { kind: 'file', name: 'u', mime: 'application/octet-stream', size: 3e7 },
    });
  });

  it('does not take the document of a GIF for a document', () => {
    const document = { file_id: 'd', file_unique_id: 'u' };
    expect(eventOf(message({ document, animation: {} }))).toMatchObject({
      kind: 'unsupported',
      what: 'video',
    });
  });
});

describe('contacts', () => {
  const contact = (user_id?: number) => ({ phone_number: '84912', first_name: 'An', user_id });
  it.each([
    ['own', contact(42), true],
    ["another's", contact(43), false],
    ['one outside Telegram', contact(), false],
  ])('%s', (_name, card, own) => {
    expect(eventOf(message({ contact: card }))).toMatchObject({
      kind: 'contact',
      own,
      phone: '84912',
    });
  });
});

describe('what the bot cannot use', () => {
  it.each([
    ['sticker', 'sticker'],
    ['voice', 'voice'],
    ['audio', 'voice'],
    ['video', 'video'],
    ['video_note', 'video'],
    ['location', 'location'],
    ['venue', 'location'],
    ['poll', 'poll'],
    ['dice', 'other'],
    ['story', 'other'],
  ])('%s is %s', (field, what) => {
    expect(eventOf(message({ [field]: {} }))).toMatchObject({ kind: 'unsupported', what });
  });
});

describe('groups', () => {
  const change = (chat: object, before: object, after: object, from: object = an) =>
    parse({
      my_chat_member: { chat, from, date: 1, old_chat_member: before, new_chat_member: after },
    });
  const is = (status: string, is_member?: boolean) => ({ status, is_member });

  it.each([
    ['added', is('left'), is('member'), 'joined'],
    ['added as administrator', is('kicked'), is('administrator'), 'joined'],
    ['restricted back in', is('restricted', false), is('restricted', true), 'joined'],
    ['removed', is('member'), is('kicked'), 'left'],
    ['left', is('administrator'), is('left'), 'left'],
  ])('%s', (_name, before, after, kind) => {
    expect(eventOf(change(group, before, after))).toMatchObject({ kind, audience: 'group' });
  });

  it.each([
    ['promoted', is('member'), is('administrator')],
    ['restricted but in', is('member'), is('restricted', true)],
    ['banned when out already', is('left'), is('kicked')],
  ])('%s is no change of membership', (_name, before, after) => {
    expect(change(group, before, after)?.event).toBeNull();
  });

  it('reads block and unblock in private', () => {
    const blocked = change(privateChat, is('member'), is('kicked'));
    const unblocked = change(privateChat, is('kicked'), is('member'));
    expect([eventOf(blocked).kind, eventOf(unblocked).kind]).toEqual(['blocked', 'unblocked']);
  });

  it('does not take an anonymous administrator for the one who added it', () => {
    const joined = change(group, is('left'), is('member'), anonymous);
    expect(eventOf(joined)).toMatchObject({ kind: 'joined', from: null });
  });

  it('reads a new title and a new id, whoever made them', () => {
    const bot = { id: 5, is_bot: true, first_name: 'B' };
    expect(eventOf(inGroup({ new_chat_title: 'Mới', from: bot }))).toMatchObject({
      kind: 'renamed',
      title: 'Mới',
    });
    expect(eventOf(inGroup({ migrate_to_chat_id: -100999 }))).toMatchObject({
      kind: 'moved',
      where: { chat: '-100123' },
      to: { chat: '-100999' },
    });
  });

  it.each([
    ['the other half of a move', { migrate_from_chat_id: -5 }],
    ['a new member', { new_chat_members: [an] }],
    ['a pinned message', { pinned_message: {} }],
    ['a bot', { text: 'x', from: { id: 5, is_bot: true, first_name: 'B' } }],
    [
      'a channel post copied in',
      { text: 'x', sender_chat: { id: -9 }, is_automatic_forward: true },
    ],
    ['a channel', { text: 'x', chat: { id: -9, type: 'channel' }, from: undefined }],
  ])('ignores %s', (_name, fields) => {
    expect(inGroup(fields)).toMatchObject({ id: 7, event: null, why: expect.stringMatching(/\S/) });
  });
});

describe('presses', () => {
  const press = (fields: object) =>
    parse({ callback_query: { id: 'q1', from: an, chat_instance: '1', ...fields } });

  it('reads the action and its message, even one too old to be shown', () => {
    const old = { message_id: 3, chat: group, date: 0 };
    const parsed = press({ data: 'ver:1', message: old });
    expect(parsed?.query).toBe('q1');
    expect(eventOf(parsed)).toMatchObject({
      kind: 'press',
      action: 'ver:1',
      audience: 'group',
      message: { id: '3', at: { chat: '-100123' } },
    });
  });

  it.each([
    ['without a message', { data: 'x' }],
    ['without an action', { message: { message_id: 3, chat: group, date: 0 } }],
    ['of an unknown shape', { data: 5, from: null }],
  ])('%s is still to be answered', (_name, fields) => {
    expect(press(fields)).toMatchObject({ event: null, query: 'q1' });
  });
});

describe('what is not understood', () => {
  it('confirms updates of kinds and shapes it does not know', () => {
    expect(parse({ message_reaction: {} })).toMatchObject({ id: 7, event: null });
    expect(parse({ message: { chat: 'none' } })).toMatchObject({ id: 7, event: null });
  });

  it.each([null, 'x', 5, [], {}, { update_id: 'a' }])('has nothing for %j', (raw) => {
    expect(parseUpdate(raw, me)).toBeNull();
  });

  it('puts what belongs together under a common key', () => {
    const keys = (p: ReturnType<typeof parse>) => p?.keys ?? [];
    const privately = keys(message({ text: 'a' }));
    const publicly = keys(inGroup({ text: 'a' }));
    expect(privately.some((k) => publicly.includes(k))).toBe(true);
  });
});
