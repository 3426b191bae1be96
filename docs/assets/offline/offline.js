/**
 * The page's side of sw.js: registers it, keeps the runtime of the checks, tells of a new version.
 *
 * Only a published page has <meta name="offline">; any other registers nothing. The words
 * that a reader sees stand in the page, in docs/about/offline.md and scripts/theme/main.html.
 */
const ROOT = new URL("../..", import.meta.url);
const PATH = ROOT.pathname;
const RUNTIME = `runtime ${PATH}`; // as in sw.js
const WISH = `${PATH} offline`; // in localStorage: "keep" or "remove", as the reader pressed last
const STILL = 30_000; // milliseconds without a byte that end a download

const mark = document.querySelector("meta[name=offline]")?.content;
// From a disk or in a private window a browser may lack these: then nothing can be kept.
const able = Boolean(mark && navigator.serviceWorker && self.caches);

/** Stores the button that was pressed, if any, and returns the last one; undefined where storage is refused. */
function wish(pressed) {
  try {
    if (pressed) localStorage.setItem(WISH, pressed);
    return localStorage.getItem(WISH);
  } catch {
    return null;
  }
}

async function registered() {
  const found = await navigator.serviceWorker?.getRegistration(ROOT).catch(() => {});
  // The registration of a site above this one is not ours.
  return found?.scope === ROOT.href ? found : undefined;
}

/** Resolves when the pages are kept. Rejects where they cannot be. */
async function register() {
  const registration = await navigator.serviceWorker.register(new URL("sw.js", ROOT), {
    updateViaCache: "none",
  });
  tellOfNewVersion(registration);
  const worker = registration.installing;
  if (registration.active || !worker) return;
  await new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("the pages could not be kept"));
    });
  });
}

/** Whether the newest build that this browser has kept holds another version of this page. */
async function isOutdated() {
  const names = (await caches.keys()).filter((name) => name.startsWith("pages ") && name.endsWith(` ${PATH}`));
  const address = location.origin + location.pathname.replace(/\/index\.html$/, "/");
  const newest = await caches.match(address, { cacheName: names.at(-1), ignoreVary: true });
  return newest !== undefined && !(await newest.text()).includes(`name="offline" content="${mark}"`);
}

let asked = false; // whether this page's reader has asked for the new version

async function notify(registration) {
  const place = document.querySelector("[data-new-version]");
  if (place.childElementCount > 1 || !(await isOutdated())) return;
  place.append(place.querySelector("template").content.cloneNode(true));
  const [now, later] = place.querySelectorAll("button");
  later.addEventListener("click", () => [...place.children].slice(1).forEach((one) => one.remove()));
  now.addEventListener("click", () => {
    asked = true;
    if (registration.waiting) registration.waiting.postMessage("take over");
    else location.reload(); // Another tab has already asked.
  });
}

function tellOfNewVersion(registration) {
  const told = () => notify(registration).catch(() => {});
  if (registration.waiting) told();
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => {
      if (worker.state === "installed" && registration.active) told();
    });
  });
  navigator.serviceWorker.addEventListener("controllerchange", () =>
    asked ? location.reload() : told(),
  );
}

let listed; // the files of the runtime: {name: {bytes, sha256}}

/** How often this page needed the whole engine (loader.js), which is kept only then. */
const wholeEngine = () => Number(document.documentElement.dataset.wholeEngine ?? 0);

/** What the checks need that is not kept yet, and the bytes of all of it and of what is kept. */
async function needed() {
  listed ??= (await (await fetch(new URL("offline.json", ROOT))).json()).runtime;
  const kept = new Set();
  if (await caches.has(RUNTIME))
    for (const { url } of await (await caches.open(RUNTIME)).keys()) kept.add(url);
  const size = (files) => files.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  const isKept = ([name]) => kept.has(new URL(name, ROOT).href);
  const isWanted = (file) => !file[0].endsWith("/whole.wasm") || wholeEngine() || isKept(file);
  const all = Object.entries(listed).filter(isWanted);
  const missing = all.filter((file) => !isKept(file));
  return { missing, total: size(all), loaded: size(all) - size(missing) };
}

