// Below the replay slider: when knowledge changed, a bar for every few pixels, the higher the more changed.

import { $ } from './dom.js';

const APART = 4;
const [LOW, HIGH] = [3, 8];

/** `changes` are {moment, count}; `first` and `last` are the ends of the slider, all in milliseconds. */
export function drawTicks(changes, first, last) {
  const ticks = $('#replay-ticks');
  const slots = Math.max(1, Math.floor(ticks.clientWidth / APART));
  const counts = new Array(slots).fill(0);
  for (const { moment, count } of changes) counts[Math.min(slots - 1, Math.floor(((moment - first) / (last - first || 1)) * slots))] += count;
  const most = Math.max(...counts);
  const bars = counts.map((count, slot) => count && `M${(slot + 0.5) * APART} ${HIGH}v${-(LOW + (HIGH - LOW) * Math.sqrt(count / most)).toFixed(1)}`);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', bars.filter(Boolean).join(''));
  ticks.setAttribute('viewBox', `0 0 ${slots * APART} ${HIGH}`);
  ticks.replaceChildren(path);
}
