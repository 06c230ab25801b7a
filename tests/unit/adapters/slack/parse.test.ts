import { describe, expect, it } from 'vitest';
import { draftOf, event, ignored, parse } from './parsed.ts';

describe('slash commands', () => {
  const command = (fields: object = {}) =>
    parse({
      command: '/baocao',
      text: ' Giờ học tốt ',
      user_id: 'U1',
      user_name: 'an',
      team_id: 'T1',
      channel_id: 'C1',
      channel_name: 'chung',
      trigger_id: '1.2.x',
      response_url: 'https://hooks.slack.com/commands/1',
      api_app_id: 'A1',
      ...fields,
    });

  it('belong to the direct conversation wherever they are typed, and let a form open', () => {
    expect(command()).toEqual({
      id: '1.2.x',
      kind: 'events',
      reply: { trigger: '1.2.x', url: 'https://hooks.slack.com/commands/1', to: 'call' },
      drafts: [
        {
          delivery: '1.2.x',
          actor: { id: 'U1', team: null },
          place: 'direct',
          content: {
            kind: 'command',
            name: 'baocao',
            args: 'Giờ học tốt',
            ts: null,
            about: null,
            canOpenForm: true,
            givenIn: 'C1',
          },
        },
      ],
    });
  });

  it('belong to the channel when they are a channel’s', () => {
    expect(draftOf(command({ command: '/LienKet' }))).toMatchObject({
      place: { channel: 'C1', audience: 'group' },
      content: { name: 'lienket' },
    });
    // "Direct" may be one with somebody else.
    expect(draftOf(command({ command: '/lienket', channel_id: 'D9' })).place).toBe('direct');
  });

  it('are ignored under a name that is none', () => {
    expect(command({ command: '/báo-cáo' })).toMatchObject(ignored);
    expect(command({ trigger_id: undefined })).toMatchObject(ignored);
  });
});

describe('presses', () => {
  const press = (fields: object) =>
    parse({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T2', username: 'an' },
      trigger_id: '5.6.y',
      response_url: 'https://hooks.slack.com/actions/1',
      actions: [{ type: 'button', action_id: 'b0.0', block_id: 'x', value: 'ver:1' }],
      ...fields,
    });
  const under = (message: object, channel = 'C1') => ({
    channel: { id: channel, name: 'x' },
    message,
    container: { type: 'message', message_ts: '9.1', channel_id: channel },
  });

  it('name the message, its channel and who pressed', () => {
    const parsed = press(under({ ts: '9.1' }));
    expect(parsed).toMatchObject({
      reply: { trigger: '5.6.y', url: 'https://hooks.slack.com/actions/1', to: 'call' },
    });
    expect(draftOf(parsed)).toEqual({
      delivery: '5.6.y',
      actor: { id: 'U1', team: 'T2' },
      place: { channel: 'C1', audience: 'group' },
      content: { kind: 'press', action: 'ver:1', ts: '9.1' },
    });
  });

  it('are private in the direct conversation', () => {
    expect(draftOf(press(under({ ts: '9.1' }, 'D1'))).place).toMatchObject({ audience: 'private' });
  });

  it('know the thread the message is in, but not the one that hangs on it', () => {
    const place = (thread_ts: string) => draftOf(press(under({ ts: '9.1', thread_ts }))).place;
    expect(place('8.1')).toMatchObject({ thread: '8.1' });
    expect(place('9.1')).not.toHaveProperty('thread');
  });

  it('on the own page belong to the direct conversation', () => {
    const parsed = press({ view: { type: 'home', id: 'V1' }, response_url: undefined });
    expect(parsed).toMatchObject({ reply: { url: null } });
    expect(draftOf(parsed)).toMatchObject({ place: 'direct', content: { ts: null } });
  });

  it.each([
    ['in a modal', { view: { type: 'modal', id: 'V1' } }],
    ['on what is no button', { ...under({ ts: '9.1' }), actions: [{ type: 'datepicker' }] }],
    ['on a link', { ...under({ ts: '9.1' }), actions: [{ type: 'button', action_id: 'a' }] }],
    ['on nothing', {}],
  ])('%s are ignored', (_where, fields) => {
    expect(press(fields)).toMatchObject(ignored);
  });
});

