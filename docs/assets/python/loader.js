/**
 * The page's side of worker.js: it starts Python, asks it, and no wait is without an end.
 *
 *   const python = new Python(`runtime/${hash}/`, files, ({ stage, loaded, total }) => …);
 *   python.start();                          // On the first sign of intent.
 *   const json = await python.run(request);  // Or a Stopped.
 */

/**
 * Why there is no answer. `reason` is one of worker.js's or "timeout", "died" (the worker ended
 * by itself), "stopped" (by stop()), "exception" (in Python, which can still be asked).
 */
export class Stopped extends Error {
  constructor(reason, detail = "") {
    super(`${reason} ${detail}`);
    Object.assign(this, { name: "Stopped", reason, detail });
  }
}

const SCRIPT = new URL("worker.js", import.meta.url);
const ASSETS = new URL("..", import.meta.url);

export class Python {
  #worker;
  #timer;
  #ready;
  #start;
  #asked = 0;
  #waiting = new Map();
  #fresh = false; // True after a start that failed: start the next one without the snapshot.
  #whole = false; // Whether to start the whole engine: the one that is cut was not enough.
  #cache = "default"; // How to fetch: past the browser's own copy, once one was not what we ship.

  /**
   * @param {string} runtime address that the snapshot goes by, inside docs/assets
   * @param {Object<string, {bytes: number, sha256: string}>} files as in current.json
   * @param {function({stage: string, loaded: number, total: number, from?: string}): void}
   *   [onProgress] with "ready", `from` is "files" or "snapshot"
   * @param {{patience?: number}} [options] milliseconds without progress that end a start
   */
  constructor(runtime, files, onProgress = () => {}, { patience = 30_000 } = {}) {
    this.runtime = new URL(runtime, ASSETS).href;
    // As scripts/runtime/build.py places it: by its content, so that what is kept is found again.
    const place = ([name, entry]) => {
      const url = new URL(`runtime/${entry.sha256.slice(0, 16)}/${name}`, ASSETS).href;
      return [name, { ...entry, url }];
    };
    this.files = Object.fromEntries(Object.entries(files).map(place));
    Object.assign(this, { onProgress, patience });
  }

  /** Whether this browser has kept all that a start needs, so that it downloads nothing. */
  async isKept() {
    const needed = Object.values(this.files).filter(({ url }) => !url.endsWith("/whole.wasm"));
    const kept = ({ url }) => caches.match(url, { ignoreVary: true });
    return (await Promise.all(needed.map(kept))).every(Boolean);
  }

  /** Starts Python unless it has started; resolves when it can answer. */
  start() {
    if (this.#worker) return this.#ready;
    this.#ready = new Promise((resolve, reject) => (this.#start = { resolve, reject }));
    this.#ready.catch(() => {}); // Whoever starts it on intent alone need not handle its end.
    this.#launch();
    return this.#ready;
  }

  #launch() {
    this.#worker = new Worker(SCRIPT, { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    // Chromium's Worker has no onmessageerror.
    this.#worker.addEventListener("messageerror", () => this.#end("died", "unreadable message"));
    // An event without a message says that the script of the worker did not come.
    this.#worker.onerror = ({ message }) => (message ? this.#end("died", message) : this.#explain());
    this.#timer = setTimeout(() => this.#end("timeout", "no progress"), this.patience);
    const { runtime, files } = this;
    const how = { fresh: this.#fresh, cache: this.#cache, whole: this.#whole };
    this.#worker.postMessage({ runtime, files, ...how });
    this.#fresh = true;
  }

  /** Starts the whole engine in place of the one that is cut, and asks it what has no answer yet. */
  #startWhole() {
    const { resolve, reject } = this.#start;
    const unanswered = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#leave();
    this.#whole = this.#fresh = true;
    const { dataset } = document.documentElement;
    dataset.wholeEngine = 1 + Number(dataset.wholeEngine ?? 0); // Then offline.js keeps it.
    this.start().then(resolve, reject);
    for (const { timer, again } of unanswered) clearTimeout(timer), again();
  }

  /** Ends a start whose worker script did not load. The error says not why: ask for the script again. */
  async #explain() {
    const worker = this.#worker;
    const reason = await fetch(SCRIPT).then(({ ok, status, headers }) => {
      if (status === 429 || status >= 500) return "busy";
      if (!ok) return status === 403 ? "blocked" : "missing";
      return /script/.test(headers.get("content-type")) ? "blocked" : "mistyped";
    }, () => "offline");
    if (worker === this.#worker) this.#end(reason, "worker.js");
  }

  /**
   * Resolves with Python's answer, JSON for JSON; starts Python if need be.
   * @param {string} request
   * @param {{timeout?: number}} [options] milliseconds for an answer, once Python can answer
   * @returns {Promise<string>}
   */
  async run(request, { timeout = 10_000 } = {}) {
    await this.start();
    if (!this.#worker) throw new Stopped("stopped");
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#end("timeout", "no answer"), timeout);
      const again = () => this.run(request, { timeout }).then(resolve, reject);
      this.#waiting.set(++this.#asked, { resolve, reject, timer, again });
      this.#worker.postMessage({ id: this.#asked, request });
    });
  }

  /** Ends Python: what waits rejects with the reason "stopped". A later run starts anew. */
  stop() {
    this.#end("stopped");
  }

  #hear({ stage, loaded, total, from, reason, detail, id, response, error }) {
    if (["kept", "corrupt", "mistyped"].includes(reason)) this.#cache = "reload";
    if (reason === "kept") return this.#leave(), this.#launch();
    if (reason === "cut") return this.#startWhole();
    if (reason) return this.#end(reason, detail);
    if (!stage) {
      const { resolve, reject, timer } = this.#waiting.get(id);
      clearTimeout(timer);
      this.#waiting.delete(id);
      return error === undefined ? resolve(response) : reject(new Stopped("exception", error));
    }
    clearTimeout(this.#timer);
    if (stage === "ready") {
      this.#fresh = false;
      this.#cache = "default";
      this.#start.resolve();
    } else this.#timer = setTimeout(() => this.#end("timeout", "no progress"), this.patience);
    this.onProgress({ stage, loaded, total, from });
  }

  #leave() {
    clearTimeout(this.#timer);
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = undefined;
  }

  #end(reason, detail) {
    if (!this.#worker) return;
    this.#leave();
    this.#whole = false; // Offline, the one that is cut may be all there is, and it can do most.
    const unanswered = [this.#start, ...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer = this.#timer } of unanswered) {
      clearTimeout(timer);
      reject(new Stopped(reason, detail));
    }
  }
}
