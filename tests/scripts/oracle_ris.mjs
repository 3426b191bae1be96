// Prints what citation-js reads from the BibTeX and the RIS given as JSON on standard input:
// an object of two lists of CSL-JSON, so that a test can hold one against the other.
import { readFileSync } from "node:fs";
import Cite from "citation-js";

const { bibtex, ris } = JSON.parse(readFileSync(0, "utf8"));
const read = (text) => new Cite(text).data;
console.log(JSON.stringify({ bibtex: read(bibtex), ris: read(ris) }));
