// Plotly, and slices of its traces. Knows nothing of diplomacy: a mark is an id and the time in which it was known.

/** Resolves once plotly.js, which loads beside the modules, has run. */
export const plotly = new Promise((resolve) => {
  if (window.Plotly) resolve(window.Plotly);
  else document.getElementById('plotly').addEventListener('load', () => resolve(window.Plotly));
});

export const CONFIG = {
  displayModeBar: false, displaylogo: false, showSendToCloud: false, responsive: false, scrollZoom: false,
  doubleClick: false, locale: 'en',
};

/** Of stages that each begin at a moment, the one that goes on at `moment`, in milliseconds. */
export const latest = (stages, moment) => stages.findLast(([from]) => from <= moment);

/** The part of a trace that was known at `moment`, in milliseconds; null where none was. */
export function slice(trace, moment) {
  const meta = trace.meta;
  if (meta?.stages) return counts(trace, moment);
  if (!meta?.kf) return trace;
  const kept = [];
  meta.kf.forEach((from, n) => {
    if (from <= moment && moment < meta.kt[n]) kept.push(n);
  });
  if (kept.length === meta.kf.length) return trace;
  return kept.length ? picked(trace, kept, meta.kf.length, meta.stride ?? 1) : null;
}

/** Cells with what they counted at `moment`, and since when. */
function counts(trace, moment) {
  const cells = trace.meta.stages.map((stages) => latest(stages, moment) ?? [0, 0, '']);
  const [since, numbers, texts] = [0, 1, 2].map((part) => cells.map((cell) => cell[part]));
  return { ...trace, z: [numbers.map((count) => count || null)], hovertext: [texts], meta: { ...trace.meta, since } };
}

function picked(value, kept, count, stride) {
  const result = {};
  for (const [name, part] of Object.entries(value)) {
    if (Array.isArray(part)) result[name] = part.length === count || part.length === count * stride ? taken(part, kept, count) : part;
    else result[name] = part && typeof part === 'object' ? picked(part, kept, count, stride) : part;
  }
  return result;
}

function taken(values, kept, count) {
  const each = values.length / count;
  return kept.flatMap((n) => values.slice(n * each, (n + 1) * each));
}

/** Where each mark stands, in order of time: {id, lane, kf, x, y, and for a bar or a cell left and width}, in milliseconds. */
export function marks(traces) {
  const found = [];
  for (const trace of traces) {
    if (trace.meta?.edges) found.push(...cells(trace));
    if (!trace.meta?.id || !trace.hovertext) continue;
    trace.meta.id.forEach((id, n) => found.push({ id, lane: trace.meta.lane[n], kf: trace.meta.kf[n], ...standing(trace, n) }));
  }
  return found.sort((one, other) => one.x - other.x || one.y - other.y);
}

/** The cells that count anything: their days are `opens`, in milliseconds, what they count is said in `text`, `kf` since when. */
function cells(trace) {
  const [top, bottom] = trace.y;
  return trace.z[0].map((count, n) => ({
    count, kf: trace.meta.since?.[n], lane: trace.meta.lane, opens: [trace.x[n], trace.x[n + 1]], text: trace.hovertext[0][n],
    x: (trace.x[n] + trace.x[n + 1]) / 2, y: (top + bottom) / 2, left: trace.x[n], width: trace.x[n + 1] - trace.x[n], id: `${trace.meta.lane} ${trace.x[n]}`,
  })).filter((one) => one.count);
}

function standing(trace, n) {
  if (trace.type !== 'bar') return { x: trace.x[n], y: trace.y[n] };
  return { x: trace.base[n] + trace.x[n] / 2, y: trace.y[n], left: trace.base[n], width: trace.x[n] };
}

/** Traces that outline marks. */
export function outlines(list, color) {
  const bars = list.filter((one) => one.width);
  const points = list.filter((one) => !one.width);
  const clear = 'rgba(0,0,0,0)';
  const result = [];
  if (bars.length) {
    result.push({
      type: 'bar', orientation: 'h', hoverinfo: 'skip', width: 22, textposition: 'none',
      base: bars.map((one) => one.left), x: bars.map((one) => one.width), y: bars.map((one) => one.y),
      marker: { color: clear, cornerradius: 6, line: { color, width: 2.5 } },
    });
  }
  if (points.length) {
    result.push({
      type: 'scatter', mode: 'markers', hoverinfo: 'skip', x: points.map((one) => one.x), y: points.map((one) => one.y),
      marker: { symbol: 'circle-open', size: 21, color, line: { color, width: 2.5 } },
    });
  }
  return result;
}

/** A dotted line that joins the marks of one action across lanes. */
export function joint(list, color) {
  if (list.length < 2) return [];
  const ys = list.map((one) => one.y);
  return [{
    type: 'scatter', mode: 'lines', hoverinfo: 'skip', x: [list[0].x, list[0].x],
    y: [Math.min(...ys), Math.max(...ys)], line: { color, width: 1.5, dash: 'dot' },
  }];
}

/** One drawing at a time, and of those that wait only the newest. */
export function scheduler(draw) {
  let busy = false;
  let waiting = false;
  return async function run() {
    if (busy) {
      waiting = true;
      return;
    }
    busy = true;
    try {
      do {
        waiting = false;
        await draw();
      } while (waiting);
    } finally {
      busy = false;
    }
  };
}
