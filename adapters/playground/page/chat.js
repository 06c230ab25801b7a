import { getChat } from './api.js';
import { dayHeading } from './clock.js';
import { doHere, resetComposer, shareContact, startEdit } from './composer.js';
import { find, h, initials } from './dom.js';
import { drawEntry } from './message.js';
import { groupOf } from './people.js';
import { accountOf, actor, chatName, isRoom, keep, roomOf, store } from './store.js';
import { t } from './text.js';

const on = {
  async press(entry, button, element) {
    element.classList.add('busy');
    await doHere({ kind: 'press', message: entry.id, action: button.action });
    element.classList.remove('busy');
  },
  contact: shareContact,
  edit: startEdit,
  /** The same delivery again: if the bot did take it after all, nothing is done twice. */
  canRepeat: (entry) => entry.body.kind === 'text' && entry.from?.user === actor(),
  again: ({ delivery, body }) => doHere({ delivery, kind: 'text', text: body.text }),
};

const scroller = () => find('scroller');
const atEnd = () => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight < 120;
const toEnd = () => {
  scroller().scrollTop = scroller().scrollHeight;
};

/** Loads a chat's past, with what was said while it was on its way. */
export async function loadChat(chat) {
  store.late.set(chat, []);
  const entries = await getChat(chat);
  const late = store.late.get(chat) ?? [];
  store.late.delete(chat);
  store.transcripts.set(chat, entries);
  for (const entry of late) keep(entry);
}

/** Shows a chat, loading it once. */
export async function showChat(chat) {
  if (!store.transcripts.has(chat)) await loadChat(chat);
  if (store.open !== chat) return;
  resetComposer();
  drawHead();
  drawLog();
  toEnd();
}

export function drawLog() {
  const entries = store.transcripts.get(store.open) ?? [];
  const items = [];
  entries.forEach((entry, i) => {
    const day = entry.at.slice(0, 10);
    if (day !== entries[i - 1]?.at.slice(0, 10)) items.push(dayItem(day));
    items.push(item(entry, entries[i - 1]));
  });
  // A long past must not be read out when a chat is opened.
  find('log').setAttribute('aria-live', 'off');
  find('log').replaceChildren(...items);
  requestAnimationFrame(() => find('log').setAttribute('aria-live', 'polite'));
  find('start').hidden = entries.length > 0 || isRoom(store.open);
}

const dayItem = (day) => h('li', { class: 'day', 'data-day': day }, dayHeading(day));

/** What was today is no longer, once the clock has passed midnight. */
export function drawDays() {
  for (const day of find('log').querySelectorAll('.day'))
    day.textContent = dayHeading(day.dataset.day);
}

function item(entry, before) {
  const named = isRoom(store.open) && before?.from?.user !== entry.from?.user;
  return drawEntry(
    entry,
    on,
    entry.from?.user === actor(),
    named || (isRoom(store.open) && !before),
  );
}

/** Puts one new or changed entry of the open chat into the log. */
export function drawOne(entry) {
  const log = find('log');
  const entries = store.transcripts.get(store.open) ?? [];
  const at = entries.findIndex((other) => other.id === entry.id);
  const stay = !atEnd();
  const drawn = item(entry, entries[at - 1]);
  const old = log.querySelector(`[data-id="${CSS.escape(entry.id)}"]`);
  if (old) {
    const action = old.contains(document.activeElement)
      ? document.activeElement.dataset.action
      : null;
    const held = old.contains(document.activeElement);
    old.replaceWith(drawn);
    const again = action && drawn.querySelector(`[data-action="${CSS.escape(action)}"]`);
    // The pressed button is often gone after its press: the keyboard must not start over.
    if (again) again.focus();
    else if (held) find('composer-text').focus();
  } else {
    const day = entry.at.slice(0, 10);
    if (
      log.querySelectorAll('.day').item(log.querySelectorAll('.day').length - 1)?.dataset.day !==
      day
    )
      log.append(dayItem(day));
    log.append(drawn);
  }
  find('start').hidden = true;
  if (stay && entry.from?.user !== actor()) return;
  toEnd();
  for (const image of drawn.querySelectorAll('img'))
    image.addEventListener('load', toEnd, { once: true });
}

/** Head of the chat, the composer's state and the facts beside it. */
export function drawHead() {
  const account = accountOf(store.open);
  const room = roomOf(store.open);
  const name = chatName(store.open);
  const group = room ? 'room' : groupOf(account?.role ?? null);
  find('chat-name').textContent = name;
  find('chat-unit').textContent = room
    ? t('room')
    : (account?.unit ?? t(`role_${account?.role ?? 'new'}`));
  find('chat-avatar').textContent = initials(name);
  find('chat-avatar').className = `avatar ${group}`;
  const off = room ? !room.member : account?.blocked === true;
  find('chat-block').textContent = t(
    room ? (off ? 'addBot' : 'removeBot') : off ? 'unblock' : 'block',
  );
  find('chat-block').onclick = () =>
    doHere({ kind: room ? (off ? 'add-bot' : 'remove-bot') : off ? 'unblock' : 'block' });
  find('composer').classList.toggle('off', off);
  find('composer-blocked').hidden = !off;
  find('composer-blocked').textContent = t(room ? 'removed' : 'blocked');
  find('as-bar').hidden = !room;
  if (room)
    find('as').replaceChildren(
      ...store.accounts.map(({ user, name: label, unit }) =>
        h(
          'option',
          { value: user, selected: user === store.as },
          unit ? `${label}, ${unit}` : label,
        ),
      ),
    );
  drawFacts(account, room);
}

function drawFacts(account, room) {
  const facts = room
    ? [
        [t('room'), room.title],
        [t('factAccount'), room.chat],
        [t('factBot'), t(room.member ? 'yes' : 'no')],
      ]
    : [
        [t('factUnit'), account?.unit],
        [t('factRole'), t(`role_${account?.role ?? 'new'}`)],
        [t('factPhone'), account?.phone],
        [t('factAccount'), account?.user],
      ];
  find('facts').hidden = false;
  find('facts-list').replaceChildren(
    ...facts
      .filter(([, value]) => value)
      .map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))),
  );
}
