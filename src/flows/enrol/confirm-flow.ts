/** "Is that you?": the last step where a code or a phone number already says who somebody is. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { TurnContext, UnitView } from '../../engine/turn-context.ts';
import { type CommandRole, roleOf } from '../../messages/commands.ts';
import { greetingMessage, nameOf } from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import type { Flow } from '../flow.ts';
import { hitOf, openInvite } from './invite.ts';
import { linkOwn } from './link.ts';
import { withdrawOpen } from './requests.ts';

/** How the person is known: `code:<invite>` or `phone:<person id>`. */
export const byCode = (code: string): string => `code:${code}`;
export const byPhone = (personId: number): string => `phone:${personId}`;

interface Claim {
  readonly person: { readonly id: number; readonly name: string; readonly unit: UnitView | null };
  readonly code: string | null;
}

type Facts =
  | { readonly claim: Claim; readonly problem: null; readonly role: CommandRole }
  | { readonly claim: null; readonly problem: string };

async function claimOf(
  subject: string | null,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Claim | string> {
  const phone = /^phone:(\d{1,9})$/.exec(subject ?? '');
  if (phone) {
    const hit = await hitOf(Number(phone[1]), turn, deps);
    if (!hit) return 'enrol-phone-unknown';
    return hit.taken ? 'enrol-person-taken' : { person: hit, code: null };
  }
  const opened = await openInvite((subject ?? '').replace(/^code:/, ''), turn, deps);
  if (opened.kind === 'problem') return opened.text;
  return opened.kind === 'person'
    ? { person: opened.person, code: opened.code }
    : 'enrol-code-unknown';
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
    return { claim, problem: null, role: roleOf(person ?? { grants: [] }) };
  },
  async finish({ say, turn, facts, answers }, _state, deps) {
    const says = (text: string) => ({
      kind: 'done' as const,
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage([say(text)]),
    });
    if (!facts.claim) return says(facts.problem);
    const { person, code } = facts.claim;
    if (answers.me !== 'yes') return says(code === null ? 'enrol-not-me-phone' : 'enrol-not-me');
    const { identity, account, now } = turn;
    if (!identity || !account?.consentedAt) return says('enrol-consent-needed');
    const { consentedAt, language } = account;
    const withdrawn = await withdrawOpen(turn, deps);
    return {
      kind: 'done',
      decision: {
        writes: [
          ...linkOwn(identity, person.id, code, { now, consentedAt, language }),
          ...withdrawn.writes,
        ],
        sends: withdrawn.sends,
        ack: {},
      },
      reply: greetingMessage(say, { name: person.name, unit: person.unit, role: facts.role }),
    };
  },
};
