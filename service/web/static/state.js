// All that the page shows follows from its address, so that any view can be sent, kept and gone back to.

import { FILTERS as MAY_REPEAT } from './names.js';

const DATES = ['from', 'to'];
const CLOCKS = ['as_of', 'position'];
/** The filters of the API but for the window, and those of them that take several values. */
export const FILTERS = Object.keys(MAY_REPEAT).filter((name) => !DATES.includes(name));
const LISTS = FILTERS.filter((name) => MAY_REPEAT[name]);
/** Filters that name a party; `party` names one that takes part besides. */
export const PARTIES = ['country', 'organisation', 'person'];
/** Filters that are read of one and the same participant. */
export const WHOM = [...PARTIES, 'role'];
const SHOWING = ['view', 'since', 'sort', 'lanes', 'most', 'all', 'action'];
const ONE = [...FILTERS.filter((name) => !LISTS.includes(name)), ...DATES, ...CLOCKS, ...SHOWING];
/** What the server is asked by: where one of these changes, it is asked anew. */
export const ASKING = [...FILTERS, ...DATES, ...CLOCKS, 'lanes', 'most', 'view', 'since', 'sort'];

export const state = {};
const listeners = [];

/** Reads the address. */
export function read(search = location.search) {
  const given = new URLSearchParams(search);
  for (const name of LISTS) state[name] = given.getAll(name).filter(Boolean);
  for (const name of ONE) state[name] = given.get(name) || null;
}

/** The parameters of these names that are set. */
function parameters(names) {
  const written = new URLSearchParams();
  for (const name of names) for (const value of [state[name]].flat()) if (value) written.append(name, value);
  return written;
}

export const address = () => parameters([...FILTERS, ...DATES, ...CLOCKS, ...SHOWING]);

/** The filters, where the page has any, and whom or what the page is about in place of those of the same name. */
export function filters(...without) {
  const own = beside();
  return joined(own, hasFilters ? parameters(FILTERS.filter((name) => !own.has(name) && !without.includes(name))) : {});
}
/** What a question for changes asks beside the days of knowledge: the filters, the days of the actions, the position. */
export const ofChanges = () =>
  joined(filters(), Object.entries({ occurred_from: state.from, occurred_to: state.to, position: state.position }).filter(([, value]) => value));
export const about = () => new URLSearchParams(document.querySelector('#main').dataset.scope);
/** The same as the server asks for it beside the filters of the page. */
const beside = () => new URLSearchParams(document.querySelector('#main').dataset.asked ?? about());
const hasFilters = Boolean(document.querySelector('#filters'));

/** What a link to another page takes along: nothing of what the server refused. */
export const kept = () => parameters([...FILTERS, ...DATES, ...CLOCKS].filter((name) => !wrong().includes(name)));
const wrong = () => document.querySelector('#main').dataset.wrong?.split(' ') ?? [];
export const clocks = () => parameters(CLOCKS);
export const dates = () => parameters(DATES);
export const isFiltered = () => FILTERS.some((name) => [state[name]].flat().some(Boolean));

/** Parameters joined into one. */
export function joined(...parts) {
  return new URLSearchParams(parts.flatMap((part) => [...new URLSearchParams(part)]));
}

/**
 * Changes the state and the address, and tells everybody which names changed.
 * A step that the back button should take back is `keep`t; dragging and playing replace the address instead.
 */
export function change(patch, { keep = true } = {}) {
  const names = Object.keys(patch).filter((name) => String(state[name] ?? '') !== String(patch[name] ?? ''));
  if (!names.length) return;
  Object.assign(state, patch);
  const search = address().toString();
  const here = location.pathname + (search && `?${search}`);
  if (keep) history.pushState(null, '', here);
  else history.replaceState(null, '', here);
  tell(names);
}

/** The filter that means a value, and how it writes it: beside a party of another kind one takes part besides. */
export function chosenBy(name, value) {
  const narrowed = WHOM.includes(name) && WHOM.some((other) => other !== name && state[other].length);
  const besides = isBeside(name, value) || (narrowed && !state[name].includes(value));
  return besides ? ['party', `${name}:${value}`] : [name, value];
}
const isBeside = (name, value) => state.party.includes(`${name}:${value}`);
export const isChosen = (name, value) => state[name].includes(value) || isBeside(name, value);
/** What was chosen in the list of a filter. */
export const chosenIn = (name) => [...state[name], ...state.party.filter((one) => one.startsWith(`${name}:`)).map((one) => one.slice(name.length + 1))];

export const toggle = (name, value) =>
  change({ [name]: state[name].includes(value) ? state[name].filter((one) => one !== value) : [...state[name], value] });

export const remove = (name, value) => (LISTS.includes(name) ? toggle(name, value) : change({ [name]: null }));
export const clear = () => change(Object.fromEntries(FILTERS.map((name) => [name, LISTS.includes(name) ? [] : null])));

/** `listener` is called with the set of names that changed. */
export const onChange = (listener) => listeners.push(listener);

function tell(names) {
  const changed = new Set(names);
  for (const listener of listeners) listener(changed);
}

addEventListener('popstate', () => {
  read();
  tell([...LISTS, ...ONE]);
});
