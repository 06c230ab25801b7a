/** What the bot says, one of each kind, made by the functions that make it for people. */
import type { Form, Message } from '../../src/chat/index.ts';
import { texts } from './conversation.ts';
import { announcementSamples } from './sample-announcements.ts';
import { boardSamples } from './sample-boards.ts';
import { figureSamples } from './sample-figures.ts';
import { officeSamples } from './sample-office.ts';
import { peopleSamples } from './sample-people.ts';
import { reportSamples } from './sample-reports.ts';
import { voiceSamples } from './sample-voices.ts';

/** `name` is a file's: lower case and hyphens. */
export type Sample = { readonly name: string } & (
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'home'; readonly page: Message }
  | { readonly kind: 'form'; readonly form: Form }
  /** One sentence in a window. */
  | { readonly kind: 'notice'; readonly text: string }
);

/** All of them, each with a name of its own, always the same ones. */
export async function samples(): Promise<Sample[]> {
  const people = await peopleSamples();
  const reports = await reportSamples();
  const boards = await boardSamples();
  const messages = {
    ...people.messages,
    ...reports.messages,
    ...boards.messages,
    ...figureSamples(),
    ...officeSamples(),
    ...announcementSamples(),
    ...voiceSamples(),
  };
  return [
    ...Object.entries(messages).map(([name, message]) => ({
      name,
      kind: 'message' as const,
      message,
    })),
    ...Object.entries(reports.forms).map(([name, form]) => ({ name, kind: 'form' as const, form })),
    ...Object.entries(boards.pages).map(([name, page]) => ({ name, kind: 'home' as const, page })),
    { name: 'notice', kind: 'notice', text: texts.vi('form-outdated') },
  ];
}
