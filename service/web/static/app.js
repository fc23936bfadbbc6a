// The page: reads the address, loads what it asks for, and keeps every part in step with the state.

import { drawBrush } from './brush.js';
import { loadDiff, wireChanges } from './changes.js';
import { chart, known, load, total, undated } from './chart.js';
import { $, $$, paused, say, turnTheme } from './dom.js';
import { fit, remember, render } from './draw.js';
import { openLists, showCounts, showDates, showFilters, wireFilters } from './filters.js';
import { DAY } from './format.js';
import { zoom } from './gestures.js';
import { allDates, empty, notice, summarise } from './headline.js';
import { wireKeys } from './keys.js';
import { showLinks } from './links.js';
import { showOrigin } from './origin.js';
import { showNeighbours, showPanel } from './panel.js';
import { day, isPlaying, loadChanges, showNews, showReplay, wireReplay } from './replay.js';
import { loadScope } from './scope.js';
import { showShare, wireShare } from './share.js';
import { change, onChange, read, state } from './state.js';
import { loadTable, markSelected, wireTable } from './table.js';

const root = document.documentElement;
let before = null;

/** Runs the loads of a change, and says so where they take long or fail. */
async function busy(...loads) {
  const slow = setTimeout(() => { $('#progress').hidden = false; }, 150);
  const results = await Promise.allSettled(loads.map((one) => one()));
  clearTimeout(slow);
  const failed = results.map((one) => one.reason).filter(Boolean);
  if (failed.some((reason) => reason.name === 'AbortError')) return;
  $('#progress').hidden = true;
  if (failed.length) refused(failed[0]);
  else settled();
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

/** What became known since the moment shown before. */
function news() {
  Object.assign(chart, { fresh: new Set(), since: Infinity });
  if (!state.as_of || !chart.meta) return;
  const here = day() + DAY;
  const since = before !== null && before < day() && day() - before < 40 * DAY ? before + DAY : day();
  const fresh = [...known(), ...undated()].filter((one) => one.kf >= since && one.kf < here);
  Object.assign(chart, { fresh: new Set(fresh.map((one) => one.id)), since });
  showNews([...new Map(fresh.map((one) => [one.id, one])).values()]);
}

async function loadChart() {
  await load();
  news();
  before = day();
  await render();
}

/** What each view but the chart loads besides. */
const VIEWS = { table: loadTable, changes: loadDiff };
const view = () => (state.view in VIEWS ? state.view : 'chart');
const reload = () => busy(loadChart, () => loadScope(openLists()), loadChanges, ...(VIEWS[view()] ? [VIEWS[view()]] : []));
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

const ASKING = ['country', 'kind', 'status', 'outcome', 'topic', 'organisation', 'person', 'party', 'q', 'from', 'to', 'as_of', 'position', 'lanes', 'most', 'view', 'since', 'sort'];
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
