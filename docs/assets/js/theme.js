/**
 * What a page needs of the theme's script at once: colours, menu, folded parts.
 *
 * The theme's own script is 114kB, most of it for what is not here. Its search is, so it comes,
 * and the search index with it, when a reader turns to the search. What was typed meanwhile is
 * searched for as soon as both have come.
 */
const query = document.querySelector(".md-search__input");
const search = document.getElementById("__search");
const drawer = document.getElementById("__drawer");

// ------------------------------------------------------------------------ the search

const later = document.getElementById("theme-script");
let state = "";

/** Asks for the theme's script once, and again at the next turn to the search if it failed. */
function bringSearch() {
  if (state) return;
  state = "coming";
  const script = document.importNode(later.content, true).querySelector("script");
  // At an address with a fragment the theme's script would close the search as it starts.
  const { hash } = location;
  history.replaceState(history.state, "", location.pathname + location.search);
  const end = (next) => {
    state = next;
    if (!location.hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
  };
  script.addEventListener("load", () => end("there"));
  script.addEventListener("error", () => {
    end("");
    script.remove();
    document.querySelector(".md-search-result__meta").textContent = later.dataset.failed;
  });
  document.body.append(script);
}

query.addEventListener("focus", () => {
  search.checked = true;
  bringSearch();
});
search.addEventListener("change", () => search.checked && query.focus());
if (new URLSearchParams(location.search).has("q")) bringSearch();

addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (state === "there" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "Enter" && target.matches("label")) target.click();
  if (key === "Escape" && target === query) {
    search.checked = false;
    query.blur();
  }
  if (key !== "/" || target.matches("input, select, textarea")) return;
  event.preventDefault();
  query.focus();
});

// ------------------------------------------------------------------------ the colours

const choices = [...document.querySelectorAll("[data-palette] input")];
const mediaOf = (choice) => choice.getAttribute("data-md-color-media");
const isDevice = (choice) => mediaOf(choice) === "(prefers-color-scheme)";

/** Shows the chosen palette, or the device's, and keeps it as the theme's inline script reads it. */
function paint() {
  const index = choices.findIndex((choice) => choice.checked);
  const device = choices.find((choice) => !isDevice(choice) && matchMedia(mediaOf(choice)).matches);
  const shown = (isDevice(choices[index]) && device) || choices[index];
  const color = { media: mediaOf(choices[index]) };
  for (const part of ["scheme", "primary", "accent"]) {
    color[part] = shown.getAttribute(`data-md-color-${part}`);
    document.body.setAttribute(`data-md-color-${part}`, color[part]);
  }
  // The scroll bars, too.
  document.documentElement.style.colorScheme = getComputedStyle(document.body).colorScheme;
  __md_set("__palette", { index, color });
}

for (const [index, choice] of choices.entries()) {
  choice.addEventListener("change", paint);
  // A radio button that is chosen already has no key that chooses the next.
  choice.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    const next = choices[(index + 1) % choices.length];
    next.click();
    next.focus();
  });
}
(choices[__md_get("__palette")?.index] ?? choices[0]).checked = true;
paint();
matchMedia("(prefers-color-scheme: light)").addEventListener("change", paint);

// ------------------------------------------------------------------------ the menu

document.querySelector(".md-nav--primary")?.addEventListener("change", ({ target }) => {
  const list = document.querySelector(`[aria-labelledby="${target.id}_label"]`);
  list?.setAttribute("aria-expanded", target.checked);
});

// ------------------------------------------------------------------------ what is folded

/** Opens what is folded round the place that a link leads to: not every browser does. */
function reveal() {
  drawer.checked = false;
  const there = document.querySelector(":target");
  let folded = there?.closest("details:not([open])");
  if (!folded) return;
  for (; folded; folded = folded.parentElement.closest("details:not([open])")) folded.open = true;
  there.scrollIntoView();
}

addEventListener("hashchange", reveal);
reveal();

// On paper nothing can be opened.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("article details:not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of folded) one.open = false;
});
