// Looking back: the page as known on a day, by slider, by step, or played.

import { ask, newest } from './api.js';
import { $, el, paused } from './dom.js';
import { DAY, nice, plural, toDay, toMs } from './format.js';
import { change, filters, joined, state } from './state.js';
import { drawTicks } from './ticks.js';

const STEP_MS = 420;
const signal = newest();
const replay = { changes: [], news: [], asked: null, timer: null };
/** What was asked last, so that a filter that is chosen and taken back asks once. */
const answers = new Map();
const MOST_ANSWERS = 8;

const icons = () => $('#replay-play').classList.toggle('playing', Boolean(replay.timer));
const now = () => Math.max(replay.changes.at(-1) ?? 0, toMs(toDay(Date.now())));
const first = () => replay.changes[0] ?? now();
const last = () => (replay.changes.at(-1) ?? now()) + 7 * DAY;

/** Milliseconds of the day shown, or null where it is now. */
export const day = () => (state.as_of ? toMs(state.as_of.slice(0, 10)) : null);
export const isPlaying = () => Boolean(replay.timer);

/** The days on which something became known of what the filters leave; asked for anew where these change. */
export async function loadChanges() {
  const asked = joined(filters(), state.position ? { position: state.position } : {});
  if (replay.asked === String(asked)) return;
  const stop = signal();
  const news = answers.get(String(asked)) ?? (await ask('/api/changes', asked, stop)).body.results.map(({ day, count }) => ({ moment: toMs(day), count }));
  answers.delete(String(asked));
  answers.set(String(asked), news);
  if (answers.size > MOST_ANSWERS) answers.delete(answers.keys().next().value);
  Object.assign(replay, { news, changes: news.map(({ moment }) => moment), asked: String(asked) });
  showTicks();
  showReplay();
}

const showTicks = () => drawTicks(replay.news, first(), last());

export function wireReplay() {
  $('#replay-slider').addEventListener('input', ({ target }) => go(Number(target.value)));
  $('#replay-slider').addEventListener('keydown', sliderKeys);
  $('#replay-prev').addEventListener('click', () => stepChange(-1));
  $('#replay-next').addEventListener('click', () => stepChange(1));
  $('#replay-play').addEventListener('click', () => play(!replay.timer));
  $('#replay-on').addEventListener('click', () => (state.as_of ? latest() : go(start(), true)));
  addEventListener('resize', paused(100, showTicks));
  $('#as-of').addEventListener('change', ({ target }) => change({ as_of: target.value || null, position: null }));
}

/** Arrow keys move a day whatever the browser's own step is. */
function sliderKeys(event) {
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 }[event.key];
  if (!step) return;
  event.preventDefault();
  stepDay(step);
}

/** Where replay begins: a little after the first news of the window. */
function start() {
  const from = state.from ? toMs(state.from) : -Infinity;
  return replay.changes.find((moment) => moment >= from) ?? first();
}

function go(moment, keep = false) {
  if (moment >= last()) latest();
  else change({ as_of: toDay(Math.max(moment, first())) }, { keep });
}

function latest() {
  play(false);
  change({ as_of: null, position: null });
}

export const stepDay = (days) => go((day() ?? last()) + days * DAY);

/** To the next day, or the one before, on which something became known. */
export function stepChange(way) {
  const here = day() ?? Infinity;
  const next = way > 0 ? replay.changes.find((moment) => moment > here) : replay.changes.findLast((moment) => moment < here);
  if (next !== undefined) go(next);
  else if (way > 0) latest();
}

/** Plays from change to change: days without news are passed over. */
export function play(on) {
  clearInterval(replay.timer);
  replay.timer = null;
  if (on) {
    if (!state.as_of) go(start(), true);
    replay.timer = setInterval(() => (state.as_of ? stepChange(1) : play(false)), STEP_MS);
  }
  icons();
  $('#replay-play').setAttribute('aria-label', on ? 'Pause' : 'Play');
}

/** Sets every control to the state. */
export function showReplay() {
  const slider = $('#replay-slider');
  Object.assign(slider, { min: first(), max: last(), step: DAY });
  slider.value = day() ?? last();
  slider.setAttribute('aria-valuetext', state.as_of ? nice(state.as_of) : 'Now');
  slider.style.setProperty('--done', `${((slider.value - slider.min) / (slider.max - slider.min)) * 100}%`);
  document.documentElement.classList.toggle('replaying', Boolean(state.as_of));
  $('#replay-on').setAttribute('aria-pressed', Boolean(state.as_of));
  $('#replay-on').textContent = state.as_of ? 'Back to now' : 'Replay';
  $('#as-of').value = state.as_of?.slice(0, 10) ?? '';
  if (!state.as_of) $('#replay-news').replaceChildren();
}

/** Says what became known on the day shown: `news` are actions with a title. */
export const showNews = paused(30, (news) => {
  if (!state.as_of) return;
  const titles = news.slice(0, 2).map((one) => one.title).join('; ');
  const text = news.length ? `${plural(news.length, 'change')}: ${titles}${news.length > 2 ? ' …' : ''}` : 'No change on this day';
  $('#replay-news').replaceChildren(el('span', { title: news.map((one) => one.title).join('\n') }, text));
});
