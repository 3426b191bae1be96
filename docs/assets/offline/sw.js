/**
 * The service worker: what has been kept answers when the network does not.
 *
 * It keeps the pages, the search index and their assets, all of one build or nothing. The
 * runtime of the checks is kept by assets/offline/offline.js; here it is only read. Its scripts are
 * compared with their hashes here, its data as it is used, by assets/python/worker.js.
 * All sites of a user share one origin, so the names of our stores end with this site's path.
 */
const BUILD = "none"; // scripts/publish/offline.py writes the build here, so that each is another worker.
const ROOT = self.registration.scope;
const PATH = new URL(ROOT).pathname;
const PAGES = `pages ${BUILD} ${PATH}`;
const RUNTIME = `runtime ${PATH}`;
const LIST = "offline.json";
const LANES = 6; // as many requests at once as a browser makes to a host of HTTP/1.1
const LONGEST = 30_000; // milliseconds for one file of an installation
const PATIENCE = 4_000; // milliseconds for the network to begin an answer that we have kept

const isOurs = (name) => name.startsWith("pages ") && name.endsWith(` ${PATH}`);
const options = { ignoreVary: true }; // Our files are the same for every reader.

async function digest(response) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const isRight = async (response, { sha256 }) => (await digest(response)) === sha256;

let list; // of this build's files, once it has been read
const fetchList = (longest) =>
  fetch(ROOT + LIST, { cache: "reload", signal: AbortSignal.timeout(longest) });
const readList = async () => (list ??= await (await (await caches.open(PAGES)).match(ROOT + LIST))?.json());

/** A file with the listed content: from an older store, else from the server. */
async function obtain(address, entry, older) {
  for (const cache of older) {
    const kept = await cache.match(address, options);
    if (kept && (await isRight(kept.clone(), entry))) return kept;
  }
  // Past the HTTP cache, which may still hold a file of the build before. Asked for twice,
  // because a host's servers do not all have a new build at the same moment.
  for (let attempt = 0; attempt < 2; attempt++) {
    const response = await fetch(address, { cache: "reload", signal: AbortSignal.timeout(LONGEST) });
    if (response.ok && (await isRight(response.clone(), entry))) return response;
  }
  throw new Error(`not the file of this build: ${address}`);
}

async function install() {
  const response = await fetchList(LONGEST);
  const { build, pages } = await response.clone().json();
  if (build !== BUILD) throw new Error(`another build: ${build}`);
  const cache = await caches.open(PAGES);
  // An interrupted installation left a store too: read it like any older one.
  const older = await Promise.all((await caches.keys()).filter(isOurs).map((one) => caches.open(one)));
  const left = Object.entries(pages);
  const lane = async () => {
    for (let next; (next = left.shift()); )
      await cache.put(ROOT + next[0], await obtain(ROOT + next[0], next[1], older));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await cache.put(ROOT + LIST, response); // Last: it says that all the rest is there.
}

self.addEventListener("install", (event) => {
  const giveBack = async (error) => {
    if (error.name === "QuotaExceededError") await caches.delete(PAGES);
    throw error;
  };
  event.waitUntil(install().catch(giveBack));
});

async function activate() {
  const names = (await caches.keys()).filter((name) => isOurs(name) && name !== PAGES);
  await Promise.all(names.map((name) => caches.delete(name)));
  const { runtime } = await readList();
  if (await caches.has(RUNTIME)) {
    const cache = await caches.open(RUNTIME);
    for (const { url } of await cache.keys())
      if (!(url.slice(ROOT.length) in runtime)) await cache.delete(url);
  }
  await self.clients.claim();
}

self.addEventListener("activate", (event) => event.waitUntil(activate()));
// Only a reader's own button sends this: a page is never changed under an open form.
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());

/** Our name for an address: without its query, and a folder for its index.html. */
const named = (url) => url.origin + url.pathname.replace(/\/index\.html$/, "/");

// By client: the list of its page's build, this one or the one that the site has now. A browser may
// stop an idle service worker and lose this map; then an asset that is asked for later comes from
// the network, and may be another build's.
const builds = new Map();
const keptOf = async (address) => (await caches.open(PAGES)).match(address, options);

/** The network's answer, or the kept one where the network fails or takes too long to begin. */
async function networkFirst(request, kept) {
  const answer = fetch(request);
  if (!kept) return answer;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer, late]).catch(() => {});
  answer.catch(() => {});
  return first && first.status < 500 && first.status !== 429 ? first : kept;
}

/** The list of the build that a page is of, if we know it. */
async function buildOf(response, inside) {
  const hash = await digest(response);
  for (const read of [readList, async () => (await fetchList(PATIENCE)).json()]) {
    const build = await read();
    if (build.pages[inside]?.sha256 === hash) return build;
  }
}

/** Our page for an address where there is none, as a host sends it. */
async function missing(error) {
  const kept = await keptOf(`${ROOT}404.html`);
  if (!kept) throw error;
  return new Response(kept.body, { status: 404, headers: kept.headers });
}

async function page({ request, resultingClientId }, address) {
  const kept = await keptOf(address);
  const response = await networkFirst(request, kept).catch(missing);
  const isPage = response.ok && address.endsWith("/");
  const build = isPage && buildOf(response.clone(), address.slice(ROOT.length)).catch(() => {});
  builds.set(resultingClientId, build);
  return response;
}

async function asset({ request, clientId, resultingClientId }, address) {
  const [theirs, ours] = [await builds.get(clientId), await readList()];
  if (request.destination === "worker") builds.set(resultingClientId, theirs);
  const inside = address.slice(ROOT.length);
  if (theirs && inside === LIST) return new Response(JSON.stringify(theirs));
  const kept = await keptOf(address);
  // A page of another build must not get this build's scripts, but for those that are the same.
  const hash = theirs?.pages[inside]?.sha256;
  return kept && hash && hash === ours?.pages[inside]?.sha256 ? kept : networkFirst(request, kept);
}

const trusted = new Set(); // the scripts verified since this service worker was started

/** A file of the runtime as kept, if it is still what was kept; else the network's answer. */
async function runtime({ request }, address) {
  const cache = await caches.open(RUNTIME);
  const kept = await cache.match(address, options);
  if (!kept) return fetch(request);
  if (trusted.has(address) || !address.endsWith(".mjs")) return kept;
  // Its folder is the beginning of its hash.
  if ((await digest(kept.clone())).startsWith(address.split("/").at(-2))) {
    trusted.add(address);
    return kept;
  }
  await cache.delete(address);
  return fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = named(new URL(request.url));
  if (request.method !== "GET" || !address.startsWith(ROOT)) return;
  const inside = address.slice(ROOT.length);
  if (inside === "sw.js") return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (/^assets\/runtime\/\w+\//.test(inside)) event.respondWith(runtime(event, address));
  else event.respondWith(asset(event, address));
});
