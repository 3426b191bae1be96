/**
 * Starts a Pyodide under Node to do one task for scripts/runtime/build.py: a JSON object on
 * standard input, a JSON object on standard output. It runs here because only the Python
 * that will read a .pyc can write it, and only a real start shows what a start imports.
 *
 *   task.pyodide     directory of the Pyodide to start
 *   task.library     zip of the standard library, when it is not the one in that directory
 *   task.calculator  zip that holds the calculator; put on Python's path when given
 *   task.requests    requests that `calculator.browser.run` answers, in this order
 *   task.folder      directory shared with Python; holds what follows
 *   task.archives    zips in that folder whose .py become .pyc, in place
 *   task.tools       where in that folder pyodide-build is installed
 *
 * Answers `{answers, modules}`: one `{response}` or `{error}` for each request, and the
 * name of every module that the start, the answers and one formatted error imported.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";


// Python takes both times and zone from here, so that two builds write the same bytes:
// py_compile and zipfile read SOURCE_DATE_EPOCH (zip has no date before 1980).
process.env.TZ = "UTC";
const SOURCE_DATE_EPOCH = "315532800";
// What is compiled without docstrings, asserts and columns of a traceback, which no reader
// meets, is a quarter smaller. py_compile takes both from the Python that it runs in.
const SMALL = { PYTHONOPTIMIZE: "2", PYTHONNODEBUGRANGES: "1" };
const CALCULATOR = "/calculator.zip";
const FOLDER = "/folder";

process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(1);
});

const task = JSON.parse(await text(process.stdin));
const { loadPyodide } = await import(pathToFileURL(join(task.pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({
  indexURL: task.pyodide,
  ...(task.library ? { stdLibURL: task.library } : {}),
  env: { SOURCE_DATE_EPOCH, PYTHONPATH: CALCULATOR, ...(task.archives ? SMALL : {}) },
  // Standard output carries the answer alone.
  stdout: console.error,
  fsInit: async (files) => {
    if (task.calculator) files.writeFile(CALCULATOR, readFileSync(task.calculator));
  },
});

/** What a call into Python gives: `{response}`, or `{error}` with Python's own words. */
function attempt(call) {
  try {
    return { response: call() };
  } catch (error) {
    return { error: error.message };
  }
}

function answer(requests) {
  const { run } = python.pyimport("calculator.browser");
  const answers = requests.map((request) => attempt(() => run(request)));
  // An error is formatted by modules that nothing else imports: provoke one, to see them.
  attempt(() => python.pyimport("json").loads("{"));
  return answers;
}

function compile({ folder, archives, tools }) {
  python.FS.mkdirTree(FOLDER);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, FOLDER);
  python.pyimport("sys").path.append(`${FOLDER}/${tools}`);
  const { Path } = python.pyimport("pathlib");
  const { _py_compile_archive } = python.pyimport("pyodide_build._py_compile");
  // 9 is the smallest: the host compresses no .zip on its way, and this is done once.
  const options = { keep: false, verbose: false, compression_level: 9 };
  for (const name of archives) _py_compile_archive.callKwargs(Path(`${FOLDER}/${name}`), options);
}

const answers = task.requests ? answer(task.requests) : [];
const modules = [...python.pyimport("sys").modules.keys()].sort();
// After the modules are named, because the compiler imports many that no reader needs.
if (task.archives) compile(task);
// One line, after which runtime.py ends this process. It must not end itself: Node 24 has
// been seen to hang in its own exit, waiting for a compiler thread that waits for it.
process.stdout.write(`${JSON.stringify({ answers, modules })}\n`);
