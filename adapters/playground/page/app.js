import { act, getState, listen, makeAccount, makeRoom } from './api.js';
import { drawDays, drawHead, drawLog, drawOne, loadChat, showChat } from './chat.js';
import { drawClock, setClock, wireClock } from './clock.js';
import { doHere, refused, wireComposer } from './composer.js';
import { askForAccount, askForRoom, wireViewer } from './dialogs.js';
import { find, toast } from './dom.js';
import { drawPeople, listed } from './people.js';
import { accountOf, isRoom, keep, markSeen, preview, store } from './store.js';
import { getLanguage, setLanguage, speak, t } from './text.js';

async function refresh() {
  const { now, movable, ...state } = await getState();
  Object.assign(store, state);
  for (const part of document.querySelectorAll('[data-moves]')) part.hidden = !movable;
  setClock(now);
  if (store.open) markSeen(store.open);
  drawAll();
}

function drawAll() {
  find('title').textContent = store.title[getLanguage()];
  document.title = store.title[getLanguage()];
  drawPeople(open);
  if (store.open) drawHead();
}

function open(chat, focus = true) {
  if (accountOf(chat)) store.as = chat;
  store.as ??= store.accounts[0]?.user ?? null;
  store.open = chat;
  markSeen(chat);
  document.body.dataset.view = 'chat';
  find('welcome').hidden = true;
  find('conversation').hidden = false;
  history.replaceState(null, '', `#${chat}`);
  drawPeople(open);
  showChat(chat).catch(refused);
  if (focus) find('composer-text').focus({ preventScroll: true });
}

function close() {
  document.body.dataset.view = 'list';
  find('people-groups').querySelector('[aria-current="true"]')?.focus();
}

function onEntry(entry) {
  const isNew = keep(entry);
  if (entry.chat === store.open) {
    if (store.transcripts.has(entry.chat)) drawOne(entry);
    markSeen(entry.chat);
  } else if (isNew && entry.from === null) announce(entry);
  drawPeople(open);
}

/** For those who cannot see the badge. */
function announce(entry) {
  const name = accountOf(entry.chat)?.name ?? store.rooms.find((r) => r.chat === entry.chat)?.title;
  find('heard').textContent = `${name}: ${preview(entry)}`;
}

async function newAccount(code = null) {
  const values = await askForAccount(code);
  if (!values) return;
  try {
    const { user } = await makeAccount(values.name, values.phone.trim() || null);
    await refresh();
    open(user);
    await act({ user, chat: user, kind: 'text', text: code ? `/start ${code}` : '/start' });
  } catch (error) {
    refused(error);
  }
}

async function newRoom() {
  const values = await askForRoom(store.accounts, store.as);
  if (!values) return;
  try {
    const { chat } = await makeRoom(values.user, values.title);
    store.as = values.user;
    await refresh();
    open(chat);
  } catch (error) {
    refused(error);
  }
}

/** The person before or after the open one in the list. */
function step(by) {
  const chats = listed().map(({ chat }) => chat);
  if (chats.length === 0) return;
  const at = chats.indexOf(store.open);
  const from = at < 0 && by < 0 ? 0 : at;
  open(chats[(from + by + chats.length) % chats.length]);
}

function wire() {
  wireClock();
  wireComposer();
  wireViewer();
  find('filter').addEventListener('input', () => drawPeople(open));
  find('new-account').addEventListener('click', () => newAccount());
  find('new-room').addEventListener('click', newRoom);
  find('back').addEventListener('click', close);
  find('start-button').addEventListener('click', () => doHere({ kind: 'text', text: '/start' }));
  document.addEventListener('actor', drawLog);
  document.addEventListener('day', drawDays);
  find('languages').addEventListener('click', (event) => {
    const { language } = event.target.dataset;
    if (!language) return;
    setLanguage(language);
    drawClock();
    drawAll();
    if (store.open) drawLog();
  });
  document.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!event.altKey || !by || find('dialog').open) return;
    event.preventDefault();
    step(by);
  });
}

/** The server may still be starting. */
async function arrive() {
  for (;;) {
    try {
      await refresh();
      return;
    } catch (error) {
      if (error.status !== 503 && error.status !== 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

let down = false;
function live() {
  listen({
    onEntry,
    onPeople: () => refresh().catch(refused),
    onClock: setClock,
    onUp() {
      if (down) toast(t('online'));
      down = false;
      // Whatever happened before the line stood was not heard.
      store.transcripts.clear();
      refresh()
        .then(async () => {
          if (!store.open) return;
          await loadChat(store.open);
          drawLog();
        })
        .catch(refused);
    },
    onDown() {
      if (!down) toast(t('offline'), 'bad');
      down = true;
    },
  });
}

speak();
wire();
await arrive();
live();
const wanted = decodeURIComponent(location.hash.slice(1));
const code = new URLSearchParams(location.search).get('start');
if (code) {
  history.replaceState(null, '', location.pathname);
  newAccount(code);
} else if (accountOf(wanted) || isRoom(wanted)) open(wanted, false);
document.body.dataset.ready = 'true';
