/** Enrolment: consent first, then an e-mail, a code, a phone number or a name found in the unit. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { Inbound, InboundOf, Message } from '../../chat/index.ts';
import { type Decision, insert, nothing, update, type Write } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import { commandRoles } from '../../messages/commands.ts';
import {
  codeMessage,
  consentGiven,
  consentMessage,
  consentRefused,
  privateChatMessage,
  waitingMessage,
} from '../../messages/enrol.ts';
import { plainMessage } from '../../messages/flow.ts';
import { menuMessage } from '../../messages/help.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../../messages/language.ts';
import { unitName } from '../../messages/report.ts';
import { stageLine } from '../../messages/stage.ts';
import { canonicalInviteCode } from '../../people/invite-code.ts';
import type { Feature } from '../feature.ts';
import { answerWith, below, type FlowTurn, outdated, reply, speaker, startFlow } from '../run.ts';
import { byCode, byMail, byPhone, confirmFlow, ownerOfEmail } from './confirm-flow.ts';
import { openInvite } from './invite.ts';
import { actorOf, identityKey } from './link.ts';
import { onRequestPress, withdrawOpen } from './requests.ts';
import { searchFlow, searchSubject } from './search-flow.ts';

/** Raised when the wording of the consent changes in substance; stored with each consent. */
export const CONSENT_VERSION = '1';

/** Start parameter of links that only open the private chat. */
const JUST_OPEN = 'menu';

/** The other language, to a client that is not set to the one in use. */
function offered(event: Inbound, language: Language): Language | null {
  const other = LANGUAGES.find((each) => each !== language) ?? null;
  const client = event.from?.language?.toLowerCase().split(/[-_]/, 1)[0];
  if (language !== DEFAULT_LANGUAGE) return other;
  return client && client !== language ? other : null;
}

const consent = (turn: FlowTurn, code: string | null): Message =>
  consentMessage(
    speaker(turn),
    turn.deps.campaign,
    code,
    offered(turn.event, turn.context.language),
  );

/** Whoever has an account already adds another one from there; no code of the office does it. */
const taken = (turn: FlowTurn): Decision =>
  answerWith(turn, plainMessage([speaker(turn)('enrol-person-taken')]));

/** Asks for a code. Always a new message: an edited one cannot ask for a phone number. */
function askCode(turn: FlowTurn, problem: string | null): Decision {
  const { contact } = turn.deps.abilities(turn.event.where.platform);
  const message = codeMessage(speaker(turn), contact, problem);
  return below(answerWith(turn, message));
}

/** Somebody who has consented enters by their e-mail or with a code, or is asked for one. */
async function enter(turn: FlowTurn, typed: string): Promise<Decision> {
  const { event, context, deps } = turn;
  const say = speaker(turn);
  const owner = typed === '' ? await ownerOfEmail(context, deps) : null;
  if (owner)
    return owner.taken
      ? taken(turn)
      : startFlow(confirmFlow, { ...turn, subject: byMail(owner.id) });
  const opened = typed === '' ? null : await openInvite(typed, context, deps);
  if (opened?.kind === 'problem' && opened.text === 'enrol-person-taken') return taken(turn);
  if (opened?.kind === 'person')
    return startFlow(confirmFlow, { ...turn, subject: byCode(opened.code) });
  const waiting = context.identity && (await deps.reads.openEnrolmentRequest(context.identity));
  if (waiting) return answerWith(turn, waitingMessage(say, waiting, true));
  if (opened?.kind === 'unit')
    return startFlow(searchFlow, {
      ...turn,
      subject: searchSubject(opened.code, event.from?.name ?? ''),
    });
  return askCode(turn, opened ? say(opened.text) : null);
}

const start: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  if (event.audience === 'group') {
    const link = deps.abilities(event.where.platform).deepLink;
    return answerWith(turn, privateChatMessage(speaker(turn), link?.(JUST_OPEN) ?? null));
  }
  // Whatever was under way gives way, so that nobody stays stuck in it; drafts are put aside.
  const freed = { ...context.conversation.state, active: null };
  return { state: freed, ...(await begin(turn, event.args)) };
};

async function begin(turn: FlowTurn, args: string): Promise<Decision> {
  const { context } = turn;
  const say = speaker(turn);
  const { person } = context;
  if (person) {
    const { campaign } = turn.deps;
    const unit = person.membership && unitName(say, person.membership.unit);
    const stage = stageLine(say, campaign, campaignDay(context.now, campaign.zone));
    return answerWith(
      turn,
      menuMessage(say, { name: person.name, unit, roles: commandRoles(person), stage }),
    );
  }
  if (!context.identity) return nothing;
  const typed = args.trim() === JUST_OPEN ? '' : args.trim();
  return context.account?.consentedAt
    ? enter(turn, typed)
    : answerWith(turn, consent(turn, canonicalInviteCode(typed)));
}

