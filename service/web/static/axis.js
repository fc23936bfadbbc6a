// The dates above the lanes: they stay in sight while the lanes scroll. The ticks are those of the server's grid.

import { $, el } from './dom.js';
import { DAY, nice, toMs } from './format.js';
import { state } from './state.js';

/** Draws the ticks of `meta` for the window from `low` to `high`, in milliseconds. */
export function drawAxis(meta, low, high) {
  const axis = $('#axis');
  const width = axis.clientWidth;
  const at = (moment) => ((moment - low) / (high - low)) * 100;
  const ticks = meta.ticks.filter(([moment]) => at(moment) >= -0.01 && at(moment) < 99.9);
  const nodes = ticks.map(([moment, text, period, named], n) => {
    const node = el('span', {}, el('b', { textContent: text }), named || n === 0 ? period : '');
    node.style.left = `${at(moment)}%`;
    node.classList.toggle('first', (at(moment) * width) / 100 < 30);
    return node;
  });
  axis.replaceChildren(...nodes, ...knownOn(at));
}

function knownOn(at) {
  if (!state.as_of) return [];
  const place = at(toMs(state.as_of.slice(0, 10)) + DAY);
  if (place < 0 || place > 100) return [];
  const flag = el('em', { className: place > 75 ? 'flip' : '' }, el('i', { textContent: `known on ${nice(state.as_of)}` }));
  flag.style.left = `${place}%`;
  return [flag];
}
