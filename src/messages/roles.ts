/** What is said of roles: their names, lists, gifts and ends. */

import { addDays } from '../campaign/calendar.ts';
import type { Button, Message } from '../chat/index.ts';
import type { RoleLine } from '../engine/role-reads.ts';
import type { PersonView, UnitView } from '../engine/turn-context.ts';
import { ROLE_NAMES, type RoleName, rolePart } from '../people/roles.ts';
import { paragraph } from './blocks.ts';
import type { CommandRole } from './commands.ts';
import { showDate } from './dates.ts';
import { plainMessage } from './flow.ts';
import { commandList, menuButtons } from './help.ts';
import { unitName } from './report.ts';
import type { Say } from './say.ts';

/** Lines of one page. */
export const ROLES_PER_PAGE = 8;

/** The role in words, in small letters. */
export const roleTitle = (say: Say, name: RoleName): string =>
  say(`role-${name.replace(':', '-')}`);

/** With its unit, where it has one. */
export const roleOfUnit = (say: Say, role: RoleName, unit: UnitView | null): string =>
  unit
    ? say('roles-of-unit', { role: roleTitle(say, role), unit: unitName(say, unit) })
    : roleTitle(say, role);

/** `to` is the first day without it; said is the last day with it. */
const span = (say: Say, { from, to }: Pick<RoleLine, 'from' | 'to'>): string =>
  to === null
    ? say('roles-from', { from: showDate(from, say.language) })
    : say('roles-from-to', {
        from: showDate(from, say.language),
        to: showDate(addDays(to, -1), say.language),
      });

const lineOf = (say: Say, line: RoleLine): string => {
  const parts = [
    line.person.name,
    roleOfUnit(say, line.role, line.unit),
    span(say, line),
    ...(line.by && line.origin !== 'file'
      ? [say(`roles-origin-${line.origin}`, { name: line.by.name })]
      : []),
  ];
  return parts.join(' – ');
};

const give = (say: Say, role?: RoleName): Button => ({
  label: say('roles-give'),
  action: role ? `pq:new:${role}` : 'pq:new',
  tone: 'primary',
});
const menu = (say: Say): Button => ({ label: say('roles-back'), action: 'pq:m' });

/** As a heading or a button begins. */
const capital = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

const inPairs = (buttons: readonly Button[]): Button[][] =>
  buttons.flatMap((button, i) => (i % 2 === 0 ? [[button, ...buttons.slice(i + 1, i + 2)]] : []));

/** How many hold each role, and the ways on. */
export function rolesMenu(
  say: Say,
  counts: readonly { readonly role: RoleName; readonly n: number }[],
): Message {
  const held = new Map(counts.map(({ role, n }) => [role, n]));
  return {
    notice: say('roles-title'),
    blocks: [
      { kind: 'heading', text: say('roles-title') },
      {
        kind: 'list',
        items: ROLE_NAMES.map((role) => [
          say('roles-count', { role: capital(roleTitle(say, role)), n: held.get(role) ?? 0 }),
        ]),
      },
      { kind: 'note', text: [say('roles-note')] },
    ],
    buttons: [
      [give(say), { label: say('roles-find'), action: 'pq:find' }],
      ...inPairs(
        ROLE_NAMES.map((role) => ({
          label: capital(roleTitle(say, role)),
          action: `pq:l:0:${role}`,
        })),
      ),
    ],
  };
}

/** One page of who holds a role, or of what one person holds. */
function listed(
  say: Say,
  heading: string,
  { total, lines }: { readonly total: number; readonly lines: readonly RoleLine[] },
  empty: string,
): Message {
  return {
    notice: heading,
    blocks: [
      { kind: 'heading', text: heading },
      ...(lines.length === 0
        ? [paragraph(empty)]
        : [{ kind: 'list' as const, items: lines.map((line) => [lineOf(say, line)]) }]),
      ...(total > lines.length
        ? [{ kind: 'note' as const, text: [say('roles-total', { total })] }]
        : []),
    ],
    buttons: lines.map((line) => [
      {
        label: say('roles-open-line', {
          name: line.person.name,
          role: roleOfUnit(say, line.role, line.unit),
        }),
        action: `pq:g:${line.id}`,
      },
    ]),
  };
}

export function roleHolders(
  say: Say,
  role: RoleName,
  page: { readonly total: number; readonly lines: readonly RoleLine[] },
  offset: number,
): Message {
  const shown = listed(say, capital(roleTitle(say, role)), page, say('roles-nobody'));
  const turn = (to: number, label: string): Button => ({ label, action: `pq:l:${to}:${role}` });
  const turns = [
    ...(offset > 0 ? [turn(Math.max(0, offset - ROLES_PER_PAGE), say('roles-previous'))] : []),
    ...(offset + ROLES_PER_PAGE < page.total
      ? [turn(offset + ROLES_PER_PAGE, say('roles-next'))]
      : []),
  ];
  return {
    ...shown,
    buttons: [
      ...(shown.buttons ?? []),
      ...(turns.length > 0 ? [turns] : []),
      [give(say, role), menu(say)],
    ],
  };
}

