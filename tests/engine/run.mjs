/**
 * Starts a Pyodide under Node as a reader's browser does, asks it, and tells which functions ran.
 *
 *   task.pyodide     folder of a runtime as it is shipped
 *   task.wasm        the engine to start in place of the one in that folder
 *   task.calculator  zip that holds the calculator
 *   task.starts      what `calculator.browser.run` is asked after each start
 *
 * The first is from the files, any other from the snapshot that it takes before it is asked.
 * Answers `{answers, marks}` for each start: what it said to each request, or Python's words for
 * an error; and the globals of an instrumented engine, in which each function has its bit.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const CALCULATOR = "/calculator.zip";
const MARK = "ran ";
const task = JSON.parse(await text(process.stdin));
const wasm = await WebAssembly.compile(readFileSync(task.wasm));
const { loadPyodide } = await import(pathToFileURL(join(task.pyodide, "pyodide.mjs")).href);

const instances = [];
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (source, imports) => {
  // Pyodide also makes small modules of its own.
  if (!(source.byteLength > 1e6)) return instantiate(source, imports);
  const instance = await instantiate(wasm, imports);
  instances.push(instance);
  return { module: wasm, instance };
};

function start(options) {
  return loadPyodide({
    indexURL: `${task.pyodide}/`,
    env: { PYTHONPATH: CALCULATOR },
    stdout: console.error,
    fsInit: (files) => files.writeFile(CALCULATOR, readFileSync(task.calculator)),
    ...options,
  });
}

function ask(python, requests) {
  const { PythonError } = python.ffi; // Once Python broke, even this cannot be read.
  const { run } = python.pyimport("calculator.browser");
  return requests.map((request) => {
    try {
      return { response: run(request) };
    } catch (error) {
      if (error instanceof PythonError) return { error: error.message };
      throw error;
    }
  });
}

/** The globals of the engine that was started last. */
function marked() {
  const { exports } = instances.at(-1);
  const marks = [];
  for (let name = `${MARK}0`; exports[name]; name = MARK + marks.length) marks.push(exports[name].value >>> 0);
  return marks;
}

const first = await start({ _makeSnapshot: true });
first.pyimport("calculator.browser");
const memory = first.makeMemorySnapshot();
const told = [];
for (const requests of task.starts) {
  const python = told.length ? await start({ _loadSnapshot: memory }) : first;
  told.push({ answers: ask(python, requests), marks: marked() });
}
process.stdout.write(`${JSON.stringify(told)}\n`);
