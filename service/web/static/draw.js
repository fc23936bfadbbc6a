// Drawing the chart, as it was known at the moment shown, and making a picture of it.

import { drawAxis } from './axis.js';
import { boundary, chart, momentDrawn, shown } from './chart.js';
import { $, css, narrow, paused } from './dom.js';
import { DAY } from './format.js';
import { wireGestures } from './gestures.js';
import { CONFIG, joint, latest, marks, outlines, plotly, scheduler, slice } from './plot.js';
import { state } from './state.js';

/** Pixels across a sheet of paper on its side. */
const PAPER = 1000;
const plot = () => $('#plot');
let wired = false;

/** The traces that were known at the moment shown; how things came to be so is drawn only where the past is. */
function known() {
  if (!chart.isWhole) return chart.figure.data;
  const told = state.as_of ? chart.figure.data : chart.figure.data.filter((trace) => !trace.meta.past);
  return told.map((trace) => slice(trace, momentDrawn())).filter(Boolean);
}

/** Draws what was loaded last, with its outlines. */
export const render = scheduler(async () => {
  if (!chart.figure || !plot().clientWidth) return;
  const traces = known();
  chart.marks = marks(traces);
  const selected = chart.marks.filter((one) => one.id === (state.action ?? chart.cell));
  const fresh = chart.marks.filter((one) => (one.opens ? one.kf >= chart.since : chart.fresh.has(one.id)));
  const extra = [...outlines(fresh, css('--accent')), ...joint(selected, css('--focus')), ...outlines(selected, css('--focus'))];
  await (await plotly).react(plot(), [...traces, ...extra], layout(), CONFIG);
  if (!wired) wireGestures(plot());
  wired = true;
  drawAxis(chart.meta, ...shown());
  forPaper($('.canvas').clientWidth);
  $('#skeleton').hidden = true;
  requestAnimationFrame(stands);
});

/** Paper shows the chart as it was drawn, made smaller. */
function forPaper(wide) {
  const { style } = document.documentElement;
  style.setProperty('--wide', `${wide}px`);
  style.setProperty('--shrink', Math.min(1, PAPER / wide));
}

/** For whoever measures: the browser's own list of marks says when the chart was drawn last. */
function stands() {
  performance.clearMarks('chart-drawn');
  performance.mark('chart-drawn');
}

/** The server's layout without the dates on top, which stay in sight above. */
function layout() {
  const { margin, height, xaxis, ...rest } = chart.figure.layout;
  const [low, high] = shown();
  return {
    ...rest,
    ...replayed(),
    width: plot().clientWidth,
    height: height - margin.t,
    margin: { ...margin, t: 0 },
    xaxis: { ...xaxis, range: [low, high], showticklabels: false },
    uirevision: `${low} ${high}`,
  };
}

/** The lanes' names with their counts then, the line of what was known, and beyond it what was still to come. */
function replayed() {
  const { shapes, annotations } = chart.figure.layout;
  return { shapes: [...shapes, ...knownOn()], annotations: chart.isWhole ? annotations.map(counted) : annotations };
}

/** A lane's name with the count of what was known. */
function counted(annotation, n) {
  const [, count] = latest(chart.meta.counts[n], momentDrawn()) ?? [0, 0];
  return { ...annotation, text: chart.meta.lanes[n].text.replace('{count}', count.toLocaleString('en')) };
}

function knownOn() {
  const x0 = boundary();
  const end = shown()[1] + 366 * DAY;
  if (x0 === null || x0 > end) return [];
  const common = { yref: 'paper', y0: 0, y1: 1, x0 };
  const ahead = { ...common, type: 'rect', layer: 'below', x1: end, fillcolor: css('--accent'), opacity: 0.07, line: { width: 0 } };
  return [ahead, { ...common, type: 'line', x1: x0, line: { color: css('--accent'), width: 2 } }];
}

let fitted = 0;

/** Draws anew where the room for the chart has changed. */
export const fit = paused(100, (reload) => {
  const now = plot().clientWidth;
  if (!now || Math.abs(now - fitted) < 4) return;
  fitted = now;
  reload();
});

export const remember = () => { fitted = plot().clientWidth; };

/** The chart as it is seen, as a picture with its dates, title and source: "svg" or "png". */
export async function picture(format, title) {
  const { layout: given } = chart.figure;
  const extra = 44;
  const styled = {
    ...given, ...replayed(), paper_bgcolor: css('--page'), plot_bgcolor: css('--page'),
    height: given.height + extra, margin: { ...given.margin, t: given.margin.t + extra },
    xaxis: { ...given.xaxis, range: shown() },
    title: { text: title, x: 0, xref: 'container', xanchor: 'left', pad: { l: 16, t: 16 }, y: 1, yref: 'container', yanchor: 'top', font: { size: 14 } },
  };
  return (await plotly).toImage({ data: known(), layout: styled, config: CONFIG }, {
    format, width: Math.max(plot().clientWidth, narrow() ? 390 : 800), height: styled.height, scale: format === 'png' ? 2 : 1,
  });
}
