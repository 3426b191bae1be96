// A page that starts Python twice, from the files and from the snapshot that the browser then
// keeps, asks it everything in requests.json each time, and writes down what came of it.
import { Python } from "./assets/python/loader.js";

const read = async (name) => (await fetch(name)).json();
const [{ hash, files }, requests] = [await read("assets/runtime/current.json"), await read("requests.json")];
const channel = new BroadcastChannel("ran");
const marked = () =>
  new Promise((resolve) => {
    channel.onmessage = ({ data }) => resolve(data);
    channel.postMessage("tell");
  });
// A store is there before what is put into it.
const isFilled = async (name) => (await (await caches.open(name)).keys()).length > 0;
const kept = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("snapshot "));
  return (await Promise.all(names.map(isFilled))).some(Boolean);
};
const told = [];
for (let turn = 0; turn < 2; turn++) {
  let source;
  const python = new Python(`runtime/${hash}/`, files, ({ from }) => (source = from ?? source));
  const answers = [];
  for (const request of requests)
    answers.push(
      await python.run(request).then(
        (response) => ({ response }),
        ({ detail }) => ({ error: detail }),
      ),
    );
  const fallbacks = Number(document.documentElement.dataset.wholeEngine ?? 0);
  // The whole engine keeps no snapshot.
  while (!fallbacks && !(await kept())) await new Promise((resolve) => setTimeout(resolve, 100));
  told.push({ source, fallbacks, answers, marks: await marked() });
  python.stop();
}
const output = document.createElement("output");
output.textContent = JSON.stringify(told);
document.body.append(output);
