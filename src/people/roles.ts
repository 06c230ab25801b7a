/** Roles by one name each, as the roster, the command line and buttons say them. */
import type { OverseerScope, Role } from '../db/schema.ts';

/** A role together with the scope that an overseer has. */
export type RoleName = Exclude<Role, 'overseer'> | `overseer:${OverseerScope}`;

/** Held in a unit; every other role is held for the whole campaign. */
const UNIT_ROLES = ['head', 'deputy', 'reporter'] as const satisfies readonly RoleName[];

export const ROLE_NAMES = [
  ...UNIT_ROLES,
  'office',
  'council',
  'leadership',
  'overseer:political_schools',
  'overseer:students',
  'mobiliser',
  'press',
  'finance',
] as const satisfies readonly RoleName[];

/** Null for what is no role's name. */
export const roleNamed = (text: string): RoleName | null =>
  ROLE_NAMES.find((name) => name === text) ?? null;

export const isUnitRole = (name: RoleName): boolean => UNIT_ROLES.some((role) => role === name);

/** As the table keeps it. */
export function rolePart(name: RoleName): { role: Role; scope: OverseerScope | null } {
  switch (name) {
    case 'overseer:political_schools':
      return { role: 'overseer', scope: 'political_schools' };
    case 'overseer:students':
      return { role: 'overseer', scope: 'students' };
    default:
      return { role: name, scope: null };
  }
}

/** A grant's role by its name; an overseer's grant always has a scope. */
export const nameOfRole = ({
  role,
  scope,
}: {
  readonly role: Role;
  readonly scope?: OverseerScope | null;
}): RoleName => (role === 'overseer' ? `overseer:${scope ?? 'political_schools'}` : role);
