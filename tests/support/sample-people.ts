/** What people are told about themselves: consent, enrolment, accounts, help. */
import type { Message } from '../../src/chat/index.ts';
import { accountsMessage, addAccountMessage } from '../../src/messages/accounts.ts';
import {
  consentMessage,
  enrolmentRequestMessage,
  greetingMessage,
} from '../../src/messages/enrol.ts';
import { helpMessage } from '../../src/messages/help.ts';
import { joinedMessage } from '../../src/messages/rooms.ts';
import { campaign, texts, unitView } from './conversation.ts';
import { enrolmentRequest } from './sample-reports.ts';
import { CODE, hit, unitInvite, visitor } from './visitor.ts';

const { vi } = texts;

const account = (platform: string, user: string, displayName: string, since: string) => ({
  identity: { platform, tenant: 't', user },
  displayName,
  since,
  address: { platform, tenant: 't', chat: user },
});

/** A name searched for with a unit's code. */
async function enrolment(): Promise<Message> {
  const chat = visitor({
    invite: async () => unitInvite,
    findPeople: async () => [hit(7, 'Đỗ Văn An'), hit(8, 'Đỗ Văn Ân'), hit(9, 'Đỗ Thị Vân Anh')],
  });
  await chat.command('start', CODE);
  await chat.say('do van an');
  const message = chat.shown.at(-1)?.message;
  if (!message) throw new Error('nothing was asked');
  return message;
}

export async function peopleSamples() {
  const unit = unitView();
  return {
    messages: {
      consent: consentMessage(vi, campaign, null, 'en'),
      'enrolment-question': await enrolment(),
      'enrolment-request': enrolmentRequestMessage(vi, enrolmentRequest),
      greeting: greetingMessage(vi, {
        name: 'Trần Thị Bình',
        unit,
        roles: ['enrolled', 'member', 'head'],
      }),
      accounts: accountsMessage(vi, {
        accounts: [
          account('slack', 'U7', 'An Nguyễn', '2024-07-01T02:00:00Z'),
          account('telegram', '77', 'Văn An', '2024-03-04T02:00:00Z'),
        ],
        preferred: 'slack',
        here: 'slack:t:U7',
        canAdd: false,
        zone: campaign.zone,
      }),
      'account-code': addAccountMessage(vi, 'ABCDEFGHJKMNPQRS', 15, [
        { platform: 'slack', link: null },
      ]),
      help: helpMessage(vi, ['enrolled', 'member', 'head'], campaign, { forms: true }),
      'channel-joined': joinedMessage(vi, {
        linked: null,
        units: [unit, unitView({ id: 2, nameVi: 'Viện Triết học' })],
        office: false,
        url: null,
      }),
    },
  };
}
