/** "Is that you?": the last step where a code, a phone number or an e-mail already says who somebody is. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import type { Outgoing } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { noticesTo } from '../../engine/notices.ts';
import type { PersonHit } from '../../engine/reads.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { accountAddedMessage } from '../../messages/accounts.ts';
import { type CommandRole, commandRoles } from '../../messages/commands.ts';
import { greetingMessage, nameOf } from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import type { Flow } from '../flow.ts';
import { type Claimed, hitOf, openInvite } from './invite.ts';
import { type Grounds, linkOwn } from './link.ts';
import { withdrawOpen } from './requests.ts';

/** How the person is known: `code:<invite>`, `phone:<person id>` or `mail:<person id>`. */
export const byCode = (code: string): string => `code:${code}`;
export const byPhone = (personId: number): string => `phone:${personId}`;
export const byMail = (personId: number): string => `mail:${personId}`;

interface Claim {
  readonly person: Claimed;
  readonly by: Grounds;
  readonly code: string | null;
}

const NOT_ME: Readonly<Record<Grounds, string>> = {
  invite: 'enrol-not-me',
  'own-code': 'enrol-not-me',
  phone: 'enrol-not-me-phone',
  email: 'enrol-not-me-email',
};

type Facts =
  | { readonly claim: Claim; readonly problem: null; readonly roles: readonly CommandRole[] }
  | { readonly claim: null; readonly problem: string };

async function claimOf(
  subject: string | null,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Claim | string> {
  const known = /^(phone|mail):(\d{1,9})$/.exec(subject ?? '');
  if (known) {
    const [, how, id] = known;
    const phone = how === 'phone';
    const hit = phone ? await hitOf(Number(id), turn, deps) : await ownerOfEmail(turn, deps);
    if (hit?.id !== Number(id)) return phone ? 'enrol-phone-unknown' : 'enrol-email-unknown';
    return hit.taken
      ? 'enrol-person-taken'
      : { person: hit, by: phone ? 'phone' : 'email', code: null };
  }
  const opened = await openInvite((subject ?? '').replace(/^code:/, ''), turn, deps);
  if (opened.kind === 'problem') return opened.text;
  return opened.kind === 'person'
    ? { person: opened.person, by: opened.own ? 'own-code' : 'invite', code: opened.code }
    : 'enrol-code-unknown';
}

/** Whose address the account has by its platform's word. */
export async function ownerOfEmail(
  { email, now }: Pick<TurnContext, 'email' | 'now'>,
  { reads, campaign }: Pick<HandlerDeps, 'reads' | 'campaign'>,
): Promise<PersonHit | null> {
  return email === undefined ? null : reads.personByEmail(email, campaignDay(now, campaign.zone));
}

/** Where the person already is they hear of the new account, in case it is not theirs. */
async function tellOwner(
  personId: number,
  platform: string,
  { reads, texts }: HandlerDeps,
): Promise<Outgoing[]> {
  const owners = await reads.recipients([personId]);
  return noticesTo(owners, (language) => accountAddedMessage(texts[language], platform));
}

export const confirmFlow: Flow<Facts> = {
  id: 'enrol-confirm',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say }) => say('enrol-title'),
  questions: [
    {
      id: 'me',
      schema: z.enum(['yes', 'no']),
      label: ({ say }) => say('enrol-confirm-label'),
      ask: ({ say, facts }) =>
        facts.claim
          ? {
              blocks: [
                {
                  kind: 'text',
                  text: [say('enrol-is-it-you', { who: nameOf(say, facts.claim.person) })],
                },
              ],
              choices: [
                [
                  { label: say('enrol-yes'), value: 'yes', tone: 'primary' },
                  { label: say('enrol-no'), value: 'no' },
                ],
              ],
            }
          : { blocks: [{ kind: 'text', text: [say(facts.problem)] }] },
      parse: (input, { say }) =>
        input.kind === 'choice' && (input.value === 'yes' || input.value === 'no')
          ? { kind: 'answer', value: input.value }
          : { kind: 'refuse', why: say('enrol-press-button') },
      show: (value, { say }) => say(value === 'yes' ? 'enrol-yes' : 'enrol-no'),
    },
  ],
  async facts(_input, state, turn, deps): Promise<Facts> {
    const claim = await claimOf(state.subject, turn, deps);
    if (typeof claim === 'string') return { claim: null, problem: claim };
    const on = campaignDay(turn.now, deps.campaign.zone);
    const person = await deps.reads.person(claim.person.id, on);
    return { claim, problem: null, roles: person ? commandRoles(person) : ['enrolled'] };
  },
  async finish({ say, turn, facts, answers }, _state, deps) {
    const says = (text: string) => ({
      kind: 'done' as const,
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage([say(text)]),
    });
    if (!facts.claim) return says(facts.problem);
    const { person, by, code } = facts.claim;
    if (answers.me !== 'yes') return says(NOT_ME[by]);
    const { identity, account, now } = turn;
    if (!identity || !account?.consentedAt) return says('enrol-consent-needed');
    const { consentedAt, language } = account;
    const withdrawn = await withdrawOpen(turn, deps);
    return {
      kind: 'done',
      decision: {
        writes: [
          ...linkOwn(identity, person, { now, by, code, consentedAt, language }),
          ...withdrawn.writes,
        ],
        sends: [
          ...withdrawn.sends,
          ...(by === 'own-code' ? await tellOwner(person.id, identity.platform, deps) : []),
        ],
        ack: {},
      },
      reply: greetingMessage(say, { name: person.name, unit: person.unit, roles: facts.roles }),
    };
  },
};
