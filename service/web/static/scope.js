// Everything known at the moment shown, whatever the filters: for the counts on the chips, the lists and the overview.
// Beyond MOST actions the counts are left out rather than wrong.

import { askAll, newest } from './api.js';
import { DAY, toMs } from './format.js';
import { MANY, clocks, joined, state } from './state.js';

const MOST = 2000;
const signal = newest();

export const scope = { actions: [], complete: false, asOf: null, position: null, key: null };

/** Asks again only where the moment or the search has changed. */
export async function loadScope() {
  const asked = joined(clocks(), state.q ? { q: state.q } : {});
  if (scope.key === String(asked)) return;
  const found = await askAll('/api/timeline', joined(asked, { limit: '500' }), MOST, signal());
  Object.assign(scope, { actions: found.results, complete: found.complete, asOf: found.asOf, position: found.position, key: String(asked) });
}

const OF = {
  country: (action) => action.participants.map((one) => one.country),
  organisation: (action) => action.participants.map((one) => one.organisation),
  person: (action) => action.participants.map((one) => one.person),
  kind: (action) => [action.kind],
  status: (action) => [action.status],
  outcome: (action) => [action.outcome],
  topic: (action) => action.topics,
};

const values = (name, action) => [...new Set(OF[name](action).filter(Boolean))];
const passes = (name, action) => !state[name].length || values(name, action).some((value) => state[name].includes(value));

/** The actions that pass all filters but one, within the dates shown unless `anyDate`. */
export function passing(but = null, anyDate = false) {
  return scope.actions.filter((action) => (anyDate || inDates(action)) && MANY.every((name) => name === but || passes(name, action)));
}

function inDates({ occurred: { earliest, latest } }) {
  if (!state.from && !state.to) return true;
  if (!earliest && !latest) return false;
  return (!state.from || !latest || latest >= state.from) && (!state.to || !earliest || earliest <= state.to);
}

/** How often each value of a filter would be found if it alone were chosen there; most frequent first. */
export function counts(name) {
  const found = new Map();
  for (const action of passing(name)) for (const value of values(name, action)) found.set(value, (found.get(value) ?? 0) + 1);
  return new Map([...found].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0])));
}

/** Every value of a filter that there is at all at this moment. */
export const present = (name) => new Set(scope.actions.flatMap((action) => values(name, action)));

/** Counts over all dates in at most 180 steps: {low, high, bins}, in milliseconds; null where nothing has a date. */
export function overview() {
  const days = passing(null, true).map(({ occurred }) => occurred.earliest ?? occurred.latest).filter(Boolean).map(toMs);
  if (!days.length) return null;
  const low = Math.min(...days);
  const step = Math.ceil(((Math.max(...days) - low) / DAY + 1) / 180) * DAY;
  const bins = new Array(Math.floor((Math.max(...days) - low) / step) + 1).fill(0);
  for (const day of days) bins[Math.floor((day - low) / step)] += 1;
  return { low, high: low + bins.length * step, bins };
}
