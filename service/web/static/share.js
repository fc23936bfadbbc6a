// Taking along what is seen: a link that pins it, the data as a file, the chart as a picture.

import { chart } from './chart.js';
import { $, theme, toast } from './dom.js';
import { picture } from './draw.js';
import { nice } from './format.js';
import { copyLink, pin } from './pin.js';
import { clocks, dates, filters, joined, state } from './state.js';

export function wireShare() {
  $('#share').addEventListener('click', copyLink);
  $('#embed').addEventListener('click', copyFrame);
  for (const format of ['svg', 'png']) $(`#get-${format}`).addEventListener('click', () => savePicture(format));
}

/** The downloads are of what is seen; a feed has an order of its own, and takes no other. */
export function showShare() {
  const asked = joined(filters(), dates(), clocks());
  const sorted = /^-?date$/.test(state.sort) ? joined(asked, { sort: state.sort }) : asked;
  for (const [ending, query] of Object.entries({ csv: sorted, ndjson: sorted, atom: asked })) {
    $(`#get-${ending}`).href = `/api/timeline.${ending}${String(query) && `?${query}`}`;
  }
}

/** The chart as HTML for another page: the lanes and the window that are seen, pinned. */
export function frame() {
  const drawn = joined(filters(), dates(), Object.entries({ lanes: state.lanes, most: state.most, theme: theme() }).filter(([, value]) => value));
  const source = `${location.origin}/api/charts/timeline.html?${pin(drawn)}`.replaceAll('&', '&amp;');
  return `<iframe src="${source}" title="Diplomatic timeline" width="100%" height="${chart.figure.layout.height + 40}" loading="lazy"></iframe>`;
}

function copyFrame() {
  $('#export').open = false;
  navigator.clipboard.writeText(frame()).then(
    () => toast('Code copied. Paste it into a page of yours.'), () => toast('This browser does not let the page copy.'));
}

async function savePicture(format) {
  $('#export').open = false;
  const known = state.as_of ? `, as known on ${nice(state.as_of)}` : '';
  const demo = document.querySelector('.demo') ? ' (demonstration data)' : '';
  const url = await picture(format, `Diplomatic timeline${demo}, ${nice(state.from ?? chart.meta.first)} to ${nice(state.to ?? chart.meta.last)}${known}`);
  const link = Object.assign(document.createElement('a'), { href: url, download: `timeline.${format}` });
  link.click();
}
