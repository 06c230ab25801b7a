/** `/taikhoan`: a person's accounts. A second one is added from the first, and from nowhere else. */
import { instantText } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import {
  type Decision,
  insert,
  nothing,
  type Outgoing,
  remove,
  update,
  type Write,
} from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { AccountsView, AccountView } from '../../engine/reads.ts';
import {
  type AddWay,
  accountKey,
  accountRemovedMessage,
  accountsMessage,
  addAccountMessage,
  platformName,
  removeQuestion,
} from '../../messages/accounts.ts';
import { actorOf, identityKey } from '../enrol/link.ts';
import type { Feature } from '../feature.ts';
import { answerWith, type FlowTurn, outdated, reply, speaker, toast } from '../run.ts';

/** How long a code made here may be used. */
const CODE_MINUTES = 15;

/** Platforms on which the person has no account. */
const missing = ({ deps }: FlowTurn, { accounts }: AccountsView): string[] =>
  deps.platforms.filter((platform) =>
    accounts.every(({ identity }) => identity.platform !== platform),
  );

/** The accounts as they will be after this turn. */
function show(turn: FlowTurn, view: AccountsView, before: string | null = null): Decision {
  const { context, deps } = turn;
  const message = accountsMessage(
    speaker(turn),
    {
      ...view,
      here: context.identity ? actorOf(context.identity) : '',
      canAdd: missing(turn, view).length > 0,
      zone: deps.campaign.zone,
    },
    before,
  );
  return answerWith(turn, message);
}

const command: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const { person } = context;
  return person ? show({ event, context, deps }, await deps.reads.accountsOf(person.id)) : nothing;
};

/** `acc:show`, `acc:add`, `acc:to:<platform>`, `acc:last`, `acc:ask:<account>`, `acc:del:<account>`. */
const onPress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const { person, identity } = context;
  const match = /^acc:(show|add|to|last|ask|del)(?::(.+))?$/.exec(event.action);
  if (!match || !person || !identity || event.audience === 'group') return outdated(turn);
  const [, verb, about = ''] = match;
  const view = await deps.reads.accountsOf(person.id);
  switch (verb) {
    case 'add':
      return add(turn, person.id, view);
    case 'to':
      return prefer(turn, person.id, view, about);
    case 'last':
      return prefer(turn, person.id, view, null);
    case 'ask':
    case 'del': {
      const account = view.accounts.find((each) => accountKey(each) === about);
      // The account in use stays: nobody shuts themselves out.
      if (!account || about === actorOf(identity)) return outdated(turn);
      return verb === 'ask'
        ? answerWith(turn, removeQuestion(speaker(turn), account))
        : removeAccount(turn, person.id, view, account);
    }
    default:
      return show(turn, view);
  }
};

/** Codes made before are void from now on: at most one is about. */
const voidCodes = (personId: number): Write =>
  remove('invite', { issuedBy: personId, usedAt: null });

function add(turn: FlowTurn, personId: number, view: AccountsView): Decision {
  const { context, deps } = turn;
  const say = speaker(turn);
  const { identity } = context;
  const platforms = missing(turn, view);
  if (!identity || platforms.length === 0) return toast(say('account-none-to-add'));
  const code = deps.inviteCode();
  const at = instantText(context.now);
  const ways = platforms.map(
    (platform): AddWay => ({
      platform,
      link: deps.abilities(platform).deepLink?.(code) ?? null,
    }),
  );
  return {
    // The list stays: the code is wanted on the other device, the list here.
    sends: [{ ...reply(turn, addAccountMessage(say, code, CODE_MINUTES, ways)), as: 'send' }],
    ack: {},
    writes: [
      voidCodes(personId),
      insert('invite', {
        code,
        personId,
        issuedBy: personId,
        createdAt: at,
        expiresAt: instantText(context.now.add({ minutes: CODE_MINUTES })),
      }),
      insert('audit', {
        at,
        actorId: personId,
        actor: actorOf(identity),
        action: 'account.code-issued',
        subject: `person:${personId}`,
      }),
    ],
  };
}

/** `platform` null: wherever the person was last. */
function prefer(
  turn: FlowTurn,
  personId: number,
  view: AccountsView,
  platform: string | null,
): Decision {
  const say = speaker(turn);
  if (platform !== null && view.accounts.every(({ identity }) => identity.platform !== platform))
    return outdated(turn);
  const done =
    platform === null
      ? say('account-set-to-last')
      : say('account-set-to', { platform: platformName(say, platform) });
  return {
    ...show(turn, { ...view, preferred: platform }, done),
    writes: [update('person', { id: personId }, { preferredPlatform: platform })],
  };
}

/** Said to the account itself, in the language its owner reads: it may not have been theirs any more. */
const goodbye = (turn: FlowTurn, { address }: AccountView): Outgoing[] =>
  address
    ? [{ to: address, message: accountRemovedMessage(speaker(turn)), priority: 'notice' }]
    : [];

/** The account starts anew: with the notice, and without a name until it has agreed to it. */
function removeAccount(
  turn: FlowTurn,
  personId: number,
  view: AccountsView,
  account: AccountView,
): Decision {
  const { context } = turn;
  const say = speaker(turn);
  if (!context.identity) return nothing;
  const { platform } = account.identity;
  const accounts = view.accounts.filter((each) => each !== account);
  const stays = accounts.some(({ identity }) => identity.platform === platform);
  const preferred = view.preferred === platform && !stays ? null : view.preferred;
  const after = { accounts, preferred };
  const done = say('account-removed', { platform: platformName(say, platform) });
  const shown = show(turn, after, done);
  return {
    ...shown,
    sends: [...shown.sends, ...goodbye(turn, account)],
    writes: [
      update(
        'identity',
        { ...identityKey(account.identity), personId },
        { personId: null, consentedAt: null, consentVersion: null, displayName: '' },
      ),
      voidCodes(personId),
      ...(preferred === view.preferred
        ? []
        : [update('person', { id: personId }, { preferredPlatform: preferred })]),
      insert('audit', {
        at: instantText(context.now),
        actorId: personId,
        actor: actorOf(context.identity),
        action: 'account.removed',
        subject: `person:${personId}`,
        details: { account: accountKey(account) },
      }),
    ],
  };
}

export const accountsFeature: Feature = {
  commands: { taikhoan: command, account: command },
  presses: { acc: onPress },
};
