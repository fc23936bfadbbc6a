// The details of one action, beside the timeline.

import { ask, newest } from './api.js';
import { chart, known, momentShown } from './chart.js';
import { $, el, mark } from './dom.js';
import { capital, when } from './format.js';
import { heading, loadRecord, sections } from './record.js';
import { change, clocks, filters, joined, state } from './state.js';

const signal = newest();
const beside = newest();
const AROUND = '100';
let opener = null;

/** Shows the action that the state names, or nothing. `focus` moves the keyboard there. */
export async function showPanel(focus) {
  const panel = $('#panel');
  if (!state.action) {
    close(panel);
    return;
  }
  if (panel.hidden) opener = document.activeElement;
  const id = state.action;
  try {
    const { action, moments } = await loadRecord(id, clocks(), signal());
    if (state.action === id) fill(panel, action, moments);
    similar(action);
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    refuse(panel, failure);
  }
  panel.hidden = false;
  panel.scrollTop = 0;
  showNeighbours();
  if (focus) panel.focus({ preventScroll: true });
}

function close(panel) {
  if (panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  (opener?.isConnected && opener !== document.body ? opener : $('#chart')).focus({ preventScroll: true });
}

const closer = () => el('button', { type: 'button', className: 'ghost icon x', 'aria-label': 'Close details', title: 'Close  Esc', textContent: '×', onclick: () => change({ action: null }) });

function fill(panel, action, moments) {
  const address = `/actions/${action.id}?${clocks()}`.replace(/\?$/, '');
  panel.replaceChildren(
    closer(), ...heading(action), ...sections(action, moments, momentShown(), onlyCountry, onlyTopic).filter(Boolean),
    el('section', { id: 'similar', hidden: true }),
    el('p', { className: 'links' }, el('a', { href: address, textContent: 'Page of this action' }), el('a', { href: `/api/actions/${action.id}?${clocks()}`.replace(/\?$/, ''), textContent: 'JSON' })),
    el('nav', { className: 'pn', 'aria-label': 'Neighbouring actions' }),
  );
}

function refuse(panel, failure) {
  const text = failure.status === 404 ? 'Nothing was known of this action at the moment shown.' : failure.message;
  panel.replaceChildren(closer(), el('h2', { textContent: failure.status === 404 ? 'Not known then' : failure.title ?? 'It could not be loaded' }), el('p', { textContent: text }));
}

const onlyCountry = (code) => change({ country: [code] });
const onlyTopic = (name) => change({ topic: [name] });

/** What may be the same action, recorded twice: to be judged by who reads it. */
async function similar({ id }) {
  const { body } = await ask(`/api/actions/${id}/similar`, clocks(), signal()).catch(() => ({ body: { results: [] } }));
  const place = $('#similar');
  if (!body.results.length || state.action !== id || !place) return;
  place.hidden = false;
  place.replaceChildren(el('h3', { textContent: 'Possibly the same' }), el('ul', { className: 'src' }, body.results.map(({ action, reasons }) =>
    el('li', {}, mark(action.kind), ' ', el('button', { type: 'button', className: 'link', textContent: action.title, onclick: () => change({ action: action.id }) }),
      el('small', { textContent: [capital(when(action.occurred)), ...reasons].join(' · ') })))));
}

/** The actions before and after the open one in time, by name; anew whenever the chart has changed. */
export async function showNeighbours() {
  if (!$('#panel .pn') || !chart.meta) return;
  const order = [...new Map(known().map((one) => [one.id, one])).values()].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const here = order.findIndex((one) => one.id === state.action);
  const [before, after] = here < 0 ? await asked(state.action).catch(() => []) : [order[here - 1], order[here + 1]];
  const button = (label, one) => el('button', { type: 'button', className: 'ghost', disabled: !one, onclick: () => change({ action: one.id }, { keep: false }) },
    el('small', { textContent: label }), one?.title ?? 'None');
  $('#panel .pn')?.replaceChildren(button('Previous', before), button('Next', after));
}

/** The neighbours of an action that the chart does not tell of, since it only counts, or shows other days. */
async function asked(id) {
  const stop = beside();
  const { body: action } = await ask(`/api/actions/${id}`, joined(clocks(), { redirect: 'no' }), stop);
  const day = action.occurred.earliest ?? action.occurred.latest;
  if (!day) return [];
  const following = async (edge, sort) => {
    const { body } = await ask('/api/timeline', joined(filters(), clocks(), { [edge]: day, sort, limit: AROUND }), stop);
    const here = body.results.findIndex((one) => one.id === id);
    return here < 0 ? null : body.results[here + 1];
  };
  return Promise.all([following('to', '-date'), following('from', 'date')]);
}
