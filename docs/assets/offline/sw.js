/**
 * The service worker: what has been kept answers when the network does not.
 *
 * It keeps the pages, the search index and their assets, all of one build or nothing. The
 * runtime of the checks is kept by assets/offline/offline.js; here it is only read.
 * All sites of a user share one origin: the names of our stores end with this site's path, and
 * another site can write into them all the same. So each page and script is compared with the list
 * as it is answered. The runtime's data is compared as it is used, by assets/python/worker.js.
 */
// scripts/publish/offline.py writes offline.json here: each build is another service worker, and its
// list is where no other site can write.
const OFFLINE = {"build":"none","pages":{},"runtime":{}};
const ROOT = self.registration.scope;
const PATH = new URL(ROOT).pathname;
const PAGES = `pages ${OFFLINE.build} ${PATH}`;
const RUNTIME = `runtime ${PATH}`;
const LIST = "offline.json";
const LANES = 6; // as many requests at once as a browser makes to a host of HTTP/1.1
const LONGEST = 30_000; // milliseconds for one file of an installation
const PATIENCE = 4_000; // milliseconds for the network to begin an answer that we have kept
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css",
  js: "text/javascript",
  mjs: "text/javascript",
  json: "application/json",
  webmanifest: "application/manifest+json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  woff2: "font/woff2",
};

const isOurs = (name) => name.startsWith("pages ") && name.endsWith(` ${PATH}`);
const options = { ignoreVary: true }; // Our files are the same for every reader.

async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * A response with the same content, if its SHA-256 begins so. Nothing else of it is taken over: by
 * its address a script could import another site's, by its headers a page could lead elsewhere.
 */
async function compared(response, inside, sha256) {
  const bytes = await response.arrayBuffer();
  if (!(await digest(bytes)).startsWith(sha256)) return undefined;
  const [, kind] = inside.match(/\.(\w+)$/) ?? [, "html"]; // A folder is its page.
  return new Response(bytes, { headers: { "content-type": TYPES[kind] } });
}

/**
 * A file with the listed content: as it is kept, else from an older store or from the server, and
 * then kept. What is kept and is not the listed content is thrown away.
 */
async function obtain(inside, cache, older, longest) {
  const [address, { sha256 }] = [ROOT + inside, OFFLINE.pages[inside]];
  const keep = async (right) => (await cache.put(address, right.clone()), right);
  for (const store of [cache, ...older]) {
    const kept = await store.match(address, options);
    const right = kept && (await compared(kept, inside, sha256));
    if (right) return store === cache ? right : keep(right);
    if (kept && store === cache) await cache.delete(address, options);
  }
  // Past the HTTP cache, which may still hold a file of the build before. Asked for twice,
  // because a host's servers do not all have a new build at the same moment.
  for (let attempt = 0; attempt < 2; attempt++) {
    const response = await fetch(address, { cache: "reload", signal: AbortSignal.timeout(longest) });
    const right = response.ok && (await compared(response, inside, sha256));
    if (right) return keep(right);
  }
  throw new Error(`not the file of this build: ${address}`);
}

async function install() {
  // An interrupted installation left a store too, which is gone on with.
  const names = (await caches.keys()).filter((name) => isOurs(name) && name !== PAGES);
  const older = await Promise.all(names.map((name) => caches.open(name)));
  const cache = await caches.open(PAGES);
  const left = Object.keys(OFFLINE.pages);
  const lane = async () => {
    while (left.length) await obtain(left.shift(), cache, older, LONGEST);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
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
  if (await caches.has(RUNTIME)) {
    const cache = await caches.open(RUNTIME);
    for (const { url } of await cache.keys())
      if (!(url.slice(ROOT.length) in OFFLINE.runtime)) await cache.delete(url);
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

/** What is kept for a file, if it is the listed content; offline, there is none of what was changed. */
async function keptOf(inside) {
  // Once a reader has removed the store, nothing may make it again.
  if (!Object.hasOwn(OFFLINE.pages, inside) || !(await caches.has(PAGES))) return undefined;
  return obtain(inside, await caches.open(PAGES), [], PATIENCE).catch(() => {});
}

/** The network's answer, or the kept one where the network fails or takes too long to begin. */
async function networkFirst(request, read) {
  const answer = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer, late]).catch(() => {});
  if (first && first.status < 500 && first.status !== 429) return first;
  return (await read()) ?? answer;
}

/** The list of the build that a page is of, if we know it. */
async function buildOf(response, inside) {
  const hash = await digest(await response.arrayBuffer());
  const isIts = ({ pages }) => Object.hasOwn(pages, inside) && hash.startsWith(pages[inside].sha256);
  if (isIts(OFFLINE)) return OFFLINE;
  const signal = AbortSignal.timeout(PATIENCE);
  const newest = await (await fetch(ROOT + LIST, { cache: "reload", signal })).json();
  return isIts(newest) ? newest : undefined;
}

/** Our page for an address where there is none, as a host sends it. */
async function missing(error) {
  const kept = await keptOf("404.html");
  if (!kept) throw error;
  return new Response(kept.body, { status: 404, headers: kept.headers });
}

async function page(event, inside) {
  const response = await networkFirst(event.request, () => keptOf(inside)).catch(missing);
  const isPage = response.ok && (!inside || inside.endsWith("/"));
  const build = isPage && buildOf(response.clone(), inside).catch(() => {});
  builds.set(event.resultingClientId, build);
  if (response.url) event.waitUntil(keptOf(inside)); // From the network, which can mend it.
  return response;
}

async function asset({ request, clientId, resultingClientId }, inside) {
  const theirs = await builds.get(clientId);
  if (request.destination === "worker") builds.set(resultingClientId, theirs);
  const list = (build) => new Response(JSON.stringify(build));
  if (inside === LIST) return theirs ? list(theirs) : networkFirst(request, () => list(OFFLINE));
  // A page of another build must not get this build's scripts, but for those that are the same.
  const hash = theirs?.pages[inside]?.sha256;
  const isSame = hash && hash === OFFLINE.pages[inside]?.sha256;
  return (isSame && (await keptOf(inside))) || networkFirst(request, () => keptOf(inside));
}

/** A file of the runtime as kept, a script if it is still what was kept; else the network's answer. */
async function runtime({ request }, inside) {
  const cache = await caches.open(RUNTIME);
  const kept = await cache.match(ROOT + inside, options);
  if (!kept) return fetch(request);
  if (!inside.endsWith(".mjs")) return kept;
  // Of another build's script we know the folder, which is the beginning of its hash.
  const sha256 = OFFLINE.runtime[inside]?.sha256 ?? inside.split("/").at(-2);
  // As it is kept, because the browser has its compiled code beside it, but not from elsewhere.
  const isRight = (await digest(await kept.clone().arrayBuffer())).startsWith(sha256);
  if (isRight && kept.url === ROOT + inside) return kept;
  await cache.delete(ROOT + inside, options);
  return fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = named(new URL(request.url));
  if (request.method !== "GET" || !address.startsWith(ROOT)) return;
  const inside = address.slice(ROOT.length);
  if (inside === "sw.js") return;
  if (request.mode === "navigate") event.respondWith(page(event, inside));
  else if (/^assets\/runtime\/\w+\//.test(inside)) event.respondWith(runtime(event, inside));
  else event.respondWith(asset(event, inside));
});
