// What is new at the moment shown: since the moment shown before, or else since the day began.

import { chart, known, undated } from './chart.js';
import { DAY } from './format.js';
import { day, showNews } from './replay.js';
import { state } from './state.js';

/** Steps that are longer jump: what lies between is no news. */
const LONGEST_STEP = 40 * DAY;
let before = null;

/** Finds the actions to be outlined, and says them below the chart. */
export function findNews() {
  Object.assign(chart, { fresh: new Set(), since: Infinity });
  if (state.as_of) {
    const isStep = before !== null && before < day() && day() - before < LONGEST_STEP;
    const since = isStep ? before + DAY : day();
    const fresh = [...known(), ...undated()].filter((one) => one.kf >= since && one.kf < day() + DAY);
    Object.assign(chart, { fresh: new Set(fresh.map((one) => one.id)), since });
    showNews([...new Map(fresh.map((one) => [one.id, one])).values()]);
  }
  before = day();
}
