// Links to other pages take the filters and the moment along.

import { $$ } from './dom.js';
import { joined, kept } from './state.js';

/** An address under this site, with what of the state it takes along; `without` names parameters to leave. */
export function linkTo(path, { without = [], plus = {} } = {}) {
  const asked = joined(plus, kept());
  for (const name of without) asked.delete(name);
  const query = String(asked);
  return query ? `${path}?${query}` : path;
}

/** To the page of another country, which the countries that narrow this one are not meant for. */
export const elsewhere = (path) => linkTo(path, { without: ['country', 'party'] });

/** Sets every link that stands outside what the server draws anew. */
export function showLinks() {
  for (const link of $$('a[data-keep]')) link.href = linkTo(link.dataset.keep);
  for (const link of $$('a[data-elsewhere]')) link.href = elsewhere(link.dataset.elsewhere);
}
