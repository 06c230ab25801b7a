import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { EVENTS_PATH } from '../../adapters/slack/index.ts';
import { manifestOf } from '../../adapters/slack/manifest.ts';
import { loadTexts } from '../messages/catalogue.ts';
import { DEFAULT_LANGUAGE } from '../messages/language.ts';
import { appWords } from '../messages/slack.ts';
import { Refusal } from '../people/problem.ts';
import type { Shell } from './shell.ts';

/** The manifest as a file; a workspace sees the app in one language. */
const slackManifest = (url?: string): string =>
  `${JSON.stringify(
    manifestOf({ ...appWords(loadTexts()[DEFAULT_LANGUAGE]), ...(url && { http: { url } }) }),
    null,
    2,
  )}\n`;

export function slackCommands(program: Command, shell: Shell): void {
  const { say, out } = shell;
  program
    .command('slack')
    .description(say('admin-slack'))
    .command('manifest')
    .description(say('admin-slack-manifest'))
    .option('--url <https://…>', say('admin-opt-slack-url'))
    .option('--out <file>', say('admin-opt-slack-out'))
    .action(async ({ url, out: file }: { url?: string; out?: string }) => {
      const text = slackManifest(url === undefined ? undefined : eventsUrl(url));
      if (file === undefined) return out(text.trimEnd());
      await writeFile(file, text);
      out(say('admin-slack-written', { file }));
    });
}

/** @throws Refusal when it is not an address Slack delivers to */
function eventsUrl(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'https:')
    throw new Refusal('admin-slack-url-wrong', { value: text });
  return `${text.replace(/\/+$/, '')}${EVENTS_PATH}`;
}
