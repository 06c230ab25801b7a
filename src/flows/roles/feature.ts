/** `/phanquyen` for the office, `/uyquyen` for heads. */
import { campaignDay } from '../../campaign/calendar.ts';
import type { InboundOf } from '../../chat/index.ts';
import type { Decision } from '../../engine/decision.ts';
import type { Handler } from '../../engine/deps.ts';
import type { RoleLine } from '../../engine/role-reads.ts';
import type { PersonView } from '../../engine/turn-context.ts';
import { plainMessage } from '../../messages/flow.ts';
import { unitName } from '../../messages/report.ts';
import {
  delegationsMessage,
  endedReply,
  endQuestion,
  ROLES_PER_PAGE,
  roleCard,
  roleHolders,
  rolesMenu,
} from '../../messages/roles.ts';
import { may } from '../../people/may.ts';
import { roleNamed } from '../../people/roles.ts';
import type { Feature } from '../feature.ts';
import { answerWith, type FlowTurn, outdated, speaker, startFlow, toast } from '../run.ts';
import { delegationsOf, endWrites, tellEnded } from './changes.ts';
import { delegateFlow } from './delegate-flow.ts';
import { findRolesFlow, grantFlow } from './grant-flow.ts';

interface RoleTurn extends FlowTurn {
  readonly person: PersonView;
  readonly on: string;
}

const dayOf = ({ context, deps }: FlowTurn): string => campaignDay(context.now, deps.campaign.zone);

/** In private only: who holds what is not a group's. */
const refuse = (turn: FlowTurn, why: string): Decision =>
  turn.event.kind === 'press' ? toast(why) : answerWith(turn, plainMessage([why]));

async function menu(turn: RoleTurn): Promise<Decision> {
  const counts = await turn.deps.reads.roleCounts(turn.on);
  return answerWith(turn, rolesMenu(speaker(turn), counts));
}

const office: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const { person } = context;
  return person && may(person, 'role.grant', null)
    ? menu({ ...turn, person, on: dayOf(turn) })
    : refuse(turn, speaker(turn)('not-authorised'));
};

/** `pq:m`, `pq:find`, `pq:new[:<role>]`, `pq:l:<offset>:<role>`, `pq:g|e|y:<grant>`. */
const onOfficePress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const base = { event, context, deps };
  const say = speaker(base);
  if (!person || event.audience === 'group') return outdated(base);
  if (!may(person, 'role.grant', null)) return toast(say('not-authorised'));
  const turn: RoleTurn = { ...base, person, on: dayOf(base) };
  const [, verb = '', about = '', ...rest] = event.action.split(':');
  switch (verb) {
    case 'm':
      return menu(turn);
    case 'find':
      return startFlow(findRolesFlow, turn);
    case 'new': {
      const role = roleNamed([about, ...rest].join(':'));
      return startFlow(grantFlow, { ...turn, ...(role && { prefill: { role: { value: role } } }) });
    }
    case 'l': {
      const role = roleNamed(rest.join(':'));
      const offset = /^\d{1,6}$/.test(about) ? Number(about) : null;
      if (role === null || offset === null) return outdated(turn);
      const page = { limit: ROLES_PER_PAGE, offset };
      const found = await deps.reads.roleLines({ role }, turn.on, page);
      return answerWith(turn, roleHolders(say, role, found, offset));
    }
    case 'g':
    case 'e':
    case 'y': {
      const line = await lineOf(turn, about);
      if (!line) return outdated(turn);
      const mayEnd = may(person, 'role.grant', { personId: line.person.id });
      if (verb === 'g') return answerWith(turn, roleCard(say, line, mayEnd));
      if (!mayEnd) return toast(say('roles-own'));
      return verb === 'e' ? answerWith(turn, endQuestion(say, line, 'pq')) : end(turn, line, 'pq');
    }
    default:
      return outdated(turn);
  }
};

