// Small things in the text of a page: lists that are narrowed by typing, addresses that are copied.

import { $, $$, toast } from './dom.js';

/** Anew after the server has drawn the text anew. */
export function wireText() {
  const find = $('#find');
  if (find) {
    find.addEventListener('input', narrow);
    narrow();
  }
  for (const button of $$('[data-copy]')) button.addEventListener('click', () => copy($(button.dataset.copy).textContent.trim()));
}

/** Leaves in the lists what holds the letters typed. */
function narrow() {
  const letters = plain($('#find').value);
  for (const row of $$('[data-find] > li')) row.hidden = !plain(row.dataset.name).includes(letters);
  for (const list of $$('[data-find]')) list.nextElementSibling.hidden = $$('li:not([hidden])', list).length > 0;
}

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

const copy = (text) => navigator.clipboard.writeText(text).then(() => toast('Copied'), () => toast('Select the text and copy it'));
