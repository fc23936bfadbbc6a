// The pages beside the timeline. The server draws a page anew for every state of the address; this takes in what it
// drew, keeps the figures in place, and keeps the bars around it in step.

import { ask, askPage, newest } from './api.js';
import { $, $$, el, paused, say, turnTheme } from './dom.js';
import { drawFigures } from './figures.js';
import { openLists, showCounts, showDates, showFilters, wireFilters } from './filters.js';
import { DAY, toDay } from './format.js';
import { showLinks } from './links.js';
import { showOrigin } from './origin.js';
import { copyLink } from './pin.js';
import { scheduler } from './plot.js';
import { day, isPlaying, loadChanges, showNews, showReplay, wireReplay } from './replay.js';
import { loadScope, scope } from './scope.js';
import { wireShortcuts } from './shortcuts.js';
import { joined, ofChanges, onChange, read, state } from './state.js';
import { wireText } from './text.js';

const root = document.documentElement;
const [signal, news] = [newest(), newest()];
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
  const { asOf, position } = $('#main').dataset;
  Object.assign(scope, { asOf, position });
  if (!asOf) await loadChanges().catch(() => {}); // a page that says why there is none has said it all
  else await Promise.all([drawFigures(), loadChanges(), state.as_of && loadNews(), hasFilters && loadCounts()]);
}

async function loadCounts() {
  await loadScope(openLists());
  showCounts();
  showOrigin();
}

/** What became known on the day shown, as the replay bar says it. */
async function loadNews() {
  const days = { from: toDay(day() - DAY), to: toDay(day()) };
  const { body } = await ask('/api/diff', joined(ofChanges(), days, { limit: '50' }), news());
  showNews([...new Map([...body.added, ...body.changed, ...body.withdrawn].map((one) => [one.id, one])).values()]);
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
  for (const name of ['asOf', 'position', 'scope', 'asked', 'wrong']) {
    if (name in fresh.dataset) main.dataset[name] = fresh.dataset[name];
    else delete main.dataset[name];
  }
  $('#origin-who').textContent = $('#origin-who', page).textContent;
  main.replaceChildren(...fresh.childNodes);
  if (focused && !focused.isConnected) same(focused, main)?.focus({ preventScroll: true });
}

const same = (node, within) => (node.id ? $(`#${node.id}`, within) : $$(node.tagName, within).find((one) => one.textContent === node.textContent));

/** One at a time, and of those that wait only the newest: a replay goes on where a step takes longer than its turn. */
const reload = scheduler(() => busy(follow));

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
