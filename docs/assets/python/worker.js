/**
 * Python, in a module worker, so that the page never waits for it.
 *
 * In:  {runtime, files, fresh, cache, whole} once, then {id, request} any number of times;
 *      `fresh` starts without the snapshot that an earlier start may have kept, `cache` is how to
 *      fetch ("reload" past a file that the browser keeps and that was wrong), and `whole` is
 *      whether to start the whole engine in place of the one that is cut to what runs.
 * Out: {stage: "download" | "start" | "import" | "ready", loaded, total, from}, in bytes; `from`
 *      is "files" or "snapshot", and comes with "ready";
 *      {id, response} or {id, error}, which is Python's words for an exception;
 *      {reason, detail} when it cannot go on: "offline" (the network did not answer), "missing"
 *      (no such file), "busy" (a server has no time for it), "blocked" (a server or a security
 *      policy refuses), "corrupt" (not the bytes we ship), "mistyped" (the bytes we ship, but not
 *      called a script), "kept" (so was what this browser had kept; it is dropped, and a fresh start is needed), "nowasm" (this
 *      browser runs no WebAssembly), "cut" (Python broke in the engine that is cut, perhaps at
 *      what was cut; the whole one is needed), "python" (it broke, and nothing was cut).
 */
// Do not await this: the files of the runtime are fetched at the same time.
const snapshot = import("./snapshot.js").catch(() => ({ recall() {}, keep() {} }));
const WASM = "pyodide.asm.wasm"; // Cut to what runs, by scripts/runtime/cut.py.
const WHOLE = "whole.wasm";
const CALCULATOR = "calculator.zip";
// A request with a known answer: a restored snapshot that answers it differently is dropped.
const KNOWN = '{"check": "serum", "answers": [["value", "0.85"], ["unit", "mmol/L"]]}';
const PAUSE = 1000; // milliseconds after the start, so that no first answer need wait, nor a second
const TIDY = 2 ** 27; // bytes, twice what Chromium lets a worker have before it collects
const network = self.fetch.bind(self);
const instantiateStreaming = self.WebAssembly?.instantiateStreaming; // Lockdown Mode has none.
const failure = (reason, detail) => Object.assign(new Error(detail), { reason });
const refusal = (status) =>
  status === 403 ? "blocked" : status === 429 || status >= 500 ? "busy" : "missing";
const never = () => new Promise(() => {});
// After this, Python would still answer, and might answer wrongly.
const isBroken = (error) => error instanceof WebAssembly.RuntimeError;
let refused = false;
self.addEventListener("securitypolicyviolation", () => (refused = true));

/** Throws a failure: "blocked" if a security policy refused, whose event follows the error, else `reason`. */
async function blame(reason, { message }, url) {
  await new Promise((resolve) => setTimeout(resolve));
  throw failure(refused ? "blocked" : reason, `${message} ${url}`);
}

async function sha256(bytes) {
  if (crypto.subtle) return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const name = "./sha256.js"; // Plain http: the browser has none to offer.
  const module = await import(name).catch((error) => blame("missing", error, name));
  return module.sha256(bytes);
}

async function digest(bytes) {
  const hash = await sha256(bytes);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Takes a file from what is kept for offline use; whether it was there. */
async function drop(url) {
  const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(stores.map((store) => store.delete(url)))).some(Boolean);
}

/** Fetches a file: the response as it came, and its bytes, counted and compared with the list. */
function open(url, listed, cache, count) {
  const unreachable = (error) => blame("offline", error, url);
  const response = network(url, { cache }).then((answer) => {
    if (answer.ok) return answer;
    throw failure(refusal(answer.status), `${answer.status} ${url}`);
  }, unreachable);
  const bytes = response.then(async (answer) => {
    // A copy, because the engine keeps compiled wasm only for the response itself.
    const reader = answer.clone().body.getReader();
    const bytes = new Uint8Array(listed.bytes);
    let length = 0;
    for (let part; !(part = await reader.read().catch(unreachable)).done; length += part.value.length) {
      if (length + part.value.length <= bytes.length) bytes.set(part.value, length);
      count(part.value.length);
    }
    // This runs while the wasm is compiled, which takes longer: it delays no answer.
    if (length === bytes.length && (await digest(bytes)) === listed.sha256) return bytes;
    const kept = await drop(url).catch(() => false);
    throw failure(kept ? "kept" : "corrupt", `${length} of ${bytes.length} bytes ${url}`);
  });
  return { response, bytes };
}

