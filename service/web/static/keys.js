// The keyboard. Keys that a field needs for itself are left to it.

import { chart, shown } from './chart.js';
import { $, say } from './dom.js';
import { render } from './draw.js';
import { pan, setWindow, zoom } from './gestures.js';
import { done, wireShortcuts } from './shortcuts.js';
import { change, state } from './state.js';

export function wireKeys(openPanel) {
  $('#chart').addEventListener('keydown', (event) => onChart(event, openPanel));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.action && !event.target.closest('dialog')) change({ action: null });
  });
  wireShortcuts({ t: turn('table'), c: turn('changes') });
}

const turn = (view) => () => change({ view: state.view === view ? null : view });

function onChart(event, openPanel) {
  if (event.target.id !== 'chart' || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    ArrowRight: () => along(1), ArrowLeft: () => along(-1), ArrowDown: () => across(1), ArrowUp: () => across(-1),
    Enter: () => enter(openPanel), '+': () => zoom(0.7), '=': () => zoom(0.7), '-': () => zoom(1.4),
    PageUp: () => pan(-0.5), PageDown: () => pan(0.5),
  }[event.key];
  if (act) done(event, act);
}

/** The mark or the cell that the keys have come to. */
const isHere = (one) => one.id === (state.action ?? chart.cell);

const inWindow = () => {
  const [low, high] = shown();
  return chart.marks.filter((one) => one.x >= low && one.x <= high);
};

function along(step) {
  const lane = chart.lane ?? chart.meta.lanes[0]?.key;
  const row = inWindow().filter((one) => one.lane === lane);
  const here = row.findIndex(isHere);
  choose(row[here < 0 ? 0 : Math.min(row.length - 1, Math.max(0, here + step))]);
}

/** To the mark nearest in time in the next lane that has any. */
function across(step) {
  const found = inWindow();
  const lanes = chart.meta.lanes.map((lane) => lane.key).filter((key) => found.some((one) => one.lane === key));
  const here = lanes.indexOf(chart.lane ?? lanes[0]);
  const next = lanes[Math.min(lanes.length - 1, Math.max(0, here + step))];
  const x = found.find(isHere)?.x ?? 0;
  choose(found.filter((one) => one.lane === next).sort((one, other) => Math.abs(one.x - x) - Math.abs(other.x - x))[0]);
}

function choose(one) {
  if (!one) return;
  chart.lane = one.lane;
  chart.cell = one.opens ? one.id : null;
  if (one.opens) return chooseCell(one);
  chart.byKey = true;
  change({ action: one.id }, { keep: false });
  const action = chart.meta.actions.find((other) => other.id === one.id);
  const lane = chart.meta.lanes.find((other) => other.key === one.lane);
  if (action) say(`${action.title}, ${action.when}, ${action.look}. ${lane?.name ?? ''}`);
}

/** A cell is outlined and read out; Enter opens its days. */
function chooseCell(one) {
  if (state.action) change({ action: null }, { keep: false });
  render();
  say(one.text.replace(/<br>/g, '. ').replace(/<[^>]+>/g, ''));
}

function enter(openPanel) {
  const cell = chart.marks.find((one) => one.opens && one.id === chart.cell);
  chart.cell = null;
  if (cell) setWindow(...cell.opens, { keep: true });
  else openPanel();
}
