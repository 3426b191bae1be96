// PyScript as its guides "Workers", "Configuration" (`interpreter`, `files` with an archive) and
// "Offline" show: a <script type="py" worker>, put into the page when it is wanted.
import { whenDefined } from "./pyscript/core.js";

const start = async () => {
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
export const answer = async (request) => (await (python ??= start())).answer(request);
