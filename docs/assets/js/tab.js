/**
 * What a tab remembers of a form: it is for that tab alone, and is gone with it.
 *
 * It is kept in the tab's own sessionStorage. If the browser refuses, the page works without.
 * Change the number in the key when the format changes.
 */
const key = (form) => `form 1 ${location.pathname} ${form.id}`;

/** Keeps what there is to know of a form; of one that nobody has filled in, nothing. */
export function remember(form, state) {
  try {
    if (state) sessionStorage.setItem(key(form), JSON.stringify(state));
    else sessionStorage.removeItem(key(form));
  } catch {
    // Refused, or no room.
  }
}

/** What was kept of a form, unless the reader comes by a link that holds answers. */
export function recall(form, isLink) {
  try {
    const state = JSON.parse(sessionStorage.getItem(key(form)));
    const [{ type }] = performance.getEntriesByType("navigation");
    // On the way back to a link, prefer the answers changed since to those of the link.
    const isBack = type !== "navigate" && state?.followed === location.hash;
    return isLink && !isBack ? null : state;
  } catch {
    return null;
  }
}