describe('shortcuts', () => {
  const base = { user: { id: 'U1', team_id: 'T1' }, trigger_id: '7.8.z', team: { id: 'T1' } };

  it('on a message are a report about it', () => {
    const parsed = parse({
      ...base,
      type: 'message_action',
      callback_id: 'bao_cao',
      response_url: 'https://hooks.slack.com/app/1',
      message_ts: '4.4',
      channel: { id: 'C1', name: 'chung' },
      message: { type: 'message', user: 'U2', ts: '4.4', thread_ts: '4.0', text: 'Đạt giải' },
    });
    expect(parsed).toMatchObject({ reply: { url: 'https://hooks.slack.com/app/1' } });
    expect(draftOf(parsed)).toMatchObject({
      delivery: '7.8.z',
      place: 'direct',
      content: {
        kind: 'command',
        name: 'baocao',
        about: { text: 'Đạt giải', channel: 'C1', ts: '4.4', threadTs: '4.0' },
        canOpenForm: true,
      },
    });
  });

  it('from anywhere are a new report', () => {
    const parsed = parse({ ...base, type: 'shortcut', callback_id: 'bao_cao_moi' });
    expect(parsed).toMatchObject({ reply: { trigger: '7.8.z', url: null } });
    expect(draftOf(parsed).content).toMatchObject({ name: 'baocao', about: null });
  });

  it('of another name are ignored', () => {
    expect(parse({ ...base, type: 'shortcut', callback_id: 'x' })).toMatchObject(ignored);
  });
});

describe('forms', () => {
  const submission = (view: object) =>
    parse({
      type: 'view_submission',
      user: { id: 'U1', team_id: 'T1' },
      trigger_id: '9.9.q',
      view: {
        id: 'V1',
        callback_id: 'form',
        private_metadata: JSON.stringify({ form: 'report:1', direct: 'D1' }),
        state: { values: { title: { value: { type: 'plain_text_input', value: ' Tên ' } } } },
        ...view,
      },
    });

  it('bring their answers to the direct conversation they were opened for', () => {
    const parsed = submission({});
    expect(parsed).toMatchObject({ reply: { to: 'submit' } });
    expect(draftOf(parsed)).toEqual({
      delivery: '9.9.q',
      actor: { id: 'U1', team: 'T1' },
      place: { channel: 'D1', audience: 'private' },
      content: { kind: 'submit', form: 'report:1', values: { title: 'Tên' } },
    });
  });

  it.each([
    ['another modal', { callback_id: '' }],
    ['a modal without our words', { private_metadata: '' }],
    ['answers of another shape', { state: { values: { title: 5 } } }],
  ])('%s is ignored', (_what, view) => {
    expect(submission(view)).toMatchObject(ignored);
  });
});

describe('the app itself', () => {
  it('learns who opens their own page', () => {
    const opened = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' };
    expect(event(opened)).toMatchObject({ kind: 'home', actor: { id: 'U1' }, direct: 'D1' });
    expect(event({ ...opened, tab: 'messages' })).toMatchObject(ignored);
  });

  it('learns that it is no longer wanted', () => {
    const revoked = (bot: string[]) =>
      event({ type: 'tokens_revoked', tokens: { oauth: [], bot } });
    expect(event({ type: 'app_uninstalled' }).kind).toBe('ended');
    expect(revoked(['U0']).kind).toBe('ended');
    expect(revoked(['U7'])).toMatchObject(ignored);
  });

  it('is told why nothing arrives', () => {
    expect(parse({ type: 'app_rate_limited', minute_rate_limited: 1 })).toMatchObject(ignored);
  });
});

describe('what is not understood', () => {
  it('is named for the log', () => {
    expect(event({ type: 'reaction_added' }, 'Ev7')).toMatchObject({
      id: 'Ev7',
      why: expect.stringContaining('reaction_added'),
    });
  });

  it.each([null, 'x', 5, [], {}, { type: 'event_callback' }, { command: '/x' }])(
    '%j is ignored',
    (raw) => {
      expect(parse(raw)).toMatchObject(ignored);
    },
  );
});
