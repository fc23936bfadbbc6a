// One action in full, for the panel beside the timeline.

import { ask } from './api.js';
import { el, mark } from './dom.js';
import { DAY, capital, country, kind, look, nice, niceInstant, statusInWords, toMs, valueInWords, when } from './format.js';
import { linkTo } from './links.js';
import { BASIS, FACTS, FIELDS, ROLES } from './names.js';
import { countryLink, full, listed } from './parties.js';
import { joined } from './state.js';

const SAID_BESIDE = ['reports', 'reason', 'merged_into'];

/** An action at the moment of `clocks`, its facts, and what each of them changed. */
export async function loadRecord(id, clocks, signal) {
  const pinned = new URLSearchParams([...clocks].filter(([name]) => name === 'position'));
  const [{ body: action }, { body: history }] = await Promise.all([
    ask(`/api/actions/${id}`, joined(clocks, { redirect: 'no' }), signal),
    ask(`/api/actions/${id}/history`, pinned, signal),
  ]);
  const moments = momentsOf(history.results, Date.parse(action.known_from));
  if (action.outcome === 'lapsed') moments.push(lapse(action));
  return { action, moments: moments.sort((one, other) => Date.parse(one.clock) - Date.parse(other.clock)) };
}

/** The facts by the moment from which they were known, with what was then read otherwise, and when it was to happen. */
function momentsOf(results, knownFrom) {
  const facts = [...results].sort((one, other) => Date.parse(one.reported_at) - Date.parse(other.reported_at) || one.position - other.position);
  const dates = ({ changed }) => changed.filter(({ field }) => field === 'occurred');
  const [first] = facts.flatMap(dates);
  let occurred = first ? first.before ?? first.after : { edtf: null };
  return [...new Set(facts.map((fact) => fact.reported_at))].map((clock) => {
    const together = facts.filter((fact) => fact.reported_at === clock);
    occurred = together.flatMap(dates).at(-1)?.after ?? occurred;
    const since = Date.parse(clock) - knownFrom;
    return { clock, facts: together, occurred: since < 0 ? null : occurred, changed: since > 0 ? differences(together) : [] };
  });
}

/** What facts of one moment changed, in words; not what the first one gave the action to begin with. */
function differences(facts) {
  const rows = {};
  for (const { type, changed } of facts) {
    for (const { field, before, after } of changed) {
      if (type !== 'reported' || before !== null) rows[field] = { before, ...rows[field], after };
    }
  }
  return Object.keys(FIELDS).filter((field) => rows[field] && !SAID_BESIDE.includes(field))
    .map((field) => ({ field, before: valueInWords(field, rows[field].before), after: valueInWords(field, rows[field].after) }))
    .filter((one) => one.before !== one.after);
}

/** A plan that nobody confirmed lapses at noon of the day after its last one, without any fact. */
function lapse(action) {
  const clock = new Date(toMs(action.occurred.latest) + 1.5 * DAY).toISOString();
  return { clock, facts: [], occurred: action.occurred, changed: [{ field: 'outcome', before: 'open', after: 'lapsed' }] };
}

/** The heading: kind, status, title. */
export function heading(action) {
  return [
    el('p', { className: 'tags' },
      el('span', { className: 'tag' }, mark(action.kind), kind(action.kind)),
      el('span', { className: 'tag' }, el('i', { className: `sw ${look(action)}`, 'aria-hidden': 'true' }), statusInWords(action)),
      action.conditions.length ? el('span', { className: 'tag' }, el('i', { className: 'sw ring', 'aria-hidden': 'true' }), 'On conditions') : null),
    el('h2', { textContent: action.title }),
    el('p', { className: 'meta' }, el('strong', { textContent: capital(when(action.occurred)) }), action.place ? [' · ', ...place(action.place)] : ''),
  ];
}

const place = ({ name, country: code }) => listed([name, code && countryLink(code)].filter(Boolean));

/**
 * All that is known, as sections. Facts that became known after `moment` (milliseconds) are marked so; `onCountry` and
 * `onTopic` show what is of that country or topic.
 */
