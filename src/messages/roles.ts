/** What is said of roles: their names, lists, gifts and ends. */
import type { RoleName } from '../people/roles.ts';
import type { Say } from './say.ts';

/** The role in words, in small letters. */
export const roleTitle = (say: Say, name: RoleName): string =>
  say(`role-${name.replace(':', '-')}`);
