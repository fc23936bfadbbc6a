// A chart in a frame of another site, as wide as the frame, drawn anew where the frame changes its width.

import { ask } from './api.js';
import { $, paused, theme } from './dom.js';
import { CONFIG, plotly } from './plot.js';

const figure = $('#figure');
let drawn = 0;

async function draw() {
  const width = Number(figure.dataset.width) || Math.min(5000, Math.max(200, figure.clientWidth));
  if (width === drawn) return;
  drawn = width;
  try {
    const { body } = await ask(figure.dataset.src, `theme=${theme()}&width=${width}`);
    await (await plotly).react($('#plot'), body.data, body.layout, { ...CONFIG, ...body.layout.meta?.config });
    document.documentElement.dataset.ready = String(width);
  } catch (failure) {
    if (!failure.title) throw failure;
    $('#say').textContent = `The chart could not be loaded. ${failure.message}`;
  }
}

addEventListener('resize', paused(150, draw));
draw();
