import { act, upload } from './api.js';
import { askForPhone } from './dialogs.js';
import { find, h, toast } from './dom.js';
import { accountOf, actor, store } from './store.js';
import { hideSuggestions, suggest, suggesting, suggestKey } from './suggest.js';
import { t } from './text.js';

const input = () => find('composer-text');
/** Files chosen and not sent yet: `{file, as, address}`. */
let pending = [];
/** The entry being changed, or null. */
let editing = null;

export const refused = (error) => toast(t(`error_${error.code ?? 'other'}`), 'bad');

const here = () => ({ user: actor(), chat: store.open });

/** One action here; its toast is shown, its refusal told. */
export async function doHere(action) {
  try {
    const ack = await act({ ...here(), ...action });
    if (ack.toast) toast(ack.toast);
    return true;
  } catch (error) {
    refused(error);
    return false;
  }
}

export async function shareContact() {
  const values = await askForPhone(accountOf(actor())?.phone);
  if (values) await doHere({ kind: 'contact', phone: values.phone.trim() });
}

export function startEdit(entry) {
  clearPending();
  editing = entry;
  find('edit-bar').hidden = false;
  input().value = entry.body.text;
  input().focus();
  grow();
}

export function resetComposer() {
  editing = null;
  clearPending();
  find('edit-bar').hidden = true;
  input().value = '';
  hideSuggestions();
  closeMenu();
  grow();
}

function clearPending() {
  for (const { address } of pending) if (address) URL.revokeObjectURL(address);
  pending = [];
  drawPending();
}

function addFiles(files, as) {
  for (const file of files) {
    const photo = as === 'photo' && /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    pending.push({
      file,
      as: photo ? 'photo' : 'file',
      address: photo ? URL.createObjectURL(file) : null,
    });
  }
  drawPending();
  input().focus();
}

function drawPending() {
  const list = find('pending');
  list.hidden = pending.length === 0;
  list.replaceChildren(
    ...pending.map((item) =>
      h(
        'li',
        {},
        item.address
          ? h('img', { src: item.address, alt: item.file.name })
          : h('span', {}, item.file.name),
        h(
          'button',
          {
            type: 'button',
            'aria-label': t('remove', { name: item.file.name }),
            onclick: () => {
              if (item.address) URL.revokeObjectURL(item.address);
              pending = pending.filter((other) => other !== item);
              drawPending();
            },
          },
          '×',
        ),
      ),
    ),
  );
  input().placeholder = t(pending.length > 0 ? 'caption' : 'message');
}

async function sendPending(caption) {
  const sending = pending;
  const where = here();
  clearPending();
  const photos = sending.filter(({ as }) => as === 'photo').length;
  const album = photos > 1 && photos === sending.length ? crypto.randomUUID() : null;
  for (const [i, { file, as }] of sending.entries()) {
    try {
      await upload(file, {
        ...where,
        as,
        caption: i === 0 ? caption : '',
        ...(album ? { album } : {}),
      });
    } catch (error) {
      refused(error);
    }
  }
}

async function submit() {
  const text = input().value.trim();
  if (pending.length > 0) {
    resetInput();
    await sendPending(text);
  } else if (text !== '' && editing) {
    const message = editing.id;
    resetComposer();
    await doHere({ kind: 'edit', message, text });
  } else if (text !== '') {
    resetInput();
    await doHere({ kind: 'text', text });
  }
}

function resetInput() {
  input().value = '';
  hideSuggestions();
  grow();
}

function grow() {
  const box = input();
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

function takeCommand(command) {
  input().value = '';
  hideSuggestions();
  input().focus();
  doHere({ kind: 'text', text: `/${command}` });
}

const menu = () => find('attach-menu');
function closeMenu() {
  menu().hidden = true;
  find('attach').setAttribute('aria-expanded', 'false');
}

function wireMenu() {
  const items = [...menu().querySelectorAll('button')];
  find('attach').addEventListener('click', () => {
    menu().hidden = !menu().hidden;
    find('attach').setAttribute('aria-expanded', String(!menu().hidden));
    if (!menu().hidden) items[0].focus();
  });
  menu().addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(at + step + items.length) % items.length].focus();
    else if (event.key === 'Escape') {
      closeMenu();
      find('attach').focus();
    } else return;
    event.preventDefault();
  });
  const doing = {
    photo: () => find('pick-photo').click(),
    file: () => find('pick-file').click(),
    contact: shareContact,
    sticker: () => doHere({ kind: 'unsupported', what: 'sticker' }),
    voice: () => doHere({ kind: 'unsupported', what: 'voice' }),
  };
  for (const item of items)
    item.addEventListener('click', () => {
      closeMenu();
      doing[item.dataset.do]();
    });
  document.addEventListener('pointerdown', (event) => {
    if (!menu().hidden && !event.target.closest('#attach-menu, #attach')) closeMenu();
  });
  for (const [id, as] of [
    ['pick-photo', 'photo'],
    ['pick-file', 'file'],
  ])
    find(id).addEventListener('change', (event) => {
      addFiles(event.target.files, as);
      event.target.value = '';
    });
}

function onKey(event) {
  // Composing a Vietnamese letter or any other: its keys are the input method's.
  if (event.isComposing) return;
  if (suggestKey(event.key)) event.preventDefault();
  else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === 'Escape' && editing) resetComposer();
  else if (event.key === 'ArrowUp' && input().value === '' && !event.altKey) {
    const own = (store.transcripts.get(store.open) ?? []).filter(
      (entry) => entry.from?.user === actor() && entry.body.kind === 'text' && !entry.failed,
    );
    if (own.length > 0) {
      event.preventDefault();
      startEdit(own.at(-1));
    }
  }
}

export function wireComposer() {
  wireMenu();
  find('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  input().addEventListener('keydown', onKey);
  input().addEventListener('input', () => {
    grow();
    suggest(takeCommand);
  });
  input().addEventListener('blur', hideSuggestions);
  input().addEventListener('paste', (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    addFiles(event.clipboardData.files, 'photo');
  });
  find('slash').addEventListener('mousedown', (event) => event.preventDefault());
  find('slash').addEventListener('click', () => {
    input().focus();
    if (suggesting()) hideSuggestions();
    else suggest(takeCommand, true);
  });
  document.addEventListener('command', ({ detail }) => doHere({ kind: 'text', text: detail }));
  find('edit-cancel').addEventListener('click', resetComposer);
  find('as').addEventListener('change', (event) => {
    store.as = event.target.value;
    document.dispatchEvent(new Event('actor'));
  });
  const drop = find('conversation');
  drop.addEventListener('dragover', (event) => event.preventDefault());
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length > 0) addFiles(event.dataTransfer.files, 'photo');
  });
}
