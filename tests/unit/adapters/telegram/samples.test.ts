/** Everything the bot says, as Telegram is given it: taken whole, and short enough to be read on a phone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsOf } from '../../../../adapters/telegram/runs.ts';
import { type FakeTelegram, startFakeTelegram } from '../../../fakes/telegram/index.ts';
import { samples } from '../../../support/sample-messages.ts';
import { telegramOn } from '../../../support/telegram-harness.ts';

/** Slack shows no more of a button's label, and Telegram's phones cut it before that. */
const LABEL_MAX = 75;
/** A phone's screen holds about a third of this. */
const ROWS_MAX = 20;

const all = (await samples()).flatMap((sample) => {
  if (sample.kind !== 'message') return [];
  const { blocks, ...rest } = sample.message;
  // Files are uploaded elsewhere: here are the words and the buttons.
  const words = blocks.flatMap((block) =>
    block.kind === 'image' || block.kind === 'file' ? [] : [block],
  );
  return words.length === 0 ? [] : [{ name: sample.name, message: { ...rest, blocks: words } }];
});
const squeeze = (text: string): string => text.normalize('NFC').replace(/[\s\p{Cf}\p{Cc}]+/gu, '');

describe('what Telegram is sent', () => {
  let fake: FakeTelegram;
  beforeAll(async () => {
    fake = await startFakeTelegram();
  });
  afterAll(() => fake.close());

  it.each(all)('$name', async ({ message }) => {
    const adapter = telegramOn(fake);
    const reader = fake.user({ name: 'An' });
    reader.start();
    const at = { platform: 'telegram', tenant: adapter.tenant, chat: String(reader.id) };
    for (const page of adapter.paginate(message)) {
      const outcome = await adapter.send(at, page, '1:0');
      expect(outcome.outcome, JSON.stringify(outcome)).toBe('ok');
    }
    const shown = reader.messages();
    expect(shown).toHaveLength(1);
    const words = runsOf(message.blocks).map(({ text }) => text);
    expect(squeeze(shown.map(({ text }) => text).join(''))).toBe(squeeze(words.join('')));
    const labels = (message.buttons ?? []).flat().map(({ label }) => label);
    expect(shown.flatMap(({ buttons }) => buttons.flat())).toEqual(labels);
    expect(labels.filter((label) => label.length > LABEL_MAX)).toEqual([]);
    expect(shown[0]?.buttons.length).toBeLessThanOrEqual(ROWS_MAX);
  });
});
