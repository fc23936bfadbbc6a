// The same actions as rows: sortable, and the way in for who cannot see the chart.

import { ask, newest } from './api.js';
import { $, $$, el, mark } from './dom.js';
import { capital, country, kind, look, nice, organisation, plural, statusInWords, when } from './format.js';
import { change, clocks, dates, filters, joined, state } from './state.js';

const signal = newest();
const table = { rows: [], next: null, sort: 0, descending: false };

const who = (action) => [...new Set(action.participants.map((one) => (one.country && country(one.country)) || (one.organisation && organisation(one.organisation)) || one.person || one.title))];

/** What a column is sorted by. */
const KEYS = [
  (action) => action.occurred.earliest ?? action.occurred.latest ?? '9999',
  (action) => action.title.toLowerCase(),
  (action) => action.kind,
  (action) => statusInWords(action),
  (action) => who(action).join(', '),
  (action) => action.known_from,
];

export function wireTable() {
  $$('#table th').forEach((head, column) => {
    const button = el('button', { type: 'button', textContent: head.textContent, onclick: () => sort(column) });
    head.replaceChildren(button);
  });
  $('#table tbody').addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-id]');
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest('a[rel]')) return;
    event.preventDefault();
    change({ action: row.dataset.id });
  });
}

function sort(column) {
  table.descending = table.sort === column && !table.descending;
  table.sort = column;
  show();
}

/** Loads the first page of the present state. */
export async function loadTable() {
  const { body } = await ask('/api/timeline', joined(filters(), dates(), clocks(), { limit: '200', count: 'true' }), signal());
  Object.assign(table, { rows: body.results, next: body.next, total: body.total?.value });
  show();
}

async function more() {
  const { body } = await ask(table.next, '', signal());
  table.rows.push(...body.results);
  table.next = body.next;
  show();
}

/** Draws the rows loaded. */
export function show() {
  const key = KEYS[table.sort];
  const way = table.descending ? -1 : 1;
  const sorted = [...table.rows].sort((one, other) => way * key(one).localeCompare(key(other)));
  $('#table tbody').replaceChildren(...sorted.map(row));
  $$('#table th').forEach((head, column) => {
    if (column >= KEYS.length) return;
    if (column === table.sort) head.setAttribute('aria-sort', table.descending ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
  });
  $('#table-more').replaceChildren(...(table.next ? [
    `${table.rows.length.toLocaleString('en')} of ${plural(table.total ?? table.rows.length, 'action')} `,
    el('button', { type: 'button', className: 'ghost', textContent: 'Show more', onclick: more }),
  ] : []));
  markSelected();
}

function row(action) {
  const parties = who(action);
  const names = parties.slice(0, 6).join(', ') + (parties.length > 6 ? ` +${parties.length - 6}` : '');
  const conditions = action.conditions.length ? ', on conditions' : '';
  return el('tr', { 'data-id': action.id },
    el('td', { className: 'date', textContent: capital(when(action.occurred)) }),
    el('th', { scope: 'row' }, el('a', { href: `/actions/${action.id}`, textContent: action.title })),
    el('td', { className: 'kind' }, el('span', {}, mark(action.kind), kind(action.kind))),
    el('td', {}, el('i', { className: `sw ${look(action)}`, 'aria-hidden': 'true' }), statusInWords(action) + conditions),
    el('td', { textContent: names }),
    el('td', { className: 'date', textContent: nice(action.known_from) }));
}

/** The row of the action that is open. */
export function markSelected() {
  for (const node of $$('#table tr[data-id]')) node.classList.toggle('selected', node.dataset.id === state.action);
}
