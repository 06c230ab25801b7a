import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { describeError, outcomeOf, scrub } from '../../../../adapters/slack/outcome.ts';

const channel = { platform: 'slack', tenant: 'T1', chat: 'C1' };
const message = { at: channel, id: '1.1' };

const refused = (error: string, more: object = {}): Error =>
  new webApi.WebAPIPlatformError({ ok: false, error, ...more });
const lost = (code: string): Error =>
  new webApi.WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }),
  );

const send = (error: unknown) => outcomeOf(error, { to: channel });
const edit = (error: unknown) => outcomeOf(error, { to: channel, editing: message });

describe('a refusal of Slack', () => {
  it('that is a limit pauses the chat, or edits alone, for as long as it says', () => {
    const paused = { outcome: 'retry', scope: 'chat' };
    expect(send(new webApi.WebAPIRateLimitedError(7))).toMatchObject({ ...paused, afterMs: 7000 });
    expect(send(refused('ratelimited', { response_metadata: { retryAfter: 3 } }))).toMatchObject({
      ...paused,
      afterMs: 3000,
    });
    expect(send(refused('ratelimited'))).toMatchObject({ ...paused, afterMs: 60_000 });
    expect(edit(new webApi.WebAPIRateLimitedError(7))).toMatchObject({ scope: 'call' });
    const unnumbered = new Error('Retry header did not contain a valid timeout (url: x)');
    expect(send(unnumbered)).toMatchObject({ ...paused, afterMs: 60_000 });
  });

  it.each([
    ['not_in_channel', 'removed'],
    ['is_archived', 'removed'],
    ['restricted_action_read_only_channel', 'removed'],
    ['channel_not_found', 'not-found'],
    ['cannot_dm_bot', 'not-found'],
    ['user_not_found', 'not-found'],
    ['user_disabled', 'deactivated'],
  ])('%s means that nobody reads it there: %s', (word, cause) => {
    expect(send(refused(word))).toEqual({ outcome: 'gone', cause });
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    '%s means that there is nothing left to change',
    (word) => {
      expect(edit(refused(word))).toEqual({ outcome: 'gone', cause: 'not-found' });
      expect(send(refused(word))).toMatchObject({ outcome: 'bug' });
    },
  );

  it.each(['invalid_auth', 'token_revoked', 'account_inactive', 'not_authed'])(
    '%s is about the bot, so all of it waits',
    (word) => {
      expect(send(refused(word))).toMatchObject({ outcome: 'retry', scope: 'bot' });
    },
  );

  it.each(['fatal_error', 'internal_error', 'service_unavailable'])(
    '%s leaves open what happened',
    (word) => {
      expect(send(refused(word))).toEqual({ outcome: 'uncertain', cause: word });
    },
  );

  it.each(['msg_too_long', 'invalid_blocks', 'no_text', 'constructor'])(
    '%s is a fault of ours',
    (word) => {
      expect(send(refused(word))).toMatchObject({ outcome: 'bug' });
    },
  );

  it('says what is wrong and which right is missing', () => {
    expect(
      send(refused('missing_scope', { needed: 'files:write', provided: 'chat:write' })),
    ).toEqual({ outcome: 'bug', cause: 'missing_scope; the right files:write is missing' });
    const response_metadata = { messages: ['[ERROR] must be less than 76 characters'] };
    expect(send(refused('invalid_blocks', { response_metadata }))).toEqual({
      outcome: 'bug',
      cause: 'invalid_blocks; [ERROR] must be less than 76 characters',
    });
  });
});

describe('a lost call', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'has not been sent after %s',
    (code) => {
      expect(send(lost(code))).toMatchObject({ outcome: 'retry', scope: 'bot' });
    },
  );

  it('was perhaps sent after a reset, a time-out, a fault of the server or an unreadable answer', () => {
    const timeout = new webApi.WebAPIRequestError(new DOMException('timed out', 'TimeoutError'));
    for (const error of [
      lost('ECONNRESET'),
      lost('UND_ERR_SOCKET'),
      timeout,
      new webApi.WebAPIHTTPError(502, 'Bad Gateway', {}),
      refused('<html>down for maintenance</html>'),
      refused(''),
    ])
      expect(send(error).outcome).toBe('uncertain');
  });

  it('was not sent when something between refused it', () => {
    expect(send(new webApi.WebAPIHTTPError(403, 'Forbidden', {}))).toMatchObject({
      outcome: 'retry',
      scope: 'bot',
    });
  });
});

describe('the line of an error', () => {
  it('has neither token, address nor body in it', () => {
    expect(scrub('xoxb-1-abc at https://hooks.slack.com/x and xapp-1-A')).toBe(
      'token… at address… and token…',
    );
    expect(describeError(refused('<html>secret</html>'))).toBe('an answer that is no JSON');
    const error = new webApi.WebAPIRequestError(new Error('https://x.slack.com/upload/secret'));
    expect(describeError(error)).toBe('Error: address…');
  });
});
