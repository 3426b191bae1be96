/**
 * Runs tests with pytest inside the whole Pyodide, under Node.
 *
 *   task.pyodide    folder of the Pyodide
 *   task.mounts     where in Python's file system each folder of this machine is; Python's path
 *   task.arguments  what tests/engine/suite.py tells pytest
 *
 * What pytest prints goes to standard error, a JSON object to standard output.
 */
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const task = JSON.parse(await text(process.stdin));
const { loadPyodide } = await import(pathToFileURL(join(task.pyodide, "pyodide.mjs")).href);
const python = await loadPyodide({
  indexURL: `${task.pyodide}/`,
  env: { PYTHONPATH: Object.keys(task.mounts).join(":"), PYTHONDONTWRITEBYTECODE: "1" },
  stdout: console.error,
  fsInit: (files) => {
    for (const [place, root] of Object.entries(task.mounts)) {
      files.mkdirTree(place);
      files.mount(files.filesystems.NODEFS, { root }, place);
    }
  },
});
process.stdout.write(`${python.pyimport("tests.engine.suite").main(python.toPy(task.arguments))}\n`);
process.exit(0);
