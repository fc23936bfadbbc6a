// The page of one action.

import { $, $$, el, toast, turnTheme } from './dom.js';
import { heading, loadRecord, sections } from './record.js';
import { niceInstant } from './format.js';

const main = $('#main');
const given = new URLSearchParams(location.search);
const clocks = new URLSearchParams([...given].filter(([name]) => ['as_of', 'position'].includes(name)));

function then(action) {
  const asOf = clocks.get('as_of');
  const moment = asOf && (asOf.length === 10 ? `${asOf}T23:59:59Z` : asOf);
  return { moment: moment ? Date.parse(moment) : Infinity, text: moment ? `As known on ${niceInstant(moment)}` : `Version ${action.version}, recorded ${niceInstant(action.recorded_at)}` };
}

function show({ action, moments }) {
  const { moment, text } = then(action);
  document.title = `${action.title} · Diplomatic timeline`;
  main.replaceChildren(
    el('p', { className: 'asof', textContent: text }), ...heading(action, 'h1'), ...sections(action, moments, moment).filter(Boolean), cite(action),
  );
  for (const title of $$('h3', main)) title.replaceWith(el('h2', { textContent: title.textContent }));
}

function cite(action) {
  const address = new URL(location.pathname, location.origin);
  for (const [name, value] of clocks) address.searchParams.set(name, value);
  if (!clocks.has('position')) address.searchParams.set('position', action.position);
  const copy = el('button', { type: 'button', className: 'ghost', textContent: 'Copy', onclick: () => navigator.clipboard.writeText(String(address)).then(() => toast('Address copied'), () => toast('Select the address and copy it')) });
  return el('section', {}, el('h3', { textContent: 'Cite this record' }), el('p', { className: 'cite' }, el('code', { textContent: String(address) }), copy),
    el('p', { className: 'links' }, el('a', { href: `/?action=${action.id}`, textContent: 'On the timeline' }), el('a', { href: `/api/actions/${action.id}`, textContent: 'JSON' }), el('a', { href: `/api/actions/${action.id}/history`, textContent: 'History as JSON' })));
}

function refuse(failure) {
  const missing = failure.status === 404;
  main.replaceChildren(
    el('h1', { textContent: missing ? 'No such action' : 'It could not be loaded' }), el('p', { textContent: failure.message }), el('p', {}, el('a', { href: '/', textContent: 'To the timeline' })),
  );
}

$('#theme').addEventListener('click', turnTheme);

loadRecord(main.dataset.id, clocks).then(show, refuse).finally(() => { document.documentElement.dataset.ready = '1'; });
