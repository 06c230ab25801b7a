/** A person's accounts: where they are, where messages go, and how a second one is added. */

import { Temporal } from 'temporal-polyfill';
import { campaignDay } from '../campaign/calendar.ts';
import type { Button, InlineText, Message } from '../chat/index.ts';
import type { AccountsView, AccountView } from '../engine/reads.ts';
import { paragraph } from './blocks.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import type { Say } from './say.ts';

/** What people call a platform. */
export const platformName = (say: Say, platform: string): string =>
  say('platform-name', { platform });

/** Names an account over all platforms; short enough for a button's action. */
export const accountKey = ({ identity }: Pick<AccountView, 'identity'>): string =>
  `${identity.platform}:${identity.tenant}:${identity.user}`;

export interface AccountsShown extends AccountsView {
  /** Key of the account in use. */
  readonly here: string;
  /** Another platform is served, on which the person has no account. */
  readonly canAdd: boolean;
  /** IANA zone of the campaign, for days. */
  readonly zone: string;
}

function accountLine(say: Say, account: AccountView, { here, zone }: AccountsShown): string {
  const platform = platformName(say, account.identity.platform);
  const day = campaignDay(Temporal.Instant.from(account.since), zone);
  const named = { platform, name: account.displayName, date: showDate(day, say.language) };
  if (accountKey(account) === here) return say('account-line-here', named);
  return say(account.address ? 'account-line' : 'account-line-unreachable', named);
}

/** `before` is said first: what was just done. */
export function accountsMessage(
  say: Say,
  shown: AccountsShown,
  before: string | null = null,
): Message {
  const { accounts, preferred } = shown;
  const several = accounts.length > 1;
  const platforms = [...new Set(accounts.map(({ identity }) => identity.platform))];
  const direction = platforms.length < 2 ? [] : [whereTo(say, preferred, accounts)];
  const choose: Button[] =
    platforms.length < 2
      ? []
      : [
          ...platforms
            .filter((platform) => platform !== preferred)
            .map((platform) => ({
              label: say('account-button-to', { platform: platformName(say, platform) }),
              action: `acc:to:${platform}`,
            })),
          ...(preferred === null
            ? []
            : [{ label: say('account-button-to-last'), action: 'acc:last' }]),
        ];
  const others = several ? accounts.filter((account) => accountKey(account) !== shown.here) : [];
  return {
    notice: before ?? say('account-title'),
    blocks: [
      ...(before === null ? [] : [paragraph(before)]),
      { kind: 'heading', text: say('account-title') },
      {
        kind: 'list',
        items: accounts.map((account) => [accountLine(say, account, shown)]),
      },
      ...direction.map(paragraph),
      ...(shown.canAdd ? [{ kind: 'note' as const, text: [say('account-only-here')] }] : []),
    ],
    buttons: [
      ...(shown.canAdd ? [[{ label: say('account-button-add'), action: 'acc:add' }]] : []),
      ...choose.map((button) => [button]),
      ...others.map((account): Button[] => [
        {
          label: say('account-button-remove', {
            platform: platformName(say, account.identity.platform),
          }),
          action: `acc:ask:${accountKey(account)}`,
        },
      ]),
    ],
  };
}

function whereTo(say: Say, preferred: string | null, accounts: readonly AccountView[]): string {
  if (preferred === null) return say('account-to-last');
  const platform = platformName(say, preferred);
  const reachable = accounts.some(
    (account) => account.identity.platform === preferred && account.address !== null,
  );
  return say(reachable ? 'account-to' : 'account-to-unreachable', { platform });
}

/** How a code is used on a platform; `link` opens the bot there with it. */
export interface AddWay {
  readonly platform: string;
  readonly link: string | null;
}

/** The code in groups of four, as it is easily read and typed. */
const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

/** @param minutes how long the code may be used */
export function addAccountMessage(
  say: Say,
  code: string,
  minutes: number,
  ways: readonly AddWay[],
): Message {
  const way = ({ platform, link }: AddWay): InlineText => {
    const name = platformName(say, platform);
    return link
      ? [{ kind: 'link', text: say('account-add-open', { platform: name }), url: link }]
      : [say('account-add-type', { platform: name })];
  };
  return {
    notice: say('account-add'),
    blocks: [
      paragraph(say('account-add')),
      { kind: 'text', text: [{ kind: 'code', text: grouped(code) }] },
      { kind: 'list', items: ways.map(way) },
      { kind: 'note', text: [say('account-add-note', { minutes })] },
    ],
  };
}

/** Asked once before an account is removed. */
export const removeQuestion = (say: Say, account: AccountView): Message => {
  const platform = platformName(say, account.identity.platform);
  return plainMessage(
    [say('account-remove-ask', { platform, name: account.displayName })],
    [
      [
        {
          label: say('account-button-remove', { platform }),
          action: `acc:del:${accountKey(account)}`,
          tone: 'danger',
        },
        { label: say('account-button-keep'), action: 'acc:show' },
      ],
    ],
  );
};

/** Told where the person already was, when an account was added by their own code. */
export const accountAddedMessage = (say: Say, platform: string): Message =>
  plainMessage(
    [say('account-added', { platform: platformName(say, platform) })],
    [[{ label: say('account-button-show'), action: 'acc:show' }]],
  );

/** Told to the account that was removed; says nothing about whose it was. */
export const accountRemovedMessage = (say: Say): Message =>
  plainMessage([say('account-was-removed')]);
