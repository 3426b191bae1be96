// Prints what citation-js makes of the BibTeX on standard input: an object of key to text.
// Its "vancouver" template runs on citeproc-js, the reference implementation of CSL.
import { readFileSync } from "node:fs";
import Cite from "citation-js";

const entries = new Cite(readFileSync(0, "utf8"));
const lines = entries.format("bibliography", {
  format: "text",
  template: "vancouver",
  lang: "en-US",
  asEntryArray: true,
});
console.log(JSON.stringify(Object.fromEntries(lines)));
