// The figures of a page: each names the question that its chart answers.

import { ask, newest } from './api.js';
import { $, $$, el, theme } from './dom.js';
import { linkTo, together } from './links.js';
import { CONFIG, plotly } from './plot.js';

const drawn = new WeakMap();

/** Draws every figure whose question, theme or width has changed. */
export const drawFigures = () => Promise.all($$('.figure').map(draw));

async function draw(figure) {
  const width = Math.round(figure.clientWidth);
  if (width < 200) return;
  const asked = `${figure.dataset.src}&theme=${theme()}&width=${Math.min(5000, width)}`;
  const known = drawn.get(figure) ?? { signal: newest(), asked: null };
  drawn.set(figure, known);
  if (known.asked === asked) return;
  try {
    const { body } = await ask(asked, '', known.signal());
    known.asked = asked;
    await show(figure, body);
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    if (!failure.title) throw failure;
    refuse(figure, failure);
  }
}

async function show(figure, { data, layout }) {
  const plot = $('.plot', figure);
  await (await plotly).react(plot, data, layout, { ...CONFIG, ...layout.meta?.config });
  if (!figure.classList.contains('wired')) plot.on('plotly_click', ({ points }) => points[0] && clicked(points[0]));
  figure.classList.add('wired');
  figure.classList.remove('failed');
  figure.setAttribute('role', 'img');
  $('.wait', figure).setAttribute('aria-hidden', 'true');
  figure.setAttribute('aria-label', [figure.dataset.about, layout.meta?.note].filter(Boolean).join('. '));
  $('.wait', figure).textContent = layout.meta?.note ?? '';
}

/** What may be tried again is no picture: nothing within one can be reached. */
function refuse(figure, failure) {
  figure.removeAttribute('role');
  $('.wait', figure).removeAttribute('aria-hidden');
  figure.classList.add('failed');
  $('.wait', figure).replaceChildren(`The picture could not be loaded. ${failure.message} `, el('button', { type: 'button', className: 'link', textContent: 'Try again', onclick: drawFigures }));
}

/** A mark of a country or of a pair leads to its page. */
function clicked(point) {
  const { countries, pairs } = point.data.meta ?? {};
  const country = countries?.[point.pointNumber];
  const pair = point.data.type === 'heatmap' ? point.z !== null && [point.y, point.x] : pairs?.[point.pointNumber];
  if (pair) location.href = linkTo(`/relations/${pair[0]}/${pair[1]}`);
  else if (country) location.href = together(country);
}
