// What changed between two days of knowledge: what is new, what is read differently, what is shown no more.

import { ask, newest } from './api.js';
import { chart } from './chart.js';
import { $, el, mark, say } from './dom.js';
import { DAY, capital, nice, niceInstant, statusInWords, toDay, toMs, valueInWords, when } from './format.js';
import { FACTS, FIELDS } from './names.js';
import { change, joined, ofChanges, state } from './state.js';

const WEEK = 7;
const WHY = {
  reported: null, reinstated: 'was restored', retracted: 'the report was withdrawn', merged: 'is the same as another action',
  lapsed: 'its day went by', changed: 'came into these filters, or left them',
};
const signal = newest();
const found = { added: [], changed: [], withdrawn: [], next: null };

/** The moment shown; now is when the server drew the chart, to the end of that millisecond. */
const until = () => state.as_of ?? new Date((chart.meta?.moment ?? Date.now()) + 1).toISOString();
const lastDay = () => until().slice(0, 10);
const before = (days) => toDay(toMs(lastDay()) - days * DAY);
export const since = () => state.since ?? before(WEEK);

export function wireChanges() {
  $('#since').addEventListener('change', ({ target }) => change({ since: target.value || null }));
  for (const button of document.querySelectorAll('[data-days]')) {
    button.addEventListener('click', () => change({ since: before(Number(button.dataset.days)) }));
  }
}

/** Asks for what changed up to the moment shown; the first page of it. */
export async function loadDiff() {
  const to = until();
  const days = { from: since() === lastDay() ? to : since(), to };
  const { body } = await ask('/api/diff', joined(ofChanges(), days, { limit: '200' }), signal());
  Object.assign(found, { added: [], changed: [], withdrawn: [] });
  take(body);
}

async function more() {
  const { body } = await ask(found.next, '', signal());
  take(body);
}

function take(body) {
  for (const name of ['added', 'changed', 'withdrawn']) found[name].push(...body[name]);
  found.next = body.next;
  show();
}

const ids = () => [...new Set(found.changed.map((one) => one.id))];

function show() {
  $('#since').value = since();
  $('#since').max = lastDay();
  $('#until').textContent = state.as_of ? nice(state.as_of) : 'now';
  const changed = ids().map((id) => found.changed.filter((one) => one.id === id));
  const parts = [['New', found.added, moved], ['Changed', changed, fields], ['Shown no more', found.withdrawn, moved]];
  const lists = parts.filter(([, rows]) => rows.length).map(([title, rows, row]) =>
    el('section', {}, el('h2', {}, title, el('b', { textContent: rows.length.toLocaleString('en') })), el('ul', { className: 'news' }, rows.map(row))));
  const none = el('p', { className: 'aside', textContent: `Nothing changed between ${nice(since())} and ${state.as_of ? nice(state.as_of) : 'now'}.` });
  const next = found.next && el('button', { type: 'button', className: 'ghost', textContent: 'Show more', onclick: more });
  $('#news').replaceChildren(...(lists.length ? lists : [none]), next || '');
  say(lists.length ? parts.map(([title, rows]) => `${title}: ${rows.length}`).join(', ') : none.textContent);
}

const opener = (id, title) => el('button', { type: 'button', className: 'link', textContent: title, onclick: () => change({ action: id }) });

function moved(action) {
  return el('li', {}, mark(action.kind), el('div', {}, opener(action.id, action.title),
    el('p', { textContent: `${capital(when(action.occurred))} · ${statusInWords(action)}` }), evidence(action, WHY[action.why])));
}

function fields(rows) {
  const [{ id, title }] = rows;
  const facts = [...new Set(rows.map((row) => row.fact?.position))].map((position) => rows.filter((row) => row.fact?.position === position));
  return el('li', {}, el('i', { className: 'bullet', 'aria-hidden': 'true' }), el('div', {}, opener(id, title),
    facts.flatMap((made) => [...told(made), evidence(made[0], FACTS[made[0].fact?.type] ?? 'its day went by')])));
}

/** What one fact changed. That it brought its own report is news only where it brought nothing else. */
function told(rows) {
  const fields = rows.filter((row) => row.field !== 'reports');
  return (fields.length ? fields : rows).map(({ field, before, after }) =>
    el('p', {}, `${FIELDS[field] ?? field}: `, el('del', { textContent: valueInWords(field, before) }), ' → ', el('ins', { textContent: valueInWords(field, after) })));
}

/** Which fact made a change, known since when, recorded when, and the report that it came with. */
function evidence({ fact, report }, what) {
  if (!fact) return el('small', { textContent: `${capital(what)}; no fact was needed.` });
  const source = report && (report.url ? el('a', { href: report.url, rel: 'noreferrer external', textContent: report.publisher }) : report.publisher);
  const reason = fact.reason ? `: ${fact.reason}` : '';
  const clocks = `known since ${niceInstant(fact.reported_at)} · recorded ${nice(fact.recorded_at)}, as fact ${fact.position}`;
  return el('small', {}, capital(what ? `${what}${reason} · ${clocks}` : clocks), source ? [' · ', source] : null);
}

/** How much changed, in words. */
export const headline = () => {
  const parts = [[found.added.length, 'new'], [ids().length, 'changed'], [found.withdrawn.length, 'shown no more']];
  return parts.map(([count, what]) => `${count.toLocaleString('en')}${found.next ? '+' : ''} ${what}`).join(', ');
};