export function rolesOfPerson(
  say: Say,
  person: PersonView,
  page: { readonly total: number; readonly lines: readonly RoleLine[] },
): Message {
  const shown = listed(say, person.name, page, say('roles-none-held', { name: person.name }));
  return { ...shown, buttons: [...(shown.buttons ?? []), [give(say), menu(say)]] };
}

/** One role of one person. `mayEnd`: it is not one's own. */
export const roleCard = (say: Say, line: RoleLine, mayEnd: boolean): Message =>
  plainMessage(
    [lineOf(say, line), ...(mayEnd ? [] : [say('roles-own')])],
    [
      ...(mayEnd
        ? [[{ label: say('roles-end'), action: `pq:e:${line.id}`, tone: 'danger' as const }]]
        : []),
      [menu(say)],
    ],
  );

/** `prefix`: whose buttons answer, `pq` the office's, `uq` a head's. */
export const endQuestion = (say: Say, line: RoleLine, prefix: 'pq' | 'uq'): Message =>
  plainMessage(
    [
      say('roles-end-ask', {
        name: line.person.name,
        role: roleOfUnit(say, line.role, line.unit),
      }),
    ],
    [
      [
        { label: say('roles-end-yes'), action: `${prefix}:y:${line.id}`, tone: 'danger' },
        { label: say('roles-end-no'), action: prefix === 'pq' ? `pq:g:${line.id}` : 'uq:m' },
      ],
    ],
  );

export const endedReply = (say: Say, line: RoleLine, prefix: 'pq' | 'uq'): Message =>
  plainMessage(
    [say('roles-ended', { name: line.person.name, role: roleOfUnit(say, line.role, line.unit) })],
    prefix === 'pq' ? [[menu(say)]] : [],
  );

/** A role as it is said to the people concerned. */
export interface RoleShown {
  readonly role: RoleName;
  readonly unit: UnitView | null;
  readonly from: string;
  readonly to: string | null;
  /** The head whose place it is taken in. */
  readonly inPlaceOf: string | null;
}

export const givenReply = (say: Say, name: string, shown: RoleShown): Message =>
  plainMessage(
    [
      say(shown.inPlaceOf === null ? 'roles-given' : 'roles-delegated', {
        name,
        role: roleOfUnit(say, shown.role, shown.unit),
        unit: shown.unit ? unitName(say, shown.unit) : '',
        span: span(say, shown),
      }),
    ],
    shown.inPlaceOf === null
      ? [[menu(say)]]
      : [[{ label: say('roles-delegations'), action: 'uq:m' }]],
  );

/** To the person: what they hold, what they can do with it, and the menu of all they are now. */
export function roleGivenMessage(
  say: Say,
  shown: RoleShown,
  roles: readonly CommandRole[],
): Message {
  const line = say(shown.inPlaceOf === null ? 'roles-told-given' : 'roles-told-delegated', {
    role: roleOfUnit(say, shown.role, shown.unit),
    unit: shown.unit ? unitName(say, shown.unit) : '',
    head: shown.inPlaceOf ?? '',
    span: span(say, shown),
  });
  return {
    notice: line,
    blocks: [
      paragraph(line),
      ...(shown.inPlaceOf === null ? [] : [paragraph(say('roles-told-delegated-limit'))]),
      paragraph(say('roles-told-commands')),
      commandList(say, [rolePart(shown.role).role]),
    ],
    buttons: menuButtons(say, roles),
  };
}

export const roleEndedMessage = (
  say: Say,
  line: RoleLine,
  on: string,
  roles: readonly CommandRole[],
): Message =>
  plainMessage(
    [
      say('roles-told-ended', {
        role: roleOfUnit(say, line.role, line.unit),
        date: showDate(on, say.language),
      }),
    ],
    menuButtons(say, roles),
  );

/** A head's delegations, and the way to a new one. */
export function delegationsMessage(say: Say, lines: readonly RoleLine[]): Message {
  const title = say('roles-delegations');
  return {
    notice: title,
    blocks: [
      { kind: 'heading', text: title },
      lines.length === 0
        ? paragraph(say('roles-no-delegation'))
        : { kind: 'list', items: lines.map((line) => [lineOf(say, line)]) },
      { kind: 'note', text: [say('roles-delegate-about')] },
    ],
    buttons: [
      ...lines.map((line): Button[] => [
        { label: say('roles-end-early', { name: line.person.name }), action: `uq:e:${line.id}` },
      ]),
      [{ label: say('roles-delegate'), action: 'uq:new', tone: 'primary' }],
    ],
  };
}
