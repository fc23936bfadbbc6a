// The pages beside the timeline. The server draws a page anew for every state of the address; this takes in what it
// drew, keeps the figures in place, and keeps the bars around it in step.

import { askPage, newest } from './api.js';
import { $, $$, el, paused, say, turnTheme } from './dom.js';
import { drawFigures } from './figures.js';
import { openLists, showCounts, showDates, showFilters, wireFilters } from './filters.js';
import { showLinks } from './links.js';
import { showOrigin } from './origin.js';
import { copyLink } from './pin.js';
import { isPlaying, loadChanges, showReplay, wireReplay } from './replay.js';
import { loadScope } from './scope.js';
import { wireShortcuts } from './shortcuts.js';
import { onChange, read } from './state.js';
import { wireText } from './text.js';

const root = document.documentElement;
const signal = newest();
const hasFilters = Boolean($('#filters'));

/** Runs a load, and says so where it takes long or fails; tests, and whoever waits for the page, look at `data-ready`. */
async function busy(load) {
  const slow = setTimeout(() => { $('#progress').hidden = false; }, 150);
  try {
    await load();
    notice(null);
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    if (!failure.title) throw failure;
    notice(failure);
  } finally {
    clearTimeout(slow);
  }
  $('#progress').hidden = true;
  root.dataset.ready = String(Number(root.dataset.ready ?? 0) + 1);
}

function notice(failure) {
  const node = $('#notice');
  node.hidden = !failure;
  if (!failure) return;
  const again = el('button', { type: 'button', className: 'ghost', textContent: 'Try again', onclick: reload });
  node.replaceChildren(el('h2', { textContent: 'The page could not be loaded' }), el('p', { textContent: failure.message }), el('div', { className: 'row' }, again));
}

async function follow() {
  take(await askPage(location.pathname + location.search, signal()));
  if (!isPlaying()) say($('#summary, [data-headline]').textContent.replace(/\s+/g, ' ').trim());
  await around();
}

/** What stands around and in the page that the server drew. */
async function around() {
  wireText();
  await Promise.all([drawFigures(), hasFilters && loadScope(openLists()).then(() => { showCounts(); showOrigin(); }), loadChanges()]);
}

/** Puts the content of another state in place of this one; figures, what is unfolded, and the keyboard stay. */
function take(page) {
  const [main, fresh] = [$('#main'), $('#main', page)];
  const focused = main.contains(document.activeElement) ? document.activeElement : null;
  for (const figure of $$('.figure', fresh)) {
    const old = document.getElementById(figure.id);
    if (!old) continue;
    old.dataset.src = figure.dataset.src;
    figure.replaceWith(old);
  }
  for (const field of $$('input[id]', main)) $(`#${field.id}`, fresh)?.setAttribute('value', field.value);
  for (const fold of $$('details', main)) if (fold.open && fold.id) $(`#${fold.id}`, fresh)?.setAttribute('open', '');
  document.title = page.title;
  main.className = fresh.className;
  main.replaceChildren(...fresh.childNodes);
  if (focused && !focused.isConnected) same(focused, main)?.focus({ preventScroll: true });
}

const same = (node, within) => (node.id ? $(`#${node.id}`, within) : $$(node.tagName, within).find((one) => one.textContent === node.textContent));

const reload = () => busy(follow);

function show() {
  if (hasFilters) {
    showFilters();
    showDates({ first: '', last: '' });
  }
  showReplay();
  showLinks();
}

function wire() {
  if (hasFilters) wireFilters();
  wireReplay();
  wireShortcuts();
  $('#share').addEventListener('click', copyLink);
  $('#theme').addEventListener('click', () => { turnTheme(); busy(drawFigures); });
  addEventListener('resize', paused(120, () => busy(drawFigures)));
  addEventListener('online', reload);
  addEventListener('offline', () => say('There is no connection to the network.'));
}

read();
wire();
onChange(() => { show(); reload(); });
show();
busy(around);
