import { getLanguage } from './text.js';

/** What the server said no to; `code` has a sentence in text.js. */
export class Refused extends Error {
  constructor(code, status) {
    super(code);
    this.code = code;
    this.status = status;
  }
}

async function ask(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Refused('not-taken', 0);
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? 'other', response.status);
  return answer;
}

const post = (path, body) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Repeats what was not taken, the same delivery again, so that nothing is done twice. */
async function persist(work) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = error.status === 0 || error.status === 503;
      if (!mayPass || attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 400 * attempt));
    }
  }
}

// One after the other, so that what a person does arrives in its order.
let last = Promise.resolve();
function inOrder(work) {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}

export const newDelivery = () => crypto.randomUUID();
export const getState = () => ask('api/state');
export const getChat = (chat) => ask(`api/chats/${encodeURIComponent(chat)}`);

/** @returns {Promise<{toast?: string}>} */
export const act = (action) => {
  const body = { delivery: newDelivery(), language: getLanguage(), ...action };
  return inOrder(() => persist(() => post('api/events', body)));
};

export const upload = (file, about) => {
  const query = new URLSearchParams({
    delivery: newDelivery(),
    language: getLanguage(),
    name: file.name || 'tep',
    ...about,
  });
  return inOrder(() =>
    persist(() =>
      ask(`api/files?${query}`, {
        method: 'POST',
        headers: { 'content-type': file.type || 'application/octet-stream' },
        body: file,
      }),
    ),
  );
};

export const makeAccount = (name, phone) => post('api/accounts', { name, phone });
export const makeRoom = (user, title) =>
  post('api/rooms', { delivery: newDelivery(), language: getLanguage(), user, title });
export const moveClock = (to) => post('api/clock', { to });

/** Calls back for everything that happens; `onUp` whenever the line stands. */
export function listen(on) {
  const { onEntry, onPeople, onClock, onUp, onDown } = on;
  const source = new EventSource('api/live');
  source.addEventListener('open', onUp);
  source.addEventListener('error', () => {
    onDown();
    // A refusal, as from a server that is still starting, ends a source for good.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(on), 1500);
  });
  source.addEventListener('entry', (event) => onEntry(JSON.parse(event.data)));
  source.addEventListener('people', onPeople);
  source.addEventListener('clock', (event) => onClock(JSON.parse(event.data).now));
}
