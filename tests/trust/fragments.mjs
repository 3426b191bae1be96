/**
 * Reads the part of an address behind its # as the page does: keep.js's own `linked`.
 *
 * In:  a JSON list of {fragment, names}, the names being the fields of the form.
 * Out: a JSON list of the pairs that the page would fill in.
 * A form is only asked whether it has a field, so that is all that stands for one here.
 */
import { readFileSync } from "node:fs";
import { linked } from "../../docs/assets/js/keep.js";

globalThis.CSS = { escape: (name) => name.replace(/["\\]/g, "\\$&") };
const formWith = (names) => ({
  querySelectorAll: (selector) => names.filter((name) => selector === `[name="${CSS.escape(name)}"]`),
  querySelector: () => null,
});
const asked = JSON.parse(readFileSync(0, "utf8"));
const read = asked.map(({ fragment, names }) => {
  globalThis.location = { hash: `#${fragment}` };
  return linked(formWith(names));
});
process.stdout.write(JSON.stringify(read));
