import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../src/application.ts';
import { CANCEL, RESUME } from '../../src/flows/typed-command.ts';
import { COMMANDS } from '../../src/messages/commands.ts';

const owned = FEATURES.flatMap(({ commands }) => Object.keys(commands ?? {}));
const answered = new Set([...owned, ...RESUME, ...CANCEL]);

describe('the table of commands', () => {
  it.each(COMMANDS.map(({ command, alias }) => [command, alias] as const))(
    '/%s is answered by its feature, and by its English name',
    (command, alias) => {
      expect(answered).toContain(command);
      if (alias !== null) expect(answered).toContain(alias);
    },
  );

  it('has every command that a feature answers', () => {
    const listed = new Set<string | null>(COMMANDS.flatMap((each) => [each.command, each.alias]));
    // The other name of /start.
    expect(owned.filter((name) => !listed.has(name))).toEqual(['batdau']);
  });

  it('names nothing twice', () => {
    const names = COMMANDS.flatMap(({ command, alias }) => (alias ? [command, alias] : [command]));
    expect(new Set(names).size).toBe(names.length);
  });
});
