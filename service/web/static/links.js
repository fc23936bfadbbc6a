// Links to other pages take the filters and the moment along.

import { $$ } from './dom.js';
import { PARTIES, WHOM, joined, kept, state } from './state.js';

/** An address under this site, with what of the state it takes along; `without` names parameters to leave. */
export function linkTo(path, { without = [], plus = {} } = {}) {
  const asked = joined(plus, kept());
  for (const name of without) asked.delete(name);
  const query = String(asked);
  return query ? `${path}?${query}` : path;
}

/** To the page of another party, which whom the filters name is not meant for, nor how they are to match. */
export const elsewhere = (path) => linkTo(path, { without: [...WHOM, 'party', 'match'] });

/** To the page of a country that was counted under the filters; as `Links.together` in service/web/links.py. */
export function together(code) {
  const path = `/countries/${code}`;
  if (state.country.length) return linkTo(path);
  const meansAny = state.role.length || PARTIES.some((name) => state[name].length > 1);
  if (meansAny) return linkTo('/', { plus: new URLSearchParams([['party', `country:${code}`]]) });
  const besides = PARTIES.filter((name) => state[name].length === 1).map((name) => ['party', `${name}:${state[name][0]}`]);
  return linkTo(path, { without: [...WHOM, 'match'], plus: new URLSearchParams(besides) });
}

/** Sets every link that stands outside what the server draws anew. */
export function showLinks() {
  for (const link of $$('a[data-keep]')) link.href = linkTo(link.dataset.keep);
  for (const link of $$('a[data-elsewhere]')) link.href = elsewhere(link.dataset.elsewhere);
}
