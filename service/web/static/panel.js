// The details of one action, beside the timeline.

import { newest } from './api.js';
import { chart, known, momentShown } from './chart.js';
import { $, el } from './dom.js';
import { heading, loadRecord, sections } from './record.js';
import { change, clocks, state } from './state.js';

const signal = newest();
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
    closer(), ...heading(action, 'h2'), ...sections(action, moments, momentShown(), onlyCountry).filter(Boolean),
    el('p', { className: 'links' }, el('a', { href: address, textContent: 'Page of this action' }), el('a', { href: `/api/actions/${action.id}?${clocks()}`.replace(/\?$/, ''), textContent: 'JSON' })),
    el('nav', { className: 'pn', 'aria-label': 'Neighbouring actions' }),
  );
}

function refuse(panel, failure) {
  const text = failure.status === 404 ? 'Nothing was known of this action at the moment shown.' : failure.message;
  panel.replaceChildren(closer(), el('h2', { textContent: failure.status === 404 ? 'Not known then' : failure.title ?? 'It could not be loaded' }), el('p', { textContent: text }));
}

const onlyCountry = (code) => change({ country: [code] });

/** The actions before and after the open one in time, by name; anew whenever the chart has changed. */
export function showNeighbours() {
  const place = $('#panel .pn');
  if (!place || !chart.meta) return;
  const order = [...new Map(known().map((one) => [one.id, one])).values()].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
  const here = order.findIndex((one) => one.id === state.action);
  const button = (label, one) => el('button', { type: 'button', className: 'ghost', disabled: !one, onclick: () => change({ action: one.id }, { keep: false }) },
    el('small', { textContent: label }), one?.title ?? 'None');
  place.replaceChildren(button('Previous', here > 0 ? order[here - 1] : null), button('Next', here >= 0 ? order[here + 1] : null));
}
