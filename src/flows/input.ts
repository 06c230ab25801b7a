/** From an event to what a question is given. */
import { type InboundOf, laneKey, type MessageRef } from '../chat/index.ts';
import { afterCommandWords } from './command-words.ts';
import type { Input } from './flow.ts';

/** Names a chat message over all platforms, e.g. `telegram:1:22:333`. */
export const messageSource = (message: MessageRef): string =>
  `${laneKey(message.at)}:${message.id}`;

/**
 * What a person typed, fit to be stored and shown: composed letters (NFC), no control characters
 * (PostgreSQL refuses the null one), no halves of characters, no marks that turn the direction of the
 * text around them; spaces at the ends gone. Right-to-left letters themselves stay.
 */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/\p{Cs}/gu, '')
    .trim();

/** Characters as a person and PostgreSQL count them: an emoji is one, not two. */
export const lengthOf = (text: string): number => [...text].length;

/** The command before what was typed after it: `/baocao Title`, when that message is changed. */
const COMMAND = /^\/\w+(?:@\w+)?\s*/;

/** `afterCommand`: typed after a command, whose words are no part of it where it has no slash either. */
export const textInput = (event: InboundOf<'text'>, afterCommand = false): Input => ({
  kind: 'text',
  text: event.edited ? retyped(event.text, afterCommand) : cleanText(event.text),
  source: messageSource(event.message),
});

function retyped(typed: string, afterCommand: boolean): string {
  const slashed = COMMAND.exec(typed);
  if (slashed) return cleanText(typed.slice(slashed[0].length));
  const text = cleanText(typed);
  return (afterCommand ? afterCommandWords(text)?.rest : null) ?? text;
}

export const fileInput = (event: InboundOf<'attachment'>, mediaId: string): Input => ({
  kind: 'file',
  file: event.file,
  mediaId,
  caption: cleanText(event.caption),
  source: messageSource(event.message),
});
