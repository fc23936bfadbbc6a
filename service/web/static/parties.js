// Those who take part, by name; a name leads to the page of its country, organisation or person.

import { el } from './dom.js';
import { country, organisation } from './format.js';
import { elsewhere } from './links.js';

const page = (path, name) => el('a', { href: elsewhere(path), 'data-elsewhere': path, textContent: name });

export const countryLink = (code) => page(`/countries/${code}`, country(code));
const organisationLink = (code) => page(`/organisations/${code}`, organisation(code));

/** A single word names nobody without the title, as in King Hussein; the server leads on from the name to the key. */
function personLink(name, title) {
  const named = title && !/\s/.test(name.trim()) ? `${title} ${name}` : name;
  return page(`/people/${encodeURIComponent(named.replaceAll('/', ' '))}`, name);
}

/** In a list: the country alone, else the organisation, else the person. */
export function brief({ country: code, organisation: group, person, title }) {
  if (code) return countryLink(code);
  if (group) return organisationLink(group);
  return person ? personLink(person, title) : title;
}

/** In full: whom or what to name first, and what to say of it after. */
export function full({ country: code, organisation: group, person, title }) {
  const body = [code && countryLink(code), group && organisationLink(group)].filter(Boolean);
  if (person) return { name: personLink(person, title), more: [title, ...body].filter(Boolean) };
  return body.length ? { name: listed(body), more: title ? [title] : [] } : { name: title, more: [] };
}

/** Names with something between them. */
export const listed = (names, between = ', ') => names.flatMap((one, n) => (n ? [between, one] : [one]));
