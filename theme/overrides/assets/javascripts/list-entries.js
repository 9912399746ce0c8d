// The papers of a list, for list-controls.js to sort and filter: the facts on each card, and the cards of the list's
// other pages, which are fetched on demand.

import { folded } from "./fold.js";

const text = (card, selector) => card.querySelector(selector)?.textContent.trim() ?? "";

/** The facts on a card. `date` is an ISO date, or a year if the date is not known. */
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

/**
 * The URLs of all pages of a list, with null for the page itself. The pager does not link every page, but their numbers
 * are consecutive.
 */
function otherPages(page, address) {
  const pager = page.querySelector(".listing .pager");
  if (!pager) return [];
  const numbers = [...pager.querySelectorAll("a, strong")].map((link) => Number(link.textContent));
  const own = Number(pager.querySelector("strong").textContent);
  const root = new URL(address).pathname.replace(/page\/\d+\/$/, "");
  return Array.from({ length: Math.max(...numbers) }, (_, index) => index + 1)
    .map((number) => (number === own ? null : new URL(number === 1 ? root : `${root}page/${number}/`, address)));
}

/** Fetch a page of the site and parse it. */
async function fetchedPage(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/**
 * Copies of the cards of a page, without elements that scripts added, and with absolute links, because the copies are
 * shown on another page.
 */
function cardsOf(page, address) {
  return [...page.querySelectorAll(".listing .card")].map((card) => {
    const copy = document.importNode(card, true);
    for (const added of copy.querySelectorAll(".list-button, .read-mark")) added.remove();
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    for (const link of copy.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address).href;
    return copy;
  });
}

/** The cards of all pages of a list. `address` is the URL of one of its pages; `page` is its document, if loaded. */
async function wholeList(address, page) {
  const first = page ?? await fetchedPage(address);
  const others = otherPages(first, address);
  if (!others.length) return cardsOf(first, address);
  const pages = await Promise.all(others.map(async (other) => (other ? cardsOf(await fetchedPage(other), other) : cardsOf(first, address))));
  return pages.flat();
}

/**
 * All papers of this page's list, in its order. A list that shows only some papers links to the pages with all of them.
 */
export async function entries() {
  const sources = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".list-sources a[href]"))].map((link) => link.href);
  const lists = sources.length ? sources.map((address) => wholeList(address)) : [wholeList(location.href, document)];
  return (await Promise.all(lists)).flat().map(entry);
}
