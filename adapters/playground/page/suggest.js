import { find, h } from './dom.js';
import { store } from './store.js';
import { getLanguage } from './text.js';

/** Commands that fit what is typed, under the rules of an ARIA combobox. */
let chosen = -1;
let options = [];

const box = () => find('suggest');
const input = () => find('composer-text');
export const suggesting = () => !box().hidden;

export function hideSuggestions() {
  box().hidden = true;
  chosen = -1;
  input().setAttribute('aria-expanded', 'false');
  input().removeAttribute('aria-activedescendant');
}

/** @param {(command: string) => void} take */
export function suggest(take, force = false) {
  const typed = input().value;
  const asked = /^\/(\w*)$/.exec(typed)?.[1]?.toLowerCase() ?? (force && typed === '' ? '' : null);
  const fitting =
    asked === null
      ? []
      : store.commands[getLanguage()].filter(({ command }) => command.startsWith(asked));
  if (fitting.length === 0) {
    hideSuggestions();
    return;
  }
  options = fitting.map(({ command, description }, i) =>
    h(
      'div',
      {
        role: 'option',
        id: `suggest-${i}`,
        'aria-selected': 'false',
        // Before the text box loses the focus.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => take(command),
      },
      h('b', {}, `/${command}`),
      h('span', {}, description),
    ),
  );
  box().replaceChildren(...options);
  box().hidden = false;
  input().setAttribute('aria-expanded', 'true');
  choose(0);
}

function choose(index) {
  chosen = (index + options.length) % options.length;
  options.forEach((option, i) => {
    option.setAttribute('aria-selected', String(i === chosen));
  });
  options[chosen].scrollIntoView({ block: 'nearest' });
  input().setAttribute('aria-activedescendant', `suggest-${chosen}`);
}

/** Whether the key was about the suggestions and is done with. */
export function suggestKey(key) {
  if (!suggesting()) return false;
  if (key === 'ArrowDown') choose(chosen + 1);
  else if (key === 'ArrowUp') choose(chosen - 1);
  else if (key === 'Tab' || key === 'Enter') options[chosen].click();
  else if (key === 'Escape') hideSuggestions();
  else return false;
  return true;
}
