// The papers of a list, for list-controls.js to sort and filter: the facts on each card, and the cards of the list's
// other pages, which are fetched on demand.

import { find, titleOf } from "./dom.js";
import { folded } from "./fold.js";

/** The text of the first element below `card` that matches, or "". @param {HTMLElement} card @param {string} selector */
const textOf = (card, selector) => card.querySelector(selector)?.textContent.trim() ?? "";

/** The facts on a card. `date` is an ISO date, or a year if the date is not known. @param {HTMLElement} card */
function entry(card) {
  const venue = textOf(card, ".badge-venue");
  const date = card.querySelector("time")?.dateTime || venue.match(/\b(?:19|20)\d\d\b/)?.[0] || "";
  return {
    card,
    title: titleOf(card)?.textContent.trim() ?? "",
    words: folded(card.textContent), // what readers see is what they can search
    date,
    venue,
    year: date.slice(0, 4),
    track: textOf(card, ".badge-track, .badge-highlight"),
    topic: textOf(card, ".badge-topic"),
    code: Boolean(card.querySelector(".badge-code")),
  };
}

/**
 * The URLs of all pages of a list, with null for the page itself. The pager does not link every page, but their numbers
 * are consecutive.
 * @param {Document} page @param {string} address
 */
function listPages(page, address) {
  const pager = page.querySelector(".listing .pager");
  if (!pager) return [null];
  const numbers = [...pager.querySelectorAll("a, strong")].map((link) => Number(link.textContent)); // "…" is plain text
  const current = Number(find(pager, "strong").textContent);
  const root = new URL(address).pathname.replace(/page\/\d+\/$/, "");
  return Array.from({ length: Math.max(...numbers) }, (_, index) => index + 1)
    .map((number) => (number === current ? null : new URL(number === 1 ? root : `${root}page/${number}/`, address).href));
}

/** Fetch a page of the site and parse it. @param {string} address */
async function fetchPage(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/**
 * Copies of the cards of a page, without elements that scripts added, and with absolute links, because the copies are
 * shown on another page.
 * @param {Document} page @param {string} address
 */
function cardsOf(page, address) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(".listing .card"))].map((card) => {
    const copy = document.importNode(card, true);
    for (const added of copy.querySelectorAll(".list-button, .read-mark")) added.remove();
    for (const target of copy.querySelectorAll("[id]")) target.removeAttribute("id"); // the original has it too
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (copy.querySelectorAll("a[href]"))) {
      link.href = new URL(link.getAttribute("href") ?? "", address).href;
    }
    return copy;
  });
}

/**
 * The cards of all pages of a list. `address` is the URL of one of its pages; `page` is its document, if loaded.
 * @param {string} address @param {Document} [page]
 */
async function fetchList(address, page) {
  const first = page ?? await fetchPage(address);
  const pages = await Promise.all(listPages(first, address).map(async (url) =>
    (url ? cardsOf(await fetchPage(url), url) : cardsOf(first, address))));
  return pages.flat();
}

/**
 * All papers of this page's list, in its order. A list that shows only some papers links to the pages with all of them.
 */
export async function entries() {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".list-sources a[href]"));
  const lists = links.length ? [...links].map((link) => fetchList(link.href)) : [fetchList(location.href, document)];
  return (await Promise.all(lists)).flat().map(entry);
}
