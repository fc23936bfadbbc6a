// What there is at the moment shown: counts for the chips and the lists, bins for the overview, who published it.
// All of it is counted by the server, so that a million actions are as little work for the page as ten.

import { ask, newest } from './api.js';
import { DAY, toMs } from './format.js';
import { MANY, clocks, dates, filters, joined, state } from './state.js';

const MOST_BINS = 400;
const LENGTHS = { day: 1, week: 7, month: 30, year: 365 };
const signal = newest();

/** `extent` and `ever` are of all that is known now, whatever moment is shown: so nothing jumps while the past is replayed. */
export const scope = { counts: {}, bins: [], extent: null, ever: null, publishers: [], asOf: null, position: null };

/** Asks for the counts of the present state. */
export async function loadScope() {
  const stop = signal();
  const asked = joined(filters(), clocks());
  await loadExtent(stop);
  const [found, bins] = await Promise.all([loadCounts(stop), scope.extent ? loadBins(asked, stop) : []]);
  Object.assign(scope, found, { bins });
}

/** The first and the last day of all, and all values there are; asked for once for each position. */
async function loadExtent(stop) {
  const position = new URLSearchParams(state.position ? { position: state.position } : {});
  if (scope.ever?.position === String(position)) return;
  const at = (sort) => ask('/api/timeline', joined(position, { limit: '1', sort }), stop);
  const [{ body: all }, { body: first }, { body: last }] = await Promise.all([ask('/api/facets', position, stop), at('date'), at('-date')]);
  scope.ever = { position: String(position), values: values(all.results) };
  scope.extent = extentOf([...first.results, ...last.results].map((action) => action.occurred));
}

function extentOf(found) {
  const days = found.flatMap(({ earliest, latest }) => [earliest, latest]).filter(Boolean).map(toMs);
  return days.length ? { low: Math.min(...days), high: Math.max(...days) + DAY } : null;
}

const values = (facets) => Object.fromEntries(Object.entries(facets).map(([name, rows]) => [name, new Map(rows.map((row) => [row.key, row.count]))]));

/** A value is counted as if it alone were chosen in its own filter: that needs a question for each filter that is set. */
async function loadCounts(stop) {
  const set = MANY.filter((name) => state[name].length);
  const facets = (...without) => ask('/api/facets', joined(filters(...without), dates(), clocks()), stop);
  const [{ body }, ...others] = await Promise.all([facets(), ...set.map((name) => facets(name))]);
  const counts = values(body.results);
  set.forEach((name, n) => { counts[name] = values(others[n].body.results)[name]; });
  return { counts, publishers: [...counts.publisher.keys()], asOf: body.as_of, position: body.position };
}

async function loadBins(asked, stop) {
  const days = (scope.extent.high - scope.extent.low) / DAY;
  const interval = Object.keys(LENGTHS).find((name) => days / LENGTHS[name] <= MOST_BINS) ?? 'year';
  const { body } = await ask('/api/counts', joined(asked, { interval }), stop);
  return body.results.filter((row) => row.period).map((row) => ({ ...span(row.period, interval), count: row.count }));
}

/** A period as the API names it, in milliseconds. */
function span(period, interval) {
  if (interval === 'week') {
    const fourth = toMs(`${period.slice(0, 4)}-01-04`);
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + (Number(period.slice(6)) - 1) * 7 * DAY;
    return { low: monday, high: monday + 7 * DAY };
  }
  const low = toMs({ day: period, month: `${period}-01`, year: `${period}-01-01` }[interval]);
  return { low, high: low + LENGTHS[interval] * DAY };
}

/** How often each value of a filter would be found if it alone were chosen there; most frequent first. */
export const counts = (name) => scope.counts[name] ?? new Map();

/** Every value of a filter that there is at all, now or at the moment shown. */
export const present = (name) => new Set([...counts(name).keys(), ...(scope.ever?.values[name]?.keys() ?? [])]);
