// What the page says of what it shows: one line in words, what has no date, and a notice where there is nothing to show.

import { ahead, chart, total, undated } from './chart.js';
import { headline as changes, since } from './changes.js';
import { $, el, say } from './dom.js';
import { country, nice, plural } from './format.js';
import { isPlaying } from './replay.js';
import { change, clear, isFiltered, state } from './state.js';

export const allDates = () => change({ from: null, to: null });

/** A notice over the chart, with what can be done; none where there is no title. */
export function notice(title, text, actions = []) {
  const node = $('#notice');
  node.hidden = !title;
  $('#skeleton').hidden = true;
  $('#chart').classList.toggle('dim', Boolean(title));
  if (!title) return;
  const buttons = actions.map(([label, act]) => el('button', { type: 'button', className: 'ghost', textContent: label, onclick: act }));
  node.replaceChildren(el('h2', { textContent: title }), el('p', { textContent: text }), el('div', { className: 'row' }, buttons));
}

/** Where nothing is found, the way out depends on why. */
export function empty() {
  const actions = [];
  if (isFiltered()) actions.push(['Clear filters', clear]);
  if (state.from || state.to) actions.push(['All dates', allDates]);
  if (state.as_of) actions.push(['Back to now', () => change({ as_of: null, position: null })]);
  const known = state.as_of ? ` was known on ${nice(state.as_of)}` : ' is recorded';
  if (!actions.length) return notice('Nothing is recorded yet', 'Reports come in through the API, or from a file that is imported.', [['How to report', () => { location.href = '/docs'; }]]);
  const text = isFiltered() ? 'Nothing in these dates fits all the filters.' : `Nothing in these dates${known}.`;
  notice('No actions to show', text, actions);
}

/** One line that says in words what is shown. */
export function summarise() {
  const { level, unit, lanes_left_out: left } = chart.meta;
  const count = total();
  const window = `${nice(state.from ?? chart.meta.first)} to ${nice(state.to ?? chart.meta.last)}`;
  const whose = state.country.length ? ` of ${state.country.map(country).join(', ')}` : '';
  const parts = [el('b', { textContent: count.toLocaleString('en') }), ` ${count === 1 ? 'action' : 'actions'}${whose}, ${window}`];
  if (state.view === 'changes') parts.splice(0, parts.length, el('b', { textContent: changes() }), `${whose}, from ${nice(since())} to ${state.as_of ? '' : 'now'}`);
  else if (state.as_of) parts.push(', as known on ');
  if (state.as_of) parts.push(el('b', { className: 'asof', textContent: nice(state.as_of) }));
  if (state.view === 'changes') return told(parts, left);
  if (state.as_of && ahead()) parts.push(`, ${ahead()} of them still to come`);
  if (undated().length) parts.push(`, and ${undated().length} without a date`);
  if (state.position) parts.push(`, at position ${state.position}`);
  if (level === 'cells') parts.push(`, counted by ${unit}. Select a cell to open it.`);
  told(parts, left);
}

function told(parts, left) {
  $('#summary').replaceChildren(...parts);
  if (!isPlaying()) say($('#summary').textContent);
  aside(left);
}

function aside(left) {
  const more = $('#more-lanes');
  more.hidden = !left || Boolean(state.view);
  more.replaceChildren(el('button', { type: 'button', className: 'link', textContent: `Show ${plural(left, 'more lane')}`, onclick: () => change({ most: '300' }) }));
  const found = undated();
  const box = $('#undated');
  box.hidden = !found.length;
  box.replaceChildren(el('span', { textContent: 'Without a date: ' }), ...found.map((one) =>
    el('button', { type: 'button', className: 'link', textContent: `${one.title} (${one.status.toLowerCase()})`, onclick: () => change({ action: one.id }) })));
}
