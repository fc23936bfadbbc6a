// The overview: how much there is over all dates, and the window shown, to be dragged, stretched or drawn anew.

import { shown } from './chart.js';
import { $, el } from './dom.js';
import { DAY, nice, toDay } from './format.js';
import { setWindow } from './gestures.js';
import { scope } from './scope.js';

const LEAST = 2 * DAY;
let range = null;
let drawn = null;

/** Draws the bins where they have changed, and the window. */
export function drawBrush() {
  range = scope.extent ?? windowOnly();
  const brush = $('#brush');
  brush.classList.toggle('bare', !range);
  if (!range) return;
  if (!$('.win', brush)) build(brush);
  if (drawn !== scope.bins) $('.bins', brush).setAttribute('d', bars(scope.bins));
  drawn = scope.bins;
  place(brush);
}

/** Where nothing is found, the brush still says which dates are shown. */
function windowOnly() {
  const window = shown();
  return window && { low: window[0], high: window[1] };
}

function bars(bins) {
  const most = bins.reduce((largest, { count }) => Math.max(largest, count), 1);
  const at = (moment) => ((moment - range.low) / (range.high - range.low)) * 1000;
  return bins.map(({ low, high, count }) => {
    const tall = Math.max(4, (34 * count) / most);
    return `M${at(low).toFixed(1)} 36v${-tall.toFixed(1)}h${Math.max(1.8, at(high) - at(low) - 0.6).toFixed(1)}v${tall.toFixed(1)}z`;
  }).join('');
}

function build(brush) {
  const handle = (side, label) => el('div', { className: 'h', 'data-side': side, role: 'slider', tabIndex: 0, 'aria-label': label });
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('viewBox', '0 0 1000 36');
  picture.setAttribute('preserveAspectRatio', 'none');
  picture.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('class', 'bins');
  picture.append(path);
  brush.replaceChildren(
    picture, el('div', { className: 'win' }), handle('low', 'First day shown'), handle('high', 'Last day shown'),
    el('span', { className: 'lbl' }), el('span', { className: 'lbl' }),
  );
  listen(brush);
}

function place(brush) {
  const window = shown();
  if (!window) return;
  const at = (moment) => Math.min(100, Math.max(0, ((moment - range.low) / (range.high - range.low)) * 100));
  const [left, right] = window.map(at);
  const win = $('.win', brush);
  win.style.left = `${left}%`;
  win.style.width = `${Math.max(0.5, right - left)}%`;
  const days = [window[0], window[1] - DAY];
  brush.querySelectorAll('.h').forEach((handle, n) => {
    handle.style.left = `${[left, right][n]}%`;
    const values = { now: days[n], min: range.low, max: range.high - DAY, text: nice(toDay(days[n])) };
    for (const [name, value] of Object.entries(values)) handle.setAttribute(`aria-value${name}`, value);
  });
  label(brush, left, right, days.map((day) => nice(toDay(day))));
}

function label(brush, left, right, [first, last]) {
  const [one, other] = brush.querySelectorAll('.lbl');
  const apart = ((right - left) / 100) * brush.clientWidth > 200;
  one.textContent = apart ? first : `${first} – ${last}`;
  other.textContent = apart ? last : '';
  const room = ((apart ? 42 : 90) / brush.clientWidth) * 100;
  const kept = (place) => `${Math.min(100 - room, Math.max(room, place))}%`;
  one.style.left = kept(apart ? left : (left + right) / 2);
  other.style.left = kept(right);
}

function listen(brush) {
  let drag = null;
  const moment = (event) => range.low + ((event.clientX - brush.getBoundingClientRect().left) / brush.clientWidth) * (range.high - range.low);
  brush.addEventListener('pointerdown', (event) => {
    if (event.button) return;
    const part = event.target.dataset.side ?? (event.target.className === 'win' ? 'all' : 'new');
    drag = { part, from: moment(event), window: shown() };
    brush.setPointerCapture(event.pointerId);
  });
  brush.addEventListener('pointermove', (event) => drag && move(drag, moment(event)));
  for (const name of ['pointerup', 'pointercancel']) brush.addEventListener(name, () => { drag = null; });
  brush.addEventListener('keydown', keys);
}

function move({ part, from, window: [low, high] }, to) {
  const by = Math.round((to - from) / DAY) * DAY;
  if (part === 'low') setWindow(Math.min(low + by, high - LEAST), high);
  else if (part === 'high') setWindow(low, Math.max(high + by, low + LEAST));
  else if (part === 'all') setWindow(low + by, high + by);
  else if (Math.abs(to - from) > DAY / 2) setWindow(Math.min(from, to), Math.max(from, to));
}

function keys(event) {
  const side = event.target.dataset.side;
  const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -7, PageUp: 7 }[event.key];
  if (!side || !step) return;
  event.preventDefault();
  event.stopPropagation();
  const [low, high] = shown();
  if (side === 'low') setWindow(Math.min(low + step * DAY, high - LEAST), high);
  else setWindow(low, Math.max(high + step * DAY, low + LEAST));
}
