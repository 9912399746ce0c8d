// The papers of a list as list-controls.js sorts and filters them: what each card shows, and the cards of the list's
// other pages, fetched when they are needed.

import { folded } from "./fold.js";

const text = (card, selector) => card.querySelector(selector)?.textContent.trim() ?? "";

/** What a card says of its paper. `date` is an ISO day, or a year where the day is not known. */
export function entry(card) {
  const venue = text(card, ".badge-venue");
  const date = card.querySelector("time")?.dateTime || venue.match(/\b(?:19|20)\d\d\b/)?.[0] || "";
  return {
    card,
    title: text(card, ".card-title a"),
    words: folded(card.textContent),
    date,
    venue,
    year: date.slice(0, 4),
    track: text(card, ".badge-track, .badge-mark"),
    topic: text(card, ".badge-topic"),
    code: Boolean(card.querySelector(".badge-code")),
  };
}

/** The addresses of the pages of a list beside the one that `page` is; a page that is not named lies between two that are. */
function otherPages(page, address) {
  const pager = page.querySelector(".listing .pager");
  if (!pager) return [];
  const numbers = [...pager.querySelectorAll("a, strong")].map((one) => Number(one.textContent));
  const own = Number(pager.querySelector("strong").textContent);
  const root = new URL(address).pathname.replace(/page\/\d+\/$/, "");
  return Array.from({ length: Math.max(...numbers) }, (_, at) => at + 1)
    .map((number) => (number === own ? null : new URL(number === 1 ? root : `${root}page/${number}/`, address)));
}

async function fetchedPage(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Copies of the cards of a page, without what scripts added, and with absolute links, since they move to another page. */
function cardsOf(page, address) {
  return [...page.querySelectorAll(".listing .card")].map((card) => {
    const copy = document.importNode(card, true);
    for (const added of copy.querySelectorAll(".list-button, .read-mark")) added.remove();
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    for (const link of copy.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address).href;
    return copy;
  });
}

/** The cards of all pages of the list whose page stands at `address`; `page` is that page, if it is there already. */
async function wholeList(address, page) {
  const first = page ?? await fetchedPage(address);
  const others = otherPages(first, address);
  if (!others.length) return cardsOf(first, address);
  const found = await Promise.all(others.map(async (other) => (other ? cardsOf(await fetchedPage(other), other) : cardsOf(first, address))));
  return found.flat();
}

/** All papers of this page's list, in its order. A list that shows some of its papers names the pages that have all. */
export async function entries() {
  const sources = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".list-sources a[href]"))].map((link) => link.href);
  const lists = sources.length ? sources.map((address) => wholeList(address)) : [wholeList(location.href, document)];
  return (await Promise.all(lists)).flat().map(entry);
}
