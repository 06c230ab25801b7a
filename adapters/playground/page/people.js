import { find, fold, h, initials } from './dom.js';
import { preview, store, unreadIn } from './store.js';
import { t } from './text.js';

const GROUPS = ['new', 'staff', 'student', 'head', 'office', 'campaign', 'room'];
/** Roles whose group of the list has another name; those of the whole campaign are one group. */
const SHARED = { deputy: 'head', reporter: 'head' };
const groupOf = (role) =>
  role === null ? 'new' : (SHARED[role] ?? (GROUPS.includes(role) ? role : 'campaign'));
/** The group's title does not say it already. */
const namesRole = (role) => role !== null && !GROUPS.includes(role);
const sorted = new Intl.Collator('vi');
const lastWord = (name) => name.trim().split(/\s+/).at(-1) ?? '';

/** Vietnamese names sort by the given name, which is the last word. */
const byName = (a, b) =>
  sorted.compare(lastWord(a.name), lastWord(b.name)) || sorted.compare(a.name, b.name);

function rows() {
  const accounts = store.accounts
    .map((account) => ({
      chat: account.user,
      name: account.name,
      under: [namesRole(account.role) && t(`role_${account.role}`), account.unit]
        .filter(Boolean)
        .join(', '),
      group: groupOf(account.role),
      off: account.blocked,
    }))
    .sort(byName);
  const rooms = store.rooms
    .map((room) => ({
      chat: room.chat,
      name: room.title,
      under: '',
      group: 'room',
      off: !room.member,
    }))
    .sort((a, b) => sorted.compare(a.name, b.name));
  return [...accounts, ...rooms];
}

/** Chats in the order of the list, as filtered. */
export function listed() {
  const wanted = fold(find('filter').value.trim());
  return rows().filter((row) => fold(`${row.name} ${row.under}`).includes(wanted));
}

export function drawPeople(open) {
  const shown = listed();
  const focused = document.activeElement?.closest?.('.person')?.dataset.chat;
  const groups = GROUPS.flatMap((group) => {
    const members = shown.filter((row) => row.group === group);
    if (members.length === 0) return [];
    const id = `group-${group}`;
    return [
      h(
        'section',
        { 'aria-labelledby': id },
        h('h2', { id }, t(`group_${group}`), h('span', { class: 'count' }, String(members.length))),
        h('ul', {}, ...members.map((row) => h('li', {}, personButton(row, open)))),
      ),
    ];
  });
  find('people-groups').replaceChildren(...groups);
  find('people-none').hidden = shown.length > 0;
  if (focused)
    find('people-groups')
      .querySelector(`[data-chat="${CSS.escape(focused)}"]`)
      ?.focus();
}

function personButton({ chat, name, under, group, off }, open) {
  const unread = chat === store.open ? 0 : unreadIn(chat);
  const last = preview(store.chats[chat]?.last);
  return h(
    'button',
    {
      type: 'button',
      class: off ? 'person off' : 'person',
      'data-chat': chat,
      'aria-current': chat === store.open ? 'true' : null,
      onclick: () => open(chat),
    },
    avatar(name, group),
    h(
      'span',
      { class: 'person-words' },
      h('span', { class: 'person-name' }, name),
      under !== '' && h('span', { class: 'person-unit' }, under),
      last !== '' && h('span', { class: 'person-last' }, last),
    ),
    unread > 0 &&
      h('span', { class: 'badge', 'aria-label': t('unread', { n: unread }) }, String(unread)),
  );
}

export const avatar = (name, group) =>
  h('span', { class: `avatar ${group}`, 'aria-hidden': 'true' }, initials(name));
export { groupOf };
