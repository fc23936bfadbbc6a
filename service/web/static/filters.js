// The filter chips, which are the legend as well, and the lists of countries and topics.

import { $, $$, el, narrow, paused } from './dom.js';
import { capital, country, kind, organisation, partyNamed, person } from './format.js';
import { counts, loadList, present } from './scope.js';
import { FILTERS, change, chosenBy, chosenIn, clear, isChosen, isFiltered, remove, state, toggle } from './state.js';

const SHOWN = { country, organisation, person, topic: String };
/** Every filter in words, as service/web/words.py says them. */
const CHOSEN = {
  ...SHOWN, kind, status: capital, outcome: capital,
  role: (name) => `as ${name}`,
  party: (text) => `with ${partyNamed(text)}`,
  publisher: (name) => `published by ${name}`,
  subject: (code) => `about ${country(code)}`,
  source_ref: (name) => `reported as ${name}`,
  q: (text) => `“${text}”`,
  date_match: (name) => (name === 'within' ? 'wholly inside the window' : 'inside the window or across its edge'),
  match: (name) => (name === 'all' ? 'with all countries named' : 'with any country named'),
};

export function wireFilters() {
  $('#filters').addEventListener('submit', (event) => event.preventDefault());
  $('#filters').addEventListener('change', chosen);
  $('#q').addEventListener('input', paused(250, () => change({ q: [$('#q').value.trim(), ...state.q.slice(1)].filter(Boolean) }, { keep: false })));
  $('#clear').addEventListener('click', clear);
  $('#filters-open').addEventListener('click', () => {
    const open = $('#filters').classList.toggle('open');
    $('#filters-open').setAttribute('aria-expanded', open);
  });
  for (const menu of $$('[data-facet]')) wireMenu(menu);
  closeMenusOutside();
}

function chosen({ target }) {
  if (target.type === 'checkbox') toggle(...chosenBy(target.name, target.value));
  if (target.id === 'from' || target.id === 'to') dated();
}

/** Both days of the window; one that lies before the other moves the other. */
function dated() {
  const [from, to] = [$('#from').value || null, $('#to').value || null];
  if (from && to && to < from) change({ from: to, to: from });
  else change({ from, to });
}

function wireMenu(menu) {
  const search = $('input[type=search]', menu);
  search.addEventListener('input', () => narrowList(menu));
  menu.addEventListener('toggle', () => menu.open && opened(menu, search));
}

/** A list is filled when it is opened: few visitors open all, and each costs the server a look at everything. */
async function opened(menu, search) {
  if (!narrow()) search.focus();
  await loadList(menu.dataset.facet);
  fill(menu);
}

/** The lists that are open, by the names of their filters. */
export const openLists = () => $$('[data-facet]').filter((menu) => menu.open).map((menu) => menu.dataset.facet);

/** Leaves in a list what holds the letters typed above it. */
function narrowList(menu) {
  const letters = $('input[type=search]', menu).value.trim().toLowerCase();
  for (const row of $$('li', menu)) row.hidden = !row.textContent.toLowerCase().includes(letters);
}

function closeMenusOutside() {
  document.addEventListener('click', (event) => {
    for (const menu of $$('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && event.target.closest?.('details.menu[open]');
    if (!menu) return;
    menu.open = false;
    $('summary', menu).focus();
    event.stopPropagation();
  }, true);
}

/** Sets every control to the state. */
export function showFilters() {
  for (const box of $$('#filters input[type=checkbox]')) box.checked = isChosen(box.name, box.value);
  if (document.activeElement !== $('#q')) $('#q').value = state.q[0] ?? '';
  if (state.from || state.to) showDates({ first: '', last: '' });
  $('#clear').hidden = !isFiltered();
  const set = FILTERS.flatMap((name) => state[name] ?? []).length;
  $('#filters-open').textContent = set ? `Filters (${set})` : 'Filters';
  showChosen();
}

/** The window shown, which the server chose where the address names none. */
export function showDates({ first, last }) {
  $('#from').value = state.from ?? first;
  $('#to').value = state.to ?? last;
}

/** What has no field of its own stands beside the lists, to be taken away again. */
function showChosen() {
  const given = FILTERS.flatMap((name) => [state[name] ?? []].flat().map((value) => [name, value]));
  $('#chosen').replaceChildren(...given.filter(([name, value]) => !hasField(name, value)).map(([name, value]) => chip(name, value, CHOSEN[name](value))));
}

const chip = (name, value, inWords) =>
  el('button', { type: 'button', className: 'chip on', 'aria-label': `Remove ${inWords}`, onclick: () => remove(name, value) },
    inWords, el('span', { className: 'times', 'aria-hidden': 'true', textContent: '×' }));

function hasField(name, value) {
  if (name === 'q') return value === state.q[0];
  return $$('#filters .chips input').some((box) => box.name === name && box.value === value);
}

/** Counts on the chips and in the lists that are open, as known at the moment shown. */
export function showCounts() {
  for (const node of $$('[data-count]')) {
    const [name, value] = node.dataset.count.split(':');
    const count = counts(name).get(value) ?? 0;
    node.textContent = count.toLocaleString('en');
    node.closest('.chip').classList.toggle('none', !count);
  }
  const kinds = present('kind');
  for (const box of $$('.kinds input')) box.closest('.chip').classList.toggle('present', kinds.has(box.value));
  for (const menu of $$('[data-facet]')) {
    $('summary', menu).classList.toggle('on', chosenIn(menu.dataset.facet).length > 0);
    if (menu.open) fill(menu);
  }
}

function fill(menu) {
  const name = menu.dataset.facet;
  const found = counts(name);
  const values = [...new Set([...chosenIn(name), ...found.keys(), ...present(name)])];
  const rows = values.map((value) => el('li', {}, el('label', {},
    el('input', { type: 'checkbox', name, value, checked: isChosen(name, value) }),
    el('span', { textContent: SHOWN[name](value) }), el('b', { textContent: (found.get(value) ?? 0).toLocaleString('en') }))));
  const focused = document.activeElement?.closest?.('li') ? document.activeElement.value : null;
  $('ul', menu).replaceChildren(...rows);
  narrowList(menu);
  if (focused) $$('input', menu).find((box) => box.value === focused)?.focus();
}
