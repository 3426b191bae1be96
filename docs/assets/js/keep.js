/** What a reader can take away from a result, and how a link brings the answers back. */

// Created once: it takes a browser longer than the rest of a result.
const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const MOST_ROWS = 40; // A link made by hand must not fill the page.

/** The page's address for other people. The single file is given one: its own is on the reader's disk. */
const home = (place) => place.closest("[data-live]")?.dataset.live ?? location.href.replace(/#.*/, "");

/** The address that holds the answers: the part after the # is never sent to a server. */
function link(here, answers) {
  // A row's fields stay together even when one of them is empty.
  const said = answers.filter(([name, value]) => value || name.includes("-"));
  return `${here}#${new URLSearchParams(said)}`;
}

/** Where a result is from: the site, its address, and how to open this very result again. */
function originOf(here, answers, again) {
  const site = document.querySelector("meta[name=application-name]").content;
  return `${site}: ${new URL("..", here)}\n${again} ${link(here, answers)}`;
}

function download(name, text) {
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  file.download = name;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 1000);
}

/** Gives a result its date, and its buttons what they do. */
export function keepable(place, response, answers, report) {
  const { text, record } = response;
  const today = (response.date ??= dates.format(new Date())); // of the check, not of a reload
  const stamp = place.querySelector(".stamp");
  const here = home(place);
  stamp.querySelector("time").textContent = today;
  // Only a published page has a version: scripts/publish/offline.py writes it, by what is on the page.
  const version = document.querySelector("meta[name=offline]")?.content;
  if (version) stamp.querySelector(".page-version code").textContent = version;
  else stamp.querySelector(".page-version").remove();
  const origin = place.querySelector(".origin");
  if (here) origin.textContent = originOf(here, answers, origin.dataset.again);
  // The page's own line, which is shown once its review is overdue.
  const overdue = place.closest("article")?.querySelector("[data-due]:not([hidden])");
  if (overdue) place.querySelector(".summary").after(overdue.cloneNode(true));
  const whole = `${text}\n${overdue ? `${overdue.textContent}\n` : ""}${stamp.textContent}\n${origin.textContent}\n`;
  const keep = {
    copy: () => navigator.clipboard.writeText(whole),
    share: () => navigator.share({ title: place.querySelector("h2").textContent, text: whole }),
    link: () => navigator.clipboard.writeText(link(here, answers)),
    json: () => download("result.json", `${JSON.stringify({ ...record, date: today, page: version }, null, 2)}\n`),
    print: () => print(),
  };
  // The report names the check and its version; what the reader answered stays here.
  const challenge = place.querySelector("[data-challenge]");
  challenge.hidden = !report;
  for (const number of report ? challenge.querySelectorAll("a") : [])
    number.href = `${report}+version+${record.version}&${new URLSearchParams({ ...number.dataset })}`;
  // Where the device can share, its text carries the link: hide the button that copies it.
  if (navigator.share)
    for (const kind of ["share", "link"]) place.querySelector(`[data-keep=${kind}]`).hidden = kind === "link";
  const status = place.querySelector("[data-kept]");
  for (const button of place.querySelectorAll("[data-keep]"))
    button.addEventListener("click", async () => {
      try {
        await keep[button.dataset.keep]();
        status.textContent = button.dataset.done;
      } catch ({ name }) {
        // AbortError: the reader closed the share sheet, and nothing was refused.
        status.textContent = name === "AbortError" ? "" : status.dataset.refused;
      }
    });
}

const fieldsOf = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
const groupOf = (form, name) => form.querySelector(`[data-rows="${CSS.escape(name.split("-")[0])}"]`);

/** The answers to this form in the address, if a link put any there. */
export function linked(form) {
  // Without "=" it is the address of a field or a section, as in a list of problems.
  const pairs = location.hash.includes("=") ? [...new URLSearchParams(location.hash.slice(1))] : [];
  return pairs.filter(([name]) => fieldsOf(form, name).length || groupOf(form, name));
}

/** Fills in a form anew. */
export function restore(form, answers, addRow) {
  const fields = (name) => fieldsOf(form, name);
  const group = (name) => groupOf(form, name);
  form.reset();
  for (const row of form.querySelectorAll(".row")) row.remove();
  const nth = {};
  for (const [name, value] of answers) {
    const index = (nth[name] = (nth[name] ?? -1) + 1);
    if (group(name) && fields(name).length <= index && index < MOST_ROWS) addRow(group(name));
    const field = fields(name).find((one, at) => (one.type === "radio" ? one.value === value : at === index));
    if (!field) continue;
    if (field.type === "radio") field.checked = true;
    else field.value = value;
    // A value that is not in the list would be lost, and its row misread: add it as an option.
    if (field.selectedIndex < 0) field.add(new Option(value, value, true, true));
    if (value && field.closest("details")) field.closest("details").open = true;
  }
  // Add the empty rows that the group starts with.
  for (const rows of form.querySelectorAll("[data-rows]"))
    while (rows.querySelectorAll(".row").length < rows.dataset.start) addRow(rows);
}
