// The page for readers without a network: what they asked for, and what this browser has kept.

import { base, element } from "./dom.js";
import { say } from "./strings.js";

const MOST = 200;
const notice = document.querySelector("[data-offline-asked]");
const place = document.querySelector("[data-offline-page]");
const site = document.querySelector(".digest-name").textContent;

/** The page of this site that led here because it is not held, or null. */
function asked() {
  const address = new URLSearchParams(location.search).get("page");
  if (!address) return null;
  const url = new URL(address, base);
  return url.href.startsWith(base.href) ? url : null;
}

function tell(url) {
  notice.hidden = !url;
  if (url) {
    notice.replaceChildren(say("offline.lost"),
      element("a", { href: url.href }, url.pathname), say("offline.again"));
  }
}

async function titleOf(answer) {
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  return parsed.title.replace(` · ${site}`, "");
}

/** The papers that are held, the last one kept first. */
async function papers() {
  const held = await caches.open(`digest ${base.pathname} held`);
  const isPaper = (key) => /^papers\/[^/]+\/$/.test(key.url.slice(base.href.length));
  const keys = (await held.keys()).filter(isPaper).reverse().slice(0, MOST);
  return Promise.all(keys.map(async (key) => {
    const title = await titleOf(await held.match(key));
    return element("li", {}, element("a", { href: key.url }, title || key.url));
  }));
}

async function show() {
  tell(asked());
  if (!("caches" in globalThis)) return;
  const found = await papers();
  if (!found.length) return;
  place.append(element("h2", {}, say("offline.kept")), element("ul", {}, ...found));
  place.dataset.shown = String(found.length);
}

show();
