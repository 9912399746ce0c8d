// The offline page: it shows which page was requested, and lists the papers that this browser has saved.

import { base, element } from "./dom.js";
import { say } from "./strings.js";

const MOST = 200;
const notice = /** @type {HTMLElement} */ (document.querySelector("[data-offline-asked]"));
const place = /** @type {HTMLElement} */ (document.querySelector("[data-offline-page]"));
const site = document.querySelector(".digest-name").textContent;

/** The requested page, which is not saved, or null. */
function requestedPage() {
  const address = new URLSearchParams(location.search).get("page");
  if (!address) return null;
  const url = new URL(address, base);
  return url.href.startsWith(base.href) ? url : null;
}

/** Show which page was requested. */
function tell(url) {
  notice.hidden = !url;
  if (url) {
    notice.replaceChildren(say("offline.lost"),
      element("a", { href: url.href }, url.pathname), say("offline.again"));
  }
}

/** The title of a saved page, without the name of the site. */
async function titleOf(answer) {
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  return parsed.title.replace(` · ${site}`, "");
}

/** The URLs of the papers in a cache, the latest one first. */
async function papersIn(name) {
  const cache = await caches.open(`digest ${base.pathname} ${name}`);
  return (await cache.keys()).map(({ url }) => url).filter((url) => /^papers\/[^/]+\/$/.test(url.slice(base.href.length))).reverse();
}

/** Links to the saved papers: those of the reading list, then visited ones. */
async function papers() {
  const found = [...new Set([...await papersIn("saved"), ...await papersIn("held")])].slice(0, MOST);
  return Promise.all(found.map(async (url) => {
    const title = await titleOf(await caches.match(url));
    return element("li", {}, element("a", { href: url }, title || url));
  }));
}

/** Fill the page. */
async function show() {
  tell(requestedPage());
  if (!("caches" in globalThis)) return;
  const found = await papers();
  if (!found.length) return;
  place.append(element("h2", {}, say("offline.kept")), element("ul", {}, ...found));
  place.dataset.shown = String(found.length);
}

show();
