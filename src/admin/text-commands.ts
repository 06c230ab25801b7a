import type { Command } from 'commander';
import { parseConfig } from '../config.ts';
import { loadTexts, shippedTexts } from '../messages/catalogue.ts';
import { fold } from '../people/fold.ts';
import { Refusal } from '../people/problem.ts';
import type { Shell } from './shell.ts';

/** Texts that one search shows. */
const TEXTS_SHOWN = 30;

/** Finding the texts the office may want to word otherwise, and checking its own. */
export function textCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  const texts = program.command('texts').description(say('admin-texts'));

  texts
    .command('check')
    .description(say('admin-texts-check'))
    .argument('[folder]', say('admin-arg-texts-folder'))
    .action((folder: string | undefined) => {
      const own = folder ?? parseConfig(shell.env).textsDir;
      if (own === null) throw new Refusal('texts-none');
      loadTexts(own);
      out(say('admin-texts-good', { folder: own }));
    });

  texts
    .command('find')
    .description(say('admin-texts-find'))
    .argument('<words...>', say('admin-arg-texts-words'))
    .action((words: string[]) => {
      const wanted = fold(words.join(' '));
      const found = shippedTexts(say.language).filter((text) => fold(text.words).includes(wanted));
      for (const { words: line } of found.slice(0, TEXTS_SHOWN)) out(line);
      out(
        say('admin-texts-found', { n: found.length, shown: Math.min(found.length, TEXTS_SHOWN) }),
      );
    });
}
