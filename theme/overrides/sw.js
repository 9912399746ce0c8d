// The service worker, which saves pages for offline reading. The build writes offline.json, the list of files to save.
// Its version is the query of this script's URL, so that each publication gets a new worker with its own core. There
// are three caches: "core VERSION" has the pages from which all others can be reached, with styles, scripts and fonts,
// complete or not at all; "held" has visited pages and used files up to a size, and drops the oldest first; "saved" has
// the papers of the reading list. The names of caches never change, because browsers have them.

/** @typedef {{ version: string, megabytes: number, bytes: number, core: string[], ahead: string[] }} OfflineFiles the content of offline.json (generator/site/offline.py) */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = new URL("./", location.href);
const VERSION = location.search.slice(1);
const PREFIX = `digest ${SCOPE.pathname} `; // other sites may share the origin, and so the caches
const CORE = `${PREFIX}core ${VERSION}`;
const VISITED = `${PREFIX}held`;
const SAVED = `${PREFIX}saved`;
const MAX_SAVED = 200; // papers
const ID = /^[a-z0-9-]{1,80}$/;
const PARAMETERS = new URL("offline.json", SCOPE).href;
const PREFETCHED = `${PARAMETERS}?ahead`; // present if the newest papers have been prefetched
const OFFLINE_PAGE = new URL("offline/", SCOPE);
const PATIENCE = 3000; // milliseconds to wait for the network if the page is saved
const SIZE = "x-held-bytes"; // a header of visited pages, because many hosts send no length of compressed files
const NAMED_BY_CONTENT = /^pagefind\/(?:(?:fragment|index|filter)\/|[^/]+\.pf_meta$)/;
const SEARCH_INDEX = /^search\/index\.json$/;

// --- what is saved, and where ---

/** The key of a response in the caches. Queries are dropped, except the version of search data. @param {string} url */
function keyOf(url) {
  const key = new URL(url, SCOPE);
  const version = /\/search\/.+\.json$/.test(key.pathname) ? key.searchParams.get("v") : "";
  key.hash = "";
  key.search = version ? `?${new URLSearchParams({ v: version })}` : "";
  key.pathname = key.pathname.replace(/\/index\.html$/, "/");
  return key.href;
}

/** The path of a URL below the site's root, or null if it is elsewhere. @param {string} url */
function pathOf(url) {
  const key = keyOf(url);
  return key.startsWith(SCOPE.href) ? key.slice(SCOPE.href.length) : null;
}

/** The kind of a path, which decides how it is answered; null for the network only. @param {string | null} path @param {boolean} isNavigation */
function kindOf(path, isNavigation) {
  if (path === null || path === "offline.json" || path === "sw.js") return null;
  if (path === "" || path.endsWith("/") || path.endsWith(".html")) return "page";
  if (isNavigation) return null; // a feed or a download, which the offline page cannot replace
  if (NAMED_BY_CONTENT.test(path)) return "immutable";
  if (SEARCH_INDEX.test(path)) return "searchIndex";
  return path.startsWith("assets/") ? "asset" : "data";
}

/** Whether a response may be saved: complete, from this site, and not redirected, which browsers refuse for pages. @param {Response} response */
function isStorable(response) {
  return response.status === 200 && response.type === "basic" && !response.redirected;
}

/** The response of a key in the core, if any. @param {string} key */
function inCore(key) {
  return caches.match(key, { cacheName: CORE });
}

/** The response of a key in the cache of the reading list, if any. @param {string} key */
function inSaved(key) {
  return caches.match(key, { cacheName: SAVED });
}

/** The saved response, if any; none if the browser's storage fails, so that the network answers. @param {string} key */
async function findStored(key) {
  try {
    return await inCore(key) ?? await inSaved(key) ?? await caches.match(key, { cacheName: VISITED });
  } catch {
    return undefined;
  }
}

/** Save a response. If offline reading was switched off meanwhile, delete the caches again. @param {string} key @param {Response} response */
async function store(key, response) {
  try {
    await putInCache(key, response);
  } finally {
    if (!(await inCore(PARAMETERS))) await deleteCaches();
  }
}

