/**
 * Stands in for Pyodide, where a test asks something of the loader, the worker or the page and
 * nothing of Python. It asks for the same files as Pyodide does, and like it never settles where
 * the wasm cannot be used. Its "calculator" is a JSON file: {request: answer}.
 */
export async function loadPyodide({ indexURL, createPyodideModule, fsInit }) {
  const read = async (name) => (await fetch(indexURL + name)).arrayBuffer();
  await createPyodideModule();
  await WebAssembly.instantiateStreaming(fetch(`${indexURL}pyodide.asm.wasm`), {});
  await Promise.all(["python_stdlib.zip", "pyodide-lock.json"].map(read));
  let answers;
  await fsInit({ writeFile: (_, bytes) => (answers = JSON.parse(new TextDecoder().decode(bytes))) });
  const run = (request) => {
    while (request === "for ever");
    return answers[request] ?? `{"heard": ${JSON.stringify(request)}}`;
  };
  // As there is no memory to be kept, every start is from the files.
  return { ffi: { PythonError: Error }, pyimport: () => ({ run }) };
}
