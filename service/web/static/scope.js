// What there is at the moment shown: counts for the chips and the lists, bins for the overview, who published it.
// All of it is counted by the server, so that a million actions are as little work for the page as ten.

import { ask, newest } from './api.js';
import { DAY, toMs } from './format.js';
import { about, clocks, dates, filters, joined, state } from './state.js';

const MOST_BINS = 400;
const LENGTHS = { day: 1, week: 7, month: 30, year: 365 };
const signal = newest();

const CHIPS = ['kind', 'status', 'outcome'];

/** `extent` and `ever` are of all that is known now, whatever moment is shown: so nothing jumps while the past is replayed. */
export const scope = { counts: {}, bins: [], extent: null, ever: {}, publishers: [], held: null, asOf: null, position: null };

/** Asks for the counts of the present state: those on the chips, and those in the lists that are open. */
export async function loadScope(lists) {
  const stop = signal();
  const names = [...CHIPS, ...lists];
  const [found] = await Promise.all([Promise.all(names.map((name) => loadCounts(name, stop))), loadExtent(stop)]);
  scope.counts = Object.fromEntries(names.map((name, n) => [name, found[n]]));
  scope.bins = scope.extent ? await loadBins(joined(filters(), clocks()), stop) : [];
}

/** The counts of a list that was opened, and all values it has. */
export async function loadList(name) {
  scope.counts[name] = await loadCounts(name);
  scope.ever[name] ??= await group(name, held());
}

const held = () => joined(about(), state.position ? { position: state.position } : {});

/** Each value of a filter is counted as if it alone were chosen there, so without what is chosen there. */
async function loadCounts(name, stop) {
  const asked = joined(filters(name), dates(), clocks());
  const { body } = await ask('/api/counts', joined(asked, { group_by: name }), stop);
  Object.assign(scope, { asOf: body.as_of, position: body.position });
  return ranked(body.results);
}

const group = async (name, asked, stop) => ranked((await ask('/api/counts', joined(asked, { group_by: name }), stop)).body.results);
const ranked = (rows) => new Map(rows.sort((one, other) => other.count - one.count).map((row) => [row.group, row.count]));

/** The first and the last day of all, all kinds there are, and who published them; once for each position. */
async function loadExtent(stop) {
  const position = held();
  if (scope.held === String(position)) return;
  const at = (sort) => ask('/api/timeline', joined(position, { limit: '1', sort }), stop);
  const [kind, publishers, { body: first }, { body: last }] = await Promise.all([
    group('kind', position, stop), group('publisher', position, stop), at('date'), at('-date'),
  ]);
  Object.assign(scope, { held: String(position), ever: { kind }, publishers: [...publishers.keys()] });
  scope.extent = extentOf([...first.results, ...last.results].map((action) => action.occurred));
}

function extentOf(found) {
  const days = found.flatMap(({ earliest, latest }) => [earliest, latest]).filter(Boolean).map(toMs);
  return days.length ? { low: Math.min(...days), high: Math.max(...days) + DAY } : null;
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
export const present = (name) => new Set([...counts(name).keys(), ...(scope.ever[name]?.keys() ?? [])]);
