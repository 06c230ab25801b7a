import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../adapters/slack/limits.ts';
import { EVENTS, manifestOf, SCOPES } from '../../adapters/slack/manifest.ts';
import { FEATURES } from '../../src/application.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { appWords, slashCommands, windowWords } from '../../src/messages/slack.ts';

const FILE = new URL('../../adapters/slack/manifest.json', import.meta.url);
const texts = loadTexts();
const shipped = JSON.parse(readFileSync(FILE, 'utf8'));

describe('the Slack app’s manifest', () => {
  it('is the one the code makes; npm run admin -- slack manifest --out adapters/slack/manifest.json', () => {
    expect(shipped).toEqual(JSON.parse(JSON.stringify(manifestOf(appWords(texts.vi)))));
  });

  it('asks for the rights and events of the code, each once', () => {
    expect(shipped.oauth_config.scopes).toEqual({ bot: [...SCOPES] });
    expect(shipped.settings.event_subscriptions.bot_events).toEqual([...EVENTS]);
    expect(new Set(SCOPES).size).toBe(SCOPES.length);
    expect(new Set(EVENTS).size).toBe(EVENTS.length);
  });

  it.each(['vi', 'en'] as const)('keeps within Slack’s limits in %s', (language) => {
    const { name, handle, description, commands, shortcuts } = appWords(texts[language]);
    expect(handle).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    for (const { command, description: about } of commands) {
      expect(command).toMatch(/^[a-z0-9_-]{1,31}$/);
      expect(about.length).toBeLessThanOrEqual(2000);
    }
    for (const shortcut of Object.values(shortcuts)) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
    }
    const { title, close } = windowWords(texts)[language];
    for (const word of [title, close])
      expect(word.length).toBeLessThanOrEqual(LIMITS.modalTitleChars);
  });

  it('offers no command that nobody answers', () => {
    const answered = new Set([
      ...FEATURES.flatMap(({ commands }) => Object.keys(commands ?? {})),
      // The flow engine's own.
      'tieptuc',
      'huy',
    ]);
    for (const { command } of slashCommands(texts.vi)) expect(answered).toContain(command);
  });
});
