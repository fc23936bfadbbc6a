// What the chart shows: the question that the state asks, the figure that answers it, and what of it was known when.

import { ask, newest } from './api.js';
import { $, theme } from './dom.js';
import { DAY, toDay, toMs } from './format.js';
import { clocks, filters, joined, state } from './state.js';

const plot = () => $('#plot');
const signal = newest();

/**
 * `holds` is the question that the figure answers, whatever the moment; `isWhole`, whether it has every version, to be
 * sliced here. `fresh` are the actions that are new at the moment shown, `since` when that began, in milliseconds.
 */
export const chart = { figure: null, meta: null, marks: [], lane: null, cell: null, fresh: new Set(), since: Infinity, holds: null, isWhole: false };

/** The window shown, in milliseconds: of the address, else as the server chose it. */
export function shown() {
  const first = state.from ?? chart.meta?.first;
  const last = state.to ?? chart.meta?.last;
  return first && last ? [toMs(first), toMs(last) + DAY] : null;
}

/**
 * Asks for the figure of the present state, with the versions of all time; where the past is shown and they are here,
 * they do. Of too many the server counts those known at the moment, in the lanes that they have at any.
 */
export async function load() {
  const asked = question();
  const held = joined(asked);
  held.delete('as_of');
  if (state.as_of && chart.isWhole && chart.holds === String(held)) return;
  const { body } = await ask('/api/charts/timeline', asked, signal());
  chart.figure = body;
  chart.meta = body.layout.meta;
  chart.holds = String(held);
  chart.isWhole = 'moment' in chart.meta && !chart.meta.truncated;
}

function question() {
  const asked = joined(filters(), clocks(), { versions: 'true', theme: theme(), width: String(width()) });
  if (state.lanes) asked.set('lanes', state.lanes);
  if (state.most) asked.set('most', state.most);
  const [low, high] = [state.from, state.to].map((day) => day && toMs(day));
  const more = low && high && state.date_match !== 'within' ? Math.max(2 * DAY, Math.round((high - low) / DAY / 2) * DAY) : 0;
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

/** The moment that the chart shows: now is when the server answered. */
export const momentDrawn = () => (state.as_of ? momentShown() : chart.meta.moment);

/** A figure of one moment has only what was known at it; of all versions, these are told apart here. */
const isKnown = (one, moment = momentDrawn()) => !chart.isWhole || (one.kf <= moment && moment < one.kt);

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
