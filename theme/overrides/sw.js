// The service worker, which saves pages for offline reading. The build writes offline.json, the list of files to save.
// Its version is the query of this script's URL, so that each publication gets a new worker with its own core. There
// are three caches: "core VERSION" has the pages from which all others can be reached, with styles, scripts and fonts,
// complete or not at all; "held" has visited pages and used files up to a size, and drops the oldest first; "saved" has
// the papers of the reading list.

const SCOPE = new URL("./", location.href);
const VERSION = location.search.slice(1);
const PREFIX = `digest ${SCOPE.pathname} `;
const CORE = `${PREFIX}core ${VERSION}`;
const HELD = `${PREFIX}held`;
const SAVED = `${PREFIX}saved`;
const SAVED_MOST = 200; // papers
const ID = /^[a-z0-9-]{1,80}$/;
const PARAMETERS = new URL("offline.json", SCOPE).href;
const AHEAD = `${PARAMETERS}?ahead`; // present if the newest papers have been prefetched
const FALLBACK = new URL("offline/", SCOPE);
const PATIENCE = 3000; // milliseconds to wait for the network if the page is saved
const SIZE = "x-held-bytes";
const NAMED_BY_CONTENT = /^pagefind\/(?:(?:fragment|index|filter)\/|[^/]+\.pf_meta$)/;
const BEGINS_SEARCH = /^search\/index\.json$/;

// --- what is kept, and where -------------------------------------------------------------------------------------

/** The key of a response in the caches. Queries are dropped, except the version of search data. */
function keyOf(address) {
  const url = new URL(address, SCOPE);
  const version = /\/search\/.+\.json$/.test(url.pathname) ? url.searchParams.get("v") : "";
  url.hash = "";
  url.search = version ? `?${new URLSearchParams({ v: version })}` : "";
  url.pathname = url.pathname.replace(/\/index\.html$/, "/");
  return url.href;
}

/** The path of a URL below the site's root, or null if it is elsewhere. */
function placeOf(address) {
  const key = keyOf(address);
  return key.startsWith(SCOPE.href) ? key.slice(SCOPE.href.length) : null;
}

/** The kind of a URL, which decides how it is answered: a page, a file of pages, or "other" for the network only. */
function kindOf(place, isNavigation) {
  if (place === null || place === "offline.json" || place === "sw.js") return "other";
  if (place === "" || place.endsWith("/") || place.endsWith(".html")) return "page";
  if (isNavigation) return "other";
  if (NAMED_BY_CONTENT.test(place)) return "lasting";
  if (BEGINS_SEARCH.test(place)) return "start";
  return place.startsWith("assets/") ? "asset" : "data";
}

/** Whether a response may be saved: complete, from this site, and not redirected. */
function isGood(answer) {
  return answer.status === 200 && answer.type === "basic" && !answer.redirected;
}

function inCore(key) {
  return caches.match(key, { cacheName: CORE });
}

function inSaved(key) {
  return caches.match(key, { cacheName: SAVED });
}

/** The saved response, if any; none if the browser's storage fails, so that the network answers. */
async function find(key) {
  try {
    return await inCore(key) ?? await inSaved(key) ?? await caches.match(key, { cacheName: HELD });
  } catch {
    return undefined;
  }
}

/** Save a response. If offline reading was switched off meanwhile, delete the caches again. */
async function keep(key, answer) {
  try {
    await store(key, answer);
  } finally {
    if (!(await inCore(PARAMETERS))) await forget();
  }
}

/** Delete this version's core, and the shared caches unless a later version has a core. */
async function forget() {
  await caches.delete(CORE);
  if ((await caches.keys()).some((name) => name.startsWith(`${PREFIX}core `))) return;
  for (const name of [HELD, SAVED]) await caches.delete(name);
}

/** Save a response in the cache that has its key. Delete pages that the site no longer has. */
async function store(key, answer) {
  if (answer.status === 404 || answer.status === 410) for (const name of [HELD, SAVED]) await (await caches.open(name)).delete(key);
  if (!isGood(answer)) return;
  if (await inCore(key)) await (await caches.open(CORE)).put(key, answer);
  else if (await inSaved(key)) await (await caches.open(SAVED)).put(key, answer);
  else if (await inCore(PARAMETERS)) await hold(key, answer);
}

/** Save a response among the visited pages, and drop the oldest ones if there is no room. */
async function hold(key, answer) {
  const most = await room();
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength > most) return;
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.set(SIZE, String(bytes.byteLength));
  const stored = await caches.open(HELD);
  if (new URL(key).search) await stored.delete(key, { ignoreSearch: true }); // of an earlier publication
  await stored.put(key, new Response(bytes, { headers }));
  turn = turn.then(() => trim(bytes.byteLength, most)).catch(() => {});
  await turn;
}

let turn = Promise.resolve();
let atMost = Infinity; // an upper bound of the bytes in the cache: a page that is saved again counts twice until the next recount

