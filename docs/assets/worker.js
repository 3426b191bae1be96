/**
 * Python, in a module worker, so that the page never waits for it.
 *
 * In:  {runtime, files} once, then {id, request} any number of times.
 * Out: {stage: "download" | "start" | "import" | "ready", loaded, total}, in bytes;
 *      {id, response} or {id, error}, which is Python's words for an exception;
 *      {reason, detail} when it cannot go on: "offline" (the network did not answer), "missing"
 *      (no such file), "blocked" (a server or a security policy refuses), "corrupt" (not the
 *      bytes we ship), "python".
 */
const WASM = "pyodide.asm.wasm";
const CALCULATOR = "calculator.zip";
const network = self.fetch.bind(self);
const failure = (reason, detail) => Object.assign(new Error(detail), { reason });
const never = () => new Promise(() => {});
let refused = false;
self.addEventListener("securitypolicyviolation", () => (refused = true));

/** Throws what a security policy, else `reason`, made of an error. Its event comes after it. */
async function blame(reason, { message }, url) {
  await new Promise((resolve) => setTimeout(resolve));
  throw failure(refused ? "blocked" : reason, `${message} ${url}`);
}

/** Fetches a file: the response as it came, and its bytes, counted and of the right length. */
function open(url, size, count) {
  const unreachable = (error) => blame("offline", error, url);
  const response = network(url).then((answer) => {
    if (answer.ok) return answer;
    throw failure(answer.status === 403 ? "blocked" : "missing", `${answer.status} ${url}`);
  }, unreachable);
  const bytes = response.then(async (answer) => {
    const transform = (chunk, out) => (count(chunk.length), out.enqueue(chunk));
    // A copy, because the engine keeps compiled wasm only for the response itself.
    const counted = answer.clone().body.pipeThrough(new TransformStream({ transform }));
    const buffer = await new Response(counted).arrayBuffer().catch(unreachable);
    if (buffer.byteLength === size) return new Uint8Array(buffer);
    throw failure("corrupt", `${buffer.byteLength} of ${size} bytes ${url}`);
  });
  return { response, bytes };
}

/**
 * Rejects if the wasm cannot be used: Pyodide itself only logs that, and waits for ever. What
 * the streaming compiler refuses, a wrong MIME type for one, is tried again from its bytes.
 */
function watch(bytes) {
  const stream = WebAssembly.instantiateStreaming.bind(WebAssembly);
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = (source, imports) =>
      stream(source, imports)
        .catch(async () => WebAssembly.instantiate(await bytes, imports))
        .catch((error) => {
          // A policy without 'wasm-unsafe-eval' is named in the message and raises no event.
          const policy = /content security policy|disallowed/i.test(error.message);
          reject(error.reason ? error : failure(policy ? "blocked" : "corrupt", error.message));
          return never();
        });
  });
}

/** Returns Pyodide and the calculator, or throws. Each file is asked for once, no other is. */
async function start({ runtime, files }, tell) {
  const count = (bytes) => tell("download", bytes);
  const fetched = (name) => open(runtime + name, files[name].bytes, count);
  const data = Object.keys(files).filter((name) => !name.endsWith(".mjs"));
  // Never a query string: the engine keeps compiled wasm by its exact address.
  const here = Object.fromEntries(data.map((name) => [runtime + name, fetched(name)]));
  const arrived = Promise.all(Object.values(here).map(({ bytes }) => bytes));
  arrived.then(() => tell("start"), never);
  self.fetch = async (url) =>
    `${url}`.endsWith(WASM) ? here[url].response : new Response(await here[url].bytes.catch(never));
  const unusable = watch(here[runtime + WASM].bytes);

  const imported = async (name) => {
    // The engine does not say why an import failed. The bytes do.
    const explain = (error) => fetched(name).bytes.then(() => blame("corrupt", error, name));
    const module = await import(runtime + name).catch(explain);
    count(files[name].bytes);
    return module;
  };
  const load = async () => {
    const scripts = await Promise.all(["pyodide.mjs", "pyodide.asm.mjs"].map(imported));
    return scripts[0].loadPyodide({
      indexURL: runtime,
      packageBaseUrl: runtime, // Otherwise it is a public server.
      createPyodideModule: scripts[1].default,
      env: { PYTHONPATH: `/${CALCULATOR}` },
      fsInit: async (disk) =>
        disk.writeFile(`/${CALCULATOR}`, await here[runtime + CALCULATOR].bytes),
    });
  };
  const [python] = await Promise.all([Promise.race([load(), unusable]), arrived]);
  tell("import");
  return { python, calculator: python.pyimport("calculator.browser") };
}

const fail = ({ reason = "python", message }) => self.postMessage({ reason, detail: message });
let started;

self.onmessage = async ({ data: { id, request, ...runtime } }) => {
  if (!id) {
    const total = Object.values(runtime.files).reduce((sum, { bytes }) => sum + bytes, 0);
    let loaded = 0;
    const tell = (stage, bytes = 0) =>
      self.postMessage({ stage, loaded: (loaded += bytes), total });
    started = start(runtime, tell);
    return started.then(() => tell("ready"), fail);
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
