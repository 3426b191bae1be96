// Stock Pyodide as its documentation shows, with the same calculator as a wheel.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const start = async () => {
  const python = await loadPyodide({ packageBaseUrl: new URL("pyodide/", import.meta.url).href });
  const wheel = await fetch(new URL("calculator.whl", import.meta.url));
  python.unpackArchive(await wheel.arrayBuffer(), "wheel");
  return python.pyimport("calculator.browser");
};
let python;
export const answer = async (request) =>
  JSON.parse((await (python ??= start())).run(request)).html;
