import { describe, expect, it } from 'vitest';
import {
  EVENTS,
  type ManifestOptions,
  manifestOf,
  SCOPES,
} from '../../../../adapters/slack/manifest.ts';
import { parsePayload } from '../../../../adapters/slack/parse.ts';

const OPTIONS: ManifestOptions = {
  handle: 'thidua',
  name: 'Thi đua',
  description: 'Báo cáo, xác nhận, bảng xếp hạng',
  commands: [{ command: 'baocao', description: 'Báo cáo thành tích' }],
  shortcuts: {
    message: { name: 'Báo cáo thành tích này', description: 'Từ một tin nhắn' },
    global: { name: 'Báo cáo thành tích', description: 'Báo cáo mới' },
  },
};

describe('the manifest', () => {
  it('lets people write to the bot, and gives it what it needs', () => {
    const { features, oauth_config, settings } = manifestOf(OPTIONS);
    expect(features?.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(features?.slash_commands).toEqual([
      { command: '/baocao', description: 'Báo cáo thành tích', should_escape: true },
    ]);
    expect(oauth_config?.scopes?.bot).toEqual(SCOPES);
    expect(settings?.event_subscriptions?.bot_events).toEqual(EVENTS);
    expect(settings).toMatchObject({
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      token_rotation_enabled: false,
    });
  });

  it('asks for Socket Mode unless there is an address, which then is everywhere', () => {
    const url = 'https://bot.hocvien.vn/slack/events';
    expect(manifestOf(OPTIONS).settings?.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifestOf(OPTIONS))).not.toContain('url');
    const { features, settings } = manifestOf({ ...OPTIONS, http: { url } });
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url },
    });
    expect(features?.slash_commands).toMatchObject([{ url }]);
  });

  it('names the shortcuts as they are read', () => {
    const user = { id: 'U1' };
    const [onMessage, global] = manifestOf(OPTIONS).features?.shortcuts ?? [];
    const me = { tenant: 'T1', botUser: 'U0', groupCommands: [] };
    const about = { channel: { id: 'C1' }, message: { ts: '1.1', text: 'a' } };
    const read = [
      { type: 'message_action', ...about, callback_id: onMessage?.callback_id },
      { type: 'shortcut', callback_id: global?.callback_id },
    ].map((payload) => parsePayload({ ...payload, user, trigger_id: '1.2' }, me));
    expect([onMessage?.type, global?.type]).toEqual(['message', 'global']);
    expect(read).toMatchObject([{ kind: 'events' }, { kind: 'events' }]);
  });

  it('asks for nothing twice', () => {
    expect(new Set(SCOPES).size).toBe(SCOPES.length);
    expect(new Set(EVENTS).size).toBe(EVENTS.length);
  });
});
