/**
 * Search, choices and sorting for every table marked `data-filter`.
 *
 * The controls and their words are in the page, hidden until this script shows them. Rows are
 * only hidden and moved, never made: whatever links to a row still finds it.
 */

const QUIET = 400; // The count is told when typing pauses, not at every letter.
const FEW = 20; // Rows until a reader asks: on a phone 300 foods are 90 screens of scrolling.

/** Text as a reader may type it: without case and without accents. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function narrow(state) {
  const { box, table } = state;
  const words = folded(box.querySelector("input").value).split(/\s+/).filter(Boolean);
  const choices = [...box.querySelectorAll("select")].filter((select) => select.value);
  const asked = state.all || words.length || choices.length;
  const rows = [...table.tBodies[0].rows];
  for (const [nth, row] of rows.entries()) {
    const text = folded(row.textContent);
    row.hidden = !(
      (asked || nth < FEW) &&
      words.every((word) => text.includes(word)) &&
      choices.every(({ dataset, value }) => row.dataset[dataset.key] === value)
    );
  }
  table.toggleAttribute("data-few", !asked);
  clearTimeout(box.timer);
  box.timer = setTimeout(() => tell(box, rows), table.dataset.told ? QUIET : 0);
  table.dataset.told = "yes";
}

function tell(box, rows) {
  const status = box.querySelector("[role=status]");
  const shown = rows.filter((row) => !row.hidden).length;
  status.textContent = status.dataset.words.replace("{shown}", shown).replace("{all}", rows.length);
}

function showAll(state) {
  state.all = true;
  state.box.querySelector("input").value = "";
  for (const select of state.box.querySelectorAll("select")) select.value = "";
  narrow(state);
}

/** What a row is sorted by in a column: the cell's own value, or its text. */
function valueOf(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value ?? cell.textContent.trim();
}

/** A link to a row that is hidden, or into one, shows all rows. */
function reveal(state) {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("tr");
  if (row?.hidden && state.table.contains(row)) {
    showAll(state);
    row.scrollIntoView();
  }
}

/** Sorts by a column; the same button again turns the order round. */
function sort(state, heading) {
  const { table } = state;
  const number = heading.dataset.sort === "number";
  const first = number ? "descending" : "ascending";
  const second = number ? "ascending" : "descending";
  const order = heading.getAttribute("aria-sort") === first ? second : first;
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", order);
  const sign = order === "ascending" ? 1 : -1;
  const column = heading.cellIndex;
  const compare = number
    ? (a, b) => valueOf(a, column) - valueOf(b, column)
    : (a, b) => valueOf(a, column).localeCompare(valueOf(b, column), "en");
  table.tBodies[0].append(...[...state.rows].sort((a, b) => sign * compare(a, b)));
  narrow(state);
}

function setUp(table) {
  const box = document.querySelector(`[data-filter-for="${table.dataset.filter}"]`);
  const state = { table, box, rows: [...table.tBodies[0].rows] };
  for (const heading of table.tHead.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(state, heading));
    heading.append(button);
  }
  box.addEventListener("input", () => narrow(state));
  box.querySelector("button").addEventListener("click", () => showAll(state));
  addEventListener("hashchange", () => reveal(state));
  box.hidden = false;
  narrow(state);
  reveal(state);
}

for (const table of document.querySelectorAll("table[data-filter]")) setUp(table);
