/** Elements without markup: whatever a person typed only ever becomes text. */

export const find = (id) => document.getElementById(id);

/** `h('p', {class: 'x', onclick: …}, 'text', child)`; false and null children are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** Letters without marks, for searching. */
export const fold = (text) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();

/** Given name and the one before it: people are known by their last word. */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  return words
    .slice(-2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

let toastTimer = null;
export function toast(text, tone = 'plain') {
  const box = find('toasts');
  const line = h('p', { class: `toast ${tone}` }, text);
  box.replaceChildren(line);
  // Placed in the top layer, so that it is also seen over a dialog.
  box.popover ??= 'manual';
  if (box.showPopover && !box.matches(':popover-open')) box.showPopover();
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    box.replaceChildren();
    if (box.hidePopover && box.matches(':popover-open')) box.hidePopover();
  }, 6000);
}
