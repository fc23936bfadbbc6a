// Dates and vocabulary in words. Days are ISO text and are never given to a local-time type.

import { COUNTRIES, KINDS, ORGANISATIONS, PEOPLE } from './names.js';

export const DAY = 864e5;
export const toMs = (day) => Date.parse(`${day}T00:00:00Z`);
export const toDay = (ms) => new Date(ms).toISOString().slice(0, 10);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const inWords = (moment) => `${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]} ${moment.getUTCFullYear()}`;

/** A day in words; what is none is left as it is, for the server to refuse. */
export function nice(day) {
  const moment = toMs(day.slice(0, 10));
  return Number.isNaN(moment) ? day : inWords(new Date(moment));
}

export const niceInstant = (instant) => `${nice(instant)}, ${new Date(instant).toISOString().slice(11, 16)} UTC`;
export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** The day on which something happens, with the day of the week, as the server says it. */
const onDay = (day) => `${WEEKDAYS[new Date(toMs(day)).getUTCDay()]} ${nice(day)}`;

/** What two days have in common is said once. */
function range(first, last) {
  if (first === last) return onDay(first);
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}–${nice(last)}`;
  return `${first.slice(0, 4) === last.slice(0, 4) ? nice(first).replace(/ \d+$/, '') : nice(first)} – ${nice(last)}`;
}

/** An uncertain date in words, as the chart's server says it. */
export function when(occurred) {
  const { edtf, earliest, latest } = occurred;
  if (!edtf) return 'No date';
  const span = edtf.includes('/');
  const about = /[~?%]$/.test(edtf) ? 'about ' : '';
  if (earliest && latest) {
    return span || earliest === latest ? about + range(earliest, latest) : `One day within ${range(earliest, latest)}`;
  }
  if (earliest) return span ? `From ${onDay(earliest)} on` : `On or after ${onDay(earliest)}`;
  return span ? `Until ${onDay(latest)}` : `On or before ${onDay(latest)}`;
}

export function statusInWords(action) {
  if (action.outcome === 'lapsed') return 'Lapsed: no report says that it happened';
  const announced = action.outcome === 'met' ? ', as announced' : '';
  return capital(action.status) + announced;
}

/** The look that a mark of this action has. */
export function look(action) {
  if (action.outcome === 'lapsed') return 'lapsed';
  return { retracted: 'cancelled', merged: 'cancelled' }[action.status] ?? action.status;
}

export const country = (code) => COUNTRIES[code] ?? code;
export const organisation = (code) => ORGANISATIONS[code] ?? code;
/** A person by the key that lists give: the name as it is shown, else the key in words. */
export const person = (key) => PEOPLE[key] ?? key.split('-').map(capital).join(' ');
export const kind = (name) => KINDS[name] ?? name;

/** A party as the filter of that name writes it: country:GBR. */
export function partyNamed(text) {
  const [sort, key] = text.split(/:(.*)/);
  return { country, organisation, person }[sort]?.(key) ?? key;
}

/** Who takes part, in words; what is known of the person is said first. */
export function party({ country: code, organisation: group, person, title }) {
  return person || [code && country(code), group && organisation(group)].filter(Boolean).join(', ') || title;
}

/** The value of a field in a few words. */
export function valueInWords(field, value) {
  if (value === null || value === undefined || (Array.isArray(value) && !value.length)) return 'none';
  if (field === 'occurred') return value.basis ? `${when(value)} (${value.basis})` : when(value);
  if (field === 'reports') return value.map((one) => `${one.publisher}, ${nice(one.published_at)}`).join('; ');
  if (field === 'place') return placeInWords(value);
  if (field === 'participants') return value.map((one) => party(one)).join(', ');
  if (field === 'subjects') return value.map(country).join(', ');
  return Array.isArray(value) ? value.join('; ') : String(value);
}

export const placeInWords = (place) => [place.name, place.country && country(place.country)].filter(Boolean).join(', ');
