// Taking along what is seen: a link that pins it, the data as a file, the chart as a picture.

import { chart } from './chart.js';
import { $, toast } from './dom.js';
import { picture } from './draw.js';
import { nice } from './format.js';
import { scope } from './scope.js';
import { address, clocks, dates, filters, joined, state } from './state.js';

export function wireShare() {
  $('#share').addEventListener('click', copyLink);
  for (const format of ['svg', 'png']) $(`#get-${format}`).addEventListener('click', () => savePicture(format));
}

/** The downloads are of what is seen. */
export function showShare() {
  const asked = joined(filters(), dates(), clocks()).toString();
  for (const ending of ['csv', 'ndjson']) $(`#get-${ending}`).href = `/api/timeline.${ending}${asked && `?${asked}`}`;
}

/** The page's address with the moment written out, so that it shows the same for ever. */
export function pinned() {
  const asked = address();
  if (scope.asOf) asked.set('as_of', state.as_of ?? scope.asOf);
  if (scope.position !== null) asked.set('position', scope.position);
  return `${location.origin}${location.pathname}?${asked}`;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(pinned());
    toast('Link copied. It will always show what you see now.');
  } catch {
    history.replaceState(null, '', pinned());
    toast('The address bar now holds the link.');
  }
}

async function savePicture(format) {
  $('#export').open = false;
  const known = state.as_of ? `, as known on ${nice(state.as_of)}` : '';
  const demo = document.querySelector('.demo') ? ' (demonstration data)' : '';
  const url = await picture(format, `Diplomatic timeline${demo}, ${nice(state.from ?? chart.meta.first)} to ${nice(state.to ?? chart.meta.last)}${known}`);
  const link = Object.assign(document.createElement('a'), { href: url, download: `timeline.${format}` });
  link.click();
}
