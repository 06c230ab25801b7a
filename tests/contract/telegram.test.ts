import { makeTelegramHarness } from '../support/telegram-harness.ts';
import { adapterSuite } from './adapter-suite.ts';

const LACKS = {
  forms: 'Telegram opens no window over a chat for a bot without a web page of its own',
  home: 'a bot has no page of a person’s own in Telegram',
  'look-up': 'a bot cannot read past messages in Telegram',
};

adapterSuite({
  name: 'Telegram by polling',
  make: () => makeTelegramHarness('polling'),
  lacks: LACKS,
});
adapterSuite({
  name: 'Telegram by webhook',
  make: () => makeTelegramHarness('webhook'),
  lacks: LACKS,
});
