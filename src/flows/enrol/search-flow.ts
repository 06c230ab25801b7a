/** With a unit's code: find one's own name, then wait for the word of the unit's leaders. */
import { z } from 'zod';
import { campaignDay } from '../../campaign/calendar.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import type { EnrolmentRequestView, PersonHit } from '../../engine/reads.ts';
import type { TurnContext } from '../../engine/turn-context.ts';
import { waitingMessage } from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import type { Flow, Input } from '../flow.ts';
import { lengthOf } from '../input.ts';
import { hitOf, type Opened, openInvite } from './invite.ts';
import { askLeaders } from './requests.ts';

/** Characters of a name worth searching for. */
const NAME = { least: 2, most: 100 } as const;
/** Names offered at once; one more is looked up to know whether there are others. */
const SHOWN = 8;

/** The code, and the account's display name that leaders will be shown. */
export const searchSubject = (code: string, displayName: string): string =>
  `${code} ${displayName}`;

const codeOf = (subject: string | null): string => (subject ?? '').split(' ', 1)[0] ?? '';
const displayNameOf = (subject: string | null): string =>
  (subject ?? '').slice(codeOf(subject).length + 1);

interface Facts {
  readonly opened: Opened;
  /** Who was found for the name typed; null when none was. */
  readonly hits: readonly PersonHit[] | null;
  /** Whose button was pressed. */
  readonly picked: PersonHit | null;
}

const fits = (text: string): boolean => {
  const length = lengthOf(text);
  return length >= NAME.least && length <= NAME.most && /\p{L}/u.test(text);
};

async function found(
  input: Input | null,
  opened: Opened,
  turn: TurnContext,
  deps: HandlerDeps,
): Promise<Pick<Facts, 'hits' | 'picked'>> {
  const none = { hits: null, picked: null };
  if (opened.kind !== 'unit' || !turn.identity) return none;
  if (input?.kind === 'text' && fits(input.text)) {
    const hits = await deps.reads.findPeople(input.text, {
      unitId: opened.unit.id,
      on: campaignDay(turn.now, deps.campaign.zone),
      limit: SHOWN + 1,
    });
    return { ...none, hits };
  }
  if (input?.kind === 'choice' && /^\d{1,9}$/.test(input.value)) {
    const picked = await hitOf(Number(input.value), turn, deps);
    return { ...none, picked: picked?.unit.id === opened.unit.id ? picked : null };
  }
  return none;
}

export const searchFlow: Flow<Facts> = {
  id: 'enrol-search',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say }) => say('enrol-title'),
  questions: [
    {
      id: 'name',
      schema: z.number().int().positive(),
      label: ({ say }) => say('enrol-name-label'),
      ask: ({ say, facts: { opened, hits } }) => ({
        blocks: [
          {
            kind: 'text',
            text: [
              opened.kind === 'unit'
                ? say('enrol-ask-name', { unit: unitName(say, opened.unit) })
                : say(opened.kind === 'problem' ? opened.text : 'enrol-code-unknown'),
            ],
          },
        ],
        ...(hits && {
          choices: hits.slice(0, SHOWN).map(({ id, name, taken }) => [
            {
              label: taken ? say('enrol-hit-taken', { name }) : name,
              value: String(id),
            },
          ]),
        }),
      }),
      parse(input, { say, facts: { opened, hits, picked } }) {
        const refuse = (text: string) => ({ kind: 'refuse' as const, why: say(text) });
        if (opened.kind === 'problem') return refuse(opened.text);
        if (input.kind === 'choice') {
          if (!picked) return refuse('enrol-not-found');
          return picked.taken ? refuse('enrol-person-taken') : { kind: 'answer', value: picked.id };
        }
        if (input.kind === 'file' || !fits(input.text)) return refuse('enrol-name-words');
        if (!hits || hits.length === 0) return refuse('enrol-not-found');
        return { kind: 'stay', note: say(hits.length > SHOWN ? 'enrol-pick-more' : 'enrol-pick') };
      },
      show: (value, { facts }) => facts.picked?.name ?? String(value),
    },
  ],
  async facts(input, state, turn, deps): Promise<Facts> {
    const opened = await openInvite(codeOf(state.subject), turn, deps);
    return { opened, ...(await found(input, opened, turn, deps)) };
  },
  async finish({ say, turn, facts: { opened, picked }, subject }, _state, deps) {
    const { identity, account, language } = turn;
    const says = (text: string) => ({
      kind: 'done' as const,
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage([say(text)]),
    });
    if (!picked || opened.kind !== 'unit') return says('enrol-not-found');
    if (!identity || !account?.consentedAt) return says('enrol-consent-needed');
    const open = await deps.reads.openEnrolmentRequest(identity);
    if (open)
      return {
        kind: 'done',
        decision: { writes: [], sends: [], ack: {} },
        reply: waitingMessage(say, open, true),
      };
    const request: EnrolmentRequestView = {
      id: await deps.reads.nextEnrolmentNumber(),
      version: 1,
      status: 'waiting',
      identity,
      displayName: displayNameOf(subject),
      address: {
        platform: identity.platform,
        tenant: identity.tenant,
        chat: account.directChat ?? identity.user,
      },
      language,
      person: picked,
      unit: opened.unit,
      decidedByName: null,
    };
    const { writes, sends, reached } = await askLeaders(request, turn, deps);
    return {
      kind: 'done',
      decision: { writes, sends, ack: {} },
      reply: waitingMessage(say, request, reached),
    };
  },
};
