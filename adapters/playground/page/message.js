import { find, h } from './dom.js';
import { eventText, store } from './store.js';
import { getLanguage, t } from './text.js';

/**
 * One entry of a chat.
 * @param {object} on `press(entry, button)`, `contact()`, `edit(entry)`, `again(entry)`
 * @param {boolean} mine said by whoever acts in this chat
 */
export function drawEntry(entry, on, mine, named) {
  if (entry.body.kind === 'event')
    return h('li', { class: 'event', 'data-id': entry.id }, eventText(entry));
  const who = entry.from === null ? 'bot' : mine ? 'mine' : 'theirs';
  return h(
    'li',
    { class: `entry ${who}${entry.failed ? ' failed' : ''}`, 'data-id': entry.id },
    h(
      'div',
      { class: 'bubble' },
      named && h('p', { class: 'by' }, entry.from?.name ?? t('bot')),
      ...bodyOf(entry, on),
      h(
        'p',
        { class: 'stamp' },
        entry.edited && h('span', {}, t('edited')),
        h('time', { datetime: entry.at.replace(/\[.*$/, '') }, entry.at.slice(11, 16)),
        mine &&
          entry.body.kind === 'text' &&
          !entry.failed &&
          h('button', { type: 'button', class: 'edit', onclick: () => on.edit(entry) }, t('edit')),
      ),
    ),
    ...keyboard(entry, on),
    entry.failed &&
      h(
        'p',
        { class: 'failure' },
        t('notTaken'),
        on.canRepeat(entry) &&
          h(
            'button',
            { type: 'button', class: 'quiet', onclick: () => on.again(entry) },
            t('again'),
          ),
      ),
  );
}

function bodyOf({ body }) {
  switch (body.kind) {
    case 'text':
      return [h('p', { class: 'text' }, body.text)];
    case 'file': {
      const address = `files/${body.ref}?name=${encodeURIComponent(body.name)}`;
      return [
        body.as === 'photo'
          ? picture(address, body.caption || `${t('picture')} ${body.name}`)
          : file(address, body.name, body.size),
        body.caption !== '' && h('p', { class: 'text' }, body.caption),
      ];
    }
    case 'contact':
      return [
        h(
          'p',
          { class: 'contact-card' },
          h('b', {}, t(body.own ? 'sharedOwn' : 'sharedOther')),
          body.phone,
        ),
      ];
    case 'unsupported':
      return [h('p', { class: 'odd' }, t(body.what))];
    default:
      return body.page.blocks.map(block);
  }
}

/** Text in which every command of the bot can be pressed. */
function commands(text) {
  const known = store.commands[getLanguage()].map(({ command }) => command);
  return text.split(/(?<![\w/])(\/[a-z0-9_]+)(?![\w/])/).map((piece, i) =>
    i % 2 === 1 && known.includes(piece.slice(1))
      ? h(
          'button',
          {
            type: 'button',
            class: 'command',
            onclick: () => document.dispatchEvent(new CustomEvent('command', { detail: piece })),
          },
          piece,
        )
      : piece,
  );
}

function inline(text) {
  return text.flatMap((part) => {
    if (typeof part === 'string') return commands(part);
    switch (part.kind) {
      case 'bold':
      case 'mention':
        return h('b', {}, part.text);
      case 'italic':
        return h('i', {}, part.text);
      case 'code':
        return h('code', {}, part.text);
      default:
        return /^https?:|^mailto:|^tel:/i.test(part.url)
          ? h('a', { href: part.url, target: '_blank', rel: 'noopener noreferrer' }, part.text)
          : part.text;
    }
  });
}

function block(part) {
  switch (part.kind) {
    case 'heading':
      return h('h3', {}, part.text);
    case 'text':
      return h('p', { class: 'text' }, ...inline(part.text));
    case 'note':
      return h('p', { class: 'text note' }, ...inline(part.text));
    case 'list':
      return h(
        part.ordered ? 'ol' : 'ul',
        { start: part.start ?? null },
        ...part.items.map((item) => h('li', {}, ...inline(item))),
      );
    case 'fields':
      return h(
        'dl',
        { class: 'fields' },
        ...part.rows.map(({ label, value }) =>
          h('div', {}, h('dt', {}, label), h('dd', {}, ...inline(value))),
        ),
      );
    case 'table':
      return table(part);
    case 'image':
      return picture(mediaAddress(part.media), part.alt);
    default:
      return file(mediaAddress(part.media), part.media.name, null);
  }
}

const mediaAddress = ({ sha256, name }) => `media/${sha256}?name=${encodeURIComponent(name)}`;

function table({ columns, rows }) {
  const titled = columns.some(({ title }) => title !== '');
  return h(
    'div',
    { class: 'table', tabindex: '0' },
    h(
      'table',
      {},
      titled &&
        h(
          'thead',
          {},
          h('tr', {}, ...columns.map((c) => h('th', { scope: 'col', class: c.align }, c.title))),
        ),
      h(
        'tbody',
        {},
        ...rows.map((row) =>
          h('tr', {}, ...columns.map((c, i) => h('td', { class: c.align }, row[i] ?? ''))),
        ),
      ),
    ),
  );
}

function picture(address, alt) {
  return h(
    'button',
    {
      type: 'button',
      class: 'picture',
      onclick: () => {
        find('viewer-picture').src = address;
        find('viewer-picture').alt = alt;
        find('viewer').showModal();
      },
    },
    h('img', { src: address, alt, loading: 'lazy' }),
  );
}

const file = (address, name, size) =>
  h(
    'a',
    { class: 'file', href: address, download: name },
    h(
      'span',
      { class: 'file-kind', 'aria-hidden': 'true' },
      (/\.(\w{1,4})$/.exec(name)?.[1] ?? '—').toUpperCase(),
    ),
    h(
      'span',
      {},
      h('span', { class: 'file-name' }, name),
      size !== null && h('small', {}, bytes(size)),
    ),
  );

const bytes = (size) =>
  size < 1024
    ? `${size} B`
    : size < 1024 ** 2
      ? `${Math.round(size / 1024)} KB`
      : `${(size / 1024 ** 2).toFixed(1)} MB`;

function keyboard({ body, id, ...entry }, on) {
  if (body.kind !== 'page') return [];
  const { buttons = [], contactRequest } = body.page;
  const rows = buttons.map((row) =>
    h(
      'div',
      { class: 'keys-row' },
      ...row.map((button) =>
        h(
          'button',
          {
            type: 'button',
            class: `key ${button.tone ?? ''}`,
            'data-action': button.action,
            onclick: (event) => on.press({ id, body, ...entry }, button, event.currentTarget),
          },
          button.label,
        ),
      ),
    ),
  );
  if (contactRequest)
    rows.push(
      h(
        'div',
        { class: 'keys-row' },
        h(
          'button',
          { type: 'button', class: 'key', onclick: () => on.contact() },
          contactRequest.label,
        ),
      ),
    );
  return rows.length > 0 ? [h('div', { class: 'keyboard' }, ...rows)] : [];
}
