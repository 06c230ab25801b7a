/** The office gives a role: to whom, which, in which unit, until when; then a look over it all. */
import { z } from 'zod';
import type { UnitView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import {
  givenReply,
  ROLES_PER_PAGE,
  type RoleShown,
  roleOfUnit,
  rolesOfPerson,
  roleTitle,
} from '../../messages/roles.ts';
import { may } from '../../people/may.ts';
import { isUnitRole, ROLE_NAMES, type RoleName, roleNamed } from '../../people/roles.ts';
import { rolesOf } from '../../people/roster-columns.ts';
import type { Flow, Input, Question } from '../flow.ts';
import type { FlowState } from '../state.ts';
import { type Gift, giveWrites, heldAlready, startOf, tellGiven } from './changes.ts';
import { dayAfter, type PersonFacts, personFacts, personQuestion, untilQuestion } from './pick.ts';

/** Units offered at once. */
const UNITS = 8;

interface Facts extends PersonFacts {
  /** Units found for what was typed; null when nothing was. */
  readonly units: readonly UnitView[] | null;
  /** The one chosen. */
  readonly unit: UnitView | null;
}

const roleQuestion: Question<Facts> = {
  id: 'role',
  schema: z.string().refine((text) => roleNamed(text) !== null),
  label: ({ say }) => say('roles-role'),
  ask: ({ say }) => ({
    blocks: [{ kind: 'text', text: [say('roles-ask-role')] }],
    choices: ROLE_NAMES.map((role) => [{ label: roleTitle(say, role), value: role }]),
  }),
  parse(input, { say, facts: { picked } }) {
    const typed = input.kind === 'text' ? rolesOf(input.text) : null;
    const role =
      input.kind === 'choice'
        ? roleNamed(input.value)
        : typed?.length === 1
          ? (typed[0] ?? null)
          : null;
    if (role === null) return { kind: 'refuse', why: say('roles-role-choose') };
    return isUnitRole(role) && picked?.membership?.audience === 'student'
      ? { kind: 'refuse', why: say('roles-student') }
      : { kind: 'answer', value: role };
  },
  show: (value, { say }) => roleTitle(say, roleNamed(String(value)) ?? 'head'),
};

const roleGiven = (answers: Readonly<Record<string, unknown>>): RoleName | null =>
  roleNamed(String(answers.role ?? ''));

const unitQuestion: Question<Facts> = {
  id: 'unit',
  schema: z.number().int().positive(),
  label: ({ say }) => say('roles-unit'),
  when({ answers }) {
    const role = roleGiven(answers);
    return role !== null && isUnitRole(role);
  },
  ask({ say, facts: { units, picked } }) {
    const own = picked?.membership?.unit;
    const offered = units ?? (own ? [own] : []);
    return {
      blocks: [{ kind: 'text', text: [say('roles-ask-unit')] }],
      ...(offered.length > 0 && {
        choices: offered
          .slice(0, UNITS)
          .map((unit) => [{ label: unitName(say, unit), value: String(unit.id) }]),
      }),
    };
  },
  parse(input, { say, facts: { units, unit } }) {
    if (input.kind === 'choice')
      return unit
        ? { kind: 'answer', value: unit.id }
        : { kind: 'refuse', why: say('roles-unit-none') };
    return units && units.length > 0
      ? { kind: 'stay', note: say('roles-unit-pick') }
      : { kind: 'refuse', why: say('roles-unit-none') };
  },
  show: (value, { say, facts: { unit } }) => (unit ? unitName(say, unit) : String(value)),
};

export const grantFlow: Flow<Facts> = {
  id: 'role-grant',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: true,
  title: ({ say }) => say('roles-give-title'),
  questions: [
    personQuestion<Facts>(({ say }) => say('roles-ask-person')),
    roleQuestion,
    unitQuestion,
    untilQuestion<Facts>({ optional: true, ask: 'roles-ask-until' }),
  ],
  async facts(input: Input | null, state: FlowState, turn, deps): Promise<Facts> {
    const found = await personFacts(input, state, null, turn, deps);
    const asking = state.asking === 'unit' && input !== null;
    const units =
      asking && input.kind === 'text'
        ? await deps.reads.findUnits(input.text, found.on, UNITS)
        : null;
    const chosen =
      asking && input.kind === 'choice' ? input.value : String(state.answers.unit?.value ?? '');
    const [unit = null] = /^\d{1,9}$/.test(chosen) ? await deps.reads.units([Number(chosen)]) : [];
    return { ...found, units, unit };
  },
  review({ say, facts: { picked, unit }, answers }) {
    const role = roleGiven(answers);
    if (!picked || role === null) return [];
    const what = roleOfUnit(say, role, isUnitRole(role) ? unit : null);
    return [{ kind: 'note', text: [say('roles-give-check', { name: picked.name, role: what })] }];
  },
  async finish({ say, turn, facts, answers }, _state, deps) {
    const { on, picked, unit: chosen } = facts;
    const by = turn.person;
    const says = (text: string) => ({
      kind: 'done' as const,
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage([say(text)]),
    });
    const role = roleGiven(answers);
    if (!by || !may(by, 'role.grant', null)) return says('not-authorised');
    if (!picked || role === null) return says('roles-person-none');
    if (!may(by, 'role.grant', { personId: picked.id }))
      return { kind: 'refuse', why: say('roles-own'), asking: 'person' };
    if (isUnitRole(role) && picked.membership?.audience === 'student')
      return { kind: 'refuse', why: say('roles-student'), asking: 'role' };
    const unit = isUnitRole(role) ? chosen : null;
    if (isUnitRole(role) && !unit) return says('roles-unit-none');
    const to = typeof answers.until === 'string' ? dayAfter(answers.until) : null;
    const gift: Gift = {
      role,
      personId: picked.id,
      unitId: unit?.id ?? null,
      to,
      delegatedBy: null,
    };
    const { lines } = await deps.reads.roleLines({ personId: picked.id }, on, {
      limit: 100,
      offset: 0,
    });
    const held = heldAlready(lines, gift);
    if (held && held.to === to && held.from <= on) return says('roles-held');
    const shown: RoleShown = { role, unit, from: startOf(held, on), to, inPlaceOf: null };
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

/** Whose roles to look at. */
export const findRolesFlow: Flow<PersonFacts> = {
  id: 'role-find',
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say }) => say('roles-find'),
  questions: [personQuestion<PersonFacts>(({ say }) => say('roles-ask-find'))],
  facts: (input, state, turn, deps) => personFacts(input, state, null, turn, deps),
  async finish({ say, turn, facts: { picked, on } }, _state, deps) {
    const allowed = turn.person !== null && may(turn.person, 'role.grant', null);
    const done = { kind: 'done' as const, decision: { writes: [], sends: [], ack: {} } };
    if (!allowed) return { ...done, reply: plainMessage([say('not-authorised')]) };
    if (!picked) return { ...done, reply: plainMessage([say('roles-person-none')]) };
    const page = { limit: ROLES_PER_PAGE, offset: 0 };
    const held = await deps.reads.roleLines({ personId: picked.id }, on, page);
    return { ...done, reply: rolesOfPerson(say, picked, held) };
  },
};
