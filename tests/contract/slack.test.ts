import { makeSlackHarness } from '../support/slack-harness.ts';
import { adapterSuite } from './adapter-suite.ts';

const LACKS = {
  contact: 'nobody hands a phone number to a bot in Slack',
  sticker: 'Slack has no stickers, and what it cannot fetch is tested with its payloads',
  block: 'nobody can block a bot in Slack',
  'not-started': 'the bot may write first to everyone in the workspace',
  'move-told': 'Slack tells a new id by an event alone, not to whoever writes to the old one',
};

adapterSuite({
  name: 'Slack by Socket Mode',
  begin: 'batdau',
  make: () => makeSlackHarness('socket'),
  lacks: LACKS,
});
adapterSuite({
  name: 'Slack by HTTP',
  begin: 'batdau',
  make: () => makeSlackHarness('http'),
  lacks: LACKS,
});
