// The dates above the lanes: they stay in sight while the lanes scroll. The ticks are those of the server's grid.

import { boundary } from './chart.js';
import { $, el, narrow } from './dom.js';
import { nice } from './format.js';
import { state } from './state.js';

/** Draws the ticks of `meta` for the window from `low` to `high`, in milliseconds. */
export function drawAxis(meta, low, high) {
  const axis = $('#axis');
  const width = axis.clientWidth;
  const at = (moment) => ((moment - low) / (high - low)) * 100;
  const flagged = boundary() === null ? NaN : (at(boundary()) * width) / 100;
  const isUnderFlag = (x) => x > flagged - 34 && x < flagged + 150;
  const ticks = meta.ticks.filter(([moment]) => at(moment) >= -0.01 && at(moment) < 99.9);
  const nodes = ticks.map(([moment, text, period, named], n) => {
    const node = el('span', {}, el('b', { textContent: text }), (named || n === 0) && !isUnderFlag((at(moment) * width) / 100) ? period : '');
    node.style.left = `${at(moment)}%`;
    node.classList.toggle('first', (at(moment) * width) / 100 < 30);
    return node;
  });
  axis.replaceChildren(...nodes, ...knownOn(at));
}

/** The flag of the moment shown; where there is room beside it, what lies beyond is named too. */
function knownOn(at) {
  if (boundary() === null) return [];
  const place = at(boundary());
  if (place < 0 || place > 100) return [];
  const flag = el('em', { className: place > 75 ? 'flip' : '' }, el('i', {}, `known on ${nice(state.as_of)}`, place < 70 && !narrow() ? el('span', { textContent: 'still to come then →' }) : null));
  flag.style.left = `${place}%`;
  return [flag];
}
