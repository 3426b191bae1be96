/**
 * The checks' forms: sends their answers to Python and shows what comes back.
 *
 * Every word a reader sees was written in Python: the results by calculator.browser, the
 * words for waiting and failing by the build, which put them into the form's own markup.
 */
import { findable } from "./finder.js";
import { keepable, linked, restore } from "./keep.js";
import { Python } from "../python/loader.js";
import { recall, remember } from "./tab.js";

const WAIT_BEFORE_SAYING_SO = 1000; // Sooner, a progress line only flickers.
const LENGTH_TO_SHOW = 1e6; // Progress is told in megabytes.
const MEMORY = 4; // gigabytes, of which Python takes 0.1
const PATIENCE = 4000; // for the site to say which calculator it has
const WAIT_BEFORE_ADDING_UP = 300; // The reader is still typing.

const pythons = new Map();

/** One Python for all the forms of a page. */
function pythonFor({ runtime, files }) {
  if (!pythons.has(runtime))
    pythons.set(runtime, new Python(`runtime/${runtime}/`, JSON.parse(files), tellProgress));
  return pythons.get(runtime);
}

/**
 * Starts Python before the first touch for a reader who has it, where memory is known not to be
 * small: only Chromium tells. A browser without a store rejects.
 */
async function startWhenIdle({ dataset }) {
  if (!(navigator.deviceMemory >= MEMORY) || navigator.connection?.saveData) return;
  const python = pythonFor(dataset);
  if (await python.isKept()) requestIdleCallback(() => python.start());
}

let progress = "";
function tellProgress({ stage, loaded, total }) {
  for (const place of document.querySelectorAll("[data-loading]")) {
    const words = place.dataset[stage];
    const megabytes = (bytes) => (bytes / LENGTH_TO_SHOW).toFixed(1);
    progress = stage === "download" ? `${words} ${megabytes(loaded)} / ${megabytes(total)}MB` : words;
    if (place.dataset.state === "loading" && place.textContent) place.textContent = progress;
  }
}

/**
 * Moves the focus with the next frame: at once, the browser would lay out the page twice. A
 * result begins at the top of the screen, under the header.
 */
function focusOn(element) {
  requestAnimationFrame(() => {
    const preventScroll = element.matches("[data-result] h2");
    if (preventScroll) element.scrollIntoView();
    element.focus({ preventScroll });
  });
}

function fragment(html) {
  return document.createRange().createContextualFragment(html);
}

/**
 * Says that the reader must wait, once that takes a while; returns the function that ends it.
 * Until then an earlier result stays: removed at once, it would make the page jump.
 */
function wait(form) {
  const place = form.querySelector("[data-loading]");
  const stop = form.querySelector("[data-stop]").parentElement;
  place.dataset.state = "loading";
  clearProblems(form);
  clearTimeout(form.waiting); // of a press before this one
  form.waiting = setTimeout(() => {
    clearResult(form);
    place.textContent = progress || place.dataset.start;
    stop.hidden = false;
  }, WAIT_BEFORE_SAYING_SO);
  return (state) => {
    clearTimeout(form.waiting);
    clearResult(form);
    place.dataset.state = state;
    place.textContent = "";
    stop.hidden = true;
  };
}

/** Takes away what an earlier press was told was wrong; the reader's own input stays. */
function clearProblems(form) {
  form.querySelector("[data-problems]").replaceChildren();
  for (const place of form.querySelectorAll(".problem")) {
    place.hidden = true;
    place.textContent = "";
  }
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const failure of form.querySelectorAll("[data-failure]")) failure.hidden = true;
  document.title = document.title.replace(form.dataset.errorTitle, "");
}

/** Takes away an earlier result, and its mark in the table. */
function clearResult(form) {
  form.shown = undefined;
  form.querySelector("[data-answer]").replaceChildren();
  for (const mark of document.querySelectorAll(`table[data-table="${form.dataset.check}"] .marked`)) {
    mark.closest("tr").removeAttribute("aria-current");
    mark.remove();
  }
}

/** Shows what is wrong; returns what the focus goes to. */
function showProblems(form, { html, problems }) {
  form.querySelector("[data-problems]").append(fragment(html));
  for (const { field, message } of problems) {
    const place = document.getElementById(`${field}-problem`);
    const hidden = document.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = form.dataset.errorTitle;
    place.replaceChildren(hidden, message);
    place.hidden = false;
    const described = document.getElementById(field).closest("fieldset.question") ?? document.getElementById(field);
    described.setAttribute("aria-invalid", "true");
  }
  document.title = form.dataset.errorTitle + document.title;
  return form.querySelector(".problem-summary");
}

