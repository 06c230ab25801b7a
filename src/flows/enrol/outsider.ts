/** Accounts of another organisation that shares a channel with this one: answered, and nothing more. */
import type { Inbound } from '../../chat/index.ts';
import { type Decision, nothing } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { plainMessage } from '../../messages/flow.ts';
import { DEFAULT_LANGUAGE, LANGUAGES } from '../../messages/language.ts';
import { toast } from '../run.ts';

/**
 * One polite sentence, whatever an outsider does in private or presses; what they say to others in a
 * group is not meant for the bot. Null for everyone else, and for what becomes of a group, whoever
 * did it.
 */
export function answerOutsider(
  event: Inbound,
  { texts, campaign }: Pick<HandlerDeps, 'texts' | 'campaign'>,
): Decision | null {
  if (event.from?.standing !== 'outsider') return null;
  const client = event.from.language?.toLowerCase() ?? '';
  const language = LANGUAGES.find((each) => client.startsWith(each)) ?? DEFAULT_LANGUAGE;
  const sentence = texts[language]('account-outsider', {
    organisation: campaign.organisation[language],
  });
  switch (event.kind) {
    case 'joined':
    case 'left':
    case 'moved':
    case 'renamed':
      return null;
    case 'blocked':
    case 'unblocked':
      return nothing;
    case 'press':
    case 'submit':
      return toast(sentence);
    default: {
      const changed = event.kind === 'text' && event.edited;
      if (event.audience === 'group' || changed) return nothing;
      return {
        writes: [],
        sends: [{ to: event.where, message: plainMessage([sentence]) }],
        ack: {},
      };
    }
  }
}
