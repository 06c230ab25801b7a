import { describe, expect, it } from 'vitest';
import { createSlack } from '../../adapters/slack/index.ts';
import { createTelegram } from '../../adapters/telegram/index.ts';
import type { Adapter } from '../../src/chat/index.ts';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { windowWords } from '../../src/messages/slack.ts';

const telegram = createTelegram({
  token: '1:a',
  mode: 'polling',
  menus: { fallback: 'vi', private: { vi: [] } },
});
const slack = createSlack({
  botToken: 'xoxb-1',
  mode: { socket: { appToken: 'xapp-1' } },
  menus: { group: [] },
  words: windowWords(loadTexts()),
});

const yes = (value: boolean): string => (value ? 'yes' : 'no');
const number = (value: number): string => value.toLocaleString('en-GB');
const rate = ({ intervalMs, burst }: { intervalMs: number; burst: number }): string =>
  intervalMs >= 1000
    ? `one every ${number(intervalMs / 1000)} s, ${burst} at once`
    : `${number(1000 / intervalMs)} a second, ${burst} at once`;
const chatOf = (adapter: Adapter, chat: string) =>
  rate(adapter.pace.chat({ platform: adapter.platform, tenant: '1', chat }));

const ROWS: readonly [what: string, of: (adapter: Adapter, group: string) => string][] = [
  ['Characters of one message', ({ abilities }) => number(abilities.maxChars)],
  [
    'Buttons in a row; in a message',
    ({ abilities: a }) => `${a.maxButtonsPerRow}; ${a.maxButtons}`,
  ],
  [
    'Largest file taken as evidence',
    ({ abilities: a }) => `${a.maxDownloadBytes / 1024 / 1024} MB`,
  ],
  ['The bot may write first', ({ abilities }) => yes(abilities.directMessage === 'always')],
  ['A person can hand over their own phone number', ({ abilities }) => yes(abilities.contact)],
  [
    'A link opens the bot with an enrolment code',
    ({ abilities }) => yes(abilities.deepLink !== null),
  ],
  ['Forms in a window over the chat', ({ abilities }) => yes(abilities.forms)],
  ['A thread under every message, for corrections', ({ abilities }) => yes(abilities.threads)],
  ['A page of one’s own', ({ home }) => yes(home !== null)],
  ['What was perhaps sent can be looked for', ({ lookUp }) => yes(lookUp !== null)],
  [
    'Our pace over all chats',
    ({ pace }) => `${rate(pace.bot)}, ${pace.bot.reserve} kept for replies`,
  ],
  ['Our pace in one private chat', (adapter) => chatOf(adapter, '1')],
  ['Our pace in one group or channel', (adapter, group) => chatOf(adapter, group)],
];

describe('docs/platforms.md', () => {
  it('says what the adapters declare; npx vitest run tests/unit/platforms-doc.test.ts -u', async () => {
    const cells = [
      ['', 'Telegram', 'Slack'],
      ['', '', ''],
      ...ROWS.map(([what, of]) => [what, of(telegram, '-1'), of(slack, 'C1')]),
    ];
    const widths = [0, 1, 2].map((c) => Math.max(...cells.map((row) => row[c]?.length ?? 0)));
    const table = cells.map((row, r) => {
      const padded = row.map((cell, c) => cell.padEnd(widths[c] ?? 0, r === 1 ? '-' : ' '));
      return `| ${padded.join(' | ')} |`;
    });
    const text = `${[
      '# What the platforms can do',
      '',
      'Made from the adapters’ own declarations (`abilities`, `pace`, `lookUp`, `home`), which the core branches on; a test keeps it equal to them.',
      '',
      ...table,
    ].join('\n')}\n`;
    await expect(text).toMatchFileSnapshot('../../docs/platforms.md');
  });
});
