// Where what is shown comes from.

import { $ } from './dom.js';
import { plural } from './format.js';
import { scope } from './scope.js';

/** Who published what is shown: in sight whatever is scrolled to. */
export function showOrigin() {
  const { publishers } = scope;
  const others = publishers.length > 3 ? ` and ${plural(publishers.length - 3, 'other')}` : '';
  $('#origin-who').textContent = publishers.length ? `Reports by ${publishers.slice(0, 3).join(', ')}${others}` : '';
}
