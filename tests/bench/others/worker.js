// Answers in a worker by the module that the address names: worker.js?stock.
const ready = import(`./${location.search.slice(1)}.js`);
self.onmessage = async ({ data }) => self.postMessage(await (await ready).answer(data));