/**
 * Compiles the wasm from now on, while Pyodide is still being read, and hands it over when
 * asked. Rejects if the wasm cannot be used: Pyodide itself only logs that, and waits for
 * ever. What the streaming compiler refuses, a wrong MIME type for one, is tried again from
 * its bytes.
 */
function watch({ response, bytes }) {
  const module = WebAssembly.compileStreaming(response).catch(async () =>
    WebAssembly.compile(await bytes),
  );
  module.catch(() => {}); // It is told where it is asked for.
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (_, imports) => {
      try {
        return { module: await module, instance: await WebAssembly.instantiate(await module, imports) };
      } catch (error) {
        // A policy without 'wasm-unsafe-eval' is named in the message and raises no event.
        const policy = /content security policy|disallowed/i.test(error.message);
        reject(error.reason ? error : failure(policy ? "blocked" : "corrupt", error.message));
        return never();
      }
    };
  });
}

/**
 * Has the browser take back what nothing refers to any more: the files as they came, a snapshot.
 * Chromium collects in a worker only when more memory is asked for, which a worker at rest does
 * not do; 31MB of memory and more would stay. Nothing is written to what is asked for here, so the
 * system gives none.
 */
function tidy() {
  try {
    new ArrayBuffer(TIDY);
  } catch {} // There is not so much.
}

/** Imports the calculator and takes the memory, which no answer has touched, to be kept. */
function take(python, runtime) {
  const calculator = python.pyimport("calculator.browser");
  let memory;
  try {
    memory = python.makeMemorySnapshot();
  } catch (error) {
    if (isBroken(error)) throw error;
    return calculator; // The whole engine, or a Pyodide that cannot do it.
  }
  const keep = async () => (await snapshot).keep(runtime, memory, calculator.run(KNOWN));
  const kept = new Promise((resolve) => setTimeout(resolve, PAUSE)).then(keep);
  kept.catch((error) => isBroken(error) && fail(error)).then(tidy);
  return calculator;
}

/** The calculator of a Python that a snapshot gave back, once it has shown that it can answer. */
async function trust(python, kept) {
  const calculator = python.pyimport("calculator.browser");
  const answer = await (await snapshot).digestOf(calculator.run(KNOWN));
  if (answer === kept.answer) return calculator;
  throw new Error("it gives another answer");
}

/** Has the engine take its memory from a snapshot itself: Pyodide would write all of it, zeros too. */
function restoreBy(kept, settings) {
  const { restoreSnapshot } = settings.API;
  settings.API.restoreSnapshot = (head) => {
    const state = restoreSnapshot(head);
    kept.restore(settings.HEAPU8);
    return state;
  };
}

