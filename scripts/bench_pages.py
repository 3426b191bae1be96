"""Who is measured: our page as it is, and beside it a page of each of the others.

Each page of the others has one function, ``answer(request)``, which starts on its first call
and resolves with the result as HTML. All of their files are ours to serve: no other host.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from scripts.runtime import build as runtime
from scripts.runtime import node

SHIPPED = Path("assets") / "runtime"
PYSCRIPT = node.ROOT / "node_modules" / "@pyscript" / "core"
BELOW = "/magnesium/"
OTHERS = "/others/"

OURS, STOCK = "This page", "Stock Pyodide in a worker"
EVERYBODY = {
    OURS: f"{BELOW}blood-test/",
    STOCK: f"{OTHERS}stock-worker.html",
    "Stock Pyodide on the page": f"{OTHERS}stock-page.html",
    "PyScript in a worker": f"{OTHERS}pyscript-worker.html",
    "The floor: no Python": f"{OTHERS}floor-worker.html",
}

# What everybody answers, in the wheel's own words.
REQUEST = '{"check": "serum", "answers": [["value", "%s"], ["unit", "mmol/L"]]}'

# Stock: what its documentation shows, with the same calculator as a wheel.
STOCK_SCRIPT = """import { loadPyodide } from "./pyodide/pyodide.mjs";
const start = async () => {
  const python = await loadPyodide({ packageBaseUrl: new URL("pyodide/", import.meta.url).href });
  const wheel = await fetch(new URL("calculator.whl", import.meta.url));
  python.unpackArchive(await wheel.arrayBuffer(), "wheel");
  return python.pyimport("calculator.browser");
};
let python;
export const answer = async (request) =>
  JSON.parse((await (python ??= start())).run(request)).html;
"""
FLOOR_SCRIPT = """const start = async () => {
  const here = new URL(RUNTIME, import.meta.url).href;
  await Promise.all(FILES.map(async (name) => {
    if (name.endsWith(".mjs")) return import(here + name);
    const response = await fetch(here + name);
    return name.endsWith(".wasm") ? WebAssembly.compileStreaming(response) : response.arrayBuffer();
  }));
};
let ready;
export const answer = async (request) => (await (ready ??= start()), request);
"""
IN_WORKER = """import { answer } from "./%s";
self.onmessage = async ({ data }) => self.postMessage(await answer(data));
"""
FROM_WORKER = """let worker;
window.answer = (request) => new Promise((resolve, reject) => {
  worker ??= new Worker("%s", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = () => reject(new Error("the worker stopped"));
  worker.postMessage(request);
});
"""
ON_PAGE = """window.answer = async (request) => (await import("./%s")).answer(request);
"""
SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title>
<link rel="icon" href="data:,">%s<body><script>const REQUEST = %s;
%s</script></body></html>"""

# PyScript: its script with the page, and a <script type="py" worker> when it is wanted, as in
# its guides "Workers", "Configuration" (`interpreter`, `files` with an archive) and "Offline".
PYSCRIPT_HEAD = '<script type="module" src="pyscript/core.js"></script>'
PYSCRIPT_CONFIG = {
    "interpreter": "./pyodide/pyodide.mjs",
    "files": {"./calculator.whl": "./*"},
}
PYSCRIPT_PYTHON = """import json
from pyscript import sync
from calculator.browser import run
sync.answer = lambda request: json.loads(run(request))["html"]
"""
PYSCRIPT_SCRIPT = """const start = async () => {
  const { whenDefined } = await import("./pyscript/core.js");
  const script = document.createElement("script");
  Object.assign(script, { type: "py", src: "answer.py" });
  script.setAttribute("worker", "");
  script.setAttribute("config", "pyscript.json");
  document.body.append(script);
  const { xworker } = await whenDefined("py");
  await xworker.ready;
  return xworker.sync;
};
let python;
window.answer = async (request) => (await (python ??= start())).answer(request);
"""


def write(folder: Path, site: Path) -> None:
    """Write the pages of everybody but ours, beside what they start from."""
    shutil.copytree(node.PYODIDE, folder / "pyodide")
    shutil.copy(wheel(), folder / "calculator.whl")
    current = runtime.current(site / SHIPPED)
    floor = FLOOR_SCRIPT.replace(
        "RUNTIME", json.dumps(f"{BELOW}{SHIPPED.as_posix()}/{current['hash']}/")
    )
    floor = floor.replace("FILES", json.dumps(list(current["files"])))
    for name, script in (("stock", STOCK_SCRIPT), ("floor", floor)):
        (folder / f"{name}.js").write_text(script, "utf-8")
        (folder / f"{name}-worker.js").write_text(IN_WORKER % f"{name}.js", "utf-8")
        write_page(folder / f"{name}-worker.html", FROM_WORKER % f"{name}-worker.js")
        write_page(folder / f"{name}-page.html", ON_PAGE % f"{name}.js")
    shutil.copytree(PYSCRIPT / "dist", folder / "pyscript")
    (folder / "pyscript.json").write_text(json.dumps(PYSCRIPT_CONFIG), "utf-8")
    (folder / "answer.py").write_text(PYSCRIPT_PYTHON, "utf-8")
    write_page(folder / "pyscript-worker.html", PYSCRIPT_SCRIPT, PYSCRIPT_HEAD)


def write_page(file: Path, script: str, head: str = "") -> None:
    """Write a page that only holds its script."""
    file.write_text(SHELL % (head, json.dumps(REQUEST), script), "utf-8")


def wheel() -> Path:
    """The calculator's wheel: the runtime's build made it, and keeps it by these inputs."""
    tools = runtime.install_tools(runtime.CACHE)
    made = runtime.compile_calculator(node.ROOT, tools, runtime.CACHE, runtime.REQUESTS)
    return next(made.glob("*.whl"))


def pyscript_version() -> str:
    """The version of PyScript that npm installed."""
    return str(json.loads((PYSCRIPT / "package.json").read_text("utf-8"))["version"])
