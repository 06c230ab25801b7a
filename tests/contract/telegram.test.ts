import { makeTelegramHarness } from '../support/telegram-harness.ts';
import { adapterSuite } from './adapter-suite.ts';

adapterSuite({
  name: 'Telegram by polling',
  make: () => makeTelegramHarness('polling'),
  lacks: {},
});
adapterSuite({
  name: 'Telegram by webhook',
  make: () => makeTelegramHarness('webhook'),
  lacks: {},
});