/** `con:<verb>[:<code>]`: yes, no, ask (show again), or a language to read it in. */
const onConsent: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const match = /^con:(yes|no|ask|vi|en)(?::([0-9A-Z]{16}))?$/.exec(event.action);
  const turn = { event, context, deps };
  if (!match || context.person || !context.identity || event.audience === 'group')
    return outdated(turn);
  const code = match[2] ?? null;
  switch (match[1]) {
    case 'yes':
      return agree(turn, code);
    case 'no':
      return disagree(turn, code);
    case 'ask':
      return answerWith(turn, consent(turn, code));
    default:
      return inLanguage(turn, match[1] === 'en' ? 'en' : 'vi', code);
  }
};

function inLanguage(turn: FlowTurn, language: Language, code: string | null): Decision {
  const { context } = turn;
  const writes: Write[] = context.identity
    ? [update('identity', identityKey(context.identity), { language })]
    : [];
  const redrawn = consent({ ...turn, context: { ...context, language } }, code);
  return { ...answerWith(turn, redrawn), writes };
}

async function agree(turn: FlowTurn, code: string | null): Promise<Decision> {
  const { context, deps } = turn;
  const { identity } = context;
  if (!identity) return nothing;
  const at = context.now.toString();
  const next = await enter(turn, code ?? '');
  return {
    ...next,
    writes: [
      ...next.writes,
      update('identity', identityKey(identity), {
        consentedAt: at,
        consentVersion: CONSENT_VERSION,
      }),
      insert('audit', {
        at,
        actor: actorOf(identity),
        action: 'consent.given',
        subject: actorOf(identity),
        details: { version: CONSENT_VERSION },
      }),
    ],
    sends: [reply(turn, consentGiven(speaker(turn), deps.campaign)), ...below(next).sends],
  };
}

/** Nothing is linked, what waited is taken back, and what was under way stops. */
async function disagree(turn: FlowTurn, code: string | null): Promise<Decision> {
  const { context, deps } = turn;
  const { identity, account } = context;
  if (!identity) return nothing;
  const withdrawn = await withdrawOpen(context, deps);
  const takesBack: Write[] = account?.consentedAt
    ? [
        // Guarded: a leader may be confirming the account at this moment.
        update(
          'identity',
          { ...identityKey(identity), personId: null },
          { consentedAt: null, consentVersion: null },
        ),
        insert('audit', {
          at: context.now.toString(),
          actor: actorOf(identity),
          action: 'consent.withdrawn',
          subject: actorOf(identity),
        }),
      ]
    : [];
  return {
    state: { ...context.conversation.state, active: null },
    writes: [...takesBack, ...withdrawn.writes],
    sends: [reply(turn, consentRefused(speaker(turn), code)), ...withdrawn.sends],
    ack: {},
  };
}

/** A phone number the platform vouches for. */
const onContact: Handler<InboundOf<'contact'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const say = speaker(turn);
  if (!context.account?.consentedAt) return answerWith(turn, consent(turn, null));
  if (!event.own) return askCode(turn, say('enrol-contact-not-own'));
  const on = campaignDay(context.now, deps.campaign.zone);
  const people = await deps.reads.peopleByPhone(event.phone, on);
  const [only] = people;
  if (!only) return askCode(turn, say('enrol-phone-unknown'));
  if (people.length > 1) return askCode(turn, say('enrol-phone-many'));
  if (only.taken) return taken(turn);
  return startFlow(confirmFlow, { ...turn, subject: byPhone(only.id) });
};

/** A code typed as plain text, before enrolment. Several words are no attempt at a code. */
const onText: NonNullable<Feature['text']> = (event, context, deps) => {
  if (context.person) return null;
  const turn = { event, context, deps };
  const typed = event.text.trim();
  const code = canonicalInviteCode(typed);
  if (context.account?.consentedAt)
    return code !== null || /^[\w-]{6,40}$/.test(typed) ? enter(turn, typed) : null;
  return code === null ? null : Promise.resolve(answerWith(turn, consent(turn, code)));
};

export const enrolFeature: Feature = {
  commands: { start, batdau: start },
  presses: { con: onConsent, enr: onRequestPress },
  flows: [confirmFlow, searchFlow],
  events: { contact: onContact },
  text: onText,
  public: { commands: ['start', 'batdau'], presses: ['con', 'enr'] },
  inGroups: ['start', 'batdau'],
};