/** Delete this version's core, and the shared caches unless a later version has a core. */
async function deleteCaches() {
  await caches.delete(CORE);
  if ((await caches.keys()).some((name) => name.startsWith(`${PREFIX}core `))) return;
  for (const name of [VISITED, SAVED]) await caches.delete(name);
}

/** Save a response in the cache that has its key. Delete pages that the site no longer has. @param {string} key @param {Response} response */
async function putInCache(key, response) {
  if (response.status === 404 || response.status === 410) for (const name of [VISITED, SAVED]) await (await caches.open(name)).delete(key);
  if (!isStorable(response)) return;
  if (await inCore(key)) await (await caches.open(CORE)).put(key, response);
  else if (await inSaved(key)) await (await caches.open(SAVED)).put(key, response);
  else if (await inCore(PARAMETERS)) await storeVisited(key, response);
}

/** Save a response among the visited pages, and drop the oldest ones if needed. @param {string} key @param {Response} response */
async function storeVisited(key, response) {
  const room = await roomForVisited();
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > room) return;
  const headers = new Headers(response.headers);
  headers.delete("content-encoding"); // the bytes are decompressed
  headers.delete("content-length");
  headers.set(SIZE, String(bytes.byteLength));
  const cache = await caches.open(VISITED);
  if (new URL(key).search) await cache.delete(key, { ignoreSearch: true }); // of an earlier publication
  await cache.put(key, new Response(bytes, { headers }));
  trimming = trimming.then(() => trim(bytes.byteLength, room)).catch(() => {});
  await trimming;
}

/** The last call of `trim`: each waits for the one before, as two would delete the same pages. @type {Promise<void>} */
let trimming = Promise.resolve();
let sizeBound = Infinity; // an upper bound of the bytes in the cache: a page that is saved again counts twice until the next recount

/** Delete the oldest responses until they fit, with some room to spare, so that not every page causes a recount. @param {number} added @param {number} room */
async function trim(added, room) {
  sizeBound += added;
  if (sizeBound <= room) return;
  const cache = await caches.open(VISITED);
  const sizes = (await cache.matchAll()).map((response) => Number(response.headers.get(SIZE)));
  let sum = sizes.reduce((total, size) => total + size, 0);
  if (sum > room) {
    for (const [index, key] of (await cache.keys()).entries()) { // in the order in which they were saved
      if (sum <= 0.9 * room) break;
      await cache.delete(key);
      sum -= sizes[index];
    }
  }
  sizeBound = sum;
}

/** The stored offline.json. Throws if there is none. @returns {Promise<OfflineFiles>} */
async function parameters() {
  const response = await inCore(PARAMETERS);
  if (!response) throw new Error("offline reading is off");
  return response.json();
}

/** The bytes that are left for visited pages. */
async function roomForVisited() {
  const { megabytes, bytes } = await parameters();
  return Math.max(0, megabytes * 1e6 - bytes);
}

// --- installation and messages ---

/** Fetch the offline.json of the published site. */
async function fetchParameters() {
  const response = await fetch(PARAMETERS, { cache: "no-store" });
  if (!isStorable(response)) throw new Error(`offline.json: ${response.status}`);
  return response;
}

/** Save the whole core, or fail and keep the previous one: `addAll` saves nothing if a file is missing. */
async function install() {
  const response = await fetchParameters();
  /** @type {OfflineFiles} */
  const { version, core } = await response.clone().json();
  if (version !== VERSION) throw new Error("another version is published");
  const cache = await caches.open(CORE);
  /** @param {string} path */
  const request = (path) => new Request(new URL(path, SCOPE), { cache: "no-cache", redirect: "error" });
  await cache.addAll(core.map(request));
  if ((await (await fetchParameters()).json()).version !== VERSION) throw new Error("published again meanwhile");
  await cache.put(PARAMETERS, response);
  await worker.skipWaiting();
}

/** Delete the caches of earlier versions, and control open pages. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && ![CORE, VISITED, SAVED].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** Fetch and save those URLs that are not saved yet. @param {string[]} urls */
async function storeMissing(urls) {
  for (const url of urls) {
    const key = keyOf(url);
    if (kindOf(pathOf(key), false) && !(await findStored(key))) await store(key, await fetch(key));
  }
}

