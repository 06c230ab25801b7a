/** Consent, the ways in, and what the people who confirm an enrolment see. */

import type { Campaign } from '../campaign/types.ts';
import type { Block, Button, Message } from '../chat/index.ts';
import type { EnrolmentRequestView } from '../engine/reads.ts';
import type { UnitView } from '../engine/turn-context.ts';
import { platformName } from './accounts.ts';
import { paragraph } from './blocks.ts';
import type { CommandRole } from './commands.ts';
import { plainMessage } from './flow.ts';
import { commandList, menuButtons } from './help.ts';
import type { Language } from './language.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** The action of a consent button; the code that brought the person here travels with it. */
const consentAction = (verb: string, code: string | null): string =>
  code === null ? `con:${verb}` : `con:${verb}:${code}`;

/** Which data, for what, held by whom, with which rights (Law 91/2025/QH15, article on consent). */
const consentBlocks = (say: Say, campaign: Campaign): Block[] => [
  paragraph(say('enrol-welcome', { campaign: campaign.name[say.language] })),
  paragraph(say('enrol-consent', { organisation: campaign.organisation[say.language] })),
  { kind: 'note', text: [say('enrol-consent-rights')] },
];

/** `offer`: a language to switch to. */
export const consentMessage = (
  say: Say,
  campaign: Campaign,
  code: string | null,
  offer: Language | null,
): Message => ({
  notice: say('enrol-consent-ask'),
  blocks: [...consentBlocks(say, campaign), paragraph(say('enrol-consent-ask'))],
  buttons: [
    [
      { label: say('enrol-agree'), action: consentAction('yes', code), tone: 'primary' },
      { label: say('enrol-disagree'), action: consentAction('no', code) },
    ],
    ...(offer ? [[{ label: say(`language-${offer}`), action: consentAction(offer, code) }]] : []),
  ],
});

/** What was agreed to stays readable. */
export const consentGiven = (say: Say, campaign: Campaign): Message => ({
  notice: say('enrol-consent-given'),
  blocks: [...consentBlocks(say, campaign), paragraph(say('enrol-consent-given'))],
});

export const consentRefused = (say: Say, code: string | null): Message =>
  plainMessage(
    [say('enrol-consent-refused')],
    [[{ label: say('enrol-consent-again'), action: consentAction('ask', code) }]],
  );

/** Asks for the code; `problem` is said first. `contact`: the platform can vouch for a phone number. */
export function codeMessage(say: Say, contact: boolean, problem: string | null): Message {
  const lines = [
    ...(problem === null ? [] : [problem]),
    say('enrol-ask-code'),
    say('enrol-no-code'),
    ...(contact ? [say('enrol-contact')] : []),
  ];
  return {
    notice: lines[0] ?? '',
    blocks: lines.map(paragraph),
    ...(contact && { contactRequest: { label: say('enrol-share-contact') } }),
  };
}

/** A name with its unit, where there is one. */
export const nameOf = (say: Say, who: { name: string; unit: UnitView | null }): string =>
  who.unit ? say('enrol-name-unit', { name: who.name, unit: unitName(say, who.unit) }) : who.name;

/** Said once the account is linked: what the person may do now. */
export function greetingMessage(
  say: Say,
  who: {
    readonly name: string;
    readonly unit: UnitView | null;
    readonly roles: readonly CommandRole[];
  },
): Message {
  const line = say('enrol-done', { who: nameOf(say, who) });
  return {
    notice: line,
    blocks: [
      { kind: 'text', text: [{ kind: 'bold', text: line }] },
      paragraph(say('enrol-done-next')),
      commandList(say, who.roles),
    ],
    buttons: menuButtons(say, who.roles),
  };
}

const enrolAction = (request: Pick<EnrolmentRequestView, 'id' | 'version'>, verb: string): string =>
  `enr:${request.id}:${request.version}:${verb}`;

/** Told to the person whose request waits. `reached`: somebody who can confirm has been written to. */
export const waitingMessage = (
  say: Say,
  request: Pick<EnrolmentRequestView, 'id' | 'version' | 'person' | 'unit'>,
  reached: boolean,
): Message =>
  plainMessage(
    [
      say('enrol-waiting', { who: nameOf(say, { ...request.person, unit: request.unit }) }),
      say(reached ? 'enrol-waiting-next' : 'enrol-waiting-unreached'),
    ],
    [[{ label: say('enrol-withdraw'), action: enrolAction(request, 'w') }]],
  );

type RequestShown = Pick<
  EnrolmentRequestView,
  'id' | 'version' | 'displayName' | 'person' | 'unit' | 'identity'
>;

const requestBlocks = (say: Say, request: RequestShown): Block[] => [
  { kind: 'heading', text: say('enrol-request') },
  {
    kind: 'fields',
    rows: [
      { label: say('enrol-request-person'), value: [request.person.name] },
      { label: say('enrol-request-unit'), value: [unitName(say, request.unit)] },
      {
        label: say('enrol-request-account'),
        value: [
          say('enrol-request-account-of', {
            name: request.displayName,
            platform: platformName(say, request.identity.platform),
          }),
        ],
      },
    ],
  },
];

/** Asks the unit's leaders whether the account is this person. */
export const enrolmentRequestMessage = (say: Say, request: RequestShown): Message => ({
  notice: say('enrol-request-notice', { name: request.person.name }),
  blocks: [
    ...requestBlocks(say, request),
    paragraph(say('enrol-request-ask', { name: request.person.name })),
  ],
  buttons: [
    [
      { label: say('enrol-confirm'), action: enrolAction(request, 'y'), tone: 'primary' },
      { label: say('enrol-refuse'), action: enrolAction(request, 'n'), tone: 'danger' },
    ],
  ],
});

/** One sentence on how a request ended. */
export function enrolmentOutcomeLine(
  say: Say,
  request: Pick<EnrolmentRequestView, 'status' | 'decidedByName'>,
): string {
  if (request.status === 'waiting') return say('enrol-outcome-waiting');
  return request.decidedByName === null
    ? say('enrol-outcome-withdrawn')
    : say(`enrol-outcome-${request.status}`, { name: request.decidedByName });
}

export const enrolmentOutcome = (
  say: Say,
  request: RequestShown & Pick<EnrolmentRequestView, 'status' | 'decidedByName'>,
): Message => {
  const line = enrolmentOutcomeLine(say, request);
  return { notice: line, blocks: [...requestBlocks(say, request), paragraph(line)] };
};

/** Told to the person whose request was not confirmed. */
export const refusedMessage = (say: Say, request: Pick<EnrolmentRequestView, 'person'>): Message =>
  plainMessage(
    [say('enrol-refused', { name: request.person.name }), say('enrol-refused-next')],
    [[startButton(say)]],
  );

export const startButton = (say: Say): Button => ({
  label: say('menu-start'),
  action: 'cmd:start',
});

/** In a group: where to talk instead. */
export const privateChatMessage = (say: Say, url: string | null): Message => {
  const line = say('enrol-private');
  return {
    notice: line,
    blocks: [
      paragraph(line),
      ...(url
        ? [
            {
              kind: 'text' as const,
              text: [{ kind: 'link' as const, text: say('enrol-open-private'), url }],
            },
          ]
        : []),
    ],
  };
};