/** Returns Pyodide and the calculator, or throws. Each file is asked for once, no other is. */
async function start({ runtime, files, fresh, cache, whole }, tell) {
  if (!self.WebAssembly) throw failure("nowasm", "there is no WebAssembly");
  const count = (bytes) => tell("download", bytes);
  const fetched = (name) => open(files[name].url, files[name], cache, count);
  const engine = runtime + (whole ? WHOLE : WASM);
  const data = Object.keys(files).filter((name) => !name.endsWith(".mjs"));
  // Never a query string: the engine keeps compiled wasm by its exact address.
  const here = Object.fromEntries(data.map((name) => [runtime + name, fetched(name)]));
  const arrived = Promise.all(Object.values(here).map(({ bytes }) => bytes));
  arrived.then(() => tell("start"), never);
  self.fetch = async (url) =>
    `${url}`.endsWith(WASM) ? here[engine].response : new Response(await here[url].bytes.catch(never));
  const unusable = watch(here[engine]);
  const recalled = snapshot.then(({ recall }) => (fresh ? undefined : recall(runtime)));

  const imported = async (name) => {
    // The engine does not say why an import failed: look at the bytes, then at the response.
    const explain = async (error) => {
      const { response, bytes } = fetched(name);
      await bytes;
      const type = (await response).headers.get("content-type");
      return blame(/script/.test(type) ? "corrupt" : "mistyped", error, name);
    };
    const module = await import(files[name].url).catch(explain);
    count(files[name].bytes);
    return module;
  };
  let kept;
  const load = async () => {
    let settings;
    const modules = Promise.all(["pyodide.mjs", "pyodide.asm.mjs"].map(imported));
    const [[pyodide, wasm]] = await Promise.all([modules, recalled.then((found) => (kept = found))]);
    return pyodide.loadPyodide({
      indexURL: runtime,
      packageBaseUrl: runtime, // Otherwise it is a public server.
      createPyodideModule: (given) => {
        settings = given;
        if (kept) settings.INITIAL_MEMORY = kept.length;
        return wasm.default(settings);
      },
      env: { PYTHONPATH: `/${CALCULATOR}` },
      // The last step before the memory is put in place.
      fsInit: async (disk) => {
        disk.writeFile(`/${CALCULATOR}`, await here[runtime + CALCULATOR].bytes.catch(never));
        await kept?.filled.catch(never);
        if (kept) restoreBy(kept, settings);
      },
      ...(kept ? { _loadSnapshot: kept.head } : { _makeSnapshot: !whole }),
    });
  };
  const untrusted = recalled.then((found) => found?.filled).then(never);
  try {
    const [python] = await Promise.all([Promise.race([load(), unusable, untrusted]), arrived]);
    Object.assign(self, { fetch: network });
    Object.assign(WebAssembly, { instantiateStreaming });
    tell("import");
    const calculator = kept ? await trust(python, kept) : take(python, runtime);
    const from = kept ? "snapshot" : "files";
    // Functions that Pyodide keeps hold these.
    kept = undefined;
    for (const name in here) delete here[name];
    if (from === "snapshot" || whole) setTimeout(tidy, PAUSE); // The others first keep a snapshot.
    return { python, calculator, from };
  } catch (error) {
    // If a download failed, report that: the engine's error is only its consequence.
    const unclear = !error.reason || error.reason === "corrupt";
    const cause = unclear ? await arrived.then(() => error, (other) => other) : error;
    if (!kept || cause.reason) throw cause;
    await (await snapshot).forget(runtime);
    throw failure("kept", error.message);
  }
}

let broken; // the reason where Python itself broke
const fail = ({ reason = broken, message }) => self.postMessage({ reason, detail: message });
let started;

// Of what breaks in a step that Pyodide's start does not await, nobody else would tell.
for (const kind of ["error", "unhandledrejection"])
  self.addEventListener(kind, (event) => {
    const error = event.error ?? event.reason;
    if (!isBroken(error)) return;
    event.preventDefault();
    fail(error);
  });

self.onmessage = async ({ data: { id, request, ...runtime } }) => {
  if (!id) {
    broken = WHOLE in runtime.files && !runtime.whole ? "cut" : "python";
    delete runtime.files[runtime.whole ? WASM : WHOLE];
    const total = Object.values(runtime.files).reduce((sum, { bytes }) => sum + bytes, 0);
    let loaded = 0;
    const tell = (stage, bytes = 0, from) =>
      self.postMessage({ stage, loaded: (loaded += bytes), total, from });
    started = start(runtime, tell);
    return started.then(({ from }) => tell("ready", 0, from), fail);
  }
  const { python, calculator } = await started;
  try {
    self.postMessage({ id, response: calculator.run(request) });
  } catch (error) {
    // Anything else (a full stack, no memory) is the end of this Python.
    if (error instanceof python.ffi.PythonError) self.postMessage({ id, error: error.message });
    else fail(error);
  }
};
