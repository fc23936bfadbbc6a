// What the chart shows: the question that the state asks, the figure that answers it, and what of it was known when.

import { ask, newest } from './api.js';
import { $, theme } from './dom.js';
import { DAY, toDay, toMs } from './format.js';
import { clocks, filters, joined, state } from './state.js';

const plot = () => $('#plot');
const signal = newest();

/** `holds` is the question that the figure answers; `isWhole`, whether it has every version, to be sliced here. */
export const chart = { figure: null, meta: null, marks: [], lane: null, cell: null, fresh: new Set(), holds: null, isWhole: false };
/** The question that was too much for one figure, and the days of what is known by now that it was answered with. */
let tooMuch = null;

/** The window shown, in milliseconds: of the address, else as the server chose it. */
export function shown() {
  const first = state.from ?? chart.meta?.first;
  const last = state.to ?? chart.meta?.last;
  return first && last ? [toMs(first), toMs(last) + DAY] : null;
}

/** Asks for the figure of the present state; where the past is shown and all versions are here, they do. */
export async function load() {
  const asked = question();
  const whole = joined(asked, { versions: 'true' });
  whole.delete('as_of');
  if (!state.as_of || tooMuch?.asked === String(whole)) await take(still(asked));
  else if (!chart.isWhole || chart.holds !== String(whole)) {
    await take(whole);
    if (!chart.isWhole) {
      tooMuch = { asked: String(whole), first: chart.meta.first, last: chart.meta.last };
      await take(still(asked));
    }
  }
}

/** A figure of one moment keeps to the days of them all, so that the lanes stand still while the past is replayed. */
function still(asked) {
  if (state.as_of) for (const edge of ['first', 'last']) if (!asked.has(edge)) asked.set(edge, tooMuch[edge]);
  return asked;
}

async function take(asked) {
  const { body } = await ask('/api/charts/timeline', asked, signal());
  chart.figure = body;
  chart.meta = body.layout.meta;
  chart.holds = String(asked);
  chart.isWhole = asked.has('versions') && !chart.meta.truncated && !chart.meta.lanes.some((lane) => lane.strip);
}

function question() {
  const asked = joined(filters(), clocks(), { theme: theme(), width: String(width()) });
  if (state.lanes) asked.set('lanes', state.lanes);
  if (state.most) asked.set('most', state.most);
  const [low, high] = [state.from, state.to].map((day) => day && toMs(day));
  const more = low && high ? Math.max(2 * DAY, Math.round((high - low) / DAY / 2) * DAY) : 0;
  for (const [name, edge, day] of [['from', 'first', low - more], ['to', 'last', high + more]]) {
    if (!state[name]) continue;
    asked.set(edge, state[name]);
    asked.set(name, Number.isNaN(day) ? state[name] : clipped(day));
  }
  return asked;
}

/** Of the picture; in the table view of what it would have. */
const width = () => Math.min(5000, Math.max(200, plot().clientWidth || $('#main').clientWidth - 40));

/** A day that the calendar has: four digits for the year. */
export const clipped = (moment) => toDay(Math.min(Math.max(moment, toMs('0001-01-01')), toMs('9999-12-31')));

/** The last millisecond of what is shown as known; Infinity where it is now. */
export function momentShown() {
  if (!state.as_of) return Infinity;
  return state.as_of.length === 10 ? toMs(state.as_of) + DAY - 1 : Date.parse(state.as_of);
}

/** Where knowledge ends and what was still to come begins, in milliseconds; null where it is now, or no day is named. */
export function boundary() {
  const moment = state.as_of ? Math.min(toMs(state.as_of.slice(0, 10)) + DAY, toMs('9999-12-31')) : NaN;
  return Number.isNaN(moment) ? null : moment;
}

/** A figure of one moment has only what was known at it; of all versions, these are told apart here. */
const isKnown = (one, moment = momentShown()) => !chart.isWhole || (one.kf <= moment && moment < one.kt);

/** The versions known at the moment shown, and those of them on the days shown. */
export const known = () => chart.meta.actions.filter((one) => isKnown(one));
export const undated = () => chart.meta.undated.filter((one) => isKnown(one));

/** How many of those known were still to come at the moment shown. */
export function ahead() {
  const next = toDay(boundary());
  return known().filter((one) => one.look === 'planned' && !one.open_start && one.first >= next).length;
}

/** How many actions there are on the days shown, as known at the moment shown. */
export function total() {
  if (!chart.isWhole) return chart.meta.total;
  const [first, last] = [state.from ?? chart.meta.first, state.to ?? chart.meta.last];
  return known().filter((one) => (one.open_start || one.first <= last) && (one.open_end || one.last >= first)).length;
}
