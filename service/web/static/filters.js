// The filter chips, which are the legend as well, and the lists of countries and topics.

import { $, $$, el, narrow, paused } from './dom.js';
import { country, organisation, partyNamed, person } from './format.js';
import { counts, loadList, present } from './scope.js';
import { MANY, change, chosenBy, chosenIn, clear, isChosen, isFiltered, state, toggle } from './state.js';

const SHOWN = { country, organisation, person, topic: String };
const CHOSEN = { ...SHOWN, party: (text) => `with ${partyNamed(text)}` };

export function wireFilters() {
  $('#filters').addEventListener('submit', (event) => event.preventDefault());
  $('#filters').addEventListener('change', chosen);
  $('#q').addEventListener('input', paused(250, () => change({ q: $('#q').value.trim() || null }, { keep: false })));
  $('#clear').addEventListener('click', clear);
  $('#filters-open').addEventListener('click', () => {
    const open = $('#filters').classList.toggle('open');
    $('#filters-open').setAttribute('aria-expanded', open);
  });
  for (const menu of $$('[data-facet]')) wireMenu(menu);
  closeMenusOutside();
}

function chosen({ target }) {
  if (target.type === 'checkbox' && MANY.includes(target.name)) toggle(...chosenBy(target.name, target.value));
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
  if (document.activeElement !== $('#q')) $('#q').value = state.q ?? '';
  if (state.from || state.to) showDates({ first: '', last: '' });
  $('#clear').hidden = !isFiltered();
  const set = [...MANY, 'party'].reduce((sum, name) => sum + state[name].length, state.q ? 1 : 0);
  $('#filters-open').textContent = set ? `Filters (${set})` : 'Filters';
  showChosen();
}

/** The window shown, which the server chose where the address names none. */
export function showDates({ first, last }) {
  $('#from').value = state.from ?? first;
  $('#to').value = state.to ?? last;
}

/** What was chosen in the lists stands beside them, to be taken away again. */
function showChosen() {
  const buttons = Object.entries(CHOSEN).flatMap(([name, inWords]) => state[name].map((value) =>
    el('button', { type: 'button', className: 'chip on', 'aria-label': `Remove ${inWords(value)}`, onclick: () => toggle(name, value) },
      inWords(value), el('span', { className: 'times', 'aria-hidden': 'true', textContent: '×' }))));
  $('#chosen').replaceChildren(...buttons);
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
