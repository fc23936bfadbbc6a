// The page: reads the address, loads what it asks for, and keeps every part in step with the state.

import { drawBrush } from './brush.js';
import { loadDiff, wireChanges } from './changes.js';
import { chart, load, total, undated } from './chart.js';
import { $, $$, paused, say, turnTheme } from './dom.js';
import { fit, remember, render } from './draw.js';
import { openLists, showCounts, showDates, showFilters, wireFilters } from './filters.js';
import { zoom } from './gestures.js';
import { allDates, empty, notice, summarise } from './headline.js';
import { wireKeys } from './keys.js';
import { showLinks } from './links.js';
import { findNews } from './news.js';
import { showOrigin } from './origin.js';
import { showNeighbours, showPanel } from './panel.js';
import { isPlaying, loadChanges, showReplay, wireReplay } from './replay.js';
import { loadScope } from './scope.js';
import { showShare, wireShare } from './share.js';
import { ASKING, change, onChange, read, state } from './state.js';
import { loadTable, markSelected, wireTable } from './table.js';

const root = document.documentElement;
let runs = 0;

/**
 * Loads what the state asks for and draws it: the chart first, since it is looked at first, then all that stands around
 * it, while the chart is drawn. Says so where that takes long or fails. Of several runs only the newest goes on.
 */
async function reload() {
  const run = ++runs;
  const slow = setTimeout(() => { $('#progress').hidden = false; }, 150);
  try {
    await load();
    if (run === runs) await Promise.all([drawn(), loadScope(openLists()), VIEWS[view()]?.(), loadChanges()]);
  } catch (failure) {
    if (run === runs && failure.name !== 'AbortError') refused(failure);
    return;
  } finally {
    clearTimeout(slow);
    if (run === runs) $('#progress').hidden = true;
  }
  if (run === runs) settled();
}

function refused(failure) {
  if (!failure.title) throw failure;
  notice('The timeline could not be loaded', failure.message, [['Try again', reload], ['Start over', () => { location.href = '/'; }]]);
  ready();
}

function settled() {
  showDates(chart.meta);
  showCounts();
  drawBrush();
  summarise();
  showNeighbours();
  showOrigin();
  if (view() === 'changes' || total() || undated().length) notice(null);
  else empty();
  ready();
}

/** Tests, and whoever waits for the page, look at this. */
function ready() {
  root.dataset.ready = String(Number(root.dataset.ready ?? 0) + 1);
}

async function drawn() {
  findNews();
  await render();
}

/** What each view but the chart loads besides. */
const VIEWS = { table: loadTable, changes: loadDiff };
const view = () => (state.view in VIEWS ? state.view : 'chart');
const reloadSoon = paused(110, reload);

/** Everything that follows from the state without asking the server. */
function show() {
  showFilters();
  showReplay();
  showShare();
  showLinks();
  $('#lanes').value = state.lanes ?? 'country';
  root.dataset.view = view();
  for (const button of $$('[data-as]')) button.setAttribute('aria-pressed', button.dataset.as === view());
}

const DRAGGED = ['from', 'to'];

function changed(names) {
  show();
  const asking = ASKING.filter((name) => names.has(name));
  if (asking.length && asking.every((name) => DRAGGED.includes(name))) {
    if (chart.meta) drawBrush();
    reloadSoon();
  } else if (asking.length) reload();
  if (names.has('action')) {
    render();
    markSelected();
  }
  if (names.has('action')) open(!chart.byKey);
  else if (state.action && names.has('as_of') && !isPlaying()) open(false);
}

/** The panel takes the keyboard, unless it only follows the marks that the arrow keys walk along. */
async function open(focus) {
  const walked = chart.byKey;
  chart.byKey = false;
  if (walked && $('#panel').hidden) return;
  await showPanel(focus);
  fit(reload);
}

function wireTools() {
  $('#zoom-in').addEventListener('click', () => zoom(0.6));
  $('#zoom-out').addEventListener('click', () => zoom(1.6));
  $('#zoom-all').addEventListener('click', allDates);
  for (const button of $$('[data-as]')) button.addEventListener('click', () => change({ view: button.dataset.as in VIEWS ? button.dataset.as : null }));
  $('#lanes').addEventListener('change', ({ target }) => change({ lanes: target.value === 'country' ? null : target.value, most: null }));
  $('#theme').addEventListener('click', () => { turnTheme(); reload(); });
  addEventListener('resize', () => fit(reload));
  addEventListener('online', reload);
  addEventListener('offline', () => say('There is no connection to the network.'));
}

async function begin() {
  read();
  wireFilters();
  wireTable();
  wireReplay();
  wireShare();
  wireChanges();
  wireTools();
  wireKeys(() => showPanel(true).then(() => fit(reload)));
  onChange(changed);
  show();
  remember();
  if (state.action) await showPanel(false);
  remember();
  await reload();
}

begin();
