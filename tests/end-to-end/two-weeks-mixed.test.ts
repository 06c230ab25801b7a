import { mixedCast } from '../support/mixed-cast.ts';
import { slackCast } from '../support/slack-cast.ts';
import { telegramCast } from '../support/telegram-cast.ts';
import { twoWeeks } from './two-weeks-scenario.ts';

// Socket Mode has had its two weeks alone, so here Slack delivers by HTTP.
twoWeeks('in Telegram and Slack at once', () =>
  mixedCast(telegramCast, () => slackCast({ mode: 'http' })),
);