/** Delete the oldest responses until they fit, with some room to spare, so that not every page causes a recount. */
async function trim(added, most) {
  atMost += added;
  if (atMost <= most) return;
  const stored = await caches.open(HELD);
  const sizes = (await stored.matchAll()).map((answer) => Number(answer.headers.get(SIZE)));
  let sum = sizes.reduce((all, size) => all + size, 0);
  if (sum > most) {
    for (const [index, key] of (await stored.keys()).entries()) {
      if (sum <= 0.9 * most) break;
      await stored.delete(key);
      sum -= sizes[index];
    }
  }
  atMost = sum;
}

async function parameters() {
  return (await inCore(PARAMETERS)).json();
}

/** The bytes that are left for visited pages. */
async function room() {
  const { megabytes, bytes } = await parameters();
  return Math.max(0, megabytes * 1e6 - bytes);
}

// --- coming and going --------------------------------------------------------------------------------------------

/** Fetch the offline.json of the published site. */
async function published() {
  const answer = await fetch(PARAMETERS, { cache: "no-store" });
  if (!isGood(answer)) throw new Error(`offline.json: ${answer.status}`);
  return answer;
}

/** Save the whole core, or fail and keep the previous one: `addAll` saves nothing if a file is missing. */
async function install() {
  const answer = await published();
  const { version, core } = await answer.clone().json();
  if (version !== VERSION) throw new Error("another version is published");
  const cache = await caches.open(CORE);
  const fresh = (place) => new Request(new URL(place, SCOPE), { cache: "no-cache", redirect: "error" });
  await cache.addAll(core.map(fresh));
  if ((await (await published()).json()).version !== VERSION) throw new Error("published anew meanwhile");
  await cache.put(PARAMETERS, answer);
  await self.skipWaiting();
}

/** Delete the caches of earlier versions, and control open pages. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && ![CORE, HELD, SAVED].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Fetch and save those addresses that are not saved yet. */
async function keepMissing(addresses) {
  for (const address of addresses) {
    const key = keyOf(address);
    if (kindOf(placeOf(key), false) !== "other" && !(await find(key))) await keep(key, await fetch(key));
  }
}

/** Save what a page used before this worker was running, and once per version the newest papers. */
async function keepAhead(used) {
  if (!(await caches.has(CORE))) await install(); // the reader has cleared the storage
  await keepMissing(used);
  if (await inCore(AHEAD)) return;
  await keepMissing((await parameters()).ahead);
  await (await caches.open(CORE)).put(AHEAD, new Response(""));
}

/** Save the pages and records of the papers on the reading list (the latest, if they are many), and delete others. */
async function keepSaved(ids) {
  if (!(await parameters()).megabytes) return;
  const cache = await caches.open(SAVED);
  const places = ids.filter((id) => ID.test(id)).slice(-SAVED_MOST).flatMap((id) => [`papers/${id}/`, `papers/${id}/index.json`]);
  const wanted = new Set(places.map((place) => keyOf(place)));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  for (const key of wanted) {
    if (await cache.match(key)) continue;
    const answer = await fetch(key);
    if (isGood(answer)) await cache.put(key, answer);
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  const { used, saved } = event.data ?? {};
  const texts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
  event.waitUntil((saved ? keepSaved(texts(saved)) : keepAhead(texts(used))).catch(() => {}));
});

// --- answers -----------------------------------------------------------------------------------------------------

function after(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

/** Fetch from the network, and save the response without delaying it. */
function ask(event, key, answer = fetch(event.request)) {
  event.waitUntil(answer.then((got) => keep(key, got.clone())).catch(() => {}));
  return answer;
}

/** The network first; the saved response if the network fails or takes too long. */
async function newest(event, key, patience = after(PATIENCE)) {
  const stored = await find(key);
  const { url, headers, redirect } = event.request;
  // Bypass the browser's HTTP cache, which may be older than the saved response.
  const answer = ask(event, key, fetch(url, { headers, redirect, cache: "no-cache" }));
  if (!stored) return answer;
  const good = answer.then((got) => (got.status >= 500 ? stored : got)).catch(() => stored);
  return Promise.race([good, patience.then(() => stored)]);
}

/** The index of search. All its data must be of one publication, so even a slow network is preferred. */
function start(event, key) {
  return newest(event, key, new Promise(() => {}));
}

async function page(event, key) {
  try {
    return await newest(event, key);
  } catch {
    if (key === FALLBACK.href) return Response.error();
    const url = new URL(FALLBACK);
    url.searchParams.set("page", placeOf(key));
    return Response.redirect(url, 302);
  }
}

/** The saved response at once; the network updates it for the next time. */
async function asset(event, key) {
  const stored = await find(key);
  const answer = ask(event, key);
  if (!stored) return answer;
  answer.catch(() => {});
  return stored;
}

async function lasting(event, key) {
  return await find(key) ?? ask(event, key);
}

const ANSWERS = { page, asset, lasting, start, data: newest };

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const isNavigation = event.request.mode === "navigate";
  const kind = kindOf(placeOf(event.request.url), isNavigation);
  // A script that fetches a page wants that page or a failure, not the offline page.
  const answers = kind === "page" && !isNavigation ? newest : ANSWERS[kind];
  if (answers) event.respondWith(answers(event, keyOf(event.request.url)));
});
