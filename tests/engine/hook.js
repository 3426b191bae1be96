// Put before worker.js: tells the page the globals of an instrumented engine, once they are asked for.
const instances = [];
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...all) => {
  const made = await instantiate(...all);
  if (made.exports?.["ran 0"]) instances.push(made);
  return made;
};
const channel = new BroadcastChannel("ran");
channel.onmessage = () => {
  const marks = [];
  for (let name = "ran 0"; instances[0]?.exports[name]; name = `ran ${marks.length}`)
    marks.push(instances[0].exports[name].value >>> 0);
  channel.postMessage(marks);
};
