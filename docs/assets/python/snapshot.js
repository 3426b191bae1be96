/**
 * Python's memory, kept by the reader's own browser, so that a later start need not begin anew.
 *
 * It is taken before any answer is given, so it holds nothing that a reader typed. Each
 * function settles and none rejects: without a snapshot a start is only slower. Only `filled`,
 * of a recalled snapshot, rejects: when what was kept cannot be trusted.
 */
const PATIENCE = 3000; // milliseconds for a disk to answer before Python starts without it
const PAGE = 4096; // bytes
const NAME = "snapshot 2 "; // the 2 is how it is kept; change it when the format changes

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

const isEmpty = (words) => {
  for (let at = 0; at < words.length; at++) if (words[at]) return false;
  return true;
};

/** The words of one page of the memory. */
const pageOf = (memory, page) =>
  new Uint32Array(memory.buffer, memory.byteOffset + page * PAGE, PAGE / 4);

/**
 * More than half of Python's memory is zeros, and reading is what takes the time: only pages
 * with something in them are kept, behind their numbers and Pyodide's head of the snapshot.
 */
function pack(head, memory) {
  const used = [];
  for (let page = 0; page < memory.length / PAGE; page++)
    if (!isEmpty(pageOf(memory, page))) used.push(page);
  const from = used.length * 4 + head.length;
  const packed = new Uint8Array(from + used.length * PAGE);
  packed.set(new Uint8Array(Uint32Array.from(used).buffer));
  packed.set(head, used.length * 4);
  used.forEach((page, nth) =>
    packed.set(memory.subarray(page * PAGE, (page + 1) * PAGE), from + nth * PAGE),
  );
  return { packed, pages: used.length };
}

/**
 * Makes a fresh memory what it was when it was packed. A page of zeros is only looked at: the
 * browser has no memory behind it until it is written to, and that is two thirds of all.
 */
function unpack(packed, { head, pages }, memory) {
  const used = new Uint32Array(packed, 0, pages);
  const from = pages * 4 + head;
  for (let page = 0, nth = 0; page < memory.length / PAGE; page++) {
    if (page === used[nth])
      memory.set(new Uint8Array(packed, from + nth++ * PAGE, PAGE), page * PAGE);
    else if (!isEmpty(pageOf(memory, page))) pageOf(memory, page).fill(0);
  }
}

async function read(runtime) {
  const found = await caches.match(runtime, { cacheName: placed(runtime) });
  if (!found) return undefined;
  const kept = JSON.parse(found.headers.get("x-kept"));
  if (kept.browser !== browser) return forget(runtime);
  // The engine needs only the lengths to begin, and starts while the bytes are read.
  const head = new Uint8Array(kept.head);
  let packed;
  const fill = async () => {
    packed = await found.arrayBuffer();
    if ((await digest(packed)) !== kept.digest) throw new Error("not what was kept");
    head.set(new Uint8Array(packed, kept.pages * 4, kept.head));
  };
  const filled = inTime(fill());
  filled.catch(() => {}); // It is told where it is asked for.
  const restore = (memory) => {
    unpack(packed, kept, memory);
    packed = undefined; // Pyodide holds on to this function.
  };
  return { head, length: kept.length, filled, restore, answer: kept.answer };
}

async function write(runtime, bytes, answer) {
  if (!self.caches || navigator.connection?.saveData) return;
  const [, from] = new Uint32Array(bytes.buffer); // Pyodide's head says how long it is.
  const [head, memory] = [bytes.subarray(0, from), bytes.subarray(from)];
  const { packed, pages } = pack(head, memory);
  const [sum, answered] = [await digest(packed), await digestOf(answer)];
  const told = { head: head.length, length: memory.length, pages };
  const kept = { browser, ...told, digest: sum, answer: answered };
  // A site's path is in the name, because all sites of a user share the host's one store.
  const [name, all] = [placed(runtime), new URL("..", runtime).pathname];
  const isOurs = (one) => one.replace(/^snapshot \d+ /, "").startsWith(all);
  const names = (await caches.keys()).filter((one) => isOurs(one) && one !== name);
  await Promise.all(names.map((one) => caches.delete(one)));
  const cache = await caches.open(name);
  await cache.put(runtime, new Response(packed, { headers: { "x-kept": JSON.stringify(kept) } }));
}

/**
 * The snapshot kept for a runtime: its head, which is right once `filled` resolves, the length of
 * the memory, what then restores it, and the digest of the known answer.
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
