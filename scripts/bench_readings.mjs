/**
 * Runs scripts/bench_readings.py in the runtime that the site ships, under Node, as its worker
 * starts it in a browser: a JSON object on standard input, one line of JSON on standard output.
 *
 *   task.runtime  directory of the runtime, with a slash at its end
 *   task.program  the text of bench_readings.py
 *   task.request  what its `run` is asked
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const CALCULATOR = "/calculator.zip";

const task = JSON.parse(await text(process.stdin));
const { loadPyodide } = await import(pathToFileURL(`${task.runtime}pyodide.mjs`).href);
const python = await loadPyodide({
  indexURL: task.runtime,
  env: { PYTHONPATH: CALCULATOR },
  stdout: console.error, // Standard output carries the answer alone.
  fsInit: async (files) =>
    files.writeFile(CALCULATOR, readFileSync(`${task.runtime}calculator.zip`)),
});
python.runPython(task.program);
const response = python.globals.get("run")(task.request);
// One line, after which Python ends this process: see scripts/compile.mjs.
process.stdout.write(`${JSON.stringify({ response })}\n`);
