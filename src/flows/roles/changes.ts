/** What giving and ending a role writes, and who hears of it. */
import { instantText } from '../../campaign/calendar.ts';
import { insert, type Outgoing, remove, update, type Write } from '../../engine/decision.ts';
import type { HandlerDeps } from '../../engine/deps.ts';
import { noticesTo } from '../../engine/notices.ts';
import { recorded } from '../../engine/record.ts';
import type { RoleLine } from '../../engine/role-reads.ts';
import type { GrantView, PersonView, TurnContext } from '../../engine/turn-context.ts';
import { type CommandRole, commandRoles } from '../../messages/commands.ts';
import { type RoleShown, roleEndedMessage, roleGivenMessage } from '../../messages/roles.ts';
import { type RoleName, rolePart } from '../../people/roles.ts';

type Deps = Pick<HandlerDeps, 'reads' | 'texts' | 'campaign'>;

function traced(
  { now }: Pick<TurnContext, 'now'>,
  by: Pick<PersonView, 'id'>,
  action: 'role.given' | 'role.ended' | 'role.delegated',
  personId: number,
  details: Readonly<Record<string, unknown>>,
): Write {
  return recorded(by, instantText(now), action, `person:${personId}`, details);
}

export interface Gift {
  readonly role: RoleName;
  readonly personId: number;
  readonly unitId: number | null;
  /** First day without it, ISO date; null: open. */
  readonly to: string | null;
  /** The head whose place it is taken in; null: an ordinary role. */
  readonly delegatedBy: number | null;
}

/** Whether the line is this very role. */
const sameRole = (line: RoleLine, { role, unitId, delegatedBy }: Gift): boolean =>
  line.role === role &&
  (line.unit?.id ?? null) === unitId &&
  (line.origin === 'delegation') === (delegatedBy !== null);

/**
 * The one of these lines to be given a new end instead of a second such role: the open one, for there
 * may be only one, else the first; null when there is none.
 */
export function heldAlready(lines: readonly RoleLine[], gift: Gift): RoleLine | null {
  const same = lines.filter((line) => sameRole(line, gift));
  return same.find(({ to }) => to === null) ?? same[0] ?? null;
}

/** The day it is held from, once it is given. */
export const startOf = (held: RoleLine | null, on: string): string =>
  held && held.from < on ? held.from : on;

/** Gives it from `on`, or gives the one held another end. */
export function giveWrites(
  gift: Gift,
  held: RoleLine | null,
  by: PersonView,
  turn: Pick<TurnContext, 'now'>,
  on: string,
): Write[] {
  const { role, personId, unitId, to, delegatedBy } = gift;
  const details = { role, unitId, until: to };
  return [
    held
      ? update(
          'grant',
          { id: held.id, validTo: held.to },
          { validTo: to, ...(held.from > on && { validFrom: on }) },
        )
      : insert('grant', {
          personId,
          ...rolePart(role),
          unitId,
          validFrom: on,
          validTo: to,
          givenBy: by.id,
          delegatedBy,
        }),
    traced(turn, by, delegatedBy === null ? 'role.given' : 'role.delegated', personId, details),
  ];
}

/** Ends it today; one that began today, or is yet to begin, never was. */
export function endWrites(
  { id, role, unit, person, from, to }: RoleLine,
  by: PersonView,
  turn: Pick<TurnContext, 'now'>,
  on: string,
): Write[] {
  return [
    from >= on ? remove('grant', { id }) : update('grant', { id, validTo: to }, { validTo: on }),
    traced(turn, by, 'role.ended', person.id, { role, unitId: unit?.id ?? null }),
  ];
}

/** Everything the person is once `grants` are theirs. */
const rolesWith = (
  person: PersonView | null,
  change: (grants: readonly GrantView[]) => readonly GrantView[],
): readonly CommandRole[] =>
  person ? commandRoles({ ...person, grants: change(person.grants) }) : ['enrolled'];

/** Told to the person who has it now, with what they may do. */
export async function tellGiven(
  shown: RoleShown,
  person: PersonView,
  deps: Deps,
): Promise<Outgoing[]> {
  const grant = { ...rolePart(shown.role), unitId: shown.unit?.id ?? null };
  const roles = rolesWith(person, (grants) => [...grants, grant]);
  return noticesTo(await deps.reads.recipients([person.id]), (language) =>
    roleGivenMessage(deps.texts[language], shown, roles),
  );
}

/** Told to the person who has it no more; `roles`: what is left. */
export async function tellEnded(line: RoleLine, on: string, deps: Deps): Promise<Outgoing[]> {
  const person = await deps.reads.person(line.person.id, on);
  const part = rolePart(line.role);
  const roles = rolesWith(person, (grants) => {
    const at = grants.findIndex(
      (grant) =>
        grant.role === part.role &&
        (grant.scope ?? null) === part.scope &&
        grant.unitId === (line.unit?.id ?? null),
    );
    return line.from > on ? grants : grants.filter((_, i) => i !== at);
  });
  return noticesTo(await deps.reads.recipients([line.person.id]), (language) =>
    roleEndedMessage(deps.texts[language], line, on, roles),
  );
}

/** A head who is one no longer lets nobody act in their place. */
export async function delegationsOf(
  { role, unit, person }: RoleLine,
  on: string,
  { reads }: Pick<HandlerDeps, 'reads'>,
): Promise<readonly RoleLine[]> {
  if (role !== 'head' || !unit) return [];
  const of = { delegatedBy: person.id, unitId: unit.id };
  return (await reads.roleLines(of, on, { limit: 100, offset: 0 })).lines;
}
