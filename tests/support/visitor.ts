/** Somebody not enrolled, and what the roster knows of them. */
import type { InviteView, PersonHit, Reads } from '../../src/engine/reads.ts';
import { createDispatch } from '../../src/flows/dispatch.ts';
import { enrolFeature } from '../../src/flows/enrol/feature.ts';
import { helpFeature, languageFeature } from '../../src/flows/help.ts';
import { Conversation, type ConversationOptions, personView, unitView } from './conversation.ts';

const handler = createDispatch([enrolFeature, languageFeature, helpFeature]);
export const CODE = '0123456789ABCDEF';
const unit = unitView();

export const rosterPerson = { id: 7, name: 'Nguyễn Văn An', unit, taken: false, conversation: 0 };
export const personalInvite: InviteView = {
  code: CODE,
  expired: false,
  used: false,
  own: false,
  person: rosterPerson,
  unit: null,
};
export const unitInvite: InviteView = { ...personalInvite, person: null, unit };

export const hit = (id: number, name: string, values: Partial<PersonHit> = {}): PersonHit => ({
  id,
  name,
  unit,
  exact: true,
  taken: false,
  conversation: 0,
  ...values,
});

/** One who has consented, unless `options` say otherwise. */
export function visitor(reads: Partial<Reads> = {}, options: Partial<ConversationOptions> = {}) {
  return new Conversation({
    handler,
    person: null,
    reads: {
      openEnrolmentRequest: async () => null,
      invite: async (code) => (code.replace(/-/g, '') === CODE ? personalInvite : null),
      person: async (id) => personView({ id }),
      ...reads,
    },
    ...options,
  });
}
