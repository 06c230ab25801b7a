import { find, h } from './dom.js';
import { t } from './text.js';

/**
 * Asks for a few lines. Resolves with the values by name, or null when it is cancelled.
 * @param {{title: string, text: string, ok: string, fields: object[]}} form
 */
export function askFor({ title, text, ok, fields }) {
  const dialog = find('dialog');
  find('dialog-title').textContent = title;
  find('dialog-text').textContent = text;
  find('dialog-ok').textContent = ok;
  find('dialog-fields').replaceChildren(
    ...fields.map(({ name, label, value = '', options, ...rest }) => {
      const id = `dialog-${name}`;
      const input = options
        ? h('select', { id, name }, ...options.map((o) => h('option', { value: o.value }, o.label)))
        : h('input', { id, name, autocomplete: 'off', ...rest });
      if (value !== '') input.value = value;
      return h('p', { class: 'field' }, h('label', { for: id }, label), input);
    }),
  );
  return new Promise((resolve) => {
    const form = find('dialog-form');
    const end = (values) => {
      form.onsubmit = null;
      dialog.onclose = null;
      if (dialog.open) dialog.close();
      resolve(values);
    };
    form.onsubmit = (event) => {
      event.preventDefault();
      end(Object.fromEntries(new FormData(form)));
    };
    dialog.onclose = () => end(null);
    find('dialog-cancel').onclick = () => end(null);
    dialog.showModal();
    dialog.querySelector('input, select')?.focus();
  });
}

export function wireViewer() {
  const viewer = find('viewer');
  find('viewer-close').addEventListener('click', () => viewer.close());
  viewer.addEventListener('click', (event) => {
    if (event.target === viewer) viewer.close();
  });
}

export const askForAccount = (code) =>
  askFor({
    title: t('accountTitle'),
    text: code ? t('accountCode', { code }) : t('accountText'),
    ok: t('create'),
    fields: [
      { name: 'name', label: t('accountName'), required: true, maxlength: '100' },
      { name: 'phone', label: t('accountPhone'), type: 'tel', pattern: '\\+?[0-9 .\\-]{6,20}' },
    ],
  });

export const askForRoom = (accounts, by) =>
  askFor({
    title: t('roomTitle'),
    text: t('roomText'),
    ok: t('create'),
    fields: [
      { name: 'title', label: t('roomName'), required: true, maxlength: '128' },
      {
        name: 'user',
        label: t('roomBy'),
        value: by ?? '',
        options: accounts.map(({ user, name }) => ({ value: user, label: name })),
      },
    ],
  });

export const askForPhone = (phone) =>
  askFor({
    title: t('contactTitle'),
    text: t('contactText'),
    ok: t('share'),
    fields: [
      {
        name: 'phone',
        label: t('contactPhone'),
        value: phone ?? '',
        type: 'tel',
        required: true,
        pattern: '\\+?[0-9 .\\-]{6,20}',
      },
    ],
  });