/** Shows a result; returns what the focus goes to. */
function showResult(form, response, answers) {
  const { html, marked, record } = response;
  const place = form.querySelector("[data-answer]");
  place.append(fragment(html));
  keepable(place, response, answers, form.dataset.report);
  form.shown = { response, answers };
  const row = document.querySelector(`table[data-table="${form.dataset.check}"] tr[data-row="${record.row}"]`);
  if (row && marked) {
    row.setAttribute("aria-current", "true");
    const mark = document.createElement("span");
    mark.className = "marked";
    mark.textContent = marked;
    row.querySelector("th").append(mark);
  }
  return place.querySelector("h2");
}

/** Says why there is no answer; returns what the focus goes to. */
function showFailure(form, reason) {
  const failures = [...form.querySelectorAll("[data-failure]")];
  const failure = failures.find((one) => one.dataset.failure === reason) ?? failures.at(-1);
  failure.hidden = false;
  return failure;
}

/**
 * Whether the site has another calculator than this page, whose own may be gone. If so, the
 * service worker looks for the new pages, too.
 */
async function isOutdated(form) {
  const address = new URL("../runtime/current.json", import.meta.url);
  const response = await fetch(address, { cache: "reload", signal: AbortSignal.timeout(PATIENCE) });
  const { hash } = await response.json();
  if (hash === form.dataset.runtime) return false;
  const registration = await navigator.serviceWorker?.getRegistration();
  registration?.update().catch(() => {});
  return true;
}

/** Loads the page anew; its tab remembers the answers, and that there is a result to be shown. */
function reload(form) {
  form.shown = {};
  location.reload();
}

function submit(event) {
  event.preventDefault();
  check(event.currentTarget, focusOn);
}

/** Asks Python and shows what comes back; `tell` is called with what is new on the page. */
async function check(form, tell) {
  const turn = (form.turn = (form.turn ?? 0) + 1);
  const request = { check: form.dataset.check, answers: [...new FormData(form)] };
  const done = wait(form);
  try {
    const response = JSON.parse(await pythonFor(form.dataset).run(JSON.stringify(request)));
    if (turn !== form.turn) return;
    done("ready");
    tell((response.problems.length ? showProblems : showResult)(form, response, request.answers));
    setTimeout(note, 0, form); // Storing takes as long as showing: the reader sees the answer first.
  } catch (failure) {
    const newer = failure.reason === "missing" && (await isOutdated(form).catch(() => false));
    if (turn !== form.turn) return;
    done("failed");
    console.info(`The check gave no answer: ${failure.message}`);
    tell(showFailure(form, newer ? "newer" : failure.reason));
  }
}

/** Gives every field of every row its own ids again, counted from 1. */
function renumber(group) {
  group.querySelectorAll(":scope > .row").forEach((row, index) => {
    for (const element of row.querySelectorAll("[id], [for], [aria-describedby], [data-question]"))
      for (const name of ["id", "for", "aria-describedby", "data-question"])
        if (element.hasAttribute(name))
          element.setAttribute(name, element.getAttribute(name).replace(/-\d+(?=-|\s|$)/g, `-${index + 1}`));
  });
}

function addRow(group) {
  const row = group.querySelector("template").content.firstElementChild.cloneNode(true);
  group.querySelector("template").before(row);
  renumber(group);
  findable(row);
  return row;
}

function removeRow(row) {
  const group = row.parentElement;
  row.remove();
  renumber(group);
  group.querySelector("[data-add]").focus();
}

function click({ target, currentTarget: form }) {
  const add = target.closest("[data-add]");
  const remove = target.closest("[data-remove]");
  if (add) addRow(add.closest("[data-rows]")).querySelector("select, input").focus();
  if (remove) removeRow(remove.closest(".row"));
  if (target.closest("[data-reload]")) reload(form);
  if (target.closest("[data-stop]")) pythonFor(form.dataset).stop();
  if (add || remove) addUp(form);
}

