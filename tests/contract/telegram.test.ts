import { makeTelegramHarness } from '../support/telegram-harness.ts';
import { adapterSuite } from './adapter-suite.ts';

adapterSuite({ name: 'Telegram, long polling', make: () => makeTelegramHarness(), lacks: {} });