export function sections(action, moments, moment, onCountry, onTopic) {
  return [
    action.reason ? el('p', { className: 'reason', textContent: `Reason: ${action.reason}` }) : null,
    action.merged_into ? el('p', { className: 'reason' }, 'The same as ', el('a', { href: `/actions/${action.merged_into}`, textContent: 'another action' }), '.') : null,
    action.quote ? el('blockquote', { textContent: action.quote }) : null,
    action.summary ? el('p', { textContent: action.summary }) : null,
    section('Conditions', action.conditions.length && el('ul', { className: 'plain' }, action.conditions.map((text) => el('li', { textContent: text })))),
    section('Who takes part', action.participants.length && el('ul', { className: 'who' }, action.participants.map((one) => participant(one, onCountry)))),
    section('Talked about', action.subjects.length && el('p', {}, listed(action.subjects.map(countryLink)))),
    section('Topics', action.topics.length && el('p', {}, listed(action.topics.map((one) => topic(one, onTopic))))),
    section('Date', el('p', {}, `${capital(when(action.occurred))}. ${basis(action.occurred)}`, action.occurred.edtf ? el('small', {}, 'Recorded as ', el('code', { textContent: action.occurred.edtf })) : null)),
    section('Reports', el('ul', { className: 'src' }, [...action.reports].reverse().map(report))),
    section('How this record changed', el('ol', { className: 'hist' }, moments.map((one) => change(one, moment)))),
  ];
}

const basis = ({ basis: name }) => (name ? `${capital(name)}: ${BASIS[name]}.` : '');

/** A link to all of a topic, which is followed in place. */
function topic(name, onTopic) {
  const here = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onTopic(name);
  };
  return el('a', { href: linkTo('/', { without: ['topic'], plus: { topic: name } }), textContent: name, onclick: here });
}

const section = (title, content) => (content ? el('section', {}, el('h3', { textContent: title }), content) : null);

function participant(one, onCountry) {
  const { name, more } = full(one);
  const details = listed([...more, ROLES[one.role] ?? one.role].filter(Boolean), ' · ');
  const filter = one.country && el('button', {
    type: 'button', className: 'only', title: `Only ${country(one.country)}`, 'aria-label': `Show only actions of ${country(one.country)}`,
    textContent: one.country, onclick: () => onCountry(one.country),
  });
  return el('li', {}, el('span', {}, name, details.length ? el('small', {}, details) : null), filter);
}

function report({ publisher, title, url, published_at: published, language, locator }) {
  const name = title ?? publisher;
  const more = [title ? publisher : null, niceInstant(published), language && language !== 'en' ? language : null, locator].filter(Boolean);
  return el('li', {}, url ? el('a', { href: url, rel: 'noreferrer external', textContent: name }) : el('span', { textContent: name }), el('small', { textContent: more.join(' · ') }));
}

/** What became known at one moment: which facts, what they changed, and where all that stands on the three clocks. */
function change({ clock, facts, changed, occurred }, moment) {
  const later = Date.parse(clock) > moment;
  return el('li', { className: later ? 'later' : '' },
    el('time', { dateTime: clock, textContent: nice(clock) }), later ? el('small', { textContent: ' not known yet' }) : null,
    facts.length ? facts.map(told) : el('div', { textContent: 'The day went by, and no report says that it happened' }),
    changed.length ? el('dl', { className: 'diff' }, changed.flatMap(difference)) : null,
    el('dl', { className: 'clocks' }, [
      ['Happens', occurred && when(occurred)], ['Known since', niceInstant(clock)],
      ['Recorded', facts.length && facts.map((fact) => `${niceInstant(fact.recorded_at)}, as fact ${fact.position}`).join('; ')],
    ].filter(([, value]) => value).flatMap(([name, value]) => [el('dt', { textContent: name }), el('dd', { textContent: value })])));
}

function told({ type, reason, report: source }) {
  const link = source?.url ? el('a', { href: source.url, rel: 'noreferrer external', textContent: source.publisher }) : source?.publisher;
  return el('div', {}, el('span', { textContent: FACTS[type] ?? type }), reason ? `: ${reason}` : '', link ? el('small', {}, link) : null);
}

const difference = ({ field, before, after }) => [
  el('dt', { textContent: FIELDS[field] }),
  el('dd', {}, el('del', { textContent: before }), ' → ', el('ins', { textContent: after })),
];
