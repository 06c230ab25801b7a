/** Help and language: open to everyone, also before enrolment. */
import type { InboundOf } from '../chat/index.ts';
import { update, type Write } from '../engine/decision.ts';
import type { Handler } from '../engine/deps.ts';
import { commandRoles } from '../messages/commands.ts';
import { plainMessage } from '../messages/flow.ts';
import { helpMessage, languageMessage, menuButtons } from '../messages/help.ts';
import { LANGUAGES } from '../messages/language.ts';
import type { Feature } from './feature.ts';
import { answerWith, outdated, speaker } from './run.ts';

const help: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const roles = event.audience === 'group' ? (['group'] as const) : commandRoles(context.person);
  const abilities = deps.abilities(event.where.platform);
  return answerWith(turn, helpMessage(speaker(turn), roles, deps.campaign, abilities));
};

const askLanguage: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  return answerWith(turn, languageMessage(speaker(turn)));
};

/** `lang:<language>`: the person's from now on; before enrolment the account's. */
const setLanguage: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const language = LANGUAGES.find((each) => event.action === `lang:${each}`);
  if (!language || !context.identity) return outdated({ context, deps });
  const say = deps.texts[language];
  const writes: Write[] = context.person
    ? [update('person', { id: context.person.id }, { language })]
    : [update('identity', context.identity, { language })];
  // The person's own page changes with it: nothing is left to say in the chat.
  if (!event.message) return { writes, sends: [], ack: { toast: say('language-set') } };
  const message = plainMessage(
    [say('language-set')],
    menuButtons(say, commandRoles(context.person)),
  );
  return { ...answerWith({ event, context }, message), writes };
};

export const helpFeature: Feature = {
  commands: { trogiup: help, help },
  public: { commands: ['trogiup', 'help'] },
  inGroups: ['trogiup', 'help'],
};

export const languageFeature: Feature = {
  commands: { ngonngu: askLanguage, language: askLanguage },
  presses: { lang: setLanguage },
  public: { commands: ['ngonngu', 'language'], presses: ['lang'] },
};