const lineOf = ({ deps, on }: RoleTurn, id: string): Promise<RoleLine | null> =>
  /^\d{1,9}$/.test(id) ? deps.reads.roleLine(Number(id), on) : Promise.resolve(null);

/** Ends a role and, with a head's, the delegations by them; everyone concerned is told. */
async function end(turn: RoleTurn, line: RoleLine, prefix: 'pq' | 'uq'): Promise<Decision> {
  const { person, context, deps, on } = turn;
  const ended = [line, ...(await delegationsOf(line, on, deps))];
  const told = await Promise.all(
    ended.filter((each) => each.person.id !== person.id).map((each) => tellEnded(each, on, deps)),
  );
  const answer = answerWith(turn, endedReply(speaker(turn), line, prefix));
  return {
    ...answer,
    writes: ended.flatMap((each) => endWrites(each, person, context, on)),
    sends: [...answer.sends, ...told.flat()],
  };
}

/** Units the person is head of today. */
const headOf = (person: PersonView): number[] =>
  person.grants.flatMap(({ role, unitId }) => (role === 'head' && unitId !== null ? unitId : []));

async function delegations(turn: RoleTurn): Promise<Decision> {
  const { deps, person, on } = turn;
  const { lines } = await deps.reads.roleLines({ delegatedBy: person.id }, on, {
    limit: ROLES_PER_PAGE,
    offset: 0,
  });
  return answerWith(turn, delegationsMessage(speaker(turn), lines));
}

const delegate: Handler<InboundOf<'command'>> = async (event, context, deps) => {
  const turn = { event, context, deps };
  const { person } = context;
  return person && headOf(person).some((unitId) => may(person, 'role.delegate', { unitId }))
    ? delegations({ ...turn, person, on: dayOf(turn) })
    : refuse(turn, speaker(turn)('roles-delegate-heads'));
};

/** `uq:m`, `uq:new[:<unit>]`, `uq:e|y:<grant>`. */
const onDelegatePress: Handler<InboundOf<'press'>> = async (event, context, deps) => {
  const { person } = context;
  const base = { event, context, deps };
  const say = speaker(base);
  const match = /^uq:(m|new|e|y)(?::(\d{1,9}))?$/.exec(event.action);
  if (!person || !match || event.audience === 'group') return outdated(base);
  const turn: RoleTurn = { ...base, person, on: dayOf(base) };
  const [, verb, about] = match;
  const units = headOf(person);
  if (verb === 'e' || verb === 'y') {
    const line = about === undefined ? null : await lineOf(turn, about);
    const mine = line?.origin === 'delegation' && line.by?.id === person.id;
    if (!line || !mine) return outdated(turn);
    return verb === 'e' ? answerWith(turn, endQuestion(say, line, 'uq')) : end(turn, line, 'uq');
  }
  if (units.length === 0) return toast(say('roles-delegate-heads'));
  if (verb === 'm') return delegations(turn);
  const unitId = about === undefined ? (units.length === 1 ? units[0] : undefined) : Number(about);
  if (unitId === undefined) return chooseUnit(turn, units);
  return may(person, 'role.delegate', { unitId })
    ? startFlow(delegateFlow, { ...turn, subject: String(unitId) })
    : toast(say('roles-delegate-heads'));
};

async function chooseUnit(turn: RoleTurn, ids: readonly number[]): Promise<Decision> {
  const say = speaker(turn);
  const units = await turn.deps.reads.units(ids);
  const buttons = units.map((unit) => [
    { label: unitName(say, unit), action: `uq:new:${unit.id}` },
  ]);
  return answerWith(turn, plainMessage([say('roles-ask-unit-of')], buttons));
}

export const rolesFeature: Feature = {
  commands: { phanquyen: office, roles: office, uyquyen: delegate, delegate },
  presses: { pq: onOfficePress, uq: onDelegatePress },
  flows: [grantFlow, findRolesFlow, delegateFlow],
};
