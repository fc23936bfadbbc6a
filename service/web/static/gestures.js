// What is done to the chart, by pointer and by button, as a change of state.

import { drawAxis } from './axis.js';
import { chart, clipped, shown } from './chart.js';
import { DAY, toMs } from './format.js';
import { change, chosenBy, state, toggle } from './state.js';

const SHORTEST = 3 * DAY;

/** Shows another window of time: milliseconds, the end exclusive. */
export function setWindow(low, high, { keep = false } = {}) {
  let [first, end] = [Math.round(low / DAY) * DAY, Math.round(high / DAY) * DAY];
  if (end - first < SHORTEST) {
    first = Math.round((low + high - SHORTEST) / 2 / DAY) * DAY;
    end = first + SHORTEST;
  }
  change({ from: clipped(first), to: clipped(end - DAY) }, { keep });
}

export function zoom(factor, around = 0.5) {
  const [low, high] = shown() ?? [];
  if (low === undefined) return;
  const still = low + (high - low) * around;
  setWindow(still - (still - low) * factor, still + (high - still) * factor);
}

export function pan(share) {
  const [low, high] = shown();
  const step = Math.sign(share) * Math.max(DAY, Math.round((Math.abs(share) * (high - low)) / DAY) * DAY);
  setWindow(low + step, high + step);
}

/** Milliseconds of what Plotly says of its axis: a number, a day, or a day with a time. */
function moment(value) {
  if (typeof value === 'number') return value;
  return value.length > 10 ? Date.parse(`${value.replace(' ', 'T')}Z`) : toMs(value);
}

/** Listens to a chart that has been drawn. */
export function wireGestures(node) {
  node.on('plotly_relayouting', (event) => {
    if (event['xaxis.range[0]']) drawAxis(chart.meta, moment(event['xaxis.range[0]']), moment(event['xaxis.range[1]']));
  });
  node.on('plotly_relayout', (event) => {
    if (event['xaxis.range[0]']) setWindow(moment(event['xaxis.range[0]']), moment(event['xaxis.range[1]']));
  });
  node.on('plotly_click', ({ points }) => points[0] && clicked(points[0]));
  node.on('plotly_clickannotation', ({ annotation }) => annotation.name && nameClicked(annotation.name));
  node.addEventListener('wheel', wheel, { passive: false });
}

function clicked(point) {
  const meta = point.data.meta;
  if (meta?.edges) {
    const column = Array.isArray(point.pointNumber) ? point.pointNumber[1] : point.pointIndex[1];
    setWindow(meta.edges[column] * DAY, meta.edges[column + 1] * DAY, { keep: true });
  } else if (meta?.id) {
    chart.lane = meta.lane[point.pointNumber];
    change({ action: meta.id[point.pointNumber] });
  }
}

/** A lane's name shows that lane alone, or all again. */
function nameClicked(key) {
  const by = state.lanes ?? 'country';
  if (!Array.isArray(state[by])) return;
  const [name, value] = chosenBy(by, key);
  if (name === 'party') toggle(name, value);
  else change({ [name]: state[name].length === 1 && state[name][0] === value ? [] : [value] });
}

function wheel(event) {
  if (!event.ctrlKey && !event.shiftKey) return;
  event.preventDefault();
  if (event.shiftKey) {
    pan(Math.sign(event.deltaY || event.deltaX) * 0.1);
    return;
  }
  const box = event.currentTarget.getBoundingClientRect();
  const { l, r } = chart.figure.layout.margin;
  const around = (event.clientX - box.left - l) / (box.width - l - r);
  zoom(event.deltaY > 0 ? 1.25 : 0.8, Math.min(1, Math.max(0, around)));
}

