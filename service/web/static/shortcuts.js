// Keys that work on every page. Those that a field needs for itself are left to it.

import { $, $$ } from './dom.js';
import { isPlaying, play, stepChange, stepDay } from './replay.js';

const FIELD = 'input, select, textarea, dialog, summary';

/** `more`: keys of one page alone, with what each does. */
export function wireShortcuts(more = {}) {
  const acts = {
    '/': () => $('#q')?.focus(),
    '?': () => $('#help')?.showModal(),
    '[': () => stepChange(-1), ']': () => stepChange(1), ',': () => stepDay(-1), '.': () => stepDay(1), ...more,
  };
  for (const button of $$('[data-help]')) button.addEventListener('click', acts['?']);
  document.addEventListener('keydown', (event) => {
    if (event.target.closest(FIELD) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' && !event.target.closest('a, button, [tabindex]:not(#chart)')) done(event, () => play(!isPlaying()));
    else if (acts[event.key]) done(event, acts[event.key]);
  });
}

/** The browser's own meaning of the key is left out. */
export function done(event, act) {
  event.preventDefault();
  act();
}
