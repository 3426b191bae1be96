/**
 * Python's memory, kept by the reader's own browser, so that a later start need not begin anew.
 *
 * It is taken before any answer is given, so it holds nothing that a reader typed. Each
 * function settles and none rejects: without a snapshot a start is only slower. Only `filled`,
 * of a recalled snapshot, rejects: when what was kept cannot be trusted.
 */
const PATIENCE = 3000; // milliseconds for a disk to answer before Python starts without it
const PAGE = 4096; // bytes
const NAME = "snapshot 1 "; // the 1 is how it is kept; change it when the format changes

// A snapshot is used only by the browser version that took it: another may lay out memory differently.
const browser = navigator.userAgent;
const placed = (runtime) => NAME + new URL(runtime).pathname;

/** The SHA-256 of some bytes, as hexadecimal digits. */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const digestOf = (text) => digest(new TextEncoder().encode(text));

/** What a promise gives, unless it takes too long. */
function inTime(promise) {
  const late = (_, reject) => setTimeout(() => reject(new Error("the disk is too slow")), PATIENCE);
  return Promise.race([promise, new Promise(late)]);
}

/**
 * More than half of Python's memory is zeros, and reading is what takes the time: only pages
 * with something in them are kept, behind their numbers. The length of
 * the memory and the count of the pages come first.
 */
function pack(memory) {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  const used = [];
  for (let start = 0; start < words.length; start += PAGE / 4)
    if (words.subarray(start, start + PAGE / 4).some(Boolean)) used.push(start / (PAGE / 4));
  const packed = new Uint8Array(8 + used.length * (4 + PAGE));
  packed.set(new Uint8Array(Uint32Array.of(memory.length, used.length, ...used).buffer));
  const from = 8 + used.length * 4;
  used.forEach((page, nth) =>
    packed.set(memory.subarray(page * PAGE, (page + 1) * PAGE), from + nth * PAGE),
  );
  return packed;
}

function unpack(buffer, memory) {
  const [length, count] = new Uint32Array(buffer, 0, 2);
  if (length !== memory.length) throw new Error("another length");
  const used = new Uint32Array(buffer, 8, count);
  const from = 8 + count * 4;
  used.forEach((page, nth) => {
    const end = Math.min(PAGE, length - page * PAGE);
    memory.set(new Uint8Array(buffer, from + nth * PAGE, end), page * PAGE);
  });
}

/** Fills the memory from a response, or rejects: what is in it then must not be used. */
async function fill(memory, response, right) {
  const packed = await response.arrayBuffer();
  const found = digest(packed); // in another thread, while it is unpacked here
  unpack(packed, memory);
  if ((await found) !== right) throw new Error("not what was kept");
}

async function read(runtime) {
  const found = await caches.match(runtime, { cacheName: placed(runtime) });
  if (!found) return undefined;
  const kept = JSON.parse(found.headers.get("x-kept"));
  if (kept.browser !== browser) return forget(runtime);
  // The engine needs only the length to begin, and starts while the bytes are filled in.
  const bytes = new Uint8Array(kept.length);
  const filled = inTime(fill(bytes, found, kept.digest));
  filled.catch(() => {}); // It is told where it is asked for.
  return { bytes, filled, answer: kept.answer };
}

async function write(runtime, bytes, answer) {
  if (!self.caches || navigator.connection?.saveData) return;
  const packed = pack(bytes);
  const [sum, answered] = [await digest(packed), await digestOf(answer)];
  const kept = { browser, length: bytes.length, digest: sum, answer: answered };
  // A site's path is in the name, because all sites of a user share the host's one store.
  const [name, all] = [placed(runtime), placed(new URL("..", runtime))];
  const names = (await caches.keys()).filter((one) => one.startsWith(all) && one !== name);
  await Promise.all(names.map((one) => caches.delete(one)));
  const cache = await caches.open(name);
  await cache.put(runtime, new Response(packed, { headers: { "x-kept": JSON.stringify(kept) } }));
}

/**
 * The snapshot kept for a runtime: its bytes, which are right once `filled` resolves, and the
 * digest of the known answer.
 */
export const recall = (runtime) => inTime(read(runtime)).catch(() => {});

/** Keeps a snapshot and drops those of older runtimes; without room, there is none. */
export const keep = (runtime, bytes, answer) =>
  write(runtime, bytes, answer).catch(() => forget(runtime));

/** Drops the snapshot of a runtime. */
export async function forget(runtime) {
  // Without Cache Storage even reading `caches` throws.
  await self.caches?.delete(placed(runtime)).catch(() => {});
}
