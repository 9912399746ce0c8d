// The offline page: it shows which page was requested, and lists the papers that this browser has saved.

import { base, element, find } from "./dom.js";
import { say } from "./strings.js";

const MAX_SAVED = 200; // as MAX_SAVED in sw.js
const siteName = find(document, ".digest-name").textContent;

/** The requested page, which is not saved; null if the URL names no page of this site. */
function requestedPage() {
  const requested = new URLSearchParams(location.search).get("page");
  if (!requested || !URL.canParse(requested, base)) return null;
  const url = new URL(requested, base);
  return url.href.startsWith(base.href) ? url : null; // a forged link must not lead to another site
}

/** Show which page was requested. @param {URL | null} url */
function showRequest(url) {
  const notice = find(document, "[data-offline-request]");
  notice.hidden = !url;
  if (url) {
    notice.replaceChildren(say("offline.missing"), element("a", { href: url.href }, url.pathname), say("offline.retry"));
  }
}

/** The title of a saved page, without the name of the site; its URL if it has none. @param {string} url */
async function savedTitle(url) {
  const response = await caches.match(url);
  const page = new DOMParser().parseFromString(await response?.text() ?? "", "text/html");
  return page.title.replace(` · ${siteName}`, "") || url;
}

/** The URLs of the papers in a cache of sw.js, the latest one first. @param {string} name */
async function papersIn(name) {
  const cache = await caches.open(`digest ${base.pathname} ${name}`);
  return (await cache.keys()).map(({ url }) => url).filter((url) => /^papers\/[^/]+\/$/.test(url.slice(base.href.length))).reverse();
}

/** Links to the saved papers: those of the reading list, then visited ones. */
async function savedPapers() {
  const urls = [...new Set([...await papersIn("saved"), ...await papersIn("held")])].slice(0, MAX_SAVED);
  return Promise.all(urls.map(async (url) => element("li", {}, element("a", { href: url }, await savedTitle(url)))));
}

async function show() {
  showRequest(requestedPage());
  if (!("caches" in globalThis)) return; // missing on pages without HTTPS
  const papers = await savedPapers();
  if (!papers.length) return;
  const list = find(document, "[data-offline-page]");
  list.append(element("h2", {}, say("offline.saved")), element("ul", {}, ...papers));
  list.dataset.shown = String(papers.length);
}

show();