async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetches a file, and returns it if it is the one that is listed. */
async function fetchRight(name, { sha256 }, cache, count) {
  const still = new AbortController();
  let timer;
  const heard = (length) => {
    clearTimeout(timer);
    timer = setTimeout(() => still.abort(new Error("no progress")), STILL);
    count(length);
  };
  heard(0);
  try {
    const response = await fetch(new URL(name, ROOT), { cache, signal: still.signal });
    const transform = (chunk, out) => (heard(chunk.length), out.enqueue(chunk));
    const counted = response.clone().body.pipeThrough(new TransformStream({ transform }));
    const bytes = await new Response(counted).arrayBuffer();
    return response.ok && (await digest(bytes)) === sha256 ? response : undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps what the checks need. What is complete and right stays, whatever comes after it. */
async function keepRuntime(tell = () => {}) {
  const { missing, total, loaded } = await needed();
  const cache = await caches.open(RUNTIME);
  let done = loaded;
  for (const [name, entry] of missing) {
    const before = done;
    const count = (length) => tell((done += length), total);
    // A file of the runtime never changes under its address, so the browser's own copy will do,
    // and a check that has been used need not be downloaded again.
    const right =
      (await fetchRight(name, entry, "force-cache", count)) ??
      ((done = before), await fetchRight(name, entry, "reload", count));
    if (!right) throw new Error(`not the file that is listed: ${name}`);
    await cache.put(new URL(name, ROOT), right);
  }
}

/** The stores of all that this site has kept, the memory of a started Python (snapshot.js) too. */
async function stores() {
  const snapshots = new RegExp("^snapshot \\d+ ");
  const isOurs = (name) =>
    /^(pages|runtime) /.test(name)
      ? name.endsWith(` ${PATH}`)
      : snapshots.test(name) && name.replace(snapshots, "").startsWith(`${PATH}assets/runtime/`);
  return able ? (await caches.keys().catch(() => [])).filter(isOurs) : [];
}

async function remove() {
  await (await registered())?.unregister();
  await Promise.all((await stores()).map((name) => caches.delete(name)));
}

/** The part of about/offline.md that says what is kept and changes it. */
class Panel {
  pressed = false; // From then on it shows what a button did, and not what goes on besides.

  constructor(place) {
    this.place = place;
    this.status = place.querySelector("[data-state]");
    this.buttons = { keep: place.querySelector("[data-keep]"), remove: place.querySelector("[data-remove]") };
    this.buttons.keep.addEventListener("click", () => this.#do(() => this.#keep()));
    this.buttons.remove.addEventListener("click", () => this.#do(() => this.#remove()));
    place.hidden = false;
  }

  /** Shows a state in the page's own words, with the megabytes that go with it. */
  async show(state, ...bytes) {
    const megabytes = bytes.map((one) => (one / 1e6).toFixed(1)).join(" / ");
    this.status.dataset.state = state;
    this.status.textContent = this.status.dataset[state] + (megabytes && ` ${megabytes}MB.`);
    this.buttons.keep.disabled = ["keeping", "kept", "unavailable"].includes(state);
    this.buttons.remove.hidden = state === "keeping" || !(await stores()).length;
  }

  /** Shows what is kept now. */
  async refresh() {
    if (!able) return this.show("unavailable");
    const { missing, total } = await needed();
    if (!(await registered())?.active) return this.show("nothing", total);
    return this.show(missing.length ? "pages" : "kept", total);
  }

  async #do(action) {
    this.pressed = true;
    try {
      await action();
    } catch (error) {
      console.info(`Nothing was changed: ${error.message}`);
      const full = error.name === "QuotaExceededError";
      // If the rest does not fit, remove the part: half a runtime is useless.
      if (full) await caches.delete(RUNTIME);
      this.show(full ? "full" : error.name === "SecurityError" ? "unavailable" : "failed");
    }
  }

  async #keep() {
    wish("keep");
    this.show("keeping");
    // Ask the browser not to evict it. The browser decides.
    navigator.storage?.persist?.().catch(() => {});
    await register();
    await keepRuntime((loaded, total) => this.show("keeping", loaded, total));
    await this.refresh();
  }

  async #remove() {
    wish("remove");
    await remove();
    await this.refresh();
    this.buttons.keep.focus();
  }
}

const keepQuietly = () =>
  keepRuntime().catch((error) => console.info(`The checks were not kept: ${error.message}`));

/** Keeps what the checks need once one has been used, and the whole engine once it was needed. */
function keepWhatIsUsed() {
  const used = ({ target }) => target.dataset.state === "ready";
  let kept; // what wholeEngine gave by then
  const observer = new MutationObserver((changes) => {
    if (!changes.some(used) || wish() === "remove" || kept === wholeEngine()) return;
    kept = wholeEngine();
    keepQuietly(); // It is there already, or nearly.
  });
  for (const place of document.querySelectorAll("[data-loading]"))
    observer.observe(place, { attributeFilter: ["data-state"] });
}

async function start() {
  const place = document.querySelector("[data-offline]");
  const panel = place && new Panel(place);
  const refresh = async () => panel?.pressed || panel?.refresh().catch(() => panel.show("failed"));
  const wished = wish();
  await refresh();
  // On an unpublished page, remove what a published one kept at this address.
  if (!mark) return (await registered())?.unregister();
  if (!able || wished === "remove") return;
  keepWhatIsUsed();
  // With data saving on, keep pages only if the reader pressed the button.
  if (navigator.connection?.saveData && !(await registered())) return;
  await register().catch((error) => console.info(`No pages were kept: ${error.message}`));
  // Kept by the button: fetch the new runtime too when a new build brings one.
  if (wished === "keep") await keepQuietly();
  await refresh();
}

// Wait until the page has loaded: it comes first.
if (document.readyState === "complete") start();
else addEventListener("load", start, { once: true });
