// Small helpers for the page's own elements.

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/** A new element. `properties` are set as such, those with a hyphen as attributes; empty children are left out. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-') || name === 'role') node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

/** The shape of a kind of action, from the page's sprite. */
export function mark(kind) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  for (const [name, value] of [['class', 'mark'], ['width', '14'], ['height', '14'], ['aria-hidden', 'true']]) {
    svg.setAttribute(name, value);
  }
  use.setAttribute('href', `#i-${kind}`);
  svg.append(use);
  return svg;
}

let fading = null;

/** Says something at the foot of the page for a moment; screen readers hear it too. */
export function toast(text) {
  const node = $('#toast');
  node.textContent = text;
  node.classList.add('on');
  clearTimeout(fading);
  fading = setTimeout(() => node.classList.remove('on'), 2200);
}

/** Tells screen readers, and only them. */
export function say(text) {
  const node = $('#say');
  if (node) node.textContent = text;
}

export const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
export const narrow = () => matchMedia('(max-width: 760px)').matches;
export const theme = () => document.documentElement.dataset.theme;

/** From light to dark or back. Where storage is forbidden the choice lasts as long as the page. */
export function turnTheme() {
  document.documentElement.dataset.theme = theme() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem('theme', theme());
  } catch {
    say('The theme is kept for this page only.');
  }
}

/** Calls `action` once the calls have paused for so many milliseconds. */
export function paused(milliseconds, action) {
  let timer = null;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), milliseconds);
  };
}
