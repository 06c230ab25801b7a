/** A head lets somebody of the unit act in their place until a day. */
import { addDays } from '../../campaign/calendar.ts';
import type { UnitView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import { givenReply, type RoleShown } from '../../messages/roles.ts';
import { leads, may } from '../../people/may.ts';
import type { Flow } from '../flow.ts';
import { type Gift, giveWrites, heldAlready, startOf, tellGiven } from './changes.ts';
import { dayAfter, type PersonFacts, personFacts, personQuestion, untilQuestion } from './pick.ts';

interface Facts extends PersonFacts {
  readonly unit: UnitView | null;
  /** The last day the head is one, where that is known. */
  readonly most: string | null;
}

/** The flow's subject is the unit's id. */
const unitIdOf = (subject: string | null): number => Number(subject ?? 0);

export const delegateFlow: Flow<Facts> = {
  id: 'role-delegate',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: true,
  title: ({ say }) => say('roles-delegate-title'),
  questions: [
    personQuestion<Facts>(({ say, facts: { unit } }) =>
      say('roles-ask-delegate', { unit: unit ? unitName(say, unit) : '' }),
    ),
    untilQuestion<Facts>({
      optional: false,
      ask: 'roles-ask-delegate-until',
      most: ({ most }) => most,
    }),
  ],
  async facts(input, state, turn, deps): Promise<Facts> {
    const unitId = unitIdOf(state.subject);
    const found = await personFacts(input, state, unitId, turn, deps);
    const [unit = null] = await deps.reads.units([unitId]);
    const held = turn.person
      ? await deps.reads.roleLines({ role: 'head', personId: turn.person.id, unitId }, found.on, {
          limit: 1,
          offset: 0,
        })
      : null;
    const end = held?.lines[0]?.to ?? null;
    return { ...found, unit, most: end === null ? null : addDays(end, -1) };
  },
  review: ({ say, facts: { picked } }) =>
    picked ? [{ kind: 'note', text: [say('roles-delegate-check', { name: picked.name })] }] : [],
  async finish({ say, turn, subject, facts, answers }, _state, deps) {
    const { on, picked, unit, most } = facts;
    const by = turn.person;
    const says = (text: string) => ({
      kind: 'done' as const,
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage([say(text)]),
    });
    const again = (why: string) => ({
      kind: 'refuse' as const,
      why: say(why),
      asking: 'person',
    });
    const unitId = unitIdOf(subject);
    if (!by || !unit || !may(by, 'role.delegate', { unitId })) return says('not-authorised');
    const { until } = answers;
    if (!picked || typeof until !== 'string') return says('roles-person-none');
    if (picked.id === by.id) return again('roles-delegate-self');
    if (picked.membership?.unit.id !== unitId || picked.membership.audience !== 'staff')
      return again('roles-delegate-unit');
    const { lines } = await deps.reads.roleLines({ personId: picked.id, unitId }, on, {
      limit: 100,
      offset: 0,
    });
    if (
      leads(picked, unitId) &&
      lines.some(
        ({ role, origin, from }) => role !== 'reporter' && origin !== 'delegation' && from <= on,
      )
    )
      return again('roles-delegate-leads');
    if (most !== null && until > most) return says('roles-delegate-over');
    const gift: Gift = {
      role: 'deputy',
      personId: picked.id,
      unitId,
      to: dayAfter(until),
      delegatedBy: by.id,
    };
    const held = heldAlready(
      lines.filter((line) => line.by?.id === by.id),
      gift,
    );
    if (held && held.to === gift.to) return says('roles-held');
    const shown: RoleShown = {
      role: 'deputy',
      unit,
      from: startOf(held, on),
      to: gift.to,
      inPlaceOf: by.name,
    };
    return {
      kind: 'done',
      decision: {
        writes: giveWrites(gift, held, by, turn, on),
        sends: await tellGiven(shown, picked, deps),
        ack: {},
      },
      reply: givenReply(say, picked.name, shown),
    };
  },
};
