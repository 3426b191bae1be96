/** For the single file: answers for every file of the runtime, from the text above. */
const KINDS = { wasm: "application/wasm", mjs: "text/javascript" };

// By this call Pyodide tells a module worker, which ours is on the site, from any other.
self.importScripts = () => {
  throw new TypeError("a module worker has no importScripts");
};

/** The bytes of a file; none of a damaged one, which gzip knows by its checksum (RFC 1952). */
async function unpacked(name) {
  try {
    const bytes = Uint8Array.from(atob(PACKED[name]), (letter) => letter.charCodeAt(0));
    delete PACKED[name];
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).arrayBuffer();
  } catch {
    return new ArrayBuffer();
  }
}

/** The response that a server would give. Of no bytes, it is taken for a damaged file. */
async function answer(url) {
  const name = `${url}`.split("/").at(-1);
  if (name === "whole.wasm") return new Response(null, { status: 404 }); // It is on the site alone.
  const type = KINDS[name.split(".").at(-1)] ?? "application/octet-stream";
  return new Response(await unpacked(name), { headers: { "Content-Type": type } });
}
self.fetch = answer;

/** A module of the runtime, imported from memory. */
async function bring(url) {
  const text = await (await answer(url)).text();
  if (!text) throw new Error("damaged"); // An empty module would be imported without a word.
  return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}
