// The same actions as rows: sortable, and the way in for who cannot see the chart.

import { ask, newest } from './api.js';
import { $, $$, el, mark } from './dom.js';
import { capital, kind, look, nice, plural, statusInWords, when } from './format.js';
import { linkTo } from './links.js';
import { brief, listed } from './parties.js';
import { change, clocks, dates, filters, joined, state } from './state.js';

const signal = newest();
const table = { rows: [], next: null, total: null };
const MOST_SORTED = 2000;
const PAGE = '500';

const named = (one) => one.textContent ?? one;
/** Each once: links, and the words for whom no name is known. */
const who = (action) => [...new Map(action.participants.map(brief).map((one) => [named(one), one])).values()];

/** What a column is sorted by, from left to right; by date the server sorts, so that any number is in order. */
const KEYS = {
  date: (action) => action.occurred.earliest ?? action.occurred.latest ?? '9999',
  action: (action) => action.title.toLowerCase(),
  kind: (action) => kind(action.kind),
  status: (action) => statusInWords(action),
  who: (action) => who(action).map(named).join(', '),
  known: (action) => action.known_from,
};
const NAMES = Object.keys(KEYS);

/** The column sorted by, and whether the other way round. */
function order() {
  const name = state.sort?.replace('-', '');
  return { name: NAMES.includes(name) ? name : 'date', descending: Boolean(state.sort?.startsWith('-')) };
}

export function wireTable() {
  $$('#table th').forEach((head, column) => {
    const button = el('button', { type: 'button', textContent: head.textContent, onclick: () => sort(NAMES[column]) });
    head.replaceChildren(button);
  });
  $('#table tbody').addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-id]');
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest('td a')) return;
    event.preventDefault();
    change({ action: row.dataset.id });
  });
}

function sort(name) {
  const now = order();
  const turned = now.name === name && !now.descending;
  change({ sort: turned ? `-${name}` : name === 'date' ? null : name });
}

/** Loads the first page of the present state; to sort by anything but the date, all pages up to a number. */
export async function loadTable() {
  const { name, descending } = order();
  const asked = joined(filters(), dates(), clocks(), { limit: name === 'date' ? '200' : PAGE, count: 'true' }, name === 'date' && descending ? { sort: '-date' } : {});
  const stop = signal();
  const { body } = await ask('/api/timeline', asked, stop);
  Object.assign(table, { rows: body.results, next: body.next, total: body.total?.value });
  while (name !== 'date' && table.next && table.rows.length < MOST_SORTED) await append(stop);
  show();
}

async function append(stop) {
  const { body } = await ask(table.next, '', stop);
  table.rows.push(...body.results);
  table.next = body.next;
}

async function more() {
  await append(signal());
  show();
}

/** Draws the rows loaded. */
export function show() {
  const { name, descending } = order();
  const key = KEYS[name];
  const way = descending ? -1 : 1;
  const sorted = name === 'date' ? table.rows : [...table.rows].sort((one, other) => way * key(one).localeCompare(key(other)));
  $('#table tbody').replaceChildren(...sorted.map(row));
  $$('#table th').forEach((head, column) => {
    if (NAMES[column] === name) head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  });
  $('#table-more').replaceChildren(...(table.next ? [
    `${name === 'date' ? '' : 'Sorted are the first '}${table.rows.length.toLocaleString('en')} of ${plural(table.total ?? table.rows.length, 'action')} `,
    el('button', { type: 'button', className: 'ghost', textContent: 'Show more', onclick: more }),
  ] : []));
  markSelected();
}

function row(action) {
  const parties = who(action);
  const more = parties.length > 6 ? ` +${parties.length - 6}` : null;
  const page = `/actions/${action.id}`;
  const conditions = action.conditions.length ? ', on conditions' : '';
  return el('tr', { 'data-id': action.id },
    el('td', { className: 'date', textContent: capital(when(action.occurred)) }),
    el('th', { scope: 'row' }, el('a', { href: linkTo(page), 'data-keep': page, textContent: action.title })),
    el('td', { className: 'kind' }, el('span', {}, mark(action.kind), kind(action.kind))),
    el('td', { className: 'status' }, el('i', { className: `sw ${look(action)}`, 'aria-hidden': 'true' }), statusInWords(action) + conditions),
    el('td', {}, listed(parties.slice(0, 6)), more),
    el('td', { className: 'date', textContent: nice(action.known_from) }));
}

/** The row of the action that is open comes into sight. */
export function markSelected() {
  for (const node of $$('#table tr[data-id]')) {
    const chosen = node.dataset.id === state.action;
    node.classList.toggle('selected', chosen);
    if (chosen) node.setAttribute('aria-current', 'true');
    else node.removeAttribute('aria-current');
    if (chosen && state.view === 'table') node.scrollIntoView({ block: 'nearest' });
  }
}
