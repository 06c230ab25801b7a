/** One definition, two renderings: the same answers make the same report, asked one by one or at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../../../src/engine/decision.ts';
import { type Conversation, campaign } from '../../../support/conversation.ts';
import { BINH } from '../../../support/report-chat.ts';
import { attached, startWithForms } from '../../../support/report-form.ts';

interface Answers {
  readonly item: string;
  readonly title: string;
  readonly describe: string;
  readonly date: string;
  readonly evidence: readonly string[];
  readonly photos: number;
  readonly shared: boolean;
}

/** Words as people type them: blanks at the ends, letters of several keyboards, signs. */
const words = (most: number) =>
  fc
    .tuple(
      fc.array(fc.constantFrom('Đề tài', 'e\u0302', ' ', '🎓', '&<b>', '"', '12/QĐ', 'a'), {
        maxLength: 8,
      }),
      fc.constantFrom('xong', 'Hoàn thành', '100%'),
    )
    .map(([parts, last]) => `${parts.join(' ')} ${last}`.slice(0, most));

const items = campaign.items
  .filter(({ audience, mode }) => audience === 'staff' && mode === 'count')
  .map(({ id }) => id);

const answers: fc.Arbitrary<Answers> = fc.record({
  item: fc.constantFrom(...items),
  title: words(120),
  describe: words(500),
  date: fc.constantFrom('2024-03-01', '2024-06-30', '2024-07-05'),
  evidence: fc.uniqueArray(
    fc.constantFrom('Quyết định 12/QĐ-HV', 'https://hcma.vn/tin/1', ' số  3 ', 'www.hcma.vn/x'),
    { minLength: 1 },
  ),
  photos: fc.integer({ min: 0, max: 3 }),
  shared: fc.boolean(),
});

async function oneByOne(given: Answers): Promise<Conversation> {
  const chat = startWithForms({ abilities: { forms: false } });
  await chat.command('baocao');
  await chat.pressAction(`q:${chat.state.active?.step}:c:${given.item}`);
  await chat.say(given.title);
  await chat.say(given.describe);
  await chat.say(given.date);
  for (const line of given.evidence) await chat.say(line);
  for (let n = 0; n < given.photos; n += 1) await chat.file();
  await chat.press('Xong');
  if (given.shared) {
    await chat.say(BINH.name);
    await chat.press(BINH.name);
    await chat.press('Xong');
  } else await chat.press('Bỏ qua');
  await chat.press('Gửi');
  return chat;
}

async function atOnce(given: Answers): Promise<Conversation> {
  const chat = startWithForms();
  await chat.slash('baocao');
  await chat.submit({
    item: given.item,
    title: given.title,
    describe: given.describe,
    date: given.date,
    evidence: given.evidence.join('\n'),
    'evidence-files': Array.from({ length: given.photos }, () => attached()),
    contributors: given.shared ? BINH.name : null,
  });
  return chat;
}

const TABLES: readonly TableName[] = ['report', 'evidence', 'contributor', 'reportEvent', 'audit'];

/** Without what only messages have, and with the media told apart by order alone. */
const rowsOf = (chat: Conversation) =>
  TABLES.map((table) =>
    chat.rows(table).map((row) => {
      const { sources: _, mediaId, ...rest } = row as Record<string, unknown>;
      return { ...rest, media: typeof mediaId === 'string' };
    }),
  );

describe('a report by form and by conversation', () => {
  it('is the same', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        const [chat, form] = [await oneByOne(given), await atOnce(given)];
        expect(form.rows('report')).toHaveLength(1);
        expect(rowsOf(form)).toEqual(rowsOf(chat));
        expect(form.rows('media')).toHaveLength(given.photos);
        const told = (from: Conversation) =>
          from.elsewhere().map(({ to, subject, personId }) => [to.chat, subject, personId]);
        expect(told(form)).toEqual(told(chat));
        // Only who answered by messages can change them.
        expect(form.last).toBe(chat.last.replace('sửa tin nhắn đã gửi hoặc ', ''));
      }),
      { numRuns: 40 },
    );
  });
});