/** Save what a page used before this worker was running, and once per version the newest papers. @param {string[]} used */
async function storeUsed(used) {
  if (!(await caches.has(CORE))) await install(); // the reader has cleared the storage
  await storeMissing(used);
  if (await inCore(PREFETCHED)) return;
  await storeMissing((await parameters()).ahead);
  await (await caches.open(CORE)).put(PREFETCHED, new Response(""));
}

/** Save the pages and records of the papers on the reading list (the latest, if they are many), and delete others. @param {string[]} ids */
async function storeReadingList(ids) {
  if (!(await parameters()).megabytes) return;
  const cache = await caches.open(SAVED);
  const paths = ids.filter((id) => ID.test(id)).slice(-MAX_SAVED).flatMap((id) => [`papers/${id}/`, `papers/${id}/index.json`]);
  const wanted = new Set(paths.map(keyOf));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  for (const key of wanted) {
    if (await cache.match(key)) continue;
    const response = await fetch(key);
    if (isStorable(response)) await cache.put(key, response);
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => {
  const { used, saved } = event.data ?? {};
  /** @param {unknown} value @returns {string[]} */
  const strings = (value) => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);
  event.waitUntil((saved ? storeReadingList(strings(saved)) : storeUsed(strings(used))).catch(() => {}));
});

// --- handlers of requests ---

/** @param {number} milliseconds @returns {Promise<void>} */
function delay(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

/** Fetch from the network, and save the response without delaying it. @param {FetchEvent} event @param {string} key @param {Promise<Response>} response */
function fetchAndStore(event, key, response = fetch(event.request)) {
  event.waitUntil(response.then((fetched) => store(key, fetched.clone())).catch(() => {}));
  return response;
}

/**
 * The network first; the saved response if the network fails or takes too long.
 * @param {FetchEvent} event @param {string} key @param {Promise<void>} patience
 */
async function networkFirst(event, key, patience = delay(PATIENCE)) {
  const stored = await findStored(key);
  const { url, headers, redirect } = event.request;
  // Bypass the browser's HTTP cache, which may be older than the saved response.
  const response = fetchAndStore(event, key, fetch(url, { headers, redirect, cache: "no-cache" }));
  if (!stored) return response;
  const usable = response.then((fetched) => (fetched.status >= 500 ? stored : fetched)).catch(() => stored);
  return Promise.race([usable, patience.then(() => stored)]);
}

/**
 * The index of search. All its data must be of one publication, so even a slow network is preferred.
 * @param {FetchEvent} event @param {string} key
 */
function searchIndex(event, key) {
  return networkFirst(event, key, new Promise(() => {}));
}

/** A page, or the offline page if it is neither saved nor reachable. @param {FetchEvent} event @param {string} key */
async function page(event, key) {
  try {
    return await networkFirst(event, key);
  } catch {
    if (key === OFFLINE_PAGE.href) return Response.error(); // else browsers would redirect for ever
    const url = new URL(OFFLINE_PAGE);
    url.searchParams.set("page", pathOf(key) ?? "");
    return Response.redirect(url, 302);
  }
}

/** The saved response at once; the network updates it for the next time. @param {FetchEvent} event @param {string} key */
async function asset(event, key) {
  const stored = await findStored(key);
  const response = fetchAndStore(event, key);
  if (!stored) return response;
  response.catch(() => {}); // an unhandled rejection would appear in the console
  return stored;
}

/** The saved response: a file of another content has another name. @param {FetchEvent} event @param {string} key */
async function immutable(event, key) {
  return await findStored(key) ?? fetchAndStore(event, key);
}

const HANDLERS = { page, asset, immutable, searchIndex, data: networkFirst };

worker.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const isNavigation = event.request.mode === "navigate";
  const kind = kindOf(pathOf(event.request.url), isNavigation);
  if (!kind) return;
  // A script that fetches a page wants that page or a failure, not the offline page.
  const handler = kind === "page" && !isNavigation ? networkFirst : HANDLERS[kind];
  event.respondWith(handler(event, keyOf(event.request.url)));
});
