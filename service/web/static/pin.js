// A link that pins what is seen.

import { toast } from './dom.js';
import { scope } from './scope.js';
import { address, state } from './state.js';

/** Parameters with the moment written out, so that they show the same for ever. */
export function pin(asked) {
  if (scope.asOf) asked.set('as_of', state.as_of ?? scope.asOf);
  if (scope.position != null) asked.set('position', scope.position);
  return asked;
}

export const pinned = () => `${location.origin}${location.pathname}?${pin(address())}`;

export async function copyLink() {
  try {
    await navigator.clipboard.writeText(pinned());
    toast('Link copied. It will always show what you see now.');
  } catch {
    history.replaceState(null, '', pinned());
    toast('The address bar now holds the link.');
  }
}
