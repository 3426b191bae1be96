/** For the single file: answers for every file of the runtime, from the text above. */
const KINDS = { wasm: "application/wasm", mjs: "text/javascript" };

// By this call Pyodide tells a module worker, which ours is on the site, from any other.
self.importScripts = () => {
  throw new TypeError("a module worker has no importScripts");
};

/** The response that a server would give. */
async function unpacked(url) {
  const name = `${url}`.split("/").at(-1);
  const bytes = Uint8Array.from(atob(PACKED[name]), (letter) => letter.charCodeAt(0));
  delete PACKED[name];
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const type = KINDS[name.split(".").at(-1)] ?? "application/octet-stream";
  return new Response(stream, { headers: { "Content-Type": type } });
}
self.fetch = unpacked;

/** A module of the runtime, imported from memory. */
async function bring(url) {
  const text = await (await unpacked(url)).text();
  return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}
