import type { Message } from '../chat/index.ts';
import type { Language } from '../messages/language.ts';
import type { Outgoing } from './decision.ts';
import type { Recipient } from './turn-context.ts';

/** One notice to each of these people who can be written to, in their language. */
export const noticesTo = (
  people: readonly Recipient[],
  message: (language: Language) => Message,
): Outgoing[] =>
  people.flatMap(({ personId, language, address }): Outgoing[] =>
    address ? [{ to: address, message: message(language), personId, priority: 'notice' }] : [],
  );