/** Says what the foods chosen so far add up to. Python adds them, exactly. */
function addUp(form) {
  const place = form.querySelector("[data-sum]");
  if (!place) return;
  clearTimeout(form.adding);
  form.adding = setTimeout(async () => {
    const rows = [...new FormData(form)].filter(([name]) => name.startsWith(`${place.dataset.sum}-`));
    const request = JSON.stringify({ check: "sum", answers: rows });
    // Where Python cannot answer, the sum is not said; the check itself says why.
    place.textContent = await pythonFor(form.dataset)
      .run(request)
      .then((response) => JSON.parse(response).sum, () => "");
  }, WAIT_BEFORE_ADDING_UP);
}

/** Whether an answer is the wanted one, or an age within wanted months; one not given may be. */
function meets(answer, wanted) {
  const [, least, most] = wanted.match(/^(\d+)-(\d*)$/) ?? [];
  if (!least) return answer === wanted;
  const [, number, unit] = answer.match(/^\s*(\d+)\s*(m|y|$)/i) ?? [];
  const age = number * (/m/i.test(unit) ? 1 : 12);
  return !number || (age >= least && age < (most || Infinity));
}

/** Hides a question that does not apply; hidden, it is not part of the answers. */
function showWhatApplies(form) {
  for (const question of form.querySelectorAll("[data-only-if]")) {
    const answers = new FormData(form); // anew, because the question before may be shown again
    const conditions = question.dataset.onlyIf.split(" ").map((one) => one.split("="));
    const applies = conditions.every(([name, wanted]) => meets(answers.get(name) ?? "", wanted));
    question.hidden = question.disabled = !applies;
  }
}

/** Has the tab remember the form as it is now. */
function note(form) {
  const answers = [...new FormData(form)];
  const { followed, shown, dataset } = form;
  const sum = form.querySelector("[data-sum]")?.textContent;
  const isTyped = [...form.elements].some(
    ({ type, value, defaultValue }) => type === "text" && value && value !== defaultValue,
  );
  // When every box has been emptied, forget the result too.
  const state = { answers, followed, sum, shown: isTyped ? shown : undefined, runtime: dataset.runtime };
  remember(form, followed || JSON.stringify(answers) !== form.untouched ? state : null);
}

/** Fills in a form with answers that were given before. */
function fill(form, answers) {
  restore(form, answers, addRow);
  showWhatApplies(form);
  findable(form);
}

/** Fills in a form from a link and checks it; without one, its questions stay as they are. */
function follow(form) {
  const answers = linked(form);
  // Back at a link that was followed before: keep the answers changed since.
  if (!answers.length || location.hash === form.followed) return showWhatApplies(form);
  form.followed = location.hash;
  fill(form, answers);
  form.requestSubmit();
}

/** Shows a form again as its tab last had it; the reader is where they were, so no focus moves. */
function resume(form, { answers, followed, sum, shown, runtime }) {
  form.followed = followed;
  fill(form, answers);
  if (sum) form.querySelector("[data-sum]").textContent = sum;
  if (!shown) return;
  if (shown.response && runtime === form.dataset.runtime) showResult(form, shown.response, shown.answers);
  else check(form, () => {}); // An earlier version's answer is asked for again, or one that it could not give.
}

for (const form of document.querySelectorAll("form[data-check]")) {
  form.addEventListener("submit", submit);
  form.addEventListener("change", () => showWhatApplies(form));
  // Before Tab leaves the age: the focus would move into a question that is then hidden.
  form.addEventListener("keydown", ({ key }) => key === "Tab" && showWhatApplies(form));
  form.addEventListener("input", ({ target }) => target.name.startsWith("eat-") && addUp(form));
  form.addEventListener("click", click);
  // Start Python while the reader fills in the form. With data saving on, start it only at
  // "Check": it is a download of megabytes.
  for (const intent of navigator.connection?.saveData ? [] : ["focusin", "pointerdown"])
    form.addEventListener(intent, () => pythonFor(form.dataset).start(), { once: true });
  startWhenIdle(form).catch(() => {});
  form.querySelector(".unready").classList.add("over");
  form.querySelector("[type=submit]").disabled = false;
  findable(form);
  form.untouched = JSON.stringify([...new FormData(form)]);
  const kept = recall(form, linked(form).length > 0);
  if (kept) resume(form, kept);
  else follow(form);
  addEventListener("hashchange", () => follow(form));
  // A browser may discard a hidden tab, or a page that is left, without another event.
  form.addEventListener("change", () => note(form));
  addEventListener("pagehide", () => note(form));
  document.addEventListener("visibilitychange", () => note(form));
}
