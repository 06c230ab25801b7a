import { describe, expect, it } from 'vitest';
import { loadTexts } from '../../src/messages/catalogue.ts';
import { COMMANDS, type CommandRole } from '../../src/messages/commands.ts';

const { vi, en } = loadTexts();

/** Who is meant, as the office says it; an overseer's two scopes are one in this table. */
const WHO: Readonly<Record<CommandRole, string>> = {
  guest: 'not enrolled',
  enrolled: 'everybody enrolled',
  member: 'everybody in a unit',
  group: 'groups',
  head: en('role-head'),
  deputy: en('role-deputy'),
  reporter: en('role-reporter'),
  office: en('role-office'),
  council: en('role-council'),
  leadership: en('role-leadership'),
  overseer: 'overseer',
  mobiliser: en('role-mobiliser'),
  press: en('role-press'),
  finance: en('role-finance'),
};

const inTable = (text: string): string => text.replaceAll('|', '\\|');

describe('docs/commands.md', () => {
  it('says what the commands are; npx vitest run tests/unit/commands-doc.test.ts -u', async () => {
    const cells = [
      ['Command', 'In English', 'Who sees it', 'Nội dung', 'What it does'],
      ['', '', '', '', ''],
      ...COMMANDS.map(({ command, alias, for: seers }) => [
        `\`/${command}\``,
        alias === null ? '' : `\`/${alias}\``,
        seers.map((role) => WHO[role]).join(', '),
        inTable(vi(`command-${command}`)),
        inTable(en(`command-${command}`)),
      ]),
    ];
    const widths = cells[0]?.map((_, c) => Math.max(...cells.map((row) => row[c]?.length ?? 0)));
    const table = cells.map((row, r) => {
      const padded = row.map((cell, c) => cell.padEnd(widths?.[c] ?? 0, r === 1 ? '-' : ' '));
      return `| ${padded.join(' | ')} |`;
    });
    const text = `${[
      '# Commands',
      '',
      'Made from `src/messages/commands.ts` and the texts; a test keeps it equal to them.',
      '',
      'Each is answered by both names, and as words without the slash, with or without marks and spaces (“bảng xếp hạng”). Slack knows only slash commands declared in the app’s manifest: there the English name is written as a word, and `/start` is `/batdau`. Menus and help list what somebody could use; whether they may is decided anew each time, by `src/people/may.ts`.',
      '',
      ...table,
    ].join('\n')}\n`;
    await expect(text).toMatchFileSnapshot('../../docs/commands.md');
  });
});
