import { moveClock } from './api.js';
import { find, toast } from './dom.js';
import { dayName, t } from './text.js';

/**
 * The campaign's clock as the page reads it. All reckoning is in wall-clock time of the campaign's
 * zone, kept in a Date as if it were UTC; the server turns it into an instant.
 */
let base = null;
let zone = '';
let since = 0;
let today = '';

export function setClock(now) {
  base = Date.parse(`${now.slice(0, 19)}Z`);
  zone = /\[([^\]]+)\]$/.exec(now)?.[1] ?? '';
  since = performance.now();
  drawClock();
}

const wall = () => (base === null ? null : new Date(base + performance.now() - since));
const two = (n) => String(n).padStart(2, '0');
const timeOf = (at) => `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
export const dateOf = (at) =>
  `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
const dayOf = (at) => `${dayName(at.getUTCDay())}, ${dateOf(at)}`;

/** ISO date of a day some days before the campaign's today. */
export function dayBefore(days) {
  const at = wall();
  if (!at) return '';
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

const atHour = (at, days, hour) =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days, hour));
const tomorrow = (at) => atHour(at, 1, 8);
/** When the results and the digests of Monday morning have gone out. */
const MONDAY_HOUR = 9;
/** Always a Monday to come: from a Monday before that hour, that very morning. */
function monday(at) {
  const days = (8 - at.getUTCDay()) % 7;
  const next = atHour(at, days, MONDAY_HOUR);
  return next > at ? next : atHour(at, 7, MONDAY_HOUR);
}

export function drawClock() {
  const at = wall();
  if (!at) return;
  find('clock-chip-time').textContent = `${timeOf(at)} ${dateOf(at).slice(0, 5)}`;
  find('clock-chip').setAttribute('aria-label', `${t('clock')}: ${timeOf(at)}, ${dayOf(at)}`);
  find('now-time').textContent = timeOf(at);
  find('now-day').textContent = dayOf(at);
  find('now-zone').textContent = zone.replaceAll('_', ' ');
  find('jump-tomorrow-day').textContent = dayOf(tomorrow(at));
  find('jump-monday-day').textContent = dateOf(monday(at));
  if (today !== dayBefore(0)) {
    today = dayBefore(0);
    document.dispatchEvent(new Event('day'));
  }
  const earliest = new Date(at.getTime() + 60_000).toISOString().slice(0, 16);
  find('jump-to').min = earliest;
  if (find('jump-to').value === '') find('jump-to').value = tomorrow(at).toISOString().slice(0, 16);
}

async function jump(to) {
  try {
    const { now } = await moveClock(to.toISOString().slice(0, 19));
    setClock(now);
    find('jump-to').value = '';
    drawClock();
    toast(t('moved', { time: `${timeOf(to)} ${dateOf(to)}` }));
  } catch (error) {
    toast(t(`error_${error.code}`), 'bad');
  }
}

export function wireClock() {
  find('jump-hour').addEventListener('click', () => jump(new Date(wall().getTime() + 3_600_000)));
  find('jump-tomorrow').addEventListener('click', () => jump(tomorrow(wall())));
  find('jump-monday').addEventListener('click', () => jump(monday(wall())));
  find('jump-form').addEventListener('submit', (event) => {
    event.preventDefault();
    jump(new Date(`${find('jump-to').value}Z`));
  });
  setInterval(drawClock, 1000);
  const chip = find('clock-chip');
  const show = (on) => {
    document.body.classList.toggle('panel-open', on);
    chip.setAttribute('aria-expanded', String(on));
    if (on) find('jump-hour').focus();
    else chip.focus();
  };
  chip.addEventListener('click', () => show(!document.body.classList.contains('panel-open')));
  find('panel-close').addEventListener('click', () => show(false));
  find('panel').addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.body.classList.contains('panel-open')) show(false);
  });
}

/** Heading over a day's messages. */
export function dayHeading(iso) {
  if (iso === dayBefore(0)) return t('today');
  if (iso === dayBefore(1)) return t('yesterday');
  const at = new Date(`${iso}T00:00:00Z`);
  return dayOf(at);
}
